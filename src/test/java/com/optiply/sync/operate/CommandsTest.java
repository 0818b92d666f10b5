package com.optiply.sync.operate;

import static org.assertj.core.api.Assertions.assertThat;

import com.optiply.sync.sandbox.Calls.Call;
import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.sandbox.Shop.Line;
import com.optiply.sync.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each command as a person types it, on the awkward shop: with the database to itself, and beside a running process that
 * holds it; what is told is the same.
 */
class CommandsTest {

    private static final Set<String> CHANGING = Set.of("POST", "PATCH", "PUT", "DELETE");

    @TempDir
    Path folder;

    private Sandbox sandbox;
    private Shell shell;
    private Process running;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(Sandbox.Size.awkward());
        shell = new Shell(sandbox, folder);
    }

    @AfterEach
    void stop() throws Exception {
        if (running != null) {
            running.destroy();
            assertThat(running.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        sandbox.close();
    }

    private void beside(boolean aRunningProcess) {
        if (aRunningProcess) {
            running = shell.start();
            Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> DeskFile.read(Settings.of(shell.values()))
                    .filter(file -> file.url() != null)
                    .isPresent());
        }
    }

    private void syncFirst() {
        assertThat(shell.run("sync").exit()).as("two products stand parked").isEqualTo(1);
        sandbox.calls().reset();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void statusShowsWhatStandsAndWhatRan(boolean aRunningProcess) {
        syncFirst();
        beside(aRunningProcess);

        Shell.Told told = shell.run("status", "--json");
        Map<String, Object> status = told.lines().get(0);

        assertThat(told.exit()).isZero();
        assertThat(status).containsKeys("bookmarks", "runs", "quota", "next", "in_hand");
        assertThat(status.get("undelivered").toString()).contains("products={pending=0, in_doubt=0, parked=2}");
        assertThat(status.get("parked_by_cause").toString()).contains("stock-missing", "price-out-of-range");
        assertThat(shell.run("status").out())
                .contains(
                        "parked products: 1 for stock-missing",
                        "products known until",
                        "sell-orders    2  incremental");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSyncLineHasTheFiguresOfTheContract(boolean aRunningProcess) {
        beside(aRunningProcess);

        Shell.Told told = shell.run("sync", "--json");

        assertThat(told.exit()).isEqualTo(1);
        assertThat(told.lines()).hasSize(2);
        assertThat(told.line("what", "products"))
                .containsEntry("store", "main")
                .containsEntry("outcome", "complete")
                .containsEntry("created", 87)
                .containsEntry("parked", 2)
                .containsKeys("read", "unchanged", "updated", "deleted", "skipped", "pending", "calls", "seconds");
        assertThat(shell.run("sync", "sell-orders").out())
                .contains("sell-orders")
                .doesNotContain("products");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDryRunShowsFieldByFieldAndChangesNothing(boolean aRunningProcess) {
        syncFirst();
        long order = sandbox.shop().placeOrder(10, new Line(101, 1001L, 2));
        sandbox.shop().changePrice(1001, "21.50");
        sandbox.shop().setOrderStatus(210, 5);
        beside(aRunningProcess);
        Object bookmarks = shell.run("status", "--json").lines().get(0).get("bookmarks");
        int writes = sandbox.optiply().writes();

        Shell.Told told = shell.run("sync", "--dry-run", "--json");

        assertThat(told.line("remote_id", "1001"))
                .containsEntry("would", "update")
                .extracting("changes")
                .hasToString("{price={old=19.95, new=21.50}}");
        assertThat(told.line("remote_id", "210")).containsEntry("would", "delete");
        assertThat(told.line("remote_id", String.valueOf(order))).containsEntry("would", "create");
        assertThat(told.line("remote_id", "1015"))
                .containsEntry("would", "park")
                .containsEntry("cause", "stock-missing");
        assertThat(told.line("what", "sell-orders"))
                .containsEntry("dry_run", true)
                .containsEntry("created", 1)
                .containsEntry("deleted", 1);
        assertThat(shell.run("sync", "--dry-run").out())
                .contains("would update products 1001: price 19.95 → 21.50", "would delete sell-orders 210");
        assertThat(shell.run("status", "--json").lines().get(0).get("bookmarks"))
                .isEqualTo(bookmarks);
        assertThat(sandbox.optiply().writes()).isEqualTo(writes);
        assertThat(changing(sandbox.calls().bigcommerce().last())).isEmpty();
        assertThat(changing(sandbox.calls().optiply().last()))
                .as("not even a login is needed")
                .isEmpty();
    }

    private static List<Call> changing(List<Call> calls) {
        return calls.stream().filter(call -> CHANGING.contains(call.method())).toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDryRunShowsTheEffectOfAChangedMappingBeforeItIsReal(boolean aRunningProcess) {
        syncFirst();
        beside(aRunningProcess);
        shell.with("products.map.eanCode", "/variant/sku");

        Shell.Told told = shell.run("sync", "products", "--dry-run", "--json");

        assertThat(told.line("remote_id", "1001").get("changes")).hasToString("{eanCode={old=8712345678906, new=BAG}}");
        assertThat(told.line("what", "products").get("message").toString()).contains("everything is read again");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aParkedRecordIsListedShownRetriedAndDiscarded(boolean aRunningProcess) {
        syncFirst();
        beside(aRunningProcess);

        Map<String, Object> listed = shell.run("parked", "list", "--json").line("remote_id", "1015");
        assertThat(listed)
                .containsEntry("store", "main")
                .containsEntry("entity", "products")
                .containsEntry("cause", "stock-missing")
                .containsEntry("attempts", 0)
                .containsKeys("reason", "since");
        assertThat(shell.run("parked", "list", "--cause", "price-out-of-range", "--json")
                        .lines())
                .hasSize(1);
        assertThat(shell.run("parked").out()).contains("products/1015", "products/1017");
        assertThat(shell.run("parked", "show", "products/1015").out())
                .contains("Uncounted candle", "stock-missing", "source:");

        Shell.Told inVain = shell.run("parked", "retry", "1015");
        assertThat(inVain.exit()).isEqualTo(1);
        assertThat(inVain.out()).contains("products/1015  is still parked");

        sandbox.shop().changeStock(1015, 4);
        Shell.Told retried = shell.run("parked", "retry", "1015", "--json");
        assertThat(retried.exit()).isZero();
        assertThat(retried.line("remote_id", "1015")).containsEntry("status", "delivered");
        assertThat(sandbox.optiply().productsByRemoteId("1015")).hasSize(1);

        Shell.Told discarded = shell.run("parked", "discard", "--all", "--reason", "nobody buys yachts");
        assertThat(discarded.exit()).isZero();
        assertThat(discarded.out()).contains("products/1017  is discarded");
        assertThat(shell.run("parked", "list").out()).contains("nothing is parked");
        assertThat(shell.run("sync", "products", "--full").exit())
                .as("it stays silent")
                .isZero();
        assertThat(shell.run("explain", "products", "1017").out()).contains("discarded", "“nobody buys yachts”");
        assertThat(shell.run("explain", "products", "1017", "--json").line("remote_id", "1017"))
                .containsEntry("verdict", "discarded")
                .extracting("story")
                .asString()
                .contains("nobody buys yachts");

        sandbox.shop().changeProduct(116, product -> product.put("description", "now with a mast"));
        assertThat(shell.run("sync", "products").exit())
                .as("the shop has changed it")
                .isEqualTo(1);
    }

    @Test
    void aRecordThatOptiplyRefusedIsSentAgainByARetry() {
        sandbox.optiply().refuse("1001", 422, "name is not welcome");
        sandbox.optiply().refuse("210", 422, "not today");
        syncFirst();
        assertThat(shell.run("parked", "list", "--cause", "optiply-refused-422", "--json")
                        .lines())
                .hasSize(2);

        sandbox.optiply().accept("1001");
        sandbox.optiply().accept("210");
        Shell.Told retried = shell.run("parked", "retry", "--cause", "optiply-refused-422", "--json");

        assertThat(retried.exit()).isZero();
        assertThat(retried.lines()).allMatch(line -> "delivered".equals(line.get("status")));
        assertThat(sandbox.optiply().productsByRemoteId("1001")).hasSize(1);
        assertThat(sandbox.optiply().sellOrdersByRemoteId("210")).hasSize(1);
    }

    @Test
    void aRetriedRecordThatTheShopHasDeletedIsLetGo() {
        syncFirst();
        sandbox.shop().deleteProduct(115);

        Shell.Told retried = shell.run("parked", "retry", "1015");

        assertThat(retried.exit()).isZero();
        assertThat(retried.out()).contains("is not wanted in Optiply any more");
    }

    @Test
    void whatCannotBeMeantIsWrongUse() {
        syncFirst();

        assertThat(shell.run("parked", "retry").exit()).isEqualTo(2);
        assertThat(shell.run("parked", "retry", "4711").err()).contains("4711 is not parked");
        assertThat(shell.run("parked", "discard", "--all", "1015").exit()).isEqualTo(2);
        assertThat(shell.run("explain", "customers", "1").exit()).isEqualTo(2);
        assertThat(shell.run("backfill", "products", "--from", "2025-01-01", "--to", "2025-02-01")
                        .exit())
                .isEqualTo(2);
        assertThat(shell.run("backfill", "sell-orders", "--from", "2025-02-01", "--to", "2025-01-01")
                        .err())
                .contains("ends");
        assertThat(shell.run("backfill", "sell-orders", "--from", "yesterday", "--to", "2025-01-01")
                        .exit())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void checkSaysOkWhereAllIsWell(boolean aRunningProcess) {
        beside(aRunningProcess);

        Shell.Told told = shell.run("check", "--json");

        assertThat(told.exit()).isZero();
        assertThat(told.lines()).allMatch(line -> "ok".equals(line.get("result")), told.out());
        assertThat(told.lines())
                .extracting(line -> line.get("check"))
                .contains(
                        "database",
                        "disk",
                        "clock",
                        "bigcommerce products",
                        "bigcommerce orders",
                        "bigcommerce transactions",
                        "bigcommerce customers",
                        "bigcommerce coupons",
                        "bigcommerce quota",
                        "bigcommerce store",
                        "bigcommerce channel",
                        "optiply login",
                        "optiply account",
                        "optiply write");
        assertThat(shell.run("check").out()).contains("ok       bigcommerce products");
        assertThat(sandbox.optiply().writes()).isZero();
    }

    @Test
    void checkFailsAndSaysWhatToDo() {
        shell.with("bigcommerce.access-token", "wrong").with("optiply.password", "wrong");
        Shell.Told told = shell.run("check");
        assertThat(told.exit()).isEqualTo(3);
        assertThat(told.out()).contains("failed   bigcommerce products", "failed   optiply login", "→");

        shell.with("bigcommerce.access-token", sandbox.settings().get("bigcommerce.access-token"))
                .with("optiply.password", sandbox.settings().get("optiply.password"))
                .with("bigcommerce.channel-id", "9")
                .with("optiply.account-id", "1");
        told = shell.run("check");
        assertThat(told.exit()).isEqualTo(3);
        assertThat(told.out()).contains("the store has no channel 9", "1 (Web shop)", "failed   optiply account", "98");
    }

    @Test
    void checkLooksAtTheRestWhereTheDatabaseCannotBeOpened() throws Exception {
        Files.writeString(folder.resolve("file"), "not a folder");
        shell.with("database.url", "jdbc:h2:file:" + folder.resolve("file/sync"));

        Shell.Told told = shell.run("check");

        assertThat(told.exit()).isEqualTo(3);
        assertThat(told.out()).contains("failed   database", "ok       bigcommerce products", "ok       optiply login");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aBackfillReadsAWindowAndLeavesTheBookmark(boolean aRunningProcess) {
        shell.with(
                "bigcommerce.start-date",
                Instant.now().truncatedTo(ChronoUnit.DAYS).toString());
        long today = sandbox.shop().placeOrder(10, new Line(101, 1001L, 1));
        syncFirstWithin();
        beside(aRunningProcess);
        Object bookmarks = shell.run("status", "--json").lines().get(0).get("bookmarks");
        assertThat(sandbox.optiply().sellOrders()).hasSize(1);

        Shell.Told told = shell.run("backfill", "sell-orders", "--from", "2025-02-01", "--to", "2025-02-02", "--json");

        assertThat(told.lines()).hasSize(1);
        assertThat(told.line("what", "sell-orders"))
                .containsEntry("mode", "backfill")
                .containsEntry("outcome", "complete");
        assertThat(shell.run("backfill", "sell-orders", "--from", "2025-02-01", "--to", "2025-02-02")
                        .out())
                .contains("sell-orders", "complete");
        assertThat(sandbox.optiply().sellOrdersByRemoteId("210")).hasSize(1);
        assertThat(sandbox.optiply().sellOrdersByRemoteId("233"))
                .as("placed later")
                .isEmpty();
        assertThat(sandbox.optiply().sellOrdersByRemoteId(String.valueOf(today)))
                .hasSize(1);
        assertThat(shell.run("status", "--json").lines().get(0).get("bookmarks"))
                .isEqualTo(bookmarks);
    }

    @Test
    void anExportBesideARunningProcessIsWrittenByThatOne() throws Exception {
        beside(true);
        Path out = folder.resolve("out");

        Shell.Told told = shell.run("export", "coupons", "--out", out.toString(), "--json");

        assertThat(told.exit()).isZero();
        assertThat(told.line("stream", "coupons")).containsEntry("outcome", "complete");
        assertThat(Files.readAllLines(out.resolve("coupons.jsonl"))).isNotEmpty();
        assertThat(shell.run("export", "coupons", "--out", out.toString()).out())
                .contains("coupons", "complete");
    }

    private void syncFirstWithin() {
        shell.run("sync", "sell-orders");
        sandbox.calls().reset();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void verifyNamesEachDifferenceAndRepairSendsIt(boolean aRunningProcess) {
        syncFirst();
        beside(aRunningProcess);
        Shell.Told well = shell.run("verify");
        assertThat(well.out())
                .contains("products/1015".replace("/", " ") + " is parked, which is no difference")
                .contains("products: 89 in the shop, 87 in Optiply, 0 differences, 2 parked");
        assertThat(well.exit()).isZero();

        sandbox.optiply().change(id("products", "1001"), Map.of("price", "1.00", "stockLevel", 3));
        sandbox.optiply().remove(id("products", "1002"));
        sandbox.optiply().remove(id("sell-orders", "210"));
        sandbox.optiply().change(id("sell-orders", "220"), Map.of("totalValue", "1.00"));

        Shell.Told told = shell.run("verify", "--json");

        assertThat(told.exit()).isEqualTo(1);
        assertThat(told.line("remote_id", "1001"))
                .containsEntry("difference", "different")
                .extracting("changes")
                .asString()
                .contains("price={old=1.00, new=19.95}", "stockLevel={old=3, new=12}");
        assertThat(told.line("remote_id", "1002")).containsEntry("difference", "missing");
        assertThat(told.line("remote_id", "210")).containsEntry("difference", "missing");
        assertThat(told.line("remote_id", "220")).containsEntry("difference", "different");
        assertThat(told.line("what", "products")).containsEntry("differences", 2);

        assertThat(shell.run("verify", "--repair").out()).contains("repaired:");
        assertThat(shell.run("verify").exit()).isZero();
        assertThat(sandbox.optiply().twins()).isEmpty();
        assertThat(sandbox.optiply().sellOrdersByRemoteId("210")).hasSize(1);
    }

    @Test
    void verifyFindsTwinsStrangersAndWhatTheShopDoesNotWant() {
        syncFirst();
        Map<String, Object> product =
                Map.of("name", "Twin", "stockLevel", 1, "unlimitedStock", false, "status", "enabled");
        sandbox.optiply().putProduct("1001", product);
        sandbox.optiply().putProduct(null, product);
        sandbox.optiply().putProduct("7777", product);
        sandbox.optiply()
                .putSellOrder(
                        "8888",
                        Map.of("placed", "2025-02-01T10:00:00Z", "totalValue", "1.00", "orderLines", List.of()));

        Shell.Told told = shell.run("verify", "--json");

        assertThat(told.exit()).isEqualTo(1);
        assertThat(told.line("difference", "twins")).containsEntry("remote_id", "1001");
        assertThat(told.line("difference", "without-remote-id").get("document").toString())
                .contains("Twin");
        assertThat(told.line("remote_id", "7777"))
                .as("gone from the shop, but enabled in Optiply")
                .containsEntry("difference", "different");
        assertThat(told.line("remote_id", "8888")).containsEntry("difference", "not-wanted-by-the-shop");
    }

    private long id(String entity, String remoteId) {
        return Long.parseLong(
                sandbox.optiply().byRemoteId(entity, remoteId).get(0).get("id").toString());
    }

    @Test
    void theFileBesideTheDatabaseIsForItsOwnerOnlyAndGoesWithTheProcess() throws Exception {
        beside(true);
        Path file = folder.resolve("sync.desk.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        running.destroy();
        running.waitFor();
        running = null;
        assertThat(file).doesNotExist();
    }

    @Test
    void whereTheHolderCannotBeAskedTheCommandEndsWith3AndSaysWhoItIs() throws Exception {
        sandbox.latency(300);
        running = shell.start("sync");
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> Files.exists(folder.resolve("sync.desk.json")));

        Shell.Told told = shell.run("status");

        assertThat(told.exit()).isEqualTo(3);
        assertThat(told.err())
                .contains(
                        "another process holds the database file",
                        "process " + running.pid(),
                        "bigcommerce-optiply sync");
    }
}
