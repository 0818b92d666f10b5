package com.optiply.sync.state;

import com.optiply.sync.Json;
import com.optiply.sync.bigcommerce.Reading;
import com.optiply.sync.mapping.Fingerprint;
import com.optiply.sync.mapping.Mapped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * What Optiply should hold. Tells the records of a page that differ from what is known (they are stored) from those that
 * do not (they cost one comparison and no write), and counts them.
 *
 * <p>Safe for several threads.
 */
public final class WantedState {

    private static final Logger LOG = LoggerFactory.getLogger(WantedState.class);
    /** A statement's keys stay few enough to be looked at once. */
    private static final int KEYS_AT_ONCE = 1000;

    private final Database database;
    private final Clock clock;

    public WantedState(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    private record Known(String status, String fingerprint, String wanted, String cause, String error, String source) {}

    /**
     * The rows to store of what was mapped, as parameters of {@code merge-wanted.sql}; counts every record.
     *
     * @param mapped one page's records; where a remote id comes twice, the later one stands
     * @param bystanders set where the records were read for another's sake (the products that lines name): they are
     *     not counted
     */
    public List<Map<String, Object>> rowsToStore(
            @Body List<Mapped> mapped, @Variable("run") Run run, @Variable("bystanders") String bystanders) {
        boolean counting = bystanders == null;
        Map<String, Mapped> byId = new LinkedHashMap<>();
        for (Mapped one : mapped) {
            if (byId.put(one.remoteId(), one) != null && counting) {
                // The same row twice on a page: it is one record.
                run.getCounts().read(-1);
            }
        }
        if (byId.isEmpty()) {
            return List.of();
        }
        String entity = mapped.get(0).entity();
        Map<String, Known> known = known(run.getStore(), entity, byId.keySet());
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Mapped one : byId.values()) {
            Map<String, Object> row = differing(one, known.get(one.remoteId()), run, counting);
            if (row != null) {
                rows.add(row);
            }
        }
        return Database.inOrder(rows);
    }

    /** A page's rows are stored, and nothing more is written about them: delivery may begin with them while reading goes on. */
    public void stored(@Variable("rows") List<Map<String, Object>> rows, @Variable("run") Run run) {
        run.storedPages()
                .add(rows.stream()
                        .filter(row -> row.get("entity").equals(run.getWhat()) && row.get("wanted") != null)
                        .map(row -> (String) row.get("remoteId"))
                        .toList());
    }

    private Map<String, Object> differing(Mapped mapped, Known known, Run run, boolean counting) {
        if (!mapped.mappable()) {
            return parked(mapped, known, run, counting);
        }
        boolean absent = mapped.wanted() == null;
        if (absent && known == null) {
            count(counting, run.getCounts()::skipped);
            return null;
        }
        String fingerprint = absent ? Fingerprint.ABSENT : fingerprint(mapped);
        String wanted = absent ? null : Json.text(mapped.wanted());
        boolean same = known != null && fingerprint.equals(known.fingerprint());
        if (same && Objects.equals(wanted, known.wanted())) {
            count(counting, run.getCounts()::unchanged);
            return null;
        }
        if (same) {
            count(counting, run.getCounts()::unchanged);
        } else if (absent && !held(mapped, run)) {
            count(counting, run.getCounts()::skipped);
        } else {
            count(counting, run.getCounts()::changed);
        }
        Map<String, Object> row = row(mapped, run);
        LOG.debug("{} {} is wanted {}", mapped.entity(), mapped.remoteId(), absent ? "no more" : "anew");
        row.put("wanted", wanted);
        row.put("absent", absent);
        row.put("fingerprint", fingerprint);
        row.put("cause", null);
        row.put("error", null);
        row.put("source", null);
        return row;
    }

    private Map<String, Object> parked(Mapped mapped, Known known, Run run, boolean counting) {
        String source = Json.text(mapped.source());
        boolean discarded = known != null && known.status().equals("discarded");
        boolean told = known != null
                && known.fingerprint() == null
                && mapped.reason().cause().equals(known.cause())
                && mapped.reason().sentence().equals(known.error());
        boolean quiet = told && source.equals(known.source());
        // A discarded record stays silent until the shop changes it; then it is news again.
        count(counting, told && (quiet || !discarded) ? run.getCounts()::unchanged : run.getCounts()::newlyParked);
        if (quiet) {
            return null;
        }
        LOG.info(
                "store {} {}: {} {} is parked ({}): {}",
                run.getStore(),
                run,
                mapped.entity(),
                mapped.remoteId(),
                mapped.reason().cause(),
                mapped.reason().sentence());
        Map<String, Object> row = row(mapped, run);
        row.put("wanted", null);
        row.put("absent", false);
        row.put("fingerprint", null);
        row.put("cause", mapped.reason().cause());
        row.put("error", mapped.reason().sentence());
        row.put("source", source);
        return row;
    }

    private Map<String, Object> row(Mapped mapped, Run run) {
        Map<String, Object> row = new HashMap<>();
        row.put("store", run.getStore());
        row.put("entity", mapped.entity());
        row.put("remoteId", mapped.remoteId());
        row.put("parentId", mapped.parentId());
        row.put("baseVariant", mapped.baseVariant());
        row.put("sourceModifiedAt", Times.column(mapped.sourceModifiedAt()));
        row.put("changedAt", Times.column(clock.instant()));
        return row;
    }

    /** A sell order's lines are never sent again once it is in Optiply: only its head decides. */
    private static String fingerprint(Mapped mapped) {
        return mapped.entity().equals("products")
                ? Fingerprint.of(mapped.wanted())
                : Fingerprint.ofHead(mapped.wanted());
    }

    private static void count(boolean counting, Runnable counter) {
        if (counting) {
            counter.run();
        }
    }

    private boolean held(Mapped mapped, Run run) {
        List<Boolean> held = database.jdbc()
                .query(
                        Statements.named("select-held"),
                        Map.of("store", run.getStore(), "entity", mapped.entity(), "remoteId", mapped.remoteId()),
                        (row, i) -> row.getString("optiply_id") != null || row.getObject("in_doubt_since") != null);
        return !held.isEmpty() && held.get(0);
    }

    private Map<String, Known> known(String store, String entity, Collection<String> remoteIds) {
        Map<String, Known> known = new HashMap<>();
        query(
                "select-known",
                store,
                entity,
                remoteIds,
                row -> known.put(
                        row.getString("remote_id"),
                        new Known(
                                row.getString("status"),
                                row.getString("fingerprint"),
                                row.getString("wanted"),
                                row.getString("cause"),
                                row.getString("error"),
                                row.getString("source"))));
        return known;
    }

    /** A complete reading has seen these records. */
    public void markSeen(@Body List<Mapped> mapped, @Variable("run") Run run, @Variable("reading") Reading reading) {
        Set<String> ids = new TreeSet<>();
        for (Mapped one : mapped) {
            ids.add(one.remoteId());
        }
        for (List<String> chunk : chunks(ids)) {
            Map<String, Object> key = Map.of(
                    "store", run.getStore(),
                    "entity", mapped.get(0).entity(),
                    "remoteIds", Database.texts(chunk),
                    "run", reading.getSeenInRun(),
                    "what", run.getWhat(),
                    "epoch", run.getEpoch());
            Database.untilNoDeadlock(() -> database.jdbc().update(Statements.named("mark-seen"), key));
        }
    }

    /** A product that Optiply holds enabled and a complete reading has not seen, as {@code wanted} was. */
    public record Vanished(String remoteId, String parentId, Map<String, Object> wanted) {}

    /** Held or still to be delivered products that the reading {@code seenInRun} has not seen and that are not disabled yet. */
    public List<Vanished> vanished(Run run, long seenInRun) {
        return database.jdbc()
                .query(
                        Statements.named("select-vanished"),
                        Map.of("store", run.getStore(), "run", seenInRun),
                        (row, i) -> new Vanished(
                                row.getString("remote_id"),
                                row.getString("parent_id"),
                                row.getString("optiply_id") == null && row.getObject("in_doubt_since") == null
                                        ? null
                                        : Json.document(row.getString("wanted"))));
    }

    /**
     * What is wanted of parked records that the shop does not know any more: of a product that Optiply holds that it is
     * disabled, of one that it does not hold, and of such an order, nothing. An order that Optiply holds stays parked.
     */
    public List<Mapped> gone(
            @Variable("run") Run run, @Variable("retried") Retried retried, @Variable("reading") Reading reading) {
        List<Mapped> gone = new ArrayList<>();
        for (List<String> ids : chunks(retried.without(reading.getSeen()))) {
            database.jdbc()
                    .query(
                            Statements.named("select-retried"),
                            Map.of("store", run.getStore(), "entity", retried.entity(), "remoteIds", ids),
                            row -> {
                                boolean held =
                                        row.getString("optiply_id") != null || row.getObject("in_doubt_since") != null;
                                boolean product = retried.entity().equals(Mapped.PRODUCTS);
                                if (held && (!product || row.getString("wanted") == null)) {
                                    return;
                                }
                                Map<String, Object> disabled = null;
                                if (held) {
                                    disabled = new LinkedHashMap<>(Json.document(row.getString("wanted")));
                                    disabled.put("status", "disabled");
                                }
                                gone.add(new Mapped(
                                        retried.entity(),
                                        row.getString("remote_id"),
                                        row.getString("parent_id"),
                                        false,
                                        disabled,
                                        null,
                                        Map.of(),
                                        null,
                                        List.of(),
                                        false));
                            });
        }
        run.getCounts().read(gone.size());
        return gone;
    }

    /** Parked records that Optiply refused are to be tried again. */
    public void release(@Variable("run") Run run, @Variable("retried") Retried retried) {
        for (List<String> ids : chunks(retried.remoteIds())) {
            database.jdbc()
                    .update(
                            Statements.named("release-parked"),
                            Map.of("store", run.getStore(), "entity", retried.entity(), "remoteIds", ids));
        }
    }

    /** How many products are enabled in Optiply as far as we delivered them. */
    public long enabledInOptiply(Run run) {
        Long count = database.jdbc()
                .queryForObject(Statements.named("count-enabled"), Map.of("store", run.getStore()), Long.class);
        return count == null ? 0 : count;
    }

    /** Those of the given remote ids that are products of ours, parked ones included. */
    public Set<String> products(String store, Collection<String> remoteIds) {
        Set<String> products = new HashSet<>();
        query(
                "select-product-remote-ids",
                store,
                Mapped.PRODUCTS,
                remoteIds,
                row -> products.add(row.getString("remote_id")));
        return products;
    }

    /** The remote ids of the base variants of BigCommerce's products, by product id; without those that are not ours. */
    public Map<String, String> baseVariants(String store, Collection<String> productIds) {
        Map<String, String> baseVariants = new HashMap<>();
        query(
                "select-base-variants",
                store,
                Mapped.PRODUCTS,
                productIds,
                row -> baseVariants.put(row.getString("parent_id"), row.getString("remote_id")));
        return baseVariants;
    }

    /** Hands over what a statement finds of one entity under the keys {@code ids}, in portions. */
    private void query(String statement, String store, String entity, Collection<String> ids, RowCallbackHandler each) {
        for (List<String> portion : chunks(ids)) {
            database.jdbc()
                    .query(
                            Statements.named(statement),
                            Map.of("store", store, "entity", entity, "ids", Database.texts(portion)),
                            each);
        }
    }

    static List<List<String>> chunks(Collection<String> keys) {
        List<String> all = new ArrayList<>(keys);
        List<List<String>> chunks = new ArrayList<>();
        for (int from = 0; from < all.size(); from += KEYS_AT_ONCE) {
            chunks.add(all.subList(from, Math.min(all.size(), from + KEYS_AT_ONCE)));
        }
        return chunks;
    }
}
