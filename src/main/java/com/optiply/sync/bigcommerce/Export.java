package com.optiply.sync.bigcommerce;

import java.util.concurrent.atomic.LongAdder;

/**
 * One export under way. It travels as the variable {@code export}.
 *
 * <p>Safe for several threads.
 */
public final class Export {

    final ExportFile file;
    final boolean increment;
    final LongAdder total = new LongAdder();
    final LongAdder parentsRead = new LongAdder();
    volatile boolean withoutTotal;
    private final String stream;
    private final String parents;
    private final Reading reading;

    Export(String stream, String parents, Reading reading, ExportFile file, boolean increment) {
        this.stream = stream;
        this.parents = parents;
        this.reading = reading;
        this.file = file;
        this.increment = increment;
    }

    public String getStream() {
        return stream;
    }

    /** The stream whose rows this one lies below; null where it stands by itself. */
    public String getParents() {
        return parents;
    }

    /** The reading of the stream itself, or of its parents. */
    public Reading getReading() {
        return reading;
    }
}
