package com.optiply.sync.bigcommerce;

import com.optiply.sync.state.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How far the reading of one stream has come. It travels as the variable {@code reading} from the route that asks for
 * page after page to the stream's route, which reads one page and moves it on.
 *
 * <p>Used by one thread at a time.
 */
public final class Reading {

    private final Instant since;
    private final List<List<String>> ids;
    private final Window window;
    private final Set<String> seen = new HashSet<>();
    private int portion;
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

    private Reading(Instant since, List<List<String>> ids, Window window, String after, Instant watermark) {
        this.since = since;
        this.ids = ids;
        this.window = window;
        this.after = after;
        this.watermark = watermark;
    }

    /** @param since rows modified then or later; null: all */
    public static Reading since(Instant since) {
        return new Reading(since, List.of(), null, null, null);
    }

    /** A reading that goes on behind the row with the id {@code after}; its watermark is that of its beginning. */
    public static Reading goingOn(Instant since, String after, Instant watermark) {
        return new Reading(since, List.of(), null, after, watermark);
    }

    /** Only the rows with these ids, whatever their age and channel; one call asks for all of them. */
    public static Reading ofIds(Collection<String> ids) {
        return inPortions(ids, Math.max(1, ids.size()));
    }

    /** Only the rows with these ids, whatever their age and channel; each call asks for one portion of them. */
    public static Reading inPortions(Collection<String> ids, int portion) {
        List<String> all = List.copyOf(ids);
        List<List<String>> portions = new ArrayList<>();
        for (int from = 0; from < all.size(); from += portion) {
            portions.add(all.subList(from, Math.min(all.size(), from + portion)));
        }
        Reading reading = new Reading(null, portions, null, null, null);
        reading.more = !portions.isEmpty();
        return reading;
    }

    /** The rows that were created in a window, behind the row with the id {@code after}; null: from its beginning. */
    public static Reading ofWindow(Window window, String after) {
        return new Reading(null, List.of(), window, after, null);
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

    /** The ids to ask for next; empty where the reading is not by ids. */
    public List<String> getIds() {
        return portion < ids.size() ? ids.get(portion) : List.of();
    }

    /** The window to which the reading keeps; null where it has none. */
    public Window getWindow() {
        return window;
    }

    /** Whether the whole stream is read from {@code since} on, so that a bookmark may follow. */
    public boolean isOfTheStream() {
        return ids.isEmpty() && window == null;
    }

    /** Notes which records came, where single ones were asked for. */
    public void saw(Collection<String> remoteIds) {
        if (!ids.isEmpty()) {
            seen.addAll(remoteIds);
        }
    }

    /** The remote ids that came, where single records were asked for. */
    public Set<String> getSeen() {
        return seen;
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
        if (!more && portion + 1 < ids.size()) {
            portion++;
            page = 1;
            after = null;
            lastFirstRow = null;
            more = true;
        }
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
