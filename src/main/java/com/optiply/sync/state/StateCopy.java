package com.optiply.sync.state;

import com.optiply.sync.mapping.Fingerprint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.jdbc.core.ColumnMapRowMapper;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/**
 * A copy of one store's state in a database of its own, for looks at what would happen: nothing real hangs on it.
 *
 * <p>Used by one thread at a time.
 */
public final class StateCopy {

    private static final int AT_ONCE = 1000;

    private final Database copy;
    private final String store;

    private StateCopy(Database copy, String store) {
        this.copy = copy;
        this.store = store;
    }

    /** Copies the records and bookmarks of a store. */
    public static StateCopy of(Database original, String store, Database copy) {
        String entity = "";
        String remoteId = "";
        List<Map<String, Object>> rows;
        do {
            rows = original.jdbc()
                    .query(
                            Statements.named("select-records"),
                            Map.of("store", store, "entity", entity, "remoteId", remoteId, "limit", AT_ONCE),
                            new ColumnMapRowMapper());
            insert(copy, "insert-record", rows);
            if (!rows.isEmpty()) {
                entity = (String) rows.get(rows.size() - 1).get("entity");
                remoteId = (String) rows.get(rows.size() - 1).get("remote_id");
            }
        } while (rows.size() == AT_ONCE);
        insert(
                copy,
                "insert-bookmark",
                original.jdbc()
                        .query(Statements.named("copy-bookmarks"), Map.of("store", store), new ColumnMapRowMapper()));
        return new StateCopy(copy, store);
    }

    private static void insert(Database copy, String statement, List<Map<String, Object>> rows) {
        List<SqlParameterSource> lowered = new ArrayList<>(rows.size());
        for (Map<String, Object> row : rows) {
            MapSqlParameterSource one = new MapSqlParameterSource();
            row.forEach((column, value) -> one.addValue(column.toLowerCase(Locale.ROOT), value));
            lowered.add(one);
        }
        copy.jdbc().batchUpdate(Statements.named(statement), lowered.toArray(new SqlParameterSource[0]));
    }

    /** The shop is to be read from its beginning. */
    public void forgetBookmarks() {
        copy.jdbc().update("delete from bookmark where store = :store", Map.of("store", store));
    }

    /** From here on the copy says of an entity that Optiply holds nothing. */
    public void holdsNothing(String entity) {
        copy.jdbc().update(Statements.named("copy-holds-nothing"), Map.of("store", store, "entity", entity));
    }

    /**
     * The copy says of a record that Optiply holds this.
     *
     * @return false where the record was not known before; it is now, as one that nobody wanted yet
     */
    public boolean holds(String entity, String remoteId, String optiplyId, Map<String, Object> document) {
        Map<String, Object> row = held(store, entity, remoteId, optiplyId, document);
        if (copy.jdbc().update(Statements.named("copy-holds"), row) > 0) {
            return true;
        }
        copy.jdbc().update(Statements.named("copy-holds-unknown"), row);
        return false;
    }

    /**
     * Mends the real state: it says from now on of a record what Optiply was seen to hold.
     *
     * @param optiplyId null where Optiply was not seen to hold it
     */
    public static void mend(
            Database real,
            String store,
            String entity,
            String remoteId,
            String optiplyId,
            Map<String, Object> document) {
        Map<String, Object> row = held(store, entity, remoteId, optiplyId, document);
        if (optiplyId == null) {
            real.jdbc().update(Statements.named("copy-holds-not"), row);
        } else if (real.jdbc().update(Statements.named("copy-holds"), row) == 0) {
            real.jdbc().update(Statements.named("copy-holds-unknown"), row);
        }
    }

    private static Map<String, Object> held(
            String store, String entity, String remoteId, String optiplyId, Map<String, Object> document) {
        Map<String, Object> row = new HashMap<>();
        row.put("store", store);
        row.put("entity", entity);
        row.put("remoteId", remoteId);
        row.put("optiplyId", optiplyId);
        row.put("document", document == null ? null : com.optiply.sync.Json.text(document));
        row.put("fingerprint", document == null ? Fingerprint.ABSENT : Fingerprint.of(document));
        row.put("now", Times.column(Instant.now()));
        return row;
    }

    /** What stands undelivered in the copy: what a delivery would have to do. */
    public List<Undelivered> undelivered() {
        return Undelivered.of(copy, store);
    }
}
