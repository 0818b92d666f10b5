package com.optiply.sync.state;

import com.optiply.sync.Json;
import com.optiply.sync.state.Leases.Lease;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.support.GeneratedKeyHolder;

/**
 * Begins and ends runs: lease, bookmark, outcome, exit code.
 *
 * <p>Safe for several threads.
 */
public final class Runs {

    /** The lease under which results of delivery are written. */
    public static final String DELIVER = "deliver";

    /** What a run is about that writes a stream to a file and delivers nothing. */
    public static final String EXPORT = "export";

    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);
    private static final long ASK_AGAIN_MS = 100;

    private final Database database;
    private final Leases leases;
    private final Clock clock;
    private final Function<Throwable, String> plainWords;
    private final Map<String, Semaphore> turns = new ConcurrentHashMap<>();
    private final List<Consumer<Run>> listeners = new CopyOnWriteArrayList<>();
    private final Map<Long, Run> inHand = new ConcurrentHashMap<>();
    private final Queue<SentAway> sentAway = new ConcurrentLinkedQueue<>();
    private volatile boolean clearing;

    /** @param plainWords tells a person what a failure means and what to do, without secrets */
    public Runs(Database database, Leases leases, Clock clock, Function<Throwable, String> plainWords) {
        this.database = database;
        this.leases = leases;
        this.clock = clock;
        this.plainWords = plainWords;
    }

    /**
     * Begins a run: waits for its turn in this process, takes its lease and writes it down.
     *
     * @throws Leases.LeaseHeld naming the holder, where the same thing runs already
     */
    public Run begin(
            @Variable("store") String store,
            @Variable("what") String what,
            @Variable("full") Boolean full,
            @Variable("byHand") Boolean byHand,
            @Variable("retried") Retried retried,
            @Variable("window") Window window,
            @Variable("rehearsal") Boolean rehearsal) {
        Run.Mode mode = retried != null
                ? Run.Mode.RETRY
                : window != null ? Run.Mode.BACKFILL : Boolean.TRUE.equals(full) ? Run.Mode.FULL : Run.Mode.INCREMENTAL;
        // A backfill may take hours: the run by the clock does not wait for it.
        String leaseName = window == null ? what : "backfill-" + what;
        Semaphore turn = turn(store, turnOf(leaseName));
        waitFor(turn, store, what, full, byHand);
        Lease lease = null;
        try {
            lease = leases.take(store, leaseName);
            Instant started = clock.instant();
            GeneratedKeyHolder key = new GeneratedKeyHolder();
            database.jdbc()
                    .update(
                            Statements.named("insert-run"),
                            new MapSqlParameterSource(
                                    Map.of("store", store, "what", what, "mode", mode.word(), "started", at(started))),
                            key,
                            new String[] {"id"});
            Number id = key.getKey();
            Run run = new Run(
                            id == null ? 0 : id.longValue(),
                            store,
                            what,
                            mode,
                            Boolean.TRUE.equals(byHand),
                            started,
                            lease)
                    .rehearsal(Boolean.TRUE.equals(rehearsal));
            inHand.put(run.getId(), run);
            // From the next step on the routes see to that.
            MDC.put("run", String.valueOf(run.getId()));
            MDC.put("store", store);
            LOG.info("{} begins", run);
            MDC.remove("run");
            MDC.remove("store");
            return run;
        } catch (RuntimeException e) {
            if (lease != null) {
                leases.release(lease);
            }
            turn.release();
            throw e;
        }
    }

    /** Waits in small steps, since who waits stands inside the routes and has to leave them where they are to be replaced. */
    private void waitFor(Semaphore turn, String store, String what, Boolean full, Boolean byHand) {
        try {
            while (!turn.tryAcquire(ASK_AGAIN_MS, TimeUnit.MILLISECONDS)) {
                if (clearing && (Boolean.TRUE.equals(byHand) || !what.equals(EXPORT))) {
                    if (!Boolean.TRUE.equals(byHand)) {
                        sentAway.add(new SentAway(store, what, Boolean.TRUE.equals(full)));
                    }
                    throw new RoutesChange();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the run in hand", e);
        }
    }

    /** A run that was sent away while it waited for its turn; whoever replaced the routes has to start it. */
    public record SentAway(String store, String what, boolean full) {}

    /** Sends those away who wait for their turn, and whoever comes, until told otherwise. */
    public synchronized void clearing(boolean clearing) {
        this.clearing = clearing;
        notifyAll();
    }

    /** Waits while the routes are being replaced. */
    public synchronized void awaitRoutes() throws InterruptedException {
        while (clearing) {
            wait();
        }
    }

    /** Those sent away, each once. */
    public Set<SentAway> sentAway() {
        Set<SentAway> all = new LinkedHashSet<>();
        for (SentAway one; (one = sentAway.poll()) != null; ) {
            all.add(one);
        }
        return all;
    }

    /**
     * One sync, one backfill and one export of a store at a time in this process, none waiting for the others; a
     * semaphore, because a run may end on another thread than it began on.
     */
    private Semaphore turn(String store, String what) {
        return turns.computeIfAbsent(store + "/" + what, any -> new Semaphore(1, true));
    }

    /** Products and sell orders wait for each other. */
    private static String turnOf(String leaseName) {
        return leaseName.equals("products") || leaseName.equals("sell-orders") ? "sync" : leaseName;
    }

    /** Whether nothing of a store is in hand in this process. */
    public boolean isBetweenRuns(String store) {
        return turns(store).stream().allMatch(turn -> turn.availablePermits() > 0);
    }

    /** Waits for the runs in hand, then does something before the next one begins. */
    public void betweenRuns(String store, Runnable work) throws InterruptedException {
        List<Semaphore> taken = new ArrayList<>();
        try {
            for (Semaphore turn : turns(store)) {
                turn.acquire();
                taken.add(turn);
            }
            work.run();
        } finally {
            taken.forEach(Semaphore::release);
        }
    }

    /** All turns of a store, that of delivery last, as a run takes them. */
    private List<Semaphore> turns(String store) {
        turn(store, turnOf("products"));
        return turns.keySet().stream()
                .filter(key -> key.startsWith(store + "/"))
                .sorted(Comparator.comparing((String key) -> key.equals(store + "/" + DELIVER))
                        .thenComparing(Comparator.naturalOrder()))
                .map(turns::get)
                .toList();
    }

    /**
     * Takes the lease of delivery: one delivery at a time per store, also across processes. Counts what is to be
     * delivered, and what the run has delivered so far while it read.
     */
    public void beginDelivery(@Variable("run") Run run) {
        beginDeliveryWhileReading(run);
        run.backlog(run.getCounts().delivered() + undelivered(run, "pending", "in_doubt", "parked"));
    }

    /** Takes the lease of delivery, unless the run has it; how much there is to deliver nobody knows before all is read. */
    public void beginDeliveryWhileReading(@Variable("run") Run run) {
        if (run.delivery() == null) {
            run.delivery(takeDelivery(run.getStore()));
        }
    }

    /** Waits for a page whose records can be delivered while reading goes on; false where reading ended without one. */
    public boolean hasStoredPages(@Variable("run") Run run) throws InterruptedException {
        return run.storedPages().any();
    }

    /** Reading has ended, well or not: what is still to be delivered stands in the database. */
    public void endReading(@Variable("run") Run run) {
        run.storedPages().end();
    }

    private Lease takeDelivery(String store) {
        Semaphore turn = turn(store, DELIVER);
        turn.acquireUninterruptibly();
        try {
            return leases.take(store, DELIVER);
        } catch (RuntimeException e) {
            turn.release();
            throw e;
        }
    }

    private void releaseDelivery(Lease lease) {
        try {
            leases.release(lease);
        } finally {
            turn(lease.store(), DELIVER).release();
        }
    }

    /** Does something while nothing is delivered to the store's Optiply account. */
    public <T> T whileNothingIsDelivered(String store, Function<Lease, T> work) {
        Lease lease = takeDelivery(store);
        try {
            return work.apply(lease);
        } finally {
            releaseDelivery(lease);
        }
    }

    /** The reading half failed; delivery goes on with what is stored. */
    public void readingFailed(
            Exchange exchange,
            @Variable("run") Run run,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable failure) {
        // Camel leaves "not handled" on the exchange, the children of delivery inherit it, and nothing that fails in
        // one
        // of them would count as handled there.
        exchange.getExchangeExtension().setErrorHandlerHandled(null);
        LOG.warn("{}: reading failed: {}", run, plainWords.apply(failure));
        LOG.debug("{}: reading failed", run, failure);
        run.readingFailed(failure);
    }

    /** The delivering half failed; what is pending waits for the next run. */
    public void deliveryFailed(
            @Variable("run") Run run, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable failure) {
        LOG.warn("{}: delivery failed: {}", run, plainWords.apply(failure));
        LOG.debug("{}: delivery failed", run, failure);
        run.deliveryFailed(failure);
    }

    /** Lets the next delivery of the store begin; does nothing where this run delivers nothing. */
    public void endDelivery(@Variable("run") Run run) {
        Lease lease = run.delivery();
        if (lease != null) {
            run.delivery(null);
            releaseDelivery(lease);
        }
    }

    /** Ends a run: its report and its exit code are known from here on. Never throws for what the run itself did. */
    public void end(@Variable("run") Run run) {
        Instant ended = clock.instant();
        inHand.remove(run.getId());
        String outcome = "failed";
        Map<String, Object> figures = new LinkedHashMap<>();
        try {
            Throwable failure = run.failure();
            int exitCode;
            if (run.getWhat().equals(EXPORT)) {
                outcome = failure != null ? "failed" : "complete";
                exitCode = failure != null ? 3 : 0;
                exported(run, outcome, figures);
            } else {
                long parked = undelivered(run, "parked");
                long pending = undelivered(run, "pending", "in_doubt");
                boolean settled =
                        run.isRehearsal() || run.getBacklog() == run.getCounts().delivered() + parked + pending;
                boolean accounted = run.getCounts().readingBalances()
                        && run.isReadingProven()
                        && settled
                        && (pending == 0 || run.isRehearsal());
                outcome = failure != null ? "failed" : accounted && !run.isBrakeHeld() ? "complete" : "partial";
                if (failure == null && !settled) {
                    run.note("the figures do not add up: " + run.getBacklog() + " records were to be delivered, "
                            + run.getCounts().delivered() + " were, " + parked + " are parked, " + pending
                            + " pending");
                }
                exitCode = failure != null || !accounted ? 3 : parked > 0 || run.isBrakeHeld() ? 1 : 0;
                figures.put("store", run.getStore());
                figures.put("what", run.getWhat());
                figures.put("outcome", outcome);
                figures.putAll(run.getCounts().shown());
                figures.put("parked", parked);
                figures.put("pending", pending);
                if (run.isBrakeHeld()) {
                    figures.put("brake", true);
                }
            }
            figures.put("seconds", seconds(run.age(ended)));
            figures.put("run", run.getId());
            figures.put("mode", run.getMode().word());
            List<String> words = new ArrayList<>(run.notes());
            if (failure != null) {
                words.add(0, run.getStream() == null ? run.failureInWords(plainWords) : plainWords.apply(failure));
            }
            if (!words.isEmpty()) {
                figures.put("message", String.join("; ", words));
            }
            run.reported(figures, exitCode);
            Map<String, Object> row = new HashMap<>();
            row.put("run", run.getId());
            row.put("ended", at(ended));
            row.put("outcome", outcome);
            row.put("message", figures.get("message"));
            row.put("counts", Json.text(figures));
            database.jdbc().update(Statements.named("end-run"), row);
            leases.release(run.lease());
        } catch (RuntimeException e) {
            // The database is away: the run has failed whatever it did.
            figures.putIfAbsent("store", run.getStore());
            figures.putIfAbsent("what", run.getWhat());
            figures.put("outcome", "failed");
            figures.putAll(run.getCounts().shown());
            figures.put("seconds", seconds(run.age(ended)));
            figures.put("message", "the end of the run could not be written down: " + plainWords.apply(e));
            run.reported(figures, 3);
            outcome = "failed";
        } finally {
            turn(run.getStore(), turnOf(run.getLeaseName())).release();
        }
        LOG.info("{} has ended: {} {}", run, outcome, Json.text(run.getReport()));
        listeners.forEach(listener -> listener.accept(run));
    }

    private static void exported(Run run, String outcome, Map<String, Object> figures) {
        figures.put("store", run.getStore());
        figures.put("what", run.getWhat());
        figures.put("stream", run.getStream());
        figures.put("outcome", outcome);
        figures.put("rows", run.getCounts().readSoFar());
        figures.put("total", run.getTotal());
        figures.put("file", run.file());
        figures.put("calls", run.getCounts().shown().get("calls"));
        if (run.getCounts().skippedSoFar() > 0) {
            figures.put("vanished_parents", run.getCounts().skippedSoFar());
        }
    }

    /** Asks to be told of every run that ends, with its report; on the run's own thread. */
    public void onEnd(Consumer<Run> listener) {
        listeners.add(listener);
    }

    /** The runs that this process has in hand. */
    public List<Run> inHand() {
        return List.copyOf(inHand.values());
    }

    private long undelivered(Run run, String... statuses) {
        List<String> wanted = List.of(statuses);
        long[] sum = {0};
        database.jdbc().query(Statements.named("count-status"), Map.of("store", run.getStore()), row -> {
            if (row.getString("entity").equals(run.getWhat()) && wanted.contains(row.getString("status"))) {
                sum[0] += row.getLong("records");
            }
        });
        return sum[0];
    }

    /** The bookmark of a stream; {@link Bookmark#NONE} before the first. */
    public Bookmark bookmark(String store, String stream) {
        List<Bookmark> found = database.jdbc()
                .query(
                        Statements.named("select-bookmark"),
                        Map.of("store", store, "stream", stream),
                        (row, i) -> new Bookmark(
                                Times.instant(row, "known_until"),
                                row.getObject("set_by_run", Long.class),
                                row.getString("read_cursor"),
                                row.getString("digest")));
        return found.isEmpty() ? Bookmark.NONE : found.get(0);
    }

    /**
     * Makes sure that the run still has its lease, and keeps it until the transaction ends.
     *
     * @throws FencedOff where another process has taken over
     */
    public void holdLease(@Variable("run") Run run) {
        fenced(database.jdbc().update(Statements.named("hold-lease"), lease(run, run.getWhat(), run.getEpoch())), run);
    }

    /**
     * Makes sure, just before a call that writes, that delivery is still ours and the database there: the mark before the
     * call may be older. A call that only reads is anybody's.
     *
     * @param method the call's HTTP method
     * @throws FencedOff where another process has taken over
     */
    public void holdsDelivery(@Variable("run") Run run, @Variable("method") String method) {
        if (method.equals("GET")) {
            return;
        }
        Integer held = database.jdbc()
                .queryForObject(
                        Statements.named("has-lease"), lease(run, DELIVER, run.getDeliveryEpoch()), Integer.class);
        fenced(held == null ? 0 : held, run);
    }

    private static Map<String, Object> lease(Run run, String what, long epoch) {
        return Map.of("store", run.getStore(), "what", what, "epoch", epoch);
    }

    /** Moves the bookmark, fenced by the run's lease. */
    public void moveBookmark(Run run, String stream, Instant knownUntil, String digest) {
        Map<String, Object> row = new HashMap<>();
        row.put("store", run.getStore());
        row.put("stream", stream);
        row.put("knownUntil", at(knownUntil));
        row.put("run", run.getId());
        row.put("digest", digest);
        row.put("what", run.getLeaseName());
        row.put("epoch", run.getEpoch());
        fenced(database.jdbc().update(Statements.named("move-bookmark"), row), run);
    }

    /** Remembers how far a reading has come, fenced by the run's lease. */
    public void saveCursor(Run run, String stream, String cursor) {
        Map<String, Object> row = new HashMap<>();
        row.put("store", run.getStore());
        row.put("stream", stream);
        row.put("cursor", cursor);
        row.put("what", run.getLeaseName());
        row.put("epoch", run.getEpoch());
        fenced(database.jdbc().update(Statements.named("save-cursor"), row), run);
    }

    private static void fenced(int rows, Run run) {
        if (rows == 0) {
            throw new FencedOff(run + " has lost its lease to another process; it writes nothing more");
        }
    }

    private static OffsetDateTime at(Instant instant) {
        return Times.column(instant);
    }

    private static double seconds(Duration duration) {
        return Math.round(duration.toMillis() / 100.0) / 10.0;
    }

    /** The routes are being replaced: the run is to begin again, from the start. */
    public static final class RoutesChange extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RoutesChange() {
            super("the routes are just being replaced");
        }
    }

    /** The run lost its lease: another process has taken over. */
    public static final class FencedOff extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public FencedOff(String message) {
            super(message);
        }
    }
}
