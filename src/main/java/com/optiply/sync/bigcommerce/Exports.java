package com.optiply.sync.bigcommerce;

import com.optiply.sync.settings.Settings;
import com.optiply.sync.state.Bookmark;
import com.optiply.sync.state.Run;
import com.optiply.sync.state.Runs;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exports of whole streams: from when on a stream is read, which file its rows go to, and whether they are all of them.
 * An export by hand writes {@code <stream>.jsonl} and knows no bookmark; one by the clock writes {@code
 * <stream>.<run>.jsonl} and goes on from the stream's bookmark, which moves only when the file is in place.
 *
 * <p>Safe for several threads.
 */
public final class Exports {

    private static final Logger LOG = LoggerFactory.getLogger(Exports.class);
    private static final String SHRUNK =
            "; rows may have been deleted while others were read. Nothing was written, export the stream again";
    private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,18}");

    private final Streams streams;
    private final Runs runs;
    private final Settings settings;

    public Exports(Streams streams, Runs runs, Settings settings) {
        this.streams = streams;
        this.runs = runs;
        this.settings = settings;
    }

    /**
     * Begins the export of a stream.
     *
     * @param since rows changed then or later; null: all of them
     * @param directory where the file goes; null: where {@code export.directory} says
     * @param increment true: what is new since the bookmark
     */
    public Export begin(
            @Variable("run") Run run,
            @Variable("stream") String stream,
            @Variable("since") Instant since,
            @Variable("directory") Path directory,
            @Variable("increment") Boolean increment) {
        run.exports(stream);
        String parents = streams.parentsOf(stream);
        boolean byBookmark = Boolean.TRUE.equals(increment);
        Instant from = byBookmark ? bookmarked(run, stream) : since;
        if (from != null && !streams.isIncremental(stream)) {
            run.note("BigCommerce knows no date of change for this stream: it was read whole");
        }
        Path folder = directory == null ? Path.of(settings.text("export.directory")) : directory;
        String name = byBookmark ? stream + "." + run.getId() + ".jsonl" : stream + ".jsonl";
        ExportFile file = new ExportFile(folder.resolve(name), folder.resolve("." + stream + ".jsonl.growing"));
        return new Export(stream, parents, Reading.since(from), file, byBookmark);
    }

    private Instant bookmarked(Run run, String stream) {
        Bookmark bookmark = runs.bookmark(run.getStore(), bookmarkOf(stream));
        boolean known = bookmark.knownUntil() != null && channel().equals(bookmark.digest());
        if (bookmark.knownUntil() != null && !known) {
            run.note("bigcommerce.channel-id has changed: everything is read again");
        }
        return known
                ? bookmark.knownUntil().minus(settings.duration("bigcommerce.overlap"))
                : settings.optional("bigcommerce.start-date")
                        .map(Readings::instant)
                        .orElse(null);
    }

    /** The sync has bookmarks of its own. */
    private static String bookmarkOf(String stream) {
        return "export " + stream;
    }

    /** The one setting that decides which rows a stream has. */
    private String channel() {
        return settings.optional("bigcommerce.channel-id").orElse("all channels");
    }

    /** Writes a page. Nothing is left of it for the next step. */
    public List<Object> write(
            @Body List<Map<String, Object>> rows, @Variable("export") Export export, @Variable("run") Run run) {
        export.file.write(rows);
        run.getCounts().read(rows.size());
        if (export.getParents() == null) {
            run.expects(export.getReading().getTotal());
        }
        return List.of();
    }

    /** The ids of a page of parents. */
    public List<String> parents(
            @Body List<Map<String, Object>> rows, @Variable("export") Export export, @Variable("run") Run run) {
        List<String> ids = new ArrayList<>(rows.size());
        for (Map<String, Object> row : rows) {
            String id = String.valueOf(row.get("id"));
            if (ID.matcher(id).matches()) {
                ids.add(id);
            } else {
                run.note("a row of " + export.getParents() + " has no usable id: what lies below it was not read");
            }
        }
        export.parentsRead.add(ids.size());
        return ids;
    }

    /**
     * A reading has come to its end: compares it with what the source said there is.
     *
     * @throws Incomplete where that is another number
     */
    public void compareTotals(@Variable("reading") Reading reading, @Variable("export") Export export) {
        Long total = reading.getTotal();
        if (total == null) {
            export.withoutTotal = export.withoutTotal || reading.getRows() > 0;
            return;
        }
        if (reading.isShrunk() || reading.getRows() != total) {
            throw new Incomplete("BigCommerce has " + total + " rows of " + export.getStream() + " and "
                    + reading.getRows() + " came" + SHRUNK);
        }
        export.total.add(total);
    }

    /** Every row is written: the file gets its name, and the bookmark moves. */
    public void putInPlace(@Variable("export") Export export, @Variable("run") Run run) {
        if (export.getReading().isShrunk()) {
            throw new Incomplete("not all of the " + export.getParents() + " may have come" + SHRUNK);
        }
        long parents = export.parentsRead.sum();
        if (parents > 0 && run.getCounts().skippedSoFar() == parents) {
            throw new Incomplete("BigCommerce has no " + export.getStream() + " for any of the " + parents + " "
                    + export.getParents() + " (404); check the path in the stream's block");
        }
        export.file.putInPlace();
        Long total = export.withoutTotal ? null : export.total.sum();
        run.exported(total, export.file.file().toString());
        if (total != null && total > export.file.rows()) {
            run.note((total - export.file.rows()) + " rows of other channels were left out");
        }
        LOG.info("{}: {} rows of {} are in {}", run, export.file.rows(), export.getStream(), export.file.file());
        Instant watermark = export.getReading().getWatermark();
        if (export.increment && watermark != null) {
            runs.moveBookmark(run, bookmarkOf(export.getStream()), watermark, channel());
        }
    }

    /** Leaves nothing of an export that has failed. */
    public void discard(@Variable("export") Export export) {
        if (export != null) {
            export.file.discard();
        }
    }

    /** Fewer or more rows than there are. */
    public static final class Incomplete extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Incomplete(String message) {
            super(message);
        }
    }
}
