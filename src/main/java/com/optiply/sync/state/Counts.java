package com.optiply.sync.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What one run has counted so far. Safe for several threads. */
public final class Counts {

    private static final int NAMED = 20;

    private final LongAdder read = new LongAdder();
    private final LongAdder unchanged = new LongAdder();
    private final LongAdder changed = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final LongAdder newlyParked = new LongAdder();
    private final LongAdder created = new LongAdder();
    private final LongAdder updated = new LongAdder();
    private final LongAdder deleted = new LongAdder();
    private final LongAdder bigcommerceCalls = new LongAdder();
    private final LongAdder optiplyCalls = new LongAdder();
    private final LongAdder leftOutLines = new LongAdder();
    private final LongAdder linesExceedTotal = new LongAdder();
    private final List<String> leftOutNames = Collections.synchronizedList(new ArrayList<>());

    public void read(int records) {
        read.add(records);
    }

    public void unchanged() {
        unchanged.increment();
    }

    public void changed() {
        changed.increment();
    }

    public void skipped() {
        skipped.increment();
    }

    public void newlyParked() {
        newlyParked.increment();
    }

    public void created() {
        created.increment();
    }

    public void updated() {
        updated.increment();
    }

    public void deleted() {
        deleted.increment();
    }

    public void bigcommerceCall() {
        bigcommerceCalls.increment();
    }

    public void optiplyCall() {
        optiplyCalls.increment();
    }

    /** An order's lines sum up to more than the order's total. */
    public void linesExceedTotal() {
        linesExceedTotal.increment();
    }

    /** A line was left out of its order; the first few are named in the run's report. */
    public void leftOutLine(String described) {
        leftOutLines.increment();
        if (leftOutNames.size() < NAMED) {
            leftOutNames.add(described);
        }
    }

    public long delivered() {
        return created.sum() + updated.sum() + deleted.sum();
    }

    public long changedSoFar() {
        return changed.sum();
    }

    public long readSoFar() {
        return read.sum();
    }

    public long skippedSoFar() {
        return skipped.sum();
    }

    /** read = unchanged + changed + skipped + newly parked. */
    public boolean readingBalances() {
        return read.sum() == unchanged.sum() + changed.sum() + skipped.sum() + newlyParked.sum();
    }

    /** The figures by the names of the outside contract; without what only the database knows (parked, pending). */
    public Map<String, Object> shown() {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("read", read.sum());
        shown.put("unchanged", unchanged.sum());
        shown.put("changed", changed.sum());
        shown.put("created", created.sum());
        shown.put("updated", updated.sum());
        shown.put("deleted", deleted.sum());
        shown.put("skipped", skipped.sum());
        shown.put("newly_parked", newlyParked.sum());
        Map<String, Object> calls = new LinkedHashMap<>();
        calls.put("bigcommerce", bigcommerceCalls.sum());
        calls.put("optiply", optiplyCalls.sum());
        shown.put("calls", calls);
        if (leftOutLines.sum() > 0) {
            shown.put("left_out_lines", leftOutLines.sum());
            synchronized (leftOutNames) {
                shown.put("left_out", List.copyOf(leftOutNames));
            }
        }
        if (linesExceedTotal.sum() > 0) {
            shown.put("orders_whose_lines_exceed_their_total", linesExceedTotal.sum());
        }
        return shown;
    }
}
