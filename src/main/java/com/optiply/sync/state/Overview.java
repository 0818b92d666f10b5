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

    private static final int LAST_RUNS = 10;

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

    /** The parked records of one store, those parked longest first. */
    public List<Map<String, Object>> parked(String store) {
        return database.jdbc().query(Statements.named("select-parked"), Map.of("store", store), (row, i) -> {
            Map<String, Object> parked = new LinkedHashMap<>();
            parked.put("store", row.getString("store"));
            parked.put("entity", row.getString("entity"));
            parked.put("remote_id", row.getString("remote_id"));
            parked.put("cause", row.getString("cause"));
            parked.put("reason", row.getString("error"));
            parked.put("attempts", row.getInt("attempts"));
            parked.put("since", text(row, "changed_at"));
            return parked;
        });
    }

    private static String text(ResultSet row, String column) throws SQLException {
        Instant instant = Times.instant(row, column);
        return instant == null ? null : instant.toString();
    }
}
