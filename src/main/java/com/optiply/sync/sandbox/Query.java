package com.optiply.sync.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The decoded query of one call. A parameter that stands twice is refused. Immutable. */
public final class Query {

    private final String raw;
    private final Map<String, String> values;

    private Query(String raw, Map<String, String> values) {
        this.raw = raw;
        this.values = values;
    }

    /** Decodes a raw query ({@code null} = none). */
    static Query parse(String raw) {
        Map<String, String> values = new LinkedHashMap<>();
        if (raw != null && !raw.isEmpty()) {
            for (String part : raw.split("&")) {
                int equals = part.indexOf('=');
                String name = decode(equals < 0 ? part : part.substring(0, equals));
                String value = equals < 0 ? "" : decode(part.substring(equals + 1));
                if (values.put(name, value) != null) {
                    throw new Bad(name, "stands twice in the query");
                }
            }
        }
        return new Query(raw == null ? "" : raw, Collections.unmodifiableMap(values));
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Bad(text, "is not percent-encoded");
        }
    }

    String raw() {
        return raw;
    }

    Set<String> names() {
        return values.keySet();
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** The value, or null. */
    String get(String name) {
        return values.get(name);
    }

    String get(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /** A whole number between two bounds; {@code otherwise} if the parameter is not there. */
    int whole(String name, int otherwise, int least, int most) {
        if (!has(name)) {
            return otherwise;
        }
        long value = id(name);
        if (value < least) {
            throw new Bad(name, "must be at least " + least);
        }
        if (value > most) {
            throw new Bad(name, "must be at most " + most);
        }
        return (int) value;
    }

    /** A whole number. */
    long id(String name) {
        return number(name, get(name));
    }

    /** A comma list of whole numbers. */
    List<Long> ids(String name) {
        List<Long> ids = new ArrayList<>();
        for (String part : get(name).split(",", -1)) {
            ids.add(number(name, part.trim()));
        }
        return ids;
    }

    /** A comma list of words. */
    List<String> words(String name) {
        List<String> words = new ArrayList<>();
        for (String part : get(name, "").split(",")) {
            if (!part.isBlank()) {
                words.add(part.trim());
            }
        }
        return words;
    }

    private static long number(String name, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new Bad(name, "must be a whole number");
        }
    }

    /** A parameter whose value cannot be used. */
    static final class Bad extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String parameter;

        Bad(String parameter, String fault) {
            super(fault, null, false, false);
            this.parameter = parameter;
        }

        String parameter() {
            return parameter;
        }
    }
}
