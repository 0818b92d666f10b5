package com.optiply.sync.operate;

import static org.assertj.core.api.Assertions.assertThat;

import com.optiply.sync.Installation;
import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.sandbox.Shop.Line;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** “Why is this order not in Optiply?”: each kind of “not there” has its own answer. */
class ExplainTest {

    private Sandbox sandbox;
    private Installation installation;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(Sandbox.Size.awkward());
        installation = Installation.of(sandbox).with("sell-orders.line-subtotal", "total_ex_tax");
    }

    @AfterEach
    void stop() {
        installation.close();
        sandbox.close();
    }

    private Map<String, Object> explain(String entity, String id) {
        Desk desk = new Desk(installation.program().wiring(), installation.program()::camel);
        List<Map<String, Object>> lines =
                desk.ask("explain", Map.of("entity", entity, "id", id)).lines();
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    private void says(String entity, String id, String verdict, String... words) {
        Map<String, Object> told = explain(entity, id);
        assertThat(told).as(told.toString()).containsEntry("verdict", verdict);
        assertThat(String.join("\n", sentences(told))).contains(words);
    }

    @SuppressWarnings("unchecked")
    private static List<String> sentences(Map<String, Object> told) {
        return (List<String>) told.get("story");
    }

    @Test
    void whatIsThereIsToldToBeThere() {
        installation.sync();

        says("sell-orders", "210", "there", "Optiply holds it as", "nothing to do", "Completed order is wanted");
        says("products", "1001", "there", "“Canvas bag”");
        says("products", "SCARF-G", "there", "SKU SCARF-G is that of variant 1004");
    }

    @ParameterizedTest
    @CsvSource({
        "211, wrong-status, Awaiting Fulfillment",
        "200, incomplete, never placed",
        "205, delete-status, Cancelled",
        "225, archived, An archived order is left alone",
        "4711, not-in-bigcommerce, BigCommerce has no order 4711",
        "x, not-in-bigcommerce, is no order id"
    })
    void anOrderThatWasNeverStoredIsLeftOutByARule(String order, String verdict, String words) {
        installation.sync();

        says("sell-orders", order, verdict, words);
    }

    @Test
    void whatIsInAnotherChannelIsToldSo() {
        installation.with("bigcommerce.channel-id", "2").sync();

        says("sell-orders", "210", "other-channel", "bigcommerce.channel-id");
        says("products", "1001", "other-channel", "not in channel 2");
    }

    @Test
    void whatIsOlderThanTheStartDateIsToldSo() {
        installation.with("bigcommerce.start-date", Instant.now().toString().substring(0, 10));
        installation.sync();

        says("sell-orders", "210", "before-start-date", "backfill");
        says("products", "1001", "before-start-date", "sync products --full");
    }

    @Test
    void aProductThatNobodyKnowsIsToldSo() {
        installation.sync();

        says("products", "999999", "not-in-bigcommerce", "was never read", "knows neither");
        says("products", "NO SUCH & SKU", "not-in-bigcommerce", "knows neither");
    }

    @Test
    void whatHasJustBeenMadeInTheShopIsNotReadYet() {
        installation.with("clocks.enabled", "true").sync();
        long product = sandbox.shop().addProduct("Brand new", "5.00", 1, 3);
        Object variant = ((Map<?, ?>) ((List<?>) sandbox.shop().product(product).get("variants")).get(0)).get("id");
        long order = sandbox.shop().placeOrder(10, new Line(101, 1001L, 1));

        says(
                "products",
                variant.toString(),
                "not-read-yet",
                "No rule leaves it out",
                "The next run of products begins at");
        says("sell-orders", String.valueOf(order), "not-read-yet", "The next run of sell-orders begins at");
    }

    @Test
    void aParkedRecordTellsItsReasonAndOptiplysWords() {
        sandbox.optiply().refuse("210", 422, "totalValue is not welcome");
        installation.sync();

        says("products", "1015", "parked", "stock-missing", "parked retry products/1015");
        says("sell-orders", "210", "parked", "Optiply's own words: totalValue is not welcome");
    }

    @Test
    void aDiscardedRecordTellsWhenAndWhy() {
        installation.sync();
        new Desk(installation.program().wiring(), installation.program()::camel)
                .ask("discard", Map.of("ids", List.of("1017"), "reason", "no yachts"));

        says("products", "1017", "discarded", "“no yachts”", "stays silent until the shop changes it");
    }

    @Test
    void aPendingRecordTellsWhatFailedAndWhenItIsTriedAgain() {
        installation.with("optiply.retry.attempts", "0").sync();
        sandbox.shop().changePrice(1001, "21.50");
        sandbox.optiply().refuse("1001", 503, "out of order");
        installation.sync("products");

        says(
                "products",
                "1001",
                "pending",
                "to be updated",
                "The last attempt failed",
                "sync` by hand tries it at once");
    }

    @Test
    void aRecordInDoubtTellsThatNoAnswerCame() {
        installation.sync();
        installation
                .database()
                .update("update record set status = 'in_doubt', in_doubt_since = current_timestamp, optiply_id = null"
                        + " where remote_id = '210'");

        says("sell-orders", "210", "in-doubt", "looked up in Optiply before anything is sent again");
    }

    @Test
    void anOrderThatWaitsForItsProductNamesIt() {
        installation.with("optiply.retry.attempts", "0");
        sandbox.optiply().refuse("1001", 503, "out of order");
        installation.sync("products");
        installation.sync("sell-orders");

        Map<String, Object> told = explain("sell-orders", "210");
        assertThat(told.get("verdict")).isEqualTo("waits-for-product");
        assertThat(told.get("story").toString()).contains("It waits for product 1001");
    }

    @Test
    void anOrderWhoseLineWasLeftOutNamesTheUnknownProduct() {
        installation.sync();

        says("sell-orders", "223", "there", "Its line “Gone” is left out", "product 999");
    }

    @Test
    void aDisabledProductTellsWhyItIsKept() {
        installation.sync();
        sandbox.shop().deleteProduct(101);
        installation.fullSync("products");

        says("products", "1007", "disabled", "does not offer it");
        says("products", "1001", "disabled", "gone from the shop");
    }

    @Test
    void anOrderThatWasCancelledTellsWhenItWasDeleted() {
        installation.sync();
        sandbox.shop().setOrderStatus(210, 5);
        installation.sync("sell-orders");

        says("sell-orders", "210", "deleted", "it was deleted there on", "Cancelled");
    }

    @Test
    void withoutBigCommerceTheDatabaseStillTells() {
        installation.sync();
        sandbox.bigcommerceAccessToken("another");

        says("sell-orders", "210", "there", "BigCommerce could not be asked");
        says("sell-orders", "211", "unknown", "BigCommerce could not be asked");
    }
}
