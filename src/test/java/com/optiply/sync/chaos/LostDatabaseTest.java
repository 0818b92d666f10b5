package com.optiply.sync.chaos;

import static com.optiply.sync.Installation.figure;
import static org.assertj.core.api.Assertions.assertThat;

import com.optiply.sync.Expected;
import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.sandbox.Shop;
import com.optiply.sync.sandbox.Shop.Line;
import com.optiply.sync.state.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database is lost while Optiply holds everything: what it holds is found out before anything is created. */
class LostDatabaseTest {

    private static final String RULE = "total_ex_tax";

    @TempDir
    Path folder;

    private Between between;
    private Shop shop;

    @BeforeEach
    void start() throws IOException {
        between = new Between(new Sandbox.Size(60, 120, 2, 5, 0).regularOnly());
        shop = between.sandbox.shop();
        between.installation.with("sell-orders.line-subtotal", RULE).sync();
        between.installation.with("database.url", "jdbc:h2:file:" + folder.resolve("anew/sync"));
        between.sandbox.calls().reset();
    }

    @AfterEach
    void stop() throws IOException {
        between.close();
    }

    @Test
    void whatHasNotChangedCostsNoWrite() {
        Run products = between.installation.sync("products");
        Run orders = between.installation.sync("sell-orders");

        assertThat(products.getReport()).containsEntry("outcome", "complete").containsEntry("created", 0L);
        assertThat(orders.getReport()).containsEntry("outcome", "complete").containsEntry("created", 0L);
        assertThat(figure(products, "unchanged")).isEqualTo(180);
        assertThat(between.sandbox.calls().optiply().count("POST", "/v1/products"))
                .isZero();
        assertThat(between.sandbox.calls().optiply().method("PATCH")).isZero();
        assertThat(between.sandbox.optiply().twins()).isEmpty();
    }

    @Test
    void whatHasChangedMeanwhileIsBroughtOver() {
        long changed = variant(0);
        long cancelled = id(shop.orders().get(0));
        shop.changePrice(changed, "1.23");
        shop.changeVariant(variant(1), variant -> variant.put("sku", ""));
        shop.setOrderStatus(cancelled, 5);
        shop.changeOrderTotal(id(shop.orders().get(1)), "4.56");
        shop.addProduct("New", "5.00", 2, 3);
        shop.placeOrder(10, new Line(id(shop.products().get(0)), changed, 2));

        Run orders = between.installation.sync("sell-orders");
        Run products = between.installation.sync("products");

        assertThat(orders.getReport())
                .containsEntry("outcome", "complete")
                .containsEntry("created", 1L)
                .containsEntry("updated", 1L)
                .containsEntry("deleted", 1L);
        assertThat(products.getReport()).containsEntry("outcome", "complete").containsEntry("updated", 2L);
        assertThat(between.sandbox.optiply().twins()).isEmpty();
        assertThat(between.sandbox.optiply().content()).isEqualTo(Expected.of(shop, Set.of(10), RULE));
    }

    @Test
    void aProductThatIsGoneFromTheShopIsDisabled() {
        long gone = variant(0);
        shop.deleteProduct(id(shop.products().get(0)));

        between.installation.fullSync("products");

        assertThat(between.sandbox.optiply().productsByRemoteId(String.valueOf(gone)))
                .singleElement()
                .satisfies(product -> assertThat(product).containsEntry("status", "disabled"));
    }

    @Test
    void asLongAsOptiplyDoesNotSayWhatItHoldsNothingIsCreated() {
        between.optiply.plan(call -> call.method().equals("GET") && !call.isFirstPage() ? Fault.S503 : Fault.PASS);
        shop.addProduct("New", "5.00", 1, 3);

        for (Run run : List.of(between.installation.sync("products"), between.installation.sync("sell-orders"))) {
            assertThat(run.getExitCode()).isEqualTo(3);
            assertThat(run.getReport()).containsEntry("outcome", "failed");
            assertThat(run.getReport().get("message")).asString().contains("what Optiply holds");
        }
        assertThat(between.sandbox.optiply().writes()).as("as before").isEqualTo(180 + 120);

        between.optiply.plan(call -> Fault.PASS);
        between.installation.sync();

        assertThat(between.sandbox.optiply().twins()).isEmpty();
        assertThat(between.sandbox.optiply().content()).isEqualTo(Expected.of(shop, Set.of(10), RULE));
    }

    private long variant(int product) {
        return id((Map<?, ?>) ((List<?>) shop.products().get(product).get("variants")).get(0));
    }

    private static long id(Map<?, ?> row) {
        return ((Number) row.get("id")).longValue();
    }
}
