package com.optiply.sync.mapping;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;

/**
 * Dates of the shop: RFC 2822 as BigCommerce's v2 API writes them ({@code Tue, 03 Mar 2026 21:40:11 +0000}) and ISO 8601
 * with an offset as v3 does ({@code 2026-03-30T07:15:02+00:00}). A date without a zone is not guessed at, and 30 February
 * is no date.
 */
final class Dates {

    /**
     * The years an order can be of. Outside of them a date is a stand-in for "none" or "never" (0001-01-01, 9999-12-31)
     * and would spoil Optiply's forecast. The bounds are fixed and not taken from the clock, so that a row maps today
     * and tomorrow to the same.
     */
    static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

    /** The first instant that is no longer accepted. */
    static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    // Longer than any date; keeps parsers away from long texts.
    private static final int LONGEST = 64;

    // The formatter that comes with Java would bend 30 February to the 28th.
    private static final DateTimeFormatter RFC_2822 =
            DateTimeFormatter.RFC_1123_DATE_TIME.withResolverStyle(ResolverStyle.STRICT);

    // Offsets with and without colon.
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX]")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private static final DateTimeFormatter WIRE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Dates() {}

    /**
     * The instant, within the accepted years.
     *
     * @throws Unmappable {@code date-unreadable} (also for a missing one), {@code date-out-of-range}
     */
    static Instant instant(Object value, String field) {
        Instant instant = parsed(value);
        if (instant == null) {
            throw new Unmappable(
                    "date-unreadable",
                    "The " + field + " is " + Texts.shown(value)
                            + (value == null ? "." : ", which is not a date with a time and a zone."));
        }
        if (!isAccepted(instant)) {
            throw new Unmappable(
                    "date-out-of-range",
                    "The " + field + " is " + Texts.shown(value) + ", which is not a date from 1970 to 2099.");
        }
        return instant;
    }

    /** As {@link #instant}, but null for whatever cannot be used. */
    static Instant instantOrNull(Object value) {
        Instant instant = parsed(value);
        return instant != null && isAccepted(instant) ? instant : null;
    }

    /** {@code YYYY-MM-DDTHH:MM:SSZ} in UTC, as Optiply takes it; parts of a second are cut. */
    static String wire(Instant instant) {
        return WIRE.format(instant);
    }

    private static boolean isAccepted(Instant instant) {
        return !instant.isBefore(EARLIEST) && instant.isBefore(LATEST);
    }

    private static Instant parsed(Object value) {
        if (!(value instanceof String text) || text.length() < 10 || text.length() > LONGEST) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text, text.charAt(4) == '-' ? ISO : RFC_2822)
                    .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
