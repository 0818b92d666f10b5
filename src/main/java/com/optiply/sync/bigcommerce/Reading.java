package com.optiply.sync.bigcommerce;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * How far the reading of one stream has come. It travels as the variable {@code reading} from the route that asks for
 * page after page to the stream's route, which reads one page and moves it on.
 *
 * <p>Used by one thread at a time.
 */
public final class Reading {

    private final Instant since;
    private final List<String> ids;
    private String after;
    private int page = 1;
    private boolean more = true;
    private long rows;
    private Long total;
    private boolean shrunk;
    private Instant watermark;
    private String lastFirstRow;
    private boolean complete;
    private boolean ofStream = true;
    private boolean proven = true;
    private long seenInRun;

    private Reading(Instant since, List<String> ids, String after, Instant watermark) {
        this.since = since;
        this.ids = List.copyOf(ids);
        this.after = after;
        this.watermark = watermark;
    }

    /** @param since rows modified then or later; null: all */
    public static Reading since(Instant since) {
        return new Reading(since, List.of(), null, null);
    }

    /** A reading that goes on behind the row with the id {@code after}; its watermark is that of its beginning. */
    public static Reading goingOn(Instant since, String after, Instant watermark) {
        return new Reading(since, List.of(), after, watermark);
    }

    /** Only the rows with these ids, whatever their age and channel. */
    public static Reading ofIds(Collection<String> ids) {
        return new Reading(null, List.copyOf(ids), null, null);
    }

    /** The rows that belong to one parent. */
    public static Reading ofParent() {
        Reading reading = since(null);
        reading.ofStream = false;
        return reading;
    }

    public Instant getSince() {
        return since;
    }

    public List<String> getIds() {
        return ids;
    }

    /** The last id that was read, for streams that go on by id. */
    public String getAfter() {
        return after;
    }

    /** The page to ask for next, for streams that have only page numbers. */
    public int getPage() {
        return page;
    }

    /** Whether there may be a further page. */
    public boolean isMore() {
        return more;
    }

    /** Whether every row of the stream was asked for, so that what was not seen is not there. */
    public boolean isComplete() {
        return complete;
    }

    Reading everyRow(boolean everyRow) {
        complete = everyRow;
        return this;
    }

    /** The run under which a complete reading marks what it has seen: that of its beginning. */
    public long getSeenInRun() {
        return seenInRun;
    }

    Reading seenInRun(long run) {
        seenInRun = run;
        return this;
    }

    public long getRows() {
        return rows;
    }

    /** How many rows the source says there are, as of the last page; null where it does not say. */
    public Long getTotal() {
        return total;
    }

    /** BigCommerce's own clock at the first answer. */
    public Instant getWatermark() {
        return watermark;
    }

    void seenClock(Instant bigcommerceClock) {
        if (watermark == null) {
            watermark = bigcommerceClock;
        }
    }

    /**
     * What the source says with a page, before the page is taken: how many rows there are, or, read by id, how many from
     * here on.
     */
    void total(long rowsSaid, boolean byId) {
        long now = byId ? rows + rowsSaid : rowsSaid;
        // Read by page number, a row that vanishes moves another one onto a page that has been read.
        shrunk = shrunk || (!byId && total != null && now < total);
        total = now;
    }

    /** Whether rows vanished while they were read by page number, so that others may have been missed. */
    boolean isShrunk() {
        return shrunk;
    }

    /**
     * Moves on behind a page.
     *
     * @throws RepeatedPage where the page is the one that came before
     */
    void took(int rowsOfPage, String firstRow, String lastId, boolean thereIsMore) {
        if (rowsOfPage > 0 && firstRow != null && firstRow.equals(lastFirstRow)) {
            throw new RepeatedPage("BigCommerce answered the same page again (its first row has the id " + firstRow
                    + "); reading ends here instead of going round in a circle");
        }
        lastFirstRow = firstRow;
        rows += rowsOfPage;
        if (lastId != null) {
            after = lastId;
        }
        page++;
        more = thereIsMore;
    }

    /** The end of the stream came without proof that there is no more. */
    void provedNothing() {
        proven = false;
        complete = false;
        more = false;
    }

    /** Whether the stream's end is one that BigCommerce named. */
    public boolean isProven() {
        return proven;
    }

    /** Whether nothing has been read so far of a whole stream; what is asked for by ids or of one parent is expected to be there. */
    public boolean isStreamWithoutRows() {
        return rows == 0 && after == null && ids.isEmpty() && ofStream;
    }

    /** BigCommerce repeats a page. */
    public static final class RepeatedPage extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RepeatedPage(String message) {
            super(message);
        }
    }
}
