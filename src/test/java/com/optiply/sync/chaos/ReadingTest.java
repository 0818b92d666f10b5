package com.optiply.sync.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.optiply.sync.Expected;
import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.sandbox.Shop;
import com.optiply.sync.sandbox.Shop.Line;
import com.optiply.sync.state.Run;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages are read without a gap, whatever the shop and the clocks do meanwhile. */
class ReadingTest {

    private static final String RULE = "total_ex_tax";

    private Between between;
    private Shop shop;

    @BeforeEach
    void start() throws IOException {
        between = new Between(new Sandbox.Size(20, 20, 2, 5, 0).regularOnly());
        shop = between.sandbox.shop();
        between.installation
                .with("sell-orders.line-subtotal", RULE)
                .with("bigcommerce.page-size", "5")
                .with("bigcommerce.overlap", "PT1S");
    }

    @AfterEach
    void stop() throws IOException {
        between.close();
    }

    private void optiplyHoldsWhatTheShopShows() {
        assertThat(between.sandbox.optiply().content()).isEqualTo(Expected.of(shop, Set.of(10), RULE));
    }

    @Test
    void aRowOfTheBookmarksVerySecondIsNotLost() {
        shop.clock().freeze(Instant.parse("2026-03-29T00:59:59Z"));
        between.installation.sync();
        Map<String, Object> product = shop.products().get(0);
        shop.changeProductPrice(((Number) product.get("id")).longValue(), "1.11");
        shop.placeOrder(10, new Line(((Number) product.get("id")).longValue(), null, 1));
        shop.clock().shift(Duration.ofSeconds(1));
        between.installation.sync();

        optiplyHoldsWhatTheShopShows();
    }

    @Test
    void rowsThatChangeAppearOrVanishBetweenTwoPagesAreNotLost() {
        AtomicInteger pages = new AtomicInteger();
        between.bigcommerce.plan(call -> {
            int page = pages.incrementAndGet();
            if (page == 2) {
                shop.deleteProduct(((Number) shop.products().get(0).get("id")).longValue());
                shop.changeProductPrice(((Number) shop.products().get(1).get("id")).longValue(), "2.22");
                shop.addProduct("Between two pages", "9.00", 2, 3);
            } else if (page == 7) {
                shop.changeOrderTotal(((Number) shop.orders().get(0).get("id")).longValue(), "3.33");
                shop.placeOrder(10, new Line(((Number) shop.products().get(3).get("id")).longValue(), null, 1));
            }
            return Fault.PASS;
        });
        between.installation.sync();
        between.bigcommerce.plan(call -> Fault.PASS);
        between.installation.sync();
        between.installation.fullSync("products");

        Map<String, Object> products = map(between.sandbox.optiply().content().get("products"));
        Map<String, Object> expected = map(Expected.of(shop, Set.of(10), RULE).get("products"));
        assertThat(products).containsAllEntriesOf(expected);
        products.keySet().removeAll(expected.keySet());
        assertThat(products.values())
                .as("the deleted one, if it was read before")
                .allSatisfy(gone -> assertThat(map(gone)).containsEntry("status", "disabled"));
        assertThat(between.sandbox.optiply().sellOrderCount()).isEqualTo(shop.orderCount());
        assertThat(between.sandbox.optiply().twins()).isEmpty();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object document) {
        return (Map<String, Object>) document;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v3/catalog/products", "/v2/orders"})
    void aPageThatComesAgainAndAgainEndsTheReadingAndMovesNoBookmark(String stream) {
        between.bigcommerce.plan(
                call -> call.path().contains(stream) && !call.isFirstPage() ? Fault.REPEATED_PAGE : Fault.PASS);
        Run products = between.installation.sync("products");
        Run orders = between.installation.sync("sell-orders");
        Run run = stream.contains("products") ? products : orders;

        assertThat(run.getExitCode()).isEqualTo(3);
        assertThat(run.getReport().get("message").toString()).contains("the same page again");
        assertThat(between.sandbox.calls().bigcommerce().total()).isLessThan(30);

        between.bigcommerce.plan(call -> Fault.PASS);
        between.installation.sync();
        optiplyHoldsWhatTheShopShows();
    }

    @ParameterizedTest
    @ValueSource(ints = {-3600, 3600})
    void theClockOfThisMachineMayBeAnHourWrong(int seconds) {
        shop.clock().shift(Duration.ofSeconds(seconds));
        between.installation.sync();
        shop.changeProductPrice(((Number) shop.products().get(0).get("id")).longValue(), "4.44");
        shop.changeOrderTotal(((Number) shop.orders().get(0).get("id")).longValue(), "5.55");
        between.installation.sync();

        optiplyHoldsWhatTheShopShows();
    }

    @Test
    void aReadingThatWasCutOffGoesOnAndLosesNothing() {
        AtomicInteger calls = new AtomicInteger();
        between.bigcommerce.plan(call -> calls.incrementAndGet() > 2 ? Fault.S401 : Fault.PASS);
        Run cut = between.installation.sync("products");
        assertThat(cut.getExitCode()).isEqualTo(3);

        shop.changeProductPrice(((Number) shop.products().get(0).get("id")).longValue(), "6.66");
        between.bigcommerce.plan(call -> Fault.PASS);
        between.sandbox.calls().reset();
        Run goesOn = between.installation.sync("products");
        assertThat(goesOn.getReport().get("message").toString()).contains("cut off");
        assertThat(between.sandbox.calls().bigcommerce().total()).isEqualTo(2);
        between.installation.sync();

        optiplyHoldsWhatTheShopShows();
    }
}
