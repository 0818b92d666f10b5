package com.optiply.sync.state;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DuplicateKeyException;

/**
 * What has been told about what is wrong with a store. It stands in the database, so that neither a restart nor a second
 * process tells anything twice; who wants to tell something has it to himself for a minute.
 *
 * <p>Safe for several threads and several processes.
 */
public final class AlertBook {

    private final Database database;
    private final Clock clock;
    private final String place;

    /** @param place the machine whose own troubles are looked after here, besides those of the store */
    public AlertBook(Database database, Clock clock, String place) {
        this.database = database;
        this.clock = clock;
        this.place = place;
    }

    /**
     * Something to be told.
     *
     * @param here whether it is about this machine; else about the store, whoever looks
     * @param kind what sort of trouble
     * @param what which one of the sort
     * @param said the trouble in words, as it was noticed
     * @param since when it was noticed
     * @param bad whether it is bad now; else it is good again
     */
    public record Entry(boolean here, String kind, String what, String said, Instant since, boolean bad) {}

    private record Row(Entry entry, boolean told, boolean gone) {

        boolean isNews() {
            return told == gone;
        }
    }

    private static String key(Entry entry) {
        return entry.here() + "\n" + entry.kind() + "\n" + entry.what();
    }

    /**
     * What nobody was told yet, and nobody else is just telling. Each entry is to be given back by {@link #told} or
     * {@link #notTold}.
     *
     * @param now all troubles that there are; their {@code since} and {@code bad} are not looked at
     */
    public List<Entry> news(String store, Collection<Entry> now) {
        Map<String, Entry> troubles = new LinkedHashMap<>();
        now.forEach(trouble -> troubles.put(key(trouble), trouble));
        for (Row row : rows(store)) {
            boolean still = troubles.remove(key(row.entry())) != null;
            if (still == row.gone()) {
                update("update-alert-gone", store, row.entry(), Map.of("gone", !still));
            }
            if (!still && !row.told()) {
                update("delete-untold-alert", store, row.entry(), Map.of());
            }
        }
        troubles.values().forEach(trouble -> insert(store, trouble));
        List<Entry> news = new ArrayList<>();
        for (Row row : rows(store)) {
            Map<String, Object> as = Map.of("told", row.told(), "gone", row.gone());
            if (row.isNews() && update("claim-alert", store, row.entry(), as) == 1) {
                news.add(row.entry());
            }
        }
        return news;
    }

    private List<Row> rows(String store) {
        return database.jdbc()
                .query(Statements.named("select-alerts"), Map.of("store", store, "place", place), (row, i) -> {
                    boolean gone = row.getBoolean("gone");
                    Entry entry = new Entry(
                            !row.getString("place").isEmpty(),
                            row.getString("kind"),
                            row.getString("what"),
                            row.getString("said"),
                            Times.instant(row, "since"),
                            !gone);
                    return new Row(entry, row.getBoolean("told"), gone);
                });
    }

    private void insert(String store, Entry trouble) {
        try {
            update(
                    "insert-alert",
                    store,
                    trouble,
                    Map.of("said", trouble.said(), "since", Times.column(clock.instant())));
        } catch (DuplicateKeyException someoneWasFaster) {
            // then it stands there, which is what was wanted
        }
    }

    /** Somebody was told. */
    public void told(String store, Entry entry) {
        update(entry.bad() ? "alert-told" : "delete-alert", store, entry, Map.of());
    }

    /** It could not be told; the next who asks for news gets it again. */
    public void notTold(String store, Entry entry) {
        update("free-alert", store, entry, Map.of());
    }

    private int update(String statement, String store, Entry entry, Map<String, Object> more) {
        Map<String, Object> row = new HashMap<>(more);
        row.put("store", store);
        row.put("place", entry.here() ? place : "");
        row.put("kind", entry.kind());
        row.put("what", entry.what());
        return database.jdbc().update(Statements.named(statement), row);
    }
}
