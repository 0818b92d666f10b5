package com.optiply.sync.state;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;

/**
 * Writes down in batches what Optiply has taken. A result that a crash keeps from being written leaves its record in
 * doubt (a POST) or pending (a PATCH), and either is settled by the next run: so results may wait a moment, where the
 * mark before a POST may not.
 *
 * <p>Safe for several threads.
 */
public final class Results {

    private static final int AT_ONCE = 50;
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    private final Database database;
    private final List<Map<String, Object>> waiting = new ArrayList<>();
    private long waitingSince;

    public Results(Database database) {
        this.database = database;
    }

    /** A delivery begins: what an earlier one could not write down any more is in doubt or pending, and settled as that. */
    public synchronized void begin() {
        waiting.clear();
    }

    /** Optiply holds what was sent: the parameters of {@code record-delivered.sql}. */
    public void delivered(@Body Map<String, Object> row) {
        List<Map<String, Object>> due;
        synchronized (this) {
            if (waiting.isEmpty()) {
                waitingSince = System.nanoTime();
            }
            waiting.add(row);
            boolean full = waiting.size() >= AT_ONCE || System.nanoTime() - waitingSince > LONGEST_WAIT.toNanos();
            due = full ? drained() : List.of();
        }
        write(due);
    }

    /** Writes what waits; a round of delivery ends with it. */
    public void flush() {
        List<Map<String, Object>> due;
        synchronized (this) {
            due = drained();
        }
        write(due);
    }

    private List<Map<String, Object>> drained() {
        List<Map<String, Object>> due = List.copyOf(waiting);
        waiting.clear();
        return due;
    }

    private void write(List<Map<String, Object>> rows) {
        if (!rows.isEmpty()) {
            Fence.held(database.batch("record-delivered", rows));
        }
    }
}
