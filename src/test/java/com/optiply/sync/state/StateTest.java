package com.optiply.sync.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.optiply.sync.bigcommerce.Reading;
import com.optiply.sync.mapping.Mapped;
import com.optiply.sync.mapping.Reason;
import com.optiply.sync.state.Leases.Lease;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The state's rules, the same on H2 and PostgreSQL. */
class StateTest {

    private static EmbeddedPostgres postgres;

    @TempDir
    static Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeAll
    static void startPostgres() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        postgres.close();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    static List<Named<String>> databases() {
        String name = "s" + UUID.randomUUID().toString().replace("-", "");
        return List.of(
                Named.of("H2", "jdbc:h2:file:" + folder.resolve(name)),
                Named.of("PostgreSQL", "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres"));
    }

    /** One store of its own per test, since the databases are shared. */
    private final class Store {
        final String name = "s" + UUID.randomUUID().toString().substring(0, 8);
        final Database database;
        final Leases leases;
        final Runs runs;
        final WantedState wanted;
        final ProducerTemplate camel;

        Store(String url) throws Exception {
            database = Database.open(url, url.contains("h2") ? "sa" : "postgres", "postgres", 4);
            leases = new Leases(database);
            runs = new Runs(database, leases, Clock.systemUTC(), Throwable::getMessage);
            wanted = new WantedState(database, Clock.systemUTC());
            DefaultCamelContext context = new DefaultCamelContext();
            context.getRegistry().bind("dataSource", database.dataSource());
            context.start();
            camel = context.createProducerTemplate();
            open.add(0, database);
            open.add(0, leases);
            open.add(0, context);
        }

        Run begin() {
            return runs.begin(name, "products", false, false, null, null, null);
        }

        void store(Run run, Mapped... mapped) {
            List<Map<String, Object>> rows = wanted.rowsToStore(List.of(mapped), run, null);
            if (!rows.isEmpty()) {
                camel.requestBody("sql:classpath:sql/merge-wanted.sql?batch=true", rows);
            }
        }

        void write(String statement, Map<String, Object> row) {
            camel.requestBody("sql:classpath:sql/" + statement + ".sql?noop=true", row);
        }

        List<PendingRecord> pending(Run run) {
            return all(new PendingRecords(database, Clock.systemUTC(), PendingRecords.SETTLING, () -> false)
                    .pending(run, "products"));
        }

        String status(String remoteId) {
            return database.jdbc()
                    .queryForObject(
                            "select status from record where store = :store and remote_id = :id",
                            Map.of("store", name, "id", remoteId),
                            String.class);
        }
    }

    private static <T> List<T> all(Iterator<T> iterator) {
        List<T> all = new ArrayList<>();
        iterator.forEachRemaining(all::add);
        return all;
    }

    private static Mapped product(String id, String price) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("remoteId", id);
        wanted.put("name", "Bag '; drop table record; -- {{x}} ${y}");
        wanted.put("price", price);
        wanted.put("status", "enabled");
        return new Mapped("products", id, "7", false, wanted, null, Map.of(), Instant.EPOCH, List.of(), false);
    }

    private static Mapped unmappable(String id, String why) {
        return new Mapped(
                "products",
                id,
                "7",
                false,
                null,
                new Reason("stock-missing", why),
                Map.of("product", Map.of("id", 7)),
                null,
                List.of(),
                false);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void whatIsWantedIsPendingUntilItIsDelivered(String url) throws Exception {
        Store store = new Store(url);
        Run run = store.begin();
        store.store(run, product("1", "1.00"), product("2", "2.00"));
        store.runs.beginDelivery(run);

        List<PendingRecord> pending = store.pending(run);
        assertThat(pending).extracting(PendingRecord::getRemoteId).containsExactly("1", "2");
        assertThat(pending).extracting(PendingRecord::getVerb).containsOnly("create");

        assertThat(store.status("1")).as("marked before it is handed out").isEqualTo("in_doubt");

        store.write("record-delivered", pending.get(0).rowWithIds("501", "u-1"));
        assertThat(store.status("1")).isEqualTo("delivered");
        assertThat(store.status("2")).as("its answer is not known").isEqualTo("in_doubt");
        finish(store, run);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void whatWasMarkedAndNotHandedOutIsPendingAgainWhenDeliveryEnds(String url) throws Exception {
        Store store = new Store(url);
        Run run = store.begin();
        store.store(run, product("1", "1.00"), product("2", "2.00"));
        store.runs.beginDelivery(run);
        AtomicBoolean ending = new AtomicBoolean();
        Iterator<PendingRecord> work = new PendingRecords(
                        store.database, Clock.systemUTC(), PendingRecords.SETTLING, ending::get)
                .pending(run, "products");
        assertThat(work.hasNext()).isTrue();
        work.next();
        ending.set(true);

        assertThat(work.hasNext()).isFalse();
        assertThat(store.status("1")).as("handed out").isEqualTo("in_doubt");
        assertThat(store.status("2")).as("never sent").isEqualTo("pending");
        finish(store, run);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void anUnchangedRecordCostsNoWriteAndAChangedOneIsPendingAgain(String url) throws Exception {
        Store store = new Store(url);
        Run run = store.begin();
        store.store(run, product("1", "1.00"));
        store.runs.beginDelivery(run);
        store.write("record-delivered", store.pending(run).get(0).rowWithIds("501", null));

        assertThat(store.wanted.rowsToStore(List.of(product("1", "1.00")), run, null))
                .isEmpty();
        store.store(run, product("1", "1.10"));
        assertThat(store.status("1")).isEqualTo("pending");
        store.store(run, product("1", "1.00"));
        assertThat(store.status("1")).as("changed back before it was sent").isEqualTo("delivered");

        store.store(run, product("1", "1.20"));
        assertThat(store.pending(run)).extracting(PendingRecord::getVerb).containsExactly("update");
        store.store(run, product("1", "1.00"));
        assertThat(store.status("1"))
                .as("changed back while Optiply may hold what was sent")
                .isEqualTo("pending");
        finish(store, run);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aRecordInDoubtStaysInDoubtWhateverTheShopSays(String url) throws Exception {
        Store store = new Store(url);
        Run run = store.begin();
        store.store(run, product("1", "1.00"));
        store.runs.beginDelivery(run);
        assertThat(store.pending(run)).hasSize(1);

        store.store(run, product("1", "9.00"));
        assertThat(store.status("1")).isEqualTo("in_doubt");
        store.store(run, unmappable("1", "no stock"));
        assertThat(store.status("1")).isEqualTo("parked");
        store.store(run, product("1", "9.00"));
        assertThat(store.status("1")).isEqualTo("in_doubt");
        finish(store, run);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aParkedRecordIsNewOnceAndComesBackByItselfWhenTheShopMendsIt(String url) throws Exception {
        Store store = new Store(url);
        Run run = store.begin();
        store.store(run, unmappable("1", "no stock"));
        store.store(run, unmappable("1", "no stock"));
        assertThat(run.getCounts().shown()).containsEntry("newly_parked", 1L).containsEntry("unchanged", 1L);
        assertThat(store.status("1")).isEqualTo("parked");

        store.store(run, product("1", "1.00"));
        assertThat(store.status("1")).isEqualTo("pending");
        finish(store, run);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aLateWorkersResultIsFencedOffByTheEpoch(String url) throws Exception {
        Store store = new Store(url);
        Run run = store.begin();
        store.store(run, product("1", "1.00"));
        store.runs.beginDelivery(run);
        PendingRecord late = store.pending(run).get(0);
        Map<String, Object> row = late.rowWithIds("501", null);
        store.runs.endDelivery(run);
        Lease taken = store.leases.take(store.name, Runs.DELIVER);

        store.write("record-delivered", row);

        assertThat(store.status("1")).isEqualTo("in_doubt");
        Results results = new Results(store.database);
        results.delivered(row);
        assertThatThrownBy(results::flush).isInstanceOf(Runs.FencedOff.class);
        store.leases.release(taken);
        finish(store, run);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void theBookmarkMovesOnlyUnderTheRunsOwnLease(String url) throws Exception {
        Store store = new Store(url);
        Run run = store.begin();
        Instant known = Instant.parse("2026-03-01T10:00:00Z");
        store.runs.saveCursor(run, "products", "{\"after\":\"7\"}");
        assertThat(store.runs.bookmark(store.name, "products").cursor()).contains("7");
        store.runs.moveBookmark(run, "products", known, "digest");
        assertThat(store.runs.bookmark(store.name, "products"))
                .isEqualTo(new Bookmark(known, run.getId(), null, "digest"));
        store.runs.end(run);

        Run later = store.begin();
        assertThatThrownBy(() -> store.runs.moveBookmark(run, "products", known.plusSeconds(1), "digest"))
                .isInstanceOf(Runs.FencedOff.class);
        finish(store, later);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void whatACompleteReadingHasNotSeenHasVanished(String url) throws Exception {
        Store store = new Store(url);
        Run run = store.begin();
        store.store(run, product("1", "1.00"), product("2", "2.00"));
        store.runs.beginDelivery(run);
        for (PendingRecord record : store.pending(run)) {
            store.write("record-delivered", record.rowWithIds("50" + record.getRemoteId(), null));
        }
        Reading reading = Reading.since(null);
        store.wanted.markSeen(List.of(product("2", "2.00")), run, reading);

        assertThat(store.wanted.vanished(run, reading.getSeenInRun()))
                .extracting(WantedState.Vanished::remoteId)
                .containsExactly("1");
        assertThat(store.wanted.enabledInOptiply(run)).isEqualTo(2);
        finish(store, run);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void readingAndDeliveryThatWriteTheSameRecordsAtOnceBothSucceed(String url) throws Exception {
        Store store = new Store(url);
        Run run = store.begin();
        List<Mapped> page = IntStream.range(0, 100)
                .mapToObj(id -> product(String.valueOf(id), "1.00"))
                .toList();
        store.store(run, page.toArray(Mapped[]::new));
        store.runs.beginDelivery(run);
        List<Map<String, Object>> rows = new ArrayList<>(
                store.pending(run).stream().map(PendingRecord::getRow).toList());
        Collections.reverse(rows);
        ExecutorService workers = Executors.newFixedThreadPool(2);
        try {
            Future<?> delivery = workers.submit(() -> {
                for (int i = 0; i < 100; i++) {
                    store.database.batch("mark-sent", rows);
                }
            });
            Future<?> reading = workers.submit(() -> {
                for (int i = 0; i < 100; i++) {
                    store.wanted.markSeen(page, run, Reading.since(null));
                }
            });
            delivery.get(1, TimeUnit.MINUTES);
            reading.get(1, TimeUnit.MINUTES);
        } finally {
            workers.shutdownNow();
        }
        finish(store, run);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void ofSeveralWhoLookAtOnceOneTellsWhatTurnedBadAndOneThatItIsGood(String url) throws Exception {
        Store store = new Store(url);
        AlertBook book = new AlertBook(store.database, Clock.systemUTC(), "one");
        AlertBook other = new AlertBook(store.database, Clock.systemUTC(), "another");
        AlertBook.Entry late = new AlertBook.Entry(false, "late", "products", "late", null, true);
        AlertBook.Entry file = new AlertBook.Entry(true, "route-file", "x.camel.yaml", "broken", null, true);

        List<AlertBook.Entry> bad = lookAtOnce(store, List.of(late), book, other);
        List<AlertBook.Entry> good = lookAtOnce(store, List.of(), book, other);

        assertThat(bad).hasSize(1).allMatch(AlertBook.Entry::bad);
        assertThat(good).hasSize(1).noneMatch(AlertBook.Entry::bad);
        assertThat(lookAtOnce(store, List.of(), book, other)).isEmpty();

        AlertBook.Entry toTell = book.news(store.name, List.of(late)).get(0);
        assertThat(other.news(store.name, List.of(late)))
                .as("somebody is at it")
                .isEmpty();
        book.notTold(store.name, toTell);
        assertThat(other.news(store.name, List.of(late))).hasSize(1);

        book.news(store.name, List.of(late, file)).forEach(entry -> book.told(store.name, entry));
        assertThat(other.news(store.name, List.of(late)))
                .as("a file of another machine is no business of this one")
                .isEmpty();
        assertThat(book.news(store.name, List.of(late, file))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("databases")
    void oldRunsAreForgottenButWhatIsStillAskedForStays(String url) throws Exception {
        Store store = new Store(url);
        store.runs.onEnd(new OldRuns(store.database, Clock.systemUTC(), Duration.ofDays(90)));
        Store another = new Store(url);
        past(another, 100, "products", "complete");
        past(another, 99, "products", "complete");

        past(store, 400, "products", "complete");
        long ofBookmark = past(store, 300, "products", "complete");
        past(store, 200, "products", "failed");
        long lastFailed = past(store, 150, "products", "failed");
        long lastExport = past(store, 140, "export", "complete");
        past(store, 120, "products", "complete");
        long open = past(store, 110, "products", null);
        past(store, 91, "products", "complete");
        long young = past(store, 89, "products", "complete");
        Run run = store.begin();
        Instant known = Instant.parse("2026-01-01T00:00:00Z");
        store.runs.moveBookmark(run, "products", known, null);
        store.database
                .jdbc()
                .update(
                        "update bookmark set set_by_run = :run where store = :store",
                        Map.of("store", store.name, "run", ofBookmark));
        finish(store, run);

        assertThat(ids(store)).containsExactly(ofBookmark, lastFailed, lastExport, open, young, run.getId());
        assertThat(ids(another)).as("another store's own runs see to those").hasSize(2);
    }

    /** A run that began so many days ago; its id is the answer. */
    private static long past(Store store, int days, String what, String outcome) {
        Map<String, Object> row = new HashMap<>();
        row.put("store", store.name);
        row.put("what", what);
        row.put("outcome", outcome);
        row.put("started", Times.column(Instant.now().minus(Duration.ofDays(days))));
        store.database
                .jdbc()
                .update(
                        "insert into run (store, what, mode, started, outcome) values (:store, :what, 'incremental', :started,"
                                + " :outcome)",
                        row);
        List<Long> ids = ids(store);
        return ids.get(ids.size() - 1);
    }

    private static List<Long> ids(Store store) {
        return store.database
                .jdbc()
                .queryForList(
                        "select id from run where store = :store order by id", Map.of("store", store.name), Long.class);
    }

    /** What is told by many looks at once from two processes. */
    private static List<AlertBook.Entry> lookAtOnce(Store store, List<AlertBook.Entry> troubles, AlertBook... books)
            throws InterruptedException {
        List<AlertBook.Entry> told = Collections.synchronizedList(new ArrayList<>());
        ExecutorService looks = Executors.newFixedThreadPool(4);
        for (int look = 0; look < 40; look++) {
            AlertBook book = books[look % books.length];
            looks.execute(() -> book.news(store.name, troubles).forEach(entry -> {
                told.add(entry);
                book.told(store.name, entry);
            }));
        }
        looks.shutdown();
        assertThat(looks.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        return told;
    }

    private static void finish(Store store, Run run) {
        store.runs.endDelivery(run);
        store.runs.end(run);
    }
}
