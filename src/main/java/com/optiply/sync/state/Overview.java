package com.optiply.sync.state;

import com.optiply.sync.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What stands in the database, for a person. Safe for several threads. */
public final class Overview {

    private static final int LOOKED_AT = 200;
    private static final int LAST_RUNS = 40;

    private static final List<String> TEXTS = List.of(
            "store",
            "entity",
            "remote_id",
            "parent_id",
            "status",
            "optiply_id",
            "cause",
            "error",
            "answer",
            "discard_reason",
            "fingerprint",
            "delivered_fingerprint");
    private static final List<String> INSTANTS = List.of(
            "first_seen_at",
            "source_modified_at",
            "changed_at",
            "in_doubt_since",
            "next_attempt_at",
            "delivered_at",
            "discarded_at");
    private static final List<String> DOCUMENTS = List.of("wanted", "delivered", "source");

    private final Database database;

    public Overview(Database database) {
        this.database = database;
    }

    /** Bookmarks, last runs, and what is pending, in doubt and parked, of one store. */
    public Map<String, Object> status(String store) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("store", store);
        Map<String, Map<String, Object>> undelivered = new LinkedHashMap<>();
        for (String entity : List.of("products", "sell-orders")) {
            Map<String, Object> zero = new LinkedHashMap<>();
            zero.put("pending", 0L);
            zero.put("in_doubt", 0L);
            zero.put("parked", 0L);
            undelivered.put(entity, zero);
        }
        database.jdbc().query(Statements.named("count-status"), Map.of("store", store), row -> {
            undelivered
                    .computeIfAbsent(row.getString("entity"), any -> new LinkedHashMap<>())
                    .put(row.getString("status"), row.getLong("records"));
        });
        status.put("undelivered", undelivered);
        status.put(
                "parked_by_cause",
                database.jdbc().query(Statements.named("count-parked-by-cause"), Map.of("store", store), (row, i) -> {
                    Map<String, Object> cause = new LinkedHashMap<>();
                    cause.put("entity", row.getString("entity"));
                    cause.put("cause", row.getString("cause"));
                    cause.put("records", row.getLong("records"));
                    cause.put("since", text(row, "since"));
                    return cause;
                }));
        status.put(
                "bookmarks",
                database.jdbc().query(Statements.named("select-bookmarks"), Map.of("store", store), (row, i) -> {
                    Map<String, Object> bookmark = new LinkedHashMap<>();
                    bookmark.put("stream", row.getString("stream"));
                    bookmark.put("known_until", text(row, "known_until"));
                    bookmark.put("run", row.getObject("set_by_run", Long.class));
                    bookmark.put("cut_off", row.getString("read_cursor") != null);
                    return bookmark;
                }));
        status.put(
                "runs",
                database.jdbc()
                        .query(
                                Statements.named("select-last-runs"),
                                Map.of("store", store, "limit", LAST_RUNS),
                                (row, i) -> {
                                    Map<String, Object> run = new LinkedHashMap<>();
                                    run.put("run", row.getLong("id"));
                                    run.put("what", row.getString("what"));
                                    run.put("mode", row.getString("mode"));
                                    run.put("started", text(row, "started"));
                                    run.put("ended", text(row, "ended"));
                                    run.put("outcome", row.getString("outcome"));
                                    run.put("message", row.getString("message"));
                                    String counts = row.getString("counts");
                                    run.put("counts", counts == null ? null : Json.document(counts));
                                    return run;
                                }));
        return status;
    }

    /** Records that are pending or in doubt, those first that have failed; not more than a person looks at. */
    public List<Map<String, Object>> pending(String store) {
        return database.jdbc()
                .query(Statements.named("select-pending"), Map.of("store", store, "limit", LOOKED_AT), (row, i) -> {
                    Map<String, Object> record = new LinkedHashMap<>();
                    record.put("store", row.getString("store"));
                    record.put("entity", row.getString("entity"));
                    record.put("remote_id", row.getString("remote_id"));
                    record.put("status", row.getString("status"));
                    record.put("reason", row.getString("error"));
                    record.put("attempts", row.getInt("attempts"));
                    record.put("since", text(row, "changed_at"));
                    record.put("next_attempt_at", text(row, "next_attempt_at"));
                    return record;
                });
    }

    /** When the last complete run of each kind began, to the second; a kind that never ran is not named. */
    public Map<String, Instant> lastComplete(String store) {
        Map<String, Instant> last = new LinkedHashMap<>();
        database.jdbc().query(Statements.named("select-last-complete"), Map.of("store", store), row -> {
            last.put(row.getString("what"), Times.instant(row, "started"));
        });
        return last;
    }

    /** When the first run of each kind began; a kind that never ran is not named. */
    public Map<String, Instant> firstBegun(String store) {
        Map<String, Instant> first = new LinkedHashMap<>();
        database.jdbc().query(Statements.named("select-first-runs"), Map.of("store", store), row -> {
            first.put(row.getString("what"), Times.instant(row, "started"));
        });
        return first;
    }

    /** Everything that is known of a record; null where it was never seen. */
    public Map<String, Object> record(String store, String entity, String remoteId) {
        List<Map<String, Object>> found = database.jdbc()
                .query(
                        Statements.named("select-record"),
                        Map.of("store", store, "entity", entity, "remoteId", remoteId),
                        (row, i) -> {
                            Map<String, Object> record = new LinkedHashMap<>();
                            for (String column : TEXTS) {
                                record.put(column, row.getString(column));
                            }
                            for (String column : INSTANTS) {
                                record.put(column, text(row, column));
                            }
                            for (String column : DOCUMENTS) {
                                String document = row.getString(column);
                                record.put(column, document == null ? null : Json.document(document));
                            }
                            record.put("absent", row.getBoolean("absent"));
                            record.put("attempts", row.getInt("attempts"));
                            return record;
                        });
        return found.isEmpty() ? null : found.get(0);
    }

    /** The remote ids of products that are wanted, or were delivered, under a SKU. */
    public List<String> productsBySku(String store, String sku) {
        String part = ("\"skuCode\":" + Json.text(sku))
                .replace("!", "!!")
                .replace("%", "!%")
                .replace("_", "!_");
        return database.jdbc()
                .queryForList(
                        Statements.named("select-by-sku"),
                        Map.of("store", store, "pattern", "%" + part + "%"),
                        String.class);
    }

    static String text(ResultSet row, String column) throws SQLException {
        Instant instant = Times.instant(row, column);
        return instant == null ? null : instant.toString();
    }
}
