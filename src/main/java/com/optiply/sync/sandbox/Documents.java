package com.optiply.sync.sandbox;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Small helpers for documents (maps, lists, plain values) and for the partners' two ways to write a date. */
final class Documents {

    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'+00:00'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter RFC_2822 = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss '+0000'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Documents() {}

    /** {@code 2026-03-30T07:15:02+00:00}, as the v3 API writes dates. */
    static String iso(Instant instant) {
        return ISO.format(instant);
    }

    /** {@code Tue, 03 Mar 2026 21:40:11 +0000}, as the v2 API writes dates. */
    static String rfc2822(Instant instant) {
        return RFC_2822.format(instant);
    }

    /** Reads either way of writing; fails with {@link DateTimeException} on anything else. */
    static Instant instant(String text) {
        if (text.length() > 10 && text.charAt(4) == '-') {
            return OffsetDateTime.parse(text).toInstant();
        }
        return DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
    }

    /** An independent copy, changeable at every level. */
    static Map<String, Object> copy(Map<String, Object> document) {
        Map<String, Object> copy = new LinkedHashMap<>(document.size() * 2);
        document.forEach((key, value) -> copy.put(key, copyOf(value)));
        return copy;
    }

    static Object copyOf(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>(map.size() * 2);
            map.forEach((key, inner) -> copy.put(String.valueOf(key), copyOf(inner)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            list.forEach(inner -> copy.add(copyOf(inner)));
            return copy;
        }
        return value;
    }

    /** A value that is a document, as one. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    /** A value that is a list, as one; an absent one is empty. */
    @SuppressWarnings("unchecked")
    static List<Object> list(Object value) {
        return value == null ? List.of() : (List<Object>) value;
    }

    /** The whole number under a key, or null. */
    static Long whole(Map<String, Object> document, String key) {
        return document.get(key) instanceof Number number ? number.longValue() : null;
    }
}
