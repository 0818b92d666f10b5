package com.optiply.sync.state;

import com.optiply.sync.state.Leases.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * One run: what it is about, what it holds, what it has counted. It travels through the routes as the variable
 * {@code run}.
 *
 * <p>Safe for several threads.
 */
public final class Run {

    /** How much a run reads. */
    public enum Mode {
        INCREMENTAL,
        FULL,
        /** Parked records, read again by their ids. */
        RETRY,
        /** Orders that were placed in a window of the past. */
        BACKFILL;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final long id;
    private final String store;
    private final String what;
    private final Mode mode;
    private final boolean byHand;
    private final Instant started;
    private final Lease lease;
    private final Counts counts = new Counts();
    private final StoredPages storedPages = new StoredPages();
    private final AtomicBoolean beginsDelivery = new AtomicBoolean(true);
    private final Set<String> blamed = ConcurrentHashMap.newKeySet();
    private final List<String> notes = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> replaced = ConcurrentHashMap.newKeySet();
    private volatile String stream;
    private volatile Long total;
    private volatile String file;
    private volatile Lease delivery;
    private volatile Throwable readingFailure;
    private volatile Throwable deliveryFailure;
    private volatile boolean held;
    private volatile boolean unproven;
    private volatile long backlog;
    private volatile Instant deliveringSince;
    private volatile boolean rehearsal;
    private volatile long rowsRead;
    private volatile Map<String, Object> report = Map.of();
    private volatile int exitCode;

    Run(long id, String store, String what, Mode mode, boolean byHand, Instant started, Lease lease) {
        this.id = id;
        this.store = store;
        this.what = what;
        this.mode = mode;
        this.byHand = byHand;
        this.started = started;
        this.lease = lease;
    }

    public long getId() {
        return id;
    }

    public String getStore() {
        return store;
    }

    /** A run that is never written down, for a look at single records: only its counts are of use. */
    public static Run aside(String store, String what) {
        return new Run(0, store, what, Mode.INCREMENTAL, true, Instant.now(), null);
    }

    /** {@code products}, {@code sell-orders} or {@code export}. */
    public String getWhat() {
        return what;
    }

    public Mode getMode() {
        return mode;
    }

    public boolean isFull() {
        return mode == Mode.FULL;
    }

    /** A run by hand ignores how long records were to wait. */
    public boolean isByHand() {
        return byHand;
    }

    public Instant getStarted() {
        return started;
    }

    public Counts getCounts() {
        return counts;
    }

    /** Remembers that a path is not there and its successor is read; true the first time. */
    public boolean replaced(String path) {
        return replaced.add(path);
    }

    /** Whether this run knows that a path is not there. */
    public boolean isReplaced(String path) {
        return replaced.contains(path);
    }

    /** This run exports a stream. */
    public void exports(String name) {
        stream = name;
    }

    /** The stream that an export is about; null for a sync. */
    public String getStream() {
        return stream;
    }

    /** How many rows there are to export, as far as the source has said it. */
    public void expects(Long rows) {
        total = rows;
    }

    /** How many rows there are to read; null where that is not known. */
    public Long getTotal() {
        return total;
    }

    /** The export is complete and its file in place. */
    public void exported(Long rows, String path) {
        total = rows;
        file = path;
    }

    String file() {
        return file;
    }

    /** Whether the run works on a copy of the state and delivers nothing. */
    public boolean isRehearsal() {
        return rehearsal;
    }

    Run rehearsal(boolean isRehearsal) {
        rehearsal = isRehearsal;
        return this;
    }

    /** How far its reading is. @param expected how many rows the source says there are; null where it does not say */
    public void rows(long read, Long expected) {
        rowsRead = read;
        if (expected != null) {
            total = expected;
        }
    }

    /** Rows of the source that were read; a product with ten variants is one row and ten records. */
    public long getRowsRead() {
        return rowsRead;
    }

    /** The name of this run's own lease: a backfill has one of its own, beside the run by the clock. */
    public String getLeaseName() {
        return lease.what();
    }

    /** The epoch of this run's own lease: fences its bookmark. */
    public long getEpoch() {
        return lease.epoch();
    }

    /** The epoch of the lease of delivery: fences every result. */
    public long getDeliveryEpoch() {
        Lease lease = delivery;
        return lease == null ? -1 : lease.epoch();
    }

    Lease lease() {
        return lease;
    }

    Lease delivery() {
        return delivery;
    }

    void delivery(Lease lease) {
        delivery = lease;
    }

    /** Notes something that the run's report has to say in words. */
    public void note(String sentence) {
        if (!notes.contains(sentence)) {
            notes.add(sentence);
        }
    }

    List<String> notes() {
        synchronized (notes) {
            return List.copyOf(notes);
        }
    }

    /** The reading half failed; delivery goes on with what is stored. */
    public void readingFailed(Throwable failure) {
        readingFailure = failure;
    }

    public void deliveryFailed(Throwable failure) {
        if (deliveryFailure == null) {
            deliveryFailure = failure;
        }
    }

    /** What its reading has just stored, for delivery beside it. */
    StoredPages storedPages() {
        return storedPages;
    }

    /** True the first time: a run begins to deliver once, even where that is while it still reads. */
    public boolean beginsDelivery() {
        return beginsDelivery.getAndSet(false);
    }

    /** True the first time: a record is blamed once a run, however often it was tried. */
    public boolean blames(PendingRecord record) {
        return blamed.add(record.getEntity() + " " + record.getRemoteId());
    }

    /** Whether delivery has to end. */
    boolean isDeliveryFailed() {
        return deliveryFailure != null;
    }

    Throwable failure() {
        return readingFailure != null ? readingFailure : deliveryFailure;
    }

    /** The brake on disabling products held. */
    public void brakeHeld() {
        held = true;
    }

    /** Reading came to an end of which nobody knows whether it was one. */
    public void readingUnproven() {
        unproven = true;
    }

    boolean isReadingProven() {
        return !unproven;
    }

    boolean isBrakeHeld() {
        return held;
    }

    /** How many records were to be delivered, or stand parked, when delivery began; 0 before that. */
    public long getBacklog() {
        return backlog;
    }

    void backlog(long records) {
        backlog = records;
        deliveringSince = Instant.now();
    }

    /** When delivery began; null before that. */
    public Instant getDeliveringSince() {
        return deliveringSince;
    }

    void reported(Map<String, Object> figures, int code) {
        report = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        exitCode = code;
    }

    /** The line of {@code --json}; empty until the run has ended. */
    public Map<String, Object> getReport() {
        return report;
    }

    /** 0, 1 or 3 as the outside contract says; meaningful once the run has ended. */
    public int getExitCode() {
        return exitCode;
    }

    /** Which half failed and why; both, where both did. */
    String failureInWords(Function<Throwable, String> plainWords) {
        String source = readingFailure instanceof HeldRecords.Unknown ? "what Optiply holds" : "BigCommerce";
        String reading =
                readingFailure == null ? null : "reading " + source + " failed: " + plainWords.apply(readingFailure);
        String delivering =
                deliveryFailure == null ? null : "delivering to Optiply failed: " + plainWords.apply(deliveryFailure);
        return reading == null ? delivering : delivering == null ? reading : reading + "; " + delivering;
    }

    Duration age(Instant now) {
        return Duration.between(started, now);
    }

    @Override
    public String toString() {
        return "run " + id + " (" + what + (stream == null ? "" : " " + stream) + ", " + mode.word() + ", store "
                + store + (rehearsal ? ", dry run" : "") + ")";
    }
}
