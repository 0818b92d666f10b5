package com.optiply.sync.bigcommerce;

import com.optiply.sync.Json;
import com.optiply.sync.settings.Settings;
import com.optiply.sync.state.Bookmark;
import com.optiply.sync.state.Retried;
import com.optiply.sync.state.Run;
import com.optiply.sync.state.Runs;
import com.optiply.sync.state.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * Where a run's reading begins and what its end means for the bookmark. The bookmark moves to the instant at which the
 * run began to read, by BigCommerce's own clock, and only when the stream was read to its end and its wanted state is
 * stored; the next run asks from the bookmark less the overlap.
 *
 * <p>Safe for several threads.
 */
public final class Readings {

    /** An address may not grow too long: about 1,000 characters pass everywhere. */
    private static final int IDS_PER_CALL = 100;

    private final Runs runs;
    private final Settings settings;

    public Readings(Runs runs, Settings settings) {
        this.runs = runs;
        this.settings = settings;
    }

    /**
     * Begins the reading that the run is for: of single records, of a window, or of the stream; the latter two go on where
     * an earlier one was cut off.
     */
    public Reading begin(
            @Variable("run") Run run, @Variable("retried") Retried retried, @Variable("window") Window window) {
        if (retried != null) {
            return Reading.inPortions(retried.sourceIds(), run.getWhat().equals("products") ? IDS_PER_CALL : 1);
        }
        return window != null ? ofWindow(run, window) : ofStream(run);
    }

    private Reading ofWindow(Run run, Window window) {
        Bookmark bookmark = runs.bookmark(run.getStore(), run.getLeaseName());
        String after = null;
        if (bookmark.cursor() != null) {
            Map<String, Object> cursor = Json.document(bookmark.cursor());
            boolean same = window.toString().equals(cursor.get("window"))
                    && settings.decidingDigest(run.getWhat()).equals(cursor.get("digest"));
            after = same ? (String) cursor.get("after") : null;
        }
        if (after != null) {
            run.note("an earlier backfill of this window was cut off: this one goes on behind id " + after);
        }
        return Reading.ofWindow(window, after);
    }

    private Reading ofStream(Run run) {
        Bookmark bookmark = runs.bookmark(run.getStore(), run.getWhat());
        String digest = settings.decidingDigest(run.getWhat());
        boolean settingsChanged =
                bookmark.digest() != null && !bookmark.digest().equals(digest);
        if (settingsChanged) {
            run.note("settings that decide what is wanted have changed: everything is read again");
        }
        boolean first = bookmark.knownUntil() == null || settingsChanged;
        Instant startDate = settings.optional("bigcommerce.start-date")
                .map(Readings::instant)
                .orElse(null);
        boolean products = run.getWhat().equals("products");
        Instant since;
        if (run.isFull()) {
            since = products ? null : startDate;
        } else if (first) {
            since = startDate;
        } else {
            since = bookmark.knownUntil().minus(settings.duration("bigcommerce.overlap"));
        }
        Reading cutOff = cutOff(bookmark, digest, since, run);
        if (cutOff != null) {
            run.note("an earlier reading was cut off: this one goes on behind id " + cutOff.getAfter());
            return cutOff;
        }
        return Reading.since(since).everyRow(since == null).seenInRun(run.getId());
    }

    private static Reading cutOff(Bookmark bookmark, String digest, Instant since, Run run) {
        if (bookmark.cursor() == null) {
            return null;
        }
        Map<String, Object> cursor = Json.document(bookmark.cursor());
        Instant cursorSince = cursor.get("since") == null ? null : Instant.parse((String) cursor.get("since"));
        boolean asWide = cursorSince == null || (since != null && !cursorSince.isAfter(since));
        if (!digest.equals(cursor.get("digest")) || !asWide || (run.isFull() && run.isByHand())) {
            return null;
        }
        return Reading.goingOn(
                        cursorSince, (String) cursor.get("after"), Instant.parse((String) cursor.get("watermark")))
                .everyRow(cursorSince == null)
                .seenInRun(((Number) cursor.get("run")).longValue());
    }

    /** A page's wanted state is stored. */
    public void pageStored(@Variable("run") Run run, @Variable("reading") Reading reading) {
        run.rows(reading.getRows(), reading.getTotal());
        boolean goesOn = reading.isOfTheStream() || reading.getWindow() != null;
        if (!goesOn || !reading.isMore() || reading.getAfter() == null || reading.getWatermark() == null) {
            return;
        }
        Map<String, Object> cursor = new LinkedHashMap<>();
        cursor.put("after", reading.getAfter());
        if (reading.getWindow() != null) {
            cursor.put("window", reading.getWindow().toString());
            cursor.put("digest", settings.decidingDigest(run.getWhat()));
            runs.saveCursor(run, run.getLeaseName(), Json.text(cursor));
            return;
        }
        cursor.put(
                "since", reading.getSince() == null ? null : reading.getSince().toString());
        cursor.put("watermark", reading.getWatermark().toString());
        cursor.put("run", reading.getSeenInRun());
        cursor.put("digest", settings.decidingDigest(run.getWhat()));
        runs.saveCursor(run, run.getWhat(), Json.text(cursor));
    }

    /** The stream was read to its end and its wanted state is stored: the bookmark moves. */
    public void end(@Variable("run") Run run, @Variable("reading") Reading reading) {
        if (!reading.isProven()) {
            run.readingUnproven();
            run.note(
                    "BigCommerce answered the list without a document: the bookmark stays, the next run reads the same again");
            return;
        }
        if (reading.getWindow() != null) {
            runs.saveCursor(run, run.getLeaseName(), null);
        }
        if (!reading.isOfTheStream()) {
            return;
        }
        if (reading.getWatermark() == null) {
            run.note(
                    "BigCommerce's answers name no time (Date header): the bookmark stays, the next run reads the same again");
            return;
        }
        runs.moveBookmark(run, run.getWhat(), reading.getWatermark(), settings.decidingDigest(run.getWhat()));
    }

    /** An instant, or a date that means its midnight in UTC. */
    static Instant instant(String text) {
        return text.length() == 10
                ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                : Instant.parse(text);
    }

    /** A reading of all rows, for the children of one parent. */
    public Reading all() {
        return Reading.ofParent();
    }

    /** A reading of only these rows, for products that lines name and the database does not know. */
    public Reading ofIds(@Body List<String> ids) {
        return Reading.ofIds(ids);
    }
}
