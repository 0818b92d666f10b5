package com.optiply.sync.chaos;

import static com.optiply.sync.Installation.figure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.optiply.sync.Installation;
import com.optiply.sync.Json;
import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.sandbox.Shop;
import com.optiply.sync.sandbox.Shop.Line;
import com.optiply.sync.state.Run;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A shop full of rows that nobody should send, moved by one run of each kind: every row arrives as what it says, or
 * stands parked with its reason, and none keeps another from arriving. What the mappers make of single values is told
 * in {@code mapping.BadInputTest}; here each goes the whole way, from BigCommerce's JSON to Optiply's.
 */
class BadRowsTest {

    private static final String DIGITS_30 = "123456789012345678901234567890";
    private static final long FIRST_ROW = 20_000;

    /** So small that bad rows lie at pages' ends, too. */
    private static final String PAGE_SIZE = "7";

    /** A row of the table: how it is put into the shop, and what is to become of it. */
    private record Row(String name, Consumer<Placed> put, String outcome) {}

    /** Where a row stands in the shop, and a text in it by which it is found again. */
    private record Placed(Shop shop, long id, String mark) {
        long variantId() {
            return id * 10;
        }
    }

    private static Sandbox sandbox;
    private static Installation installation;
    private static Run products;
    private static Run sellOrders;
    private static final List<Long> NEIGHBOURS = new ArrayList<>();

    // ---- the table of products

    private static final List<Row> PRODUCTS = List.of(
            variant("price null", "calculated_price", null, "price=7.50"),
            variant("price empty", "calculated_price", "", "price-unreadable"),
            variant("price 0.0000", "calculated_price", "0.0000", "price=0.00"),
            variant("price -5", "calculated_price", "-5", "price-out-of-range"),
            variant("price 1e400 as text", "calculated_price", "1e400", "price-out-of-range"),
            raw("price 1e400 as number", "1e400", "price-out-of-range"),
            raw("price 1e1000000000 as number", "1e1000000000", "price-out-of-range"),
            variant("price of 30 digits", "calculated_price", DIGITS_30, "price-out-of-range"),
            variant(
                    "price of 30 digits as number",
                    "calculated_price",
                    new BigInteger(DIGITS_30),
                    "price-out-of-range"),
            variant("price 1,50", "calculated_price", "1,50", "price-unreadable"),
            variant("stock 0", "inventory_level", 0, "stockLevel=0"),
            variant("stock -1", "inventory_level", -1, "stockLevel=-1"),
            variant("stock 1.5", "inventory_level", 1.5, "stock-not-whole"),
            variant("stock 2147483648", "inventory_level", 2147483648L, "stock-out-of-range"),
            named("name of 64 KB", "x".repeat(65_536), "x".repeat(255)),
            named("name with NUL", "be\u0000fore", "before"),
            named(
                    "name from right to left",
                    "\u202Eabc \u05E9\u05DC\u05D5\u05DD",
                    "\u202Eabc \u05E9\u05DC\u05D5\u05DD"),
            named("name with markup", "<script>alert(1)</script>", "<script>alert(1)</script>"),
            named("name with SQL", "' OR 1=1 --", "' OR 1=1 --"),
            named("name with a placeholder", "{{optiply.password}}", "{{optiply.password}}"),
            named("name with an expression", "${bean:settings}", "${bean:settings}"),
            named("name with a path", "../../etc", "../../etc"),
            named("name with line breaks", "a\r\nX-Header: b", "aX-Header: b"),
            new Row(
                    "name with half a pair",
                    at -> at.shop()
                            .putRawProduct(
                                    at.id(), Instant.now(), text(product(at)).replace("Row", "\\ud83d!")),
                    "name=\uFFFD! " + "%s"),
            new Row("product id 0", at -> put(at, p -> p.put("id", 0)), "id-unusable"),
            new Row("product id a text", at -> put(at, p -> p.put("id", "../1")), "id-unusable"),
            new Row(
                    "product id 2^53 + 1",
                    at -> put(at, p -> p.put("id", 9007199254740993L)),
                    "articleCode=9007199254740993"),
            variant("variant id 0", "id", 0, "id-unusable"),
            variant("variant id a text", "id", "none", "id-unusable"),
            variant("variant id 2^53 + 1", "id", 9007199254740993L, "name=Row %s"),
            new Row(
                    "variant id repeated in its product",
                    at -> put(at, p -> {
                        Map<String, Object> first = variant(p);
                        Map<String, Object> second = new LinkedHashMap<>(first);
                        first.put("sku", "another");
                        p.put("variants", List.of(first, second));
                    }),
                    "id-repeated"),
            variantsOf("variants none", 0, "variants-missing"),
            new Row(
                    "variants no list",
                    at -> at.shop()
                            .putRawProduct(
                                    at.id(),
                                    Instant.now(),
                                    text(product(at)).replaceFirst("\"variants\":\\[.*]", "\"variants\":7")),
                    "variants-missing"),
            variantsOf("variants 250", 250, "250"),
            variantsOf("variants 251", 251, "251"),
            new Row(
                    "dates of change that are none",
                    at -> put(at, p -> p.put("date_modified", "yesterday")),
                    "name=Row %s"));

    // ---- the table of orders

    private static final List<Row> SELL_ORDERS = List.of(
            order("total null", "total_ex_tax", null, "total-unreadable"),
            order("total empty", "total_ex_tax", "", "total-unreadable"),
            order("total 0.0000", "total_ex_tax", "0.0000", "totalValue=0.00"),
            order("total -5", "total_ex_tax", "-5", "totalValue=-5.00"),
            order("total 1e400", "total_ex_tax", "1e400", "total-out-of-range"),
            order("total of 30 digits", "total_ex_tax", DIGITS_30, "total-out-of-range"),
            order("total 1,50", "total_ex_tax", "1,50", "total-unreadable"),
            line("quantity 0", "quantity", 0, "lines=0"),
            line("quantity -1", "quantity", -1, "quantity-negative"),
            line("quantity 1.5", "quantity", 1.5, "quantity-not-whole"),
            line("quantity 2147483648", "quantity", 2147483648L, "quantity-out-of-range"),
            line("line's amount 1,50", "total_ex_tax", "1,50", "subtotal-unreadable"),
            line("line's variant 0, its product without base variant", "variant_id", 0, "lines=0"),
            line("line's variant a text", "variant_id", "' OR 1=1 --", "id-unusable"),
            line("line's variant that nobody knows", "variant_id", 9007199254740995L, "lines=0"),
            new Row("order id 0", at -> putOrder(at, o -> o.put("id", 0), 1), "id-unusable"),
            new Row("order id a text", at -> putOrder(at, o -> o.put("id", "1/../2"), 1), "id-unusable"),
            new Row(
                    "order repeated",
                    at -> {
                        putOrder(at, o -> {}, 1);
                        Map<String, Object> again = orderDocument(at);
                        at.shop().putOrder(at.id() + 1_000_000, again, List.of(lineDocument(at, 1)), -1);
                    },
                    "lines=1"),
            order("date RFC 2822", "date_created", "Sun, 29 Mar 2026 02:30:00 +0100", "placed=2026-03-29T01:30:00Z"),
            order("date ISO", "date_created", "2026-10-25T02:30:00+02:00", "placed=2026-10-25T00:30:00Z"),
            order("date empty", "date_created", "", "date-unreadable"),
            order("date 0001-01-01", "date_created", "0001-01-01T00:00:00Z", "date-out-of-range"),
            order("date 2999", "date_created", "Tue, 01 Jan 2999 00:00:00 +0000", "date-out-of-range"),
            order("date 30 February", "date_created", "Mon, 30 Feb 2026 10:00:00 +0000", "date-unreadable"),
            order("date without zone", "date_created", "Tue, 03 Mar 2026 21:40:11", "date-unreadable"),
            new Row("no lines", at -> at.shop().putOrder(orderDocument(at), List.of()), "lines=0"),
            new Row(
                    "only a custom line",
                    at -> {
                        Map<String, Object> custom = lineDocument(at, 1);
                        custom.put("product_id", 0);
                        custom.put("variant_id", 0);
                        at.shop().putOrder(orderDocument(at), List.of(custom));
                    },
                    "lines=0"),
            new Row("status 99", at -> putOrder(at, o -> o.put("status_id", 99), 1), "nothing"),
            new Row(
                    "status a text",
                    at -> putOrder(at, o -> o.put("status_id", "10; drop table record"), 1),
                    "nothing"),
            lines("lines 250", 250),
            lines("lines 251", 251),
            lines("lines 10,000", 10_000),
            new Row("lines 251 that did not come with the order", at -> putOrder(at, o -> {}, 251, 0), "lines=1"));

    private static Row variant(String name, String field, Object value, String outcome) {
        return new Row(name, at -> put(at, p -> variant(p).put(field, value)), outcome);
    }

    private static Row raw(String name, String price, String outcome) {
        return new Row(
                name,
                at -> at.shop()
                        .putRawProduct(
                                at.id(),
                                Instant.now(),
                                text(product(at)).replaceAll("(\"calculated_price\":)[^,]*", "$1" + price)),
                outcome);
    }

    private static Row named(String name, String value, String expected) {
        return new Row(name, at -> put(at, p -> p.put("name", value)), "name=" + expected);
    }

    private static Row variantsOf(String name, int count, String outcome) {
        return new Row(
                name,
                at -> put(
                        at,
                        p -> p.put(
                                "variants",
                                IntStream.range(0, count)
                                        .mapToObj(i -> {
                                            Map<String, Object> variant = new LinkedHashMap<>(variant(p));
                                            variant.put("id", at.variantId() * 1000 + i);
                                            return variant;
                                        })
                                        .toList())),
                outcome);
    }

    private static Row order(String name, String field, Object value, String outcome) {
        return new Row(name, at -> putOrder(at, o -> o.put(field, value), 1), outcome);
    }

    private static Row line(String name, String field, Object value, String outcome) {
        return new Row(
                name,
                at -> {
                    Map<String, Object> line = lineDocument(at, 1);
                    line.put(field, value);
                    at.shop().putOrder(orderDocument(at), List.of(line));
                },
                outcome);
    }

    private static Row lines(String name, int count) {
        return new Row(name, at -> putOrder(at, o -> {}, count), "quantity=" + count);
    }

    private static Map<String, Object> product(Placed at) {
        Map<String, Object> product = at.shop().productDocument(at.id(), "Row " + at.mark());
        product.put("price", "7.50");
        product.put("inventory_tracking", "variant");
        Map<String, Object> variant = at.shop().variantDocument(at.variantId(), at.id(), at.mark());
        variant.put("inventory_level", 4);
        variant.put("calculated_price", "8.25");
        product.put("variants", new ArrayList<>(List.of(variant)));
        return product;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> variant(Map<String, Object> product) {
        return (Map<String, Object>) ((List<?>) product.get("variants")).get(0);
    }

    private static void put(Placed at, Consumer<Map<String, Object>> change) {
        Map<String, Object> product = product(at);
        change.accept(product);
        at.shop().putProduct(at.id(), product);
    }

    private static Map<String, Object> orderDocument(Placed at) {
        Map<String, Object> order = at.shop().orderDocument(at.id(), 10);
        order.put("external_id", at.mark());
        return order;
    }

    private static Map<String, Object> lineDocument(Placed at, int quantity) {
        return at.shop().lineDocument(at.id() * 10, at.id(), 10_001, 1_000_001L, quantity, "2.00");
    }

    private static void putOrder(Placed at, Consumer<Map<String, Object>> change, int lines) {
        putOrder(at, change, lines, -1);
    }

    private static void putOrder(Placed at, Consumer<Map<String, Object>> change, int lines, int embedded) {
        List<Map<String, Object>> documents = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            Map<String, Object> line = lineDocument(at, 1);
            line.put("id", at.id() * 100_000 + i);
            documents.add(line);
        }
        Map<String, Object> order = orderDocument(at);
        order.put("items_total", lines);
        change.accept(order);
        at.shop().putOrder(at.id(), order, documents, embedded);
    }

    private static String text(Object document) {
        return Json.text(document);
    }

    // ---- one run of each kind

    @BeforeAll
    static void movesAllOfThem() {
        sandbox = Sandbox.start(new Sandbox.Size(3, 3, 1, 9, 0).regularOnly());
        installation = Installation.of(sandbox)
                .with("bigcommerce.page-size", PAGE_SIZE)
                .with("sell-orders.line-subtotal", "total_ex_tax");
        eachOf(PRODUCTS, (row, at) -> {
            row.put().accept(at);
            // Between two bad rows stands a good one.
            Map<String, Object> neighbour = product(new Placed(at.shop(), at.id() + 1, "good-" + at.id()));
            at.shop().putProduct(neighbour);
            NEIGHBOURS.add(at.id() + 1);
        });
        eachOf(SELL_ORDERS, (row, at) -> {
            row.put().accept(at);
            putOrder(new Placed(at.shop(), at.id() + 1, "good-" + at.id()), o -> {}, 1);
        });
        products = installation.sync("products");
        sellOrders = installation.sync("sell-orders");
    }

    private static void eachOf(List<Row> rows, BiConsumer<Row, Placed> consumer) {
        for (int i = 0; i < rows.size(); i++) {
            consumer.accept(rows.get(i), placed(i));
        }
    }

    private static Placed placed(int row) {
        return new Placed(sandbox.shop(), FIRST_ROW + 2L * row, "row-" + row + "-");
    }

    @AfterAll
    static void stop() {
        installation.close();
        sandbox.close();
    }

    static Stream<Arguments> productRows() {
        return IntStream.range(0, PRODUCTS.size())
                .mapToObj(i -> arguments(PRODUCTS.get(i).name(), i));
    }

    static Stream<Arguments> sellOrderRows() {
        return IntStream.range(0, SELL_ORDERS.size())
                .mapToObj(i -> arguments(SELL_ORDERS.get(i).name(), i));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("productRows")
    void aProductArrivesOrIsParkedWithItsReason(String name, int row) {
        String outcome = PRODUCTS.get(row).outcome().replace("%s", placed(row).mark());
        List<Map<String, Object>> there = sandbox.optiply().products().stream()
                .filter(product -> placed(row).mark().equals(product.get("skuCode")))
                .toList();
        if (outcome.matches("[0-9]+")) {
            assertThat(there).hasSize(Integer.parseInt(outcome));
        } else if (outcome.contains("=")) {
            assertThat(there).hasSize(1);
            String attribute = outcome.substring(0, outcome.indexOf('='));
            assertThat(there.get(0).get(attribute)).asString().isEqualTo(outcome.substring(outcome.indexOf('=') + 1));
        } else {
            assertThat(there).isEmpty();
            isParked("products", row, outcome);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sellOrderRows")
    void anOrderArrivesOrIsParkedWithItsReason(String name, int row) {
        String outcome = SELL_ORDERS.get(row).outcome();
        List<Map<String, Object>> there = sandbox.optiply()
                .sellOrdersByRemoteId(String.valueOf(placed(row).id()));
        if (outcome.equals("nothing")) {
            assertThat(there).isEmpty();
            assertThat(installation
                            .database()
                            .queryForObject(
                                    "select count(*) from record where entity = 'sell-orders' and remote_id = ?",
                                    Long.class,
                                    String.valueOf(placed(row).id())))
                    .isZero();
        } else if (outcome.contains("=")) {
            assertThat(there).hasSize(1);
            String attribute = outcome.substring(0, outcome.indexOf('='));
            String value = outcome.substring(outcome.indexOf('=') + 1);
            List<?> lines = (List<?>) there.get(0).get("orderLines");
            switch (attribute) {
                case "lines" -> assertThat(lines).hasSize(Integer.parseInt(value));
                case "quantity" -> assertThat(lines).singleElement().asString().contains("quantity=" + value);
                default -> assertThat(there.get(0).get(attribute)).asString().isEqualTo(value);
            }
        } else {
            assertThat(there).isEmpty();
            isParked("sell-orders", row, outcome);
        }
    }

    private static void isParked(String entity, int row, String cause) {
        List<Map<String, Object>> parked = installation
                .database()
                .queryForList(
                        "select status, cause, error from record where entity = ? and source like ?",
                        entity,
                        "%" + placed(row).mark() + "%");
        assertThat(parked).hasSize(1);
        assertThat(parked.get(0)).containsEntry("status", "parked").containsEntry("cause", cause);
        assertThat(parked.get(0).get("error").toString()).startsWith("The ").endsWith(".");
    }

    @Test
    void everyGoodNeighbourArrives() {
        for (long product : NEIGHBOURS) {
            assertThat(sandbox.optiply().productsByRemoteId(String.valueOf(product * 10)))
                    .as("beside " + product)
                    .hasSize(1);
        }
        for (int row = 0; row < SELL_ORDERS.size(); row++) {
            assertThat(sandbox.optiply()
                            .sellOrdersByRemoteId(String.valueOf(placed(row).id() + 1)))
                    .as("beside " + SELL_ORDERS.get(row).name())
                    .hasSize(1);
        }
        assertThat(sandbox.optiply().twins()).isEmpty();
    }

    @Test
    void bothRunsAreCompleteAndSayThatRecordsStandParked() {
        for (Run run : List.of(products, sellOrders)) {
            assertThat(run.getReport()).containsEntry("outcome", "complete");
            assertThat(run.getExitCode()).isEqualTo(1);
            assertThat(figure(run, "pending")).isZero();
        }
        assertThat(figure(products, "parked")).isEqualTo(parkedOf(PRODUCTS));
        assertThat(figure(sellOrders, "parked")).isEqualTo(parkedOf(SELL_ORDERS));
    }

    private static long parkedOf(List<Row> rows) {
        return rows.stream()
                .filter(row -> row.outcome().contains("-") && !row.outcome().contains("="))
                .count();
    }

    @Test
    void theSameRowsAgainCostNoWrite() {
        int writes = sandbox.optiply().writes();

        Run again = installation.fullSync("products");
        Run ordersAgain = installation.fullSync("sell-orders");

        assertThat(sandbox.optiply().writes()).isEqualTo(writes);
        assertThat(figure(again, "newly_parked") + figure(ordersAgain, "newly_parked"))
                .isZero();
    }

    @Test
    void anOrderForABadProductIsNotHeldUpByIt() {
        int bad = PRODUCTS.stream().map(Row::name).toList().indexOf("price -5");
        long order = sandbox.shop()
                .placeOrder(10, new Line(placed(bad).id(), placed(bad).variantId(), 1));

        installation.sync("sell-orders");

        assertThat(sandbox.optiply().sellOrdersByRemoteId(String.valueOf(order)))
                .hasSize(1);
    }
}
