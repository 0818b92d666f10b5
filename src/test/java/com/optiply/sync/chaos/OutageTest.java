package com.optiply.sync.chaos;

import static com.optiply.sync.Installation.figure;
import static org.assertj.core.api.Assertions.assertThat;

import com.optiply.sync.Expected;
import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.sandbox.Shop;
import com.optiply.sync.sandbox.Shop.Line;
import com.optiply.sync.state.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A partner that is away for many runs. */
class OutageTest {

    private static final String RULE = "total_ex_tax";
    private static final int RUNS = 4;
    private static final int CHANGED = 15;

    private Between between;
    private Shop shop;

    @BeforeEach
    void start() throws IOException {
        between = new Between(new Sandbox.Size(30, 30, 2, 5, 0).regularOnly());
        between.installation
                .with("sell-orders.line-subtotal", RULE)
                .with("bigcommerce.overlap", "PT1S")
                .with("optiply.timeout", "PT1S")
                .sync();
        shop = between.sandbox.shop();
    }

    @AfterEach
    void stop() throws IOException {
        between.close();
    }

    @Test
    void whileOptiplyIsAwayReadingGoesOnAndWhatIsWantedCoalesces() throws IOException {
        long cancelled = id(shop.orders().get(0));
        long changedOrder = id(shop.orders().get(1));
        long placed = 0;
        String bookmarks = bookmarks();
        long rows = rows();
        Path file = Path.of(between.installation.value("database.url").substring("jdbc:h2:file:".length()) + ".mv.db");
        between.installation.stop();
        long size = Files.size(file);
        for (int run = 1; run <= RUNS; run++) {
            Fault fault = List.of(Fault.S503, Fault.RESET_BEFORE, Fault.HTML, Fault.S500)
                    .get(run % 4);
            between.optiply.plan(call -> fault);
            shop.clock().shift(Duration.ofMinutes(60));
            for (int i = 0; i < CHANGED; i++) {
                shop.changePrice(variant(i), run + "." + (10 + i));
            }
            shop.changeOrderTotal(changedOrder, run + ".75");
            shop.setOrderStatus(cancelled, run % 2 == 0 ? 10 : 5);
            if (run == 2) {
                placed = shop.placeOrder(10, new Line(id(shop.products().get(0)), variant(0), 3));
            }
            long began = System.nanoTime();
            for (Run one : List.of(between.installation.sync("products"), between.installation.sync("sell-orders"))) {
                assertThat(one.getExitCode()).isEqualTo(3);
                assertThat(figure(one, "pending"))
                        .as("the others are not touched")
                        .isBetween(2L, (long) CHANGED);
                assertThat(figure(one, "parked")).as("no record is blamed").isZero();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
            assertThat(bookmarks()).as("reading goes on").isNotEqualTo(bookmarks);
            bookmarks = bookmarks();
            assertThat(rows()).as("rows of records").isEqualTo(rows + (run >= 2 ? 1 : 0));
        }
        between.installation.stop();
        assertThat(Files.size(file)).as("bytes of the database").isLessThan(size + 1_000_000);
        shop.setOrderStatus(cancelled, 5);

        between.optiply.plan(call -> Fault.PASS);
        between.sandbox.calls().reset();
        Run products = between.installation.sync("products");
        Run orders = between.installation.sync("sell-orders");

        assertThat(products.getReport()).containsEntry("outcome", "complete");
        assertThat(orders.getReport()).containsEntry("outcome", "complete");
        assertThat(between.sandbox.calls().optiply().method("PATCH"))
                .as("one a changed record, whatever the number of its changes")
                .isEqualTo(CHANGED + 1);
        assertThat(between.sandbox.optiply().sellOrdersByRemoteId(String.valueOf(placed)))
                .hasSize(1);
        assertThat(between.sandbox.optiply().content()).isEqualTo(Expected.of(shop, Set.of(10), RULE));
        assertThat(between.sandbox.optiply().twins()).isEmpty();
    }

    @Test
    void whileBigCommerceIsAwayNothingIsDisabledOrDeletedAndTheBookmarksStay() {
        Map<String, Object> content = between.sandbox.optiply().content();
        int writes = between.sandbox.optiply().writes();
        String bookmarks = bookmarks();
        for (Fault fault : List.of(
                Fault.S503,
                Fault.RESET_BEFORE,
                Fault.NO_CONTENT,
                Fault.HTML,
                Fault.S401,
                Fault.TRUNCATED,
                Fault.S500)) {
            between.bigcommerce.plan(call -> fault);

            Run products = between.installation.fullSync("products");
            Run orders = between.installation.fullSync("sell-orders");

            assertThat(products.getExitCode()).as("products, " + fault).isEqualTo(3);
            assertThat(orders.getExitCode())
                    .as("sell-orders, " + fault + ", which is how its v2 says that there is none")
                    .isEqualTo(fault == Fault.NO_CONTENT ? 0 : 3);
            assertThat(between.sandbox.optiply().writes()).as(fault.toString()).isEqualTo(writes);
            if (fault != Fault.NO_CONTENT) {
                assertThat(bookmarks()).as(fault.toString()).isEqualTo(bookmarks);
            }
            bookmarks = bookmarks();
        }
        assertThat(between.sandbox.optiply().content()).isEqualTo(content);
    }

    private long variant(int product) {
        return id((Map<?, ?>) ((List<?>) shop.products().get(product).get("variants")).get(0));
    }

    private static long id(Map<?, ?> row) {
        return ((Number) row.get("id")).longValue();
    }

    private String bookmarks() {
        return between.installation
                .database()
                .queryForList("select stream, known_until from bookmark order by stream")
                .toString();
    }

    private long rows() {
        return between.installation.database().queryForObject("select count(*) from record", Long.class);
    }
}
