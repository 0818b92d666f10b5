package com.optiply.sync.state;

import com.optiply.sync.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A record whose wanted document is not the one that Optiply holds.
 *
 * @param wanted what Optiply should hold; null where nothing, or where it is parked
 * @param held what it holds as far as we know; null where nothing
 * @param status {@code pending}, {@code in_doubt}, {@code parked}; {@code delivered} for what nobody wanted yet
 */
public record Undelivered(
        String entity,
        String remoteId,
        Map<String, Object> wanted,
        Map<String, Object> held,
        boolean absent,
        String optiplyId,
        String status,
        boolean inDoubt,
        String cause,
        String error,
        Instant sourceModifiedAt) {

    static List<Undelivered> of(Database database, String store) {
        return database.jdbc().query(Statements.named("select-undelivered"), Map.of("store", store), (row, i) -> {
            boolean absent = row.getBoolean("absent");
            return new Undelivered(
                    row.getString("entity"),
                    row.getString("remote_id"),
                    absent ? null : document(row.getString("wanted")),
                    document(row.getString("delivered")),
                    absent,
                    row.getString("optiply_id"),
                    row.getString("status"),
                    row.getObject("in_doubt_since") != null,
                    row.getString("cause"),
                    row.getString("error"),
                    Times.instant(row, "source_modified_at"));
        });
    }

    private static Map<String, Object> document(String text) {
        return text == null ? null : Json.document(text);
    }

    /** What a delivery would do: {@code create}, {@code update}, {@code delete}, {@code settle}, {@code park} or {@code nothing}. */
    public String verb() {
        if (status.equals("parked")) {
            return "park";
        }
        if (inDoubt) {
            return "settle";
        }
        if (status.equals("delivered")) {
            return "nothing";
        }
        if (absent) {
            return optiplyId == null ? "nothing" : "delete";
        }
        return optiplyId == null ? "create" : "update";
    }

    /** Field by field, old and new; of a sell order that exists only its head, since lines are sent once. */
    public Map<String, Object> changes() {
        Map<String, Object> changes = new LinkedHashMap<>();
        Map<String, Object> old = held == null ? Map.of() : held;
        Map<String, Object> now = wanted == null ? Map.of() : wanted;
        Set<String> fields = new LinkedHashSet<>(now.keySet());
        fields.addAll(old.keySet());
        for (String field : fields) {
            boolean linesOfAnOldOrder = field.equals("orderLines") && optiplyId != null;
            if (!linesOfAnOldOrder && !same(old.get(field), now.get(field))) {
                Map<String, Object> change = new LinkedHashMap<>();
                change.put("old", old.get(field));
                change.put("new", now.get(field));
                changes.put(field, change);
            }
        }
        return changes;
    }

    private static boolean same(Object one, Object other) {
        if (one instanceof Number && other instanceof Number) {
            return new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString())) == 0;
        }
        return java.util.Objects.equals(one, other);
    }
}
