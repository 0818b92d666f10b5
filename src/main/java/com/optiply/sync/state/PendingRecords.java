package com.optiply.sync.state;

import com.optiply.sync.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.camel.Variable;

/**
 * What is still to be delivered, read from the database a hundred records at a time: never a queue that could be lost or
 * grow. Each record comes once; the iterator says that there is no more as soon as delivery is to end. Those to be
 * created are marked in doubt together, durably, before the first of them is handed out.
 */
public final class PendingRecords {

    /** How long Optiply gets to show what it has committed, before a record in doubt is looked up. */
    public static final Duration SETTLING = Duration.ofSeconds(2);

    /** After a crash as many records may have to be looked up whose calls never went out. */
    private static final int AT_ONCE = 100;

    private static final Instant FAR = Instant.parse("9999-01-01T00:00:00Z");

    private final Database database;
    private final Clock clock;
    private final Duration settling;
    private final BooleanSupplier ending;
    private final Instant opened;

    /**
     * @param settling as {@link #SETTLING}
     * @param ending true as soon as no new call may begin: the process stops, or the partner does not answer
     */
    public PendingRecords(Database database, Clock clock, Duration settling, BooleanSupplier ending) {
        this.database = database;
        this.clock = clock;
        this.settling = settling;
        this.ending = ending;
        this.opened = clock.instant();
    }

    /** The records in doubt that may be looked up now: their calls are long enough ago. */
    public Iterator<PendingRecord> inDoubt(@Variable("run") Run run, @Variable("entity") String entity) {
        Instant now = clock.instant();
        // A mark may be older than its call, so an earlier process's last call may just have gone out.
        boolean justOpened = Duration.between(opened, now).compareTo(settling) < 0;
        return new Work(run, entity, "in_doubt", justOpened ? Instant.EPOCH : now.minus(settling));
    }

    /** The records that are wanted otherwise than delivered; sell orders only when their products are in Optiply. */
    public Iterator<PendingRecord> pending(@Variable("run") Run run, @Variable("entity") String entity) {
        return new Work(run, entity, "pending", FAR);
    }

    /**
     * Those records of the pages just stored that Optiply is known not to hold, while the run goes on reading; there is
     * no more as soon as reading has ended. Whatever else is pending waits for {@link #pending}.
     */
    public Iterator<PendingRecord> justStored(@Variable("run") Run run, @Variable("entity") String entity) {
        return new Work(run, entity, "pending", FAR) {
            private Queue<String> page = new ArrayDeque<>();

            @Override
            List<Row> rows() {
                if (page.isEmpty()) {
                    page = run.storedPages().take();
                }
                if (page.isEmpty()) {
                    end();
                    return List.of();
                }
                List<String> remoteIds = new ArrayList<>(AT_ONCE);
                while (remoteIds.size() < AT_ONCE && !page.isEmpty()) {
                    remoteIds.add(page.poll());
                }
                return query(
                        "select-just-stored",
                        Map.of(
                                "store", run.getStore(),
                                "entity", entity,
                                "remoteIds", Database.texts(remoteIds)));
            }
        };
    }

    /** Whether any record is in doubt now. */
    public boolean isAnyInDoubt(@Variable("run") Run run, @Variable("entity") String entity) {
        return !ending.getAsBoolean() && new Work(run, entity, "in_doubt", FAR, FAR).hasNext();
    }

    private record Row(
            String remoteId,
            String parentId,
            String wanted,
            boolean absent,
            String fingerprint,
            String delivered,
            String deliveredFingerprint,
            String optiplyId,
            Instant inDoubtSince,
            int attempts) {}

    private class Work implements Iterator<PendingRecord> {
        private final Run run;
        private final String entity;
        private final String status;
        private final Instant doubtOlderThan;
        private final Instant due;
        private final Queue<PendingRecord> batch = new ArrayDeque<>();
        private String after = "";
        private boolean exhausted;
        private boolean promised;

        Work(Run run, String entity, String status, Instant doubtOlderThan) {
            this(run, entity, status, doubtOlderThan, run.isByHand() ? FAR : clock.instant());
        }

        Work(Run run, String entity, String status, Instant doubtOlderThan, Instant due) {
            this.run = run;
            this.entity = entity;
            this.status = status;
            this.doubtOlderThan = doubtOlderThan;
            this.due = due;
        }

        @Override
        public synchronized boolean hasNext() {
            if (promised) {
                // A split that was told of one more and then finds none ends at once, without its calls in flight.
                return true;
            }
            if (ending.getAsBoolean() || run.isDeliveryFailed()) {
                takeBack();
                return false;
            }
            while (batch.isEmpty() && !exhausted) {
                fetch();
            }
            promised = !batch.isEmpty();
            return promised;
        }

        @Override
        public synchronized PendingRecord next() {
            promised = false;
            PendingRecord next = batch.poll();
            if (next == null) {
                throw new NoSuchElementException();
            }
            return next;
        }

        /** The next rows to look at, and whether they are the last. */
        List<Row> rows() {
            Map<String, Object> key = Map.of(
                    "status", status,
                    "store", run.getStore(),
                    "entity", entity,
                    "after", after,
                    "due", Times.column(due),
                    "doubtOlderThan", Times.column(doubtOlderThan),
                    "limit", AT_ONCE);
            List<Row> rows = query("select-work", key);
            if (rows.size() < AT_ONCE) {
                end();
            }
            if (!rows.isEmpty()) {
                after = rows.get(rows.size() - 1).remoteId();
            }
            return rows;
        }

        final List<Row> query(String statement, Map<String, Object> key) {
            return database.jdbc()
                    .query(
                            Statements.named(statement),
                            key,
                            (row, i) -> new Row(
                                    row.getString("remote_id"),
                                    row.getString("parent_id"),
                                    row.getString("wanted"),
                                    row.getBoolean("absent"),
                                    row.getString("fingerprint"),
                                    row.getString("delivered"),
                                    row.getString("delivered_fingerprint"),
                                    row.getString("optiply_id"),
                                    Times.instant(row, "in_doubt_since"),
                                    row.getInt("attempts")));
        }

        final void end() {
            exhausted = true;
        }

        private void fetch() {
            List<Row> rows = rows();
            List<PendingRecord> records = new ArrayList<>(rows.size());
            Map<String, Product> products = entity.equals("products") ? Map.of() : products(rows);
            for (Row row : rows) {
                Map<String, Object> wanted = row.absent() || row.wanted() == null ? null : Json.document(row.wanted());
                Map<String, String> productIds = new HashMap<>();
                if (wanted != null && row.optiplyId() == null && waits(wanted, products, productIds)) {
                    continue;
                }
                records.add(new PendingRecord(
                        run,
                        clock,
                        entity,
                        row.remoteId(),
                        row.parentId(),
                        wanted,
                        row.wanted(),
                        row.absent(),
                        row.fingerprint(),
                        row.delivered() == null ? null : Json.document(row.delivered()),
                        row.deliveredFingerprint(),
                        row.optiplyId(),
                        row.inDoubtSince(),
                        row.attempts(),
                        productIds));
            }
            mark(records);
            batch.addAll(records);
        }

        private void mark(List<PendingRecord> records) {
            mark("mark-in-doubt", records, Set.of("create"));
            mark("mark-sent", records, Set.of("update", "delete"));
        }

        private void mark(String statement, List<PendingRecord> records, Set<String> verbs) {
            List<PendingRecord> marked = records.stream()
                    .filter(one -> verbs.contains(one.getVerb()))
                    .toList();
            if (!marked.isEmpty()) {
                Fence.held(database.batch(
                        statement, marked.stream().map(PendingRecord::getRow).toList()));
                marked.forEach(PendingRecord::markWritten);
            }
        }

        /** Delivery ends: what was marked and not handed out is known not to have been sent. */
        private void takeBack() {
            List<Map<String, Object>> unsent = batch.stream()
                    .filter(one -> one.isMarked() && one.isCreating())
                    .map(PendingRecord::getRow)
                    .toList();
            batch.clear();
            exhausted = true;
            if (!unsent.isEmpty()) {
                database.batch("take-back-mark", unsent);
            }
        }

        private boolean waits(
                Map<String, Object> wanted, Map<String, Product> products, Map<String, String> productIds) {
            for (Map<String, Object> line : PendingRecord.lines(wanted)) {
                String remoteId = (String) line.get("product");
                Product product = products.get(remoteId);
                if (product == null) {
                    continue;
                }
                if (product.optiplyId() != null) {
                    productIds.put(remoteId, product.optiplyId());
                } else if (product.status().equals("pending")
                        || product.status().equals("in_doubt")) {
                    run.note("sell order " + wanted.get("remoteId") + " waits for product " + remoteId
                            + ", which is not yet in Optiply");
                    return true;
                }
            }
            return false;
        }

        private Map<String, Product> products(List<Row> rows) {
            Set<String> remoteIds = new HashSet<>();
            for (Row row : rows) {
                if (!row.absent() && row.optiplyId() == null && row.wanted() != null) {
                    for (Map<String, Object> line : PendingRecord.lines(Json.document(row.wanted()))) {
                        remoteIds.add((String) line.get("product"));
                    }
                }
            }
            Map<String, Product> products = new HashMap<>();
            if (!remoteIds.isEmpty()) {
                database.jdbc()
                        .query(
                                Statements.named("select-product-ids-for-lines"),
                                Map.of("store", run.getStore(), "remoteIds", Database.texts(remoteIds)),
                                row -> {
                                    products.put(
                                            row.getString("remote_id"),
                                            new Product(row.getString("optiply_id"), row.getString("status")));
                                });
            }
            return products;
        }
    }

    private record Product(String optiplyId, String status) {}
}
