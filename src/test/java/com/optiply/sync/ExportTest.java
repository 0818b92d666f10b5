package com.optiply.sync;

import static com.optiply.sync.Installation.figure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.optiply.sync.bigcommerce.Reading;
import com.optiply.sync.sandbox.Calls;
import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.settings.BadSettings;
import com.optiply.sync.state.Run;
import com.optiply.sync.state.Runs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams as files, compared with what the simulated shop holds. */
class ExportTest {

    private static final List<String> ELEVEN = List.of(
            "category_trees",
            "categories",
            "coupons",
            "customers",
            "orders",
            "products",
            "product_images",
            "variants",
            "order_lines",
            "refunds",
            "transactions");

    @TempDir
    Path folder;

    private Sandbox sandbox;
    private Installation installation;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(new Sandbox.Size(12, 14, 3, 7, 0));
        // Small pages, so that every stream has several.
        installation = Installation.of(sandbox).with("bigcommerce.page-size", "7");
    }

    @AfterEach
    void stop() {
        installation.close();
        sandbox.close();
    }

    @Test
    void theFilesHoldExactlyTheShop() {
        assertThat(installation.program().streams().named(List.of("all"))).containsExactlyElementsOf(ELEVEN);
        ShopReader shop = new ShopReader(sandbox);
        for (String stream : ELEVEN) {
            Run run = export(stream);

            assertThat(run.getReport())
                    .as(stream)
                    .containsEntry("what", "export")
                    .containsEntry("stream", stream)
                    .containsEntry("outcome", "complete")
                    .containsEntry("file", folder.resolve(stream + ".jsonl").toString());
            assertThat(run.getExitCode()).isZero();
            List<String> rows = file(stream);
            assertThat(rows).as(stream).isNotEmpty().containsExactlyInAnyOrderElementsOf(lines(shop.rows(stream)));
            assertThat(figure(run, "rows")).isEqualTo(rows.size());
            if (run.getReport().get("total") != null) {
                assertThat(figure(run, "total")).isEqualTo(rows.size());
            }
        }
        assertThat(files()).hasSize(ELEVEN.size());
    }

    @Test
    void sinceAnInstantOnlyTheChangedRowsAreWrittenAndWhatLiesBelowThem() {
        Instant since = sandbox.shop().clock().instant();
        sandbox.shop().touchProduct(10_003);
        sandbox.shop().touchProduct(102);
        sandbox.shop().touchOrder(10_005);
        sandbox.shop().changeCustomer(11, customer -> {});
        ShopReader shop = new ShopReader(sandbox);
        List<Map<String, Object>> products =
                List.of(sandbox.shop().product(102), sandbox.shop().product(10_003));
        List<Map<String, Object>> orders = List.of(sandbox.shop().order(10_005));

        assertExported("products", since, products);
        assertExported("variants", since, shop.below(products, "/v3/catalog/products/%s/variants"));
        assertExported("product_images", since, shop.below(products, "/v3/catalog/products/%s/images"));
        assertExported("order_lines", since, sandbox.shop().lines(10_005));
        assertExported("transactions", since, shop.below(orders, "/v3/orders/%s/transactions"));
        assertExported(
                "customers",
                since,
                sandbox.shop().customers().stream()
                        .filter(customer -> customer.get("id").toString().equals("11"))
                        .toList());
        assertExported("refunds", since, List.of());
        assertThat(ids(export("orders", since))).containsExactly("10005");
        assertExported(
                "refunds",
                Instant.parse("2025-02-12T00:00:00Z"),
                shop.rows("refunds").stream()
                        .filter(refund -> refund.get("id").toString().equals("3"))
                        .toList());
    }

    @Test
    void aStreamWithoutADateOfChangeIsWrittenWholeAndSaysSo() {
        Run run = export("coupons", sandbox.shop().clock().instant());

        assertThat(file("coupons")).hasSize(3);
        assertThat(run.getReport().get("message").toString()).contains("no date of change");
    }

    @Test
    void ofOneChannelOnlyItsRowsAreWrittenAndWhatLiesBelowThem() {
        installation.with("bigcommerce.channel-id", "2");

        assertThat(ids(export("products"))).containsExactlyInAnyOrder("125", "126");
        assertThat(ids(export("orders"))).containsExactly("232");
        assertThat(ids(export("category_trees"))).containsExactly("2");
        assertThat(ids(export("customers"))).containsExactlyInAnyOrderElementsOf(customersOf(2));
        Run customers = export("customers");
        assertThat(figure(customers, "total"))
                .isEqualTo(sandbox.shop().customers().size());
        assertThat(customers.getReport().get("message").toString()).contains("of other channels were left out");
        assertExported("order_lines", null, sandbox.shop().lines(232));
        List<Map<String, Object>> variants = new ArrayList<>();
        for (long product : List.of(125L, 126L)) {
            ((List<?>) sandbox.shop().product(product).get("variants"))
                    .forEach(variant -> variants.add(Json.document(Json.text(variant))));
        }
        assertExported("variants", null, variants);
    }

    private List<String> customersOf(int channel) {
        return sandbox.shop().customers().stream()
                .filter(customer -> ((List<?>) customer.get("channel_ids")).contains(channel))
                .map(customer -> customer.get("id").toString())
                .toList();
    }

    @Test
    void whereTheOldCategoriesAreGoneTheirSuccessorIsReadUnderTheSameKey() {
        sandbox.oldCategoriesGone(true);

        Run run = export("categories");

        assertThat(run.getReport()).containsEntry("outcome", "complete");
        assertThat(ids(run)).containsExactlyInAnyOrder("23", "41", "42", "51");
        assertThat(documents("categories"))
                .allSatisfy(row -> assertThat(row).containsKeys("tree_id").containsEntry("id", row.get("category_id")));
    }

    @Test
    void aSuccessorIsRememberedForTheRun() {
        export("transactions");

        assertThat(sandbox.calls().bigcommerce().last())
                .filteredOn(call -> call.path().matches(".*/v2/orders/\\d+/transactions"))
                .hasSizeBetween(1, 4);
    }

    @Test
    void aRefusalInPlainTextIsExplainedAndTheOtherStreamsGoOn() {
        sandbox.categoryTreesRefused(true);

        Run trees = export("category_trees");
        Run coupons = export("coupons");

        assertThat(trees.getExitCode()).isEqualTo(3);
        assertThat(trees.getReport().get("message").toString())
                .contains("401", "/v3/catalog/trees", "permission", "bigcommerce.access-token");
        assertThat(coupons.getReport()).containsEntry("outcome", "complete");
        assertThat(files()).containsExactly("coupons.jsonl");
    }

    @Test
    void anEmptyStreamIsAnEmptyFile() {
        sandbox.close();
        sandbox = Sandbox.start(new Sandbox.Size(0, 0, 0, 1, 0).regularOnly());
        installation.close();
        installation = Installation.of(sandbox);

        for (String stream : List.of("orders", "products", "variants", "order_lines", "coupons", "refunds")) {
            assertThat(export(stream).getReport()).as(stream).containsEntry("outcome", "complete");
            assertThat(file(stream)).as(stream).isEmpty();
        }
    }

    @Test
    void anExportThatIsCutOffLeavesTheFileBeforeItAndNoHalfOneAndStartsAgain() throws Exception {
        export("variants");
        List<String> before = file("variants");
        String token = sandbox.settings().get("bigcommerce.access-token");
        sandbox.shop().touchProduct(10_003);
        sandbox.bigcommerceLatency(5);
        int calls = sandbox.calls().bigcommerce().total();
        CompletableFuture<Run> cutOff = CompletableFuture.supplyAsync(() -> export("variants"));
        await().until(() -> sandbox.calls().bigcommerce().total() > calls + 20);
        assertThat(files()).contains("variants.jsonl", ".variants.jsonl.growing");
        sandbox.bigcommerceAccessToken("another");

        Run run = cutOff.get(1, TimeUnit.MINUTES);

        assertThat(run.getExitCode()).isEqualTo(3);
        assertThat(run.getReport()).containsEntry("outcome", "failed").containsEntry("file", null);
        assertThat(files()).containsExactly("variants.jsonl");
        assertThat(file("variants")).isEqualTo(before);

        sandbox.bigcommerceAccessToken(token);
        assertThat(export("variants").getReport()).containsEntry("outcome", "complete");
        assertThat(file("variants")).hasSameElementsAs(lines(new ShopReader(sandbox).rows("variants")));
        assertThat(files()).containsExactly("variants.jsonl");
    }

    @Test
    void anExportHoldsUpNoSyncAndNoSyncAnExport() throws Exception {
        Runs runs = installation.program().wiring().runs();
        sandbox.bigcommerceLatency(500);
        CompletableFuture<Run> export = CompletableFuture.supplyAsync(() -> export("variants"));
        CompletableFuture<Run> sync = CompletableFuture.supplyAsync(() -> installation.sync("products"));

        await().untilAsserted(() ->
                assertThat(runs.inHand()).extracting(Run::getWhat).containsExactlyInAnyOrder("export", "products"));

        sandbox.bigcommerceLatency(0);
        assertThat(export.get(1, TimeUnit.MINUTES).getReport()).containsEntry("outcome", "complete");
        assertThat(sync.get(1, TimeUnit.MINUTES).getReport()).containsEntry("outcome", "complete");
    }

    @Test
    void theClockWritesAFileForEachRunAndGoesOnFromTheStreamsOwnBookmark() {
        installation.with("export.streams", "products,variants,customers").with("export.directory", folder.toString());
        installation.with("bigcommerce.overlap", "PT1S");
        installation.sync("products");
        byTheClock();
        Map<String, String> first = newest();
        sandbox.shop().clock().shift(Duration.ofMinutes(1));
        sandbox.shop().touchProduct(10_003);

        byTheClock();

        Map<String, String> second = newest();
        assertThat(first.keySet()).containsExactly("customers", "products", "variants");
        assertThat(files()).hasSize(6);
        assertThat(documents(first.get("products"))).hasSize(sandbox.shop().productCount());
        assertThat(documents(first.get("customers")))
                .hasSize(sandbox.shop().customers().size());
        assertThat(documents(second.get("products"))).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("id", 10_003));
        assertThat(documents(second.get("variants"))).hasSize(3);
        assertThat(documents(second.get("customers"))).isEmpty();
        assertThat(installation.database().queryForList("select stream from bookmark order by stream", String.class))
                .containsExactly("export customers", "export products", "export variants", "held-products", "products");
    }

    @Test
    void anExportByHandMovesNoBookmark() {
        export("products");

        assertThat(installation.database().queryForList("select stream from bookmark", String.class))
                .isEmpty();
    }

    @Test
    void theClockLeavesCustomersOutOfAllUnlessTheyAreNamed() {
        installation.with("export.streams", "all");
        assertThat(installation.program().streams().ofTheClock()).hasSize(10).doesNotContain("customers");

        installation.with("export.streams", "customers,coupons");
        assertThat(installation.program().streams().ofTheClock()).containsExactly("customers", "coupons");
    }

    @Test
    void aStreamOfTheClockThatDoesNotExistStopsTheStart() {
        installation.with("export.streams", "products,brands");

        assertThatThrownBy(installation::program)
                .isInstanceOf(BadSettings.class)
                .hasMessageContaining("export.streams")
                .hasMessageContaining("“brands”")
                .hasMessageContaining("category_trees, categories");
    }

    @Test
    void aTwelfthStreamIsOneMoreBlockOfYaml() throws Exception {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        try (var files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
        Files.writeString(routes.resolve("2-streams.camel.yaml"), """

                - route:
                    id: brands
                    description: Stream brands - one page.
                    from:
                      uri: direct:brands
                      steps:
                        - setVariables:
                            variables:
                              - {name: path, constant: /v3/catalog/brands}
                        - to:
                            uri: direct:read-page
                """, StandardOpenOption.APPEND);
        installation.with("routes.directory", routes.toString());

        assertThat(installation.program().streams().named(List.of("all")))
                .hasSize(12)
                .contains("brands");
        assertThat(ids(export("brands"))).containsExactly("3", "4");
    }

    @Test
    void noFactOfOneBlockIsLeftOverForTheNext() {
        CamelContext camel = installation.program().camel();
        Exchange exchange = new DefaultExchange(camel);
        exchange.setVariable("parent", "101");
        List<String> queries = new ArrayList<>();
        try (ProducerTemplate template = camel.createProducerTemplate()) {
            for (String stream : List.of("orders", "products", "product_images", "category_trees", "coupons")) {
                exchange.setVariable("reading", Reading.since(Instant.parse("2025-01-01T00:00:00Z")));
                Exchange answered = template.send("direct:" + stream, exchange);
                assertThat(answered.getException()).as(stream).isNull();
                List<Calls.Call> calls = sandbox.calls().bigcommerce().last();
                queries.add(String.valueOf(calls.get(calls.size() - 1).query()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }

        assertThat(queries.get(2)).isEqualTo("limit=7&page=1");
        assertThat(queries.get(3)).isIn("", "null");
        assertThat(queries.get(4)).isEqualTo("limit=7");
        assertThat(exchange.getVariables()).doesNotContainKeys("path", "parents", "afterParameter", "fixedParameters");
    }

    private void byTheClock() {
        installation
                .program()
                .camel()
                .createFluentProducerTemplate()
                .to("direct:export-increments")
                .request();
    }

    /** The newest file of each stream, without its ending. */
    private Map<String, String> newest() {
        Map<String, String> newest = new TreeMap<>();
        for (String file : files()) {
            String[] parts = file.split("\\.");
            newest.merge(parts[0], parts[0] + "." + parts[1], (one, other) -> run(one) > run(other) ? one : other);
        }
        return newest;
    }

    private static long run(String file) {
        return Long.parseLong(file.substring(file.indexOf('.') + 1));
    }

    private void assertExported(String stream, Instant since, List<Map<String, Object>> rows) {
        assertThat(export(stream, since).getReport()).as(stream).containsEntry("outcome", "complete");
        assertThat(file(stream)).as(stream).containsExactlyInAnyOrderElementsOf(lines(rows));
    }

    private List<String> ids(Run run) {
        assertThat(run.getReport()).containsEntry("outcome", "complete");
        return documents(run.getStream()).stream()
                .map(row -> row.get("id").toString())
                .toList();
    }

    private Run export(String stream) {
        return export(stream, null);
    }

    private Run export(String stream, Instant since) {
        return installation.program().export(stream, since, folder);
    }

    private List<String> files() {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> file(String stream) {
        return lines(documents(stream));
    }

    private List<Map<String, Object>> documents(String file) {
        try {
            return Files.readAllLines(folder.resolve(file + ".jsonl")).stream()
                    .map(Json::document)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rows as texts that are equal where the rows mean the same: keys in one order, numbers in one spelling. */
    private static List<String> lines(List<Map<String, Object>> rows) {
        return rows.stream().map(row -> normal(row).toString()).toList();
    }

    private static Object normal(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, one) -> sorted.put(key.toString(), normal(one)));
            return new LinkedHashMap<>(sorted);
        }
        if (value instanceof List<?> list) {
            List<Object> all = new ArrayList<>();
            list.forEach(one -> all.add(normal(one)));
            return all;
        }
        if (value instanceof Number number) {
            return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
        }
        return value == null ? "null" : value;
    }
}
