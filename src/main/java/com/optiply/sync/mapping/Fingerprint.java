package com.optiply.sync.mapping;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The short text by which two wanted documents are known to be the same: SHA-256, 64 hex digits, of the document in
 * canonical form. In it keys are sorted, a field that is null is as good as a missing one, and numbers are compared by
 * value, so that 1.50 and 1.5, or 100 and 1E+2, agree; the text "1.5" and the number 1.5 differ, and so does a list in
 * another order.
 *
 * <p>Pure, safe for several threads.
 */
public final class Fingerprint {

    /** Stands in the place of a fingerprint where nothing should exist. Never equal to one, for it is shorter. */
    public static final String ABSENT = "absent";

    private static final String ORDER_LINES = "orderLines";

    private Fingerprint() {}

    /**
     * Of the whole document.
     *
     * @throws IllegalArgumentException if it holds something that is no JSON value
     */
    public static String of(Map<String, Object> wanted) {
        StringBuilder canonical = new StringBuilder(256);
        write(wanted, canonical);
        return hash(canonical);
    }

    /** Of a sell order without its lines, because lines are sent once and never again. */
    public static String ofHead(Map<String, Object> wanted) {
        TreeMap<String, Object> head = new TreeMap<>(wanted);
        head.remove(ORDER_LINES);
        return of(head);
    }

    private static String hash(StringBuilder canonical) {
        try {
            byte[] bytes = canonical.toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void write(Object value, StringBuilder out) {
        if (value == null) {
            out.append("null");
        } else if (value instanceof String text) {
            writeText(text, out);
        } else if (value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof Number number) {
            writeNumber(number, out);
        } else if (value instanceof Map<?, ?> map) {
            writeObject(map, out);
        } else if (value instanceof List<?> list) {
            out.append('[');
            String comma = "";
            for (Object each : list) {
                out.append(comma);
                write(each, out);
                comma = ",";
            }
            out.append(']');
        } else {
            throw new IllegalArgumentException(
                    "not a JSON value: " + value.getClass().getName());
        }
    }

    private static void writeObject(Map<?, ?> map, StringBuilder out) {
        TreeMap<String, Object> sorted = new TreeMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (entry.getValue() != null) {
                sorted.put(String.valueOf(entry.getKey()), entry.getValue());
            }
        }
        out.append('{');
        String comma = "";
        for (Map.Entry<String, Object> entry : sorted.entrySet()) {
            out.append(comma);
            writeText(entry.getKey(), out);
            out.append(':');
            write(entry.getValue(), out);
            comma = ",";
        }
        out.append('}');
    }

    private static void writeNumber(Number number, StringBuilder out) {
        BigDecimal decimal;
        try {
            decimal = number instanceof BigDecimal exact ? exact : new BigDecimal(number.toString());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a JSON value: " + number, e);
        }
        // toString, unlike toPlainString, never writes a large exponent out.
        out.append(decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toString());
    }

    private static void writeText(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\' || Character.isISOControl(c) || Character.isSurrogate(c)) {
                // Half a pair would otherwise become a question mark in the bytes, and two texts one.
                out.append('\\').append((int) c).append(';');
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
