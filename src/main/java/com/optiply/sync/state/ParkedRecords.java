package com.optiply.sync.state;

import com.optiply.sync.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The records that could not be mapped, or that Optiply refused.
 *
 * <p>Safe for several threads.
 */
public final class ParkedRecords {

    private final Database database;
    private final Clock clock;

    public ParkedRecords(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Which parked records are meant.
     *
     * @param ids remote ids, or entity/remote id
     * @param cause only those parked for this cause; null: whatever the cause
     * @param all all of them; false with neither ids nor cause: none
     */
    public record Selection(List<String> ids, String cause, boolean all) {

        public static final Selection ALL = new Selection(List.of(), null, true);

        boolean includes(Map<String, Object> record) {
            boolean rightCause = cause == null || cause.equals(record.get("cause"));
            boolean named = ids.contains(record.get("remote_id"))
                    || ids.contains(record.get("entity") + "/" + record.get("remote_id"));
            return rightCause && (ids.isEmpty() ? all || cause != null : named);
        }

        /** Those ids under which none of the records stands. */
        public List<String> unknown(List<Map<String, Object>> records) {
            Set<String> unknown = new LinkedHashSet<>(ids);
            for (Map<String, Object> record : records) {
                unknown.remove(record.get("remote_id"));
                unknown.remove(record.get("entity") + "/" + record.get("remote_id"));
            }
            return List.copyOf(unknown);
        }
    }

    /** The parked records of one store, those parked longest first: the lines of {@code parked list --json}. */
    public List<Map<String, Object>> list(String store, Selection selection) {
        return query(store, selection, false);
    }

    /** The same with everything that is known of them. */
    public List<Map<String, Object>> show(String store, Selection selection) {
        return query(store, selection, true);
    }

    private List<Map<String, Object>> query(String store, Selection selection, boolean whole) {
        List<Map<String, Object>> parked = new ArrayList<>();
        database.jdbc().query(Statements.named("select-parked"), Map.of("store", store), row -> {
            Map<String, Object> record = record(row);
            if (selection.includes(record)) {
                if (whole) {
                    record.put("answer", row.getString("answer"));
                    record.put("optiply_id", row.getString("optiply_id"));
                    record.put("in_doubt_since", Overview.text(row, "in_doubt_since"));
                    record.put("discarded_before", Overview.text(row, "discarded_at"));
                    record.put("discarded_because", row.getString("discard_reason"));
                    record.put("wanted", document(row.getString("wanted")));
                    record.put("source", document(row.getString("source")));
                }
                parked.add(record);
            }
        });
        return parked;
    }

    private static Map<String, Object> record(ResultSet row) throws SQLException {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("store", row.getString("store"));
        record.put("entity", row.getString("entity"));
        record.put("remote_id", row.getString("remote_id"));
        record.put("parent_id", row.getString("parent_id"));
        record.put("cause", row.getString("cause"));
        record.put("reason", row.getString("error"));
        record.put("attempts", row.getInt("attempts"));
        record.put("since", Overview.text(row, "changed_at"));
        return record;
    }

    private static Map<String, Object> document(String text) {
        return text == null ? null : Json.document(text);
    }

    /** Gives records up: they stay silent until the shop changes them. The answer is how many were parked until now. */
    public int discard(String store, List<Map<String, Object>> records, String reason) {
        int discarded = 0;
        for (Map.Entry<String, List<String>> entity : byEntity(records).entrySet()) {
            for (List<String> ids : WantedState.chunks(entity.getValue())) {
                Map<String, Object> row = new HashMap<>();
                row.put("store", store);
                row.put("entity", entity.getKey());
                row.put("remoteIds", ids);
                row.put("reason", reason);
                row.put("now", Times.column(clock.instant()));
                discarded += database.jdbc().update(Statements.named("discard-parked"), row);
            }
        }
        return discarded;
    }

    /** Remote ids by entity, products first. */
    public static Map<String, List<String>> byEntity(List<Map<String, Object>> records) {
        Map<String, List<String>> byEntity = new LinkedHashMap<>();
        for (String entity : List.of("products", "sell-orders")) {
            List<String> ids = records.stream()
                    .filter(record -> entity.equals(record.get("entity")))
                    .map(record -> (String) record.get("remote_id"))
                    .toList();
            if (!ids.isEmpty()) {
                byEntity.put(entity, ids);
            }
        }
        return byEntity;
    }
}
