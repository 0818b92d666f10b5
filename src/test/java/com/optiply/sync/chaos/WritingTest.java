package com.optiply.sync.chaos;

import static com.optiply.sync.Installation.figure;
import static org.assertj.core.api.Assertions.assertThat;

import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.sandbox.Shop.Line;
import com.optiply.sync.state.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Optiply holds after calls whose fate was unknown for a while. */
class WritingTest {

    private Between between;

    @BeforeEach
    void start() throws IOException {
        between = new Between(Sandbox.Size.awkward());
        between.installation.with("optiply.retry.attempts", "0").sync();
    }

    @AfterEach
    void stop() throws IOException {
        between.close();
    }

    private void losing(String method) {
        between.optiply.plan(call -> call.method().equals(method) ? Fault.RESET_AFTER : Fault.PASS);
    }

    private void calm() {
        between.optiply.plan(call -> Fault.PASS);
    }

    @Test
    void aPostWhoseAnswerIsLostIsFoundAlsoWhereOptiplysListsLagBehind() {
        int before = between.sandbox.optiply().productCount();
        between.sandbox.optiply().lag(Duration.ofSeconds(1));
        between.sandbox.shop().addProduct("Late", "9.00", 3, 5);
        AtomicInteger posts = new AtomicInteger();
        between.optiply.plan(call ->
                call.method().equals("POST") && call.path().contains("/products") && posts.incrementAndGet() <= 3
                        ? Fault.RESET_AFTER
                        : Fault.PASS);
        Run run = between.installation.sync("products");

        assertThat(run.getReport()).containsEntry("outcome", "complete").containsEntry("created", 3L);
        assertThat(posts).as("one POST for each variant").hasValue(3);
        assertThat(between.sandbox.optiply().productCount()).isEqualTo(before + 3);
        assertThat(between.sandbox.optiply().twins()).isEmpty();
    }

    @Test
    void aChangeBackAfterALostPatchIsSentAgain() {
        between.sandbox.shop().changePrice(1001, "25.00");
        losing("PATCH");
        Run run = between.installation.sync("products");
        assertThat(run.getExitCode()).isEqualTo(3);
        assertThat(product("1001")).containsEntry("price", "25.00");

        calm();
        between.sandbox.shop().changePrice(1001, "19.95");
        between.installation.sync("products");

        assertThat(product("1001")).containsEntry("price", "19.95");
    }

    @Test
    void whatALostPatchHasSetIsClearedAgain() {
        between.sandbox.shop().changeVariant(1009, variant -> variant.put("sku", "MUG"));
        losing("PATCH");
        between.installation.sync("products");
        assertThat(product("1009")).containsEntry("skuCode", "MUG");

        calm();
        between.sandbox.shop().changeVariant(1009, variant -> variant.put("sku", ""));
        between.installation.sync("products");

        assertThat(product("1009").get("skuCode")).isNull();
    }

    @Test
    void anOrderThatCompletesAgainAfterALostDeleteIsThereAgain() {
        between.sandbox.shop().setOrderStatus(210, 5);
        losing("DELETE");
        between.installation.sync("sell-orders");
        assertThat(between.sandbox.optiply().sellOrdersByRemoteId("210")).isEmpty();

        calm();
        between.sandbox.shop().setOrderStatus(210, 10);
        between.installation.sync("sell-orders");
        between.installation.sync("sell-orders");

        assertThat(between.sandbox.optiply().sellOrdersByRemoteId("210")).hasSize(1);
    }

    @Test
    void threeChangesWhileOptiplyIsAwayAreOnePatch() {
        between.optiply.plan(call -> Fault.S503);
        for (String price : new String[] {"21.00", "22.00", "23.00"}) {
            between.sandbox.shop().changePrice(1001, price);
            Run run = between.installation.sync("products");
            assertThat(run.getExitCode()).isEqualTo(3);
            assertThat(figure(run, "pending")).isEqualTo(1);
        }
        calm();
        between.sandbox.calls().reset();
        Run run = between.installation.sync("products");

        assertThat(run.getReport()).containsEntry("outcome", "complete");
        assertThat(between.sandbox.calls().optiply().method("PATCH")).isEqualTo(1);
        assertThat(product("1001")).containsEntry("price", "23.00");
    }

    @Test
    void whileBigCommerceIsAwayNothingIsDisabledAndTheBookmarkStays() {
        String before = bookmark();
        int writes = between.sandbox.optiply().writes();
        between.bigcommerce.plan(call -> Fault.S503);
        Run run = between.installation.fullSync("products");

        assertThat(run.getExitCode()).isEqualTo(3);
        assertThat(bookmark()).isEqualTo(before);
        assertThat(between.sandbox.optiply().writes()).isEqualTo(writes);
    }

    @Test
    void anOrderWaitsForItsProductAndIsNotSentWithoutIt() {
        long product = between.sandbox.shop().addProduct("New", "4.00", 1, 1);
        String variant = String.valueOf(((java.util.Map<?, ?>) ((java.util.List<?>)
                                between.sandbox.shop().product(product).get("variants"))
                        .get(0))
                .get("id"));
        long order = between.sandbox.shop().placeOrder(10, new Line(product, Long.valueOf(variant), 2));
        between.optiply.plan(call ->
                call.method().equals("POST") && call.path().contains("/products") ? Fault.RESET_BEFORE : Fault.PASS);
        between.installation.sync("products");
        Run waiting = between.installation.sync("sell-orders");
        assertThat(waiting.getExitCode()).isEqualTo(3);
        assertThat(between.sandbox.optiply().sellOrdersByRemoteId(String.valueOf(order)))
                .isEmpty();

        calm();
        between.installation.sync();

        assertThat(between.sandbox
                        .optiply()
                        .sellOrdersByRemoteId(String.valueOf(order))
                        .get(0)
                        .get("orderLines")
                        .toString())
                .contains("quantity=2");
    }

    @Test
    void aRecordThatCannotBeParkedDoesNotCountAsHandled(@TempDir Path routes) {
        new PlantedBug("what is to be parked cannot be stored")
                .sql("record-parked", "update record", "update no_such_table")
                .into(routes);
        between.sandbox.optiply().refuse("1001", 422, "not welcome");
        between.sandbox.shop().changePrice(1001, "25.00");
        between.sandbox.shop().changePrice(1002, "26.00");
        String own = between.installation.value("routes.directory");

        Run run =
                between.installation.with("routes.directory", routes.toString()).sync("products");

        assertThat(run.getExitCode()).isEqualTo(3);
        assertThat(run.getReport().get("outcome")).isNotEqualTo("complete");
        assertThat(run.getReport().get("message")).asString().contains("database");
        assertThat(figure(run, "pending")).isPositive();

        Run next = between.installation
                .with("routes.directory", own == null ? "routes" : own)
                .sync("products");

        assertThat(next.getReport()).containsEntry("outcome", "complete");
        assertThat(figure(next, "parked")).as("two stood parked before").isEqualTo(3);
        assertThat(product("1002")).containsEntry("price", "26.00");
    }

    @Test
    void whileSomebodyLocksTheDatabaseNothingIsSentAndTheNextRunGoesOn() throws SQLException {
        String bookmark = bookmark();
        between.sandbox.shop().changePrice(1001, "25.00");
        between.sandbox.calls().reset();
        try (Connection other = between.installation.database().getDataSource().getConnection()) {
            other.setAutoCommit(false);
            other.createStatement().execute("update record set attempts = attempts where remote_id = '1001'");

            Run run = between.installation.sync("products");

            assertThat(run.getExitCode()).isEqualTo(3);
            assertThat(run.getReport().get("message")).asString().contains("database");
            assertThat(between.sandbox.calls().optiply().method("PATCH")).isZero();
            assertThat(bookmark()).isEqualTo(bookmark);
            other.rollback();
        }

        assertThat(between.installation.sync("products").getReport()).containsEntry("outcome", "complete");
        assertThat(product("1001")).containsEntry("price", "25.00");
    }

    private String bookmark() {
        return between.installation
                .database()
                .queryForObject("select known_until from bookmark where stream = 'products'", String.class);
    }

    private java.util.Map<String, Object> product(String remoteId) {
        return between.sandbox.optiply().productsByRemoteId(remoteId).get(0);
    }
}
