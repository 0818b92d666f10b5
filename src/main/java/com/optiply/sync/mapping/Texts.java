package com.optiply.sync.mapping;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * Texts of the shop, made fit to be sent.
 *
 * <p>Cleaning removes control characters (Unicode category Cc: NUL, tabs, line breaks, DEL, C1) without putting
 * anything in their place, replaces half a surrogate pair by U+FFFD, because it cannot be written as UTF-8 and Unicode
 * advises to leave a visible mark rather than to join what stood around it, and takes blanks off both ends, the no-break
 * space among them. Everything else stays as it is: markup, placeholders, SQL, right-to-left text, joiners within emoji.
 */
final class Texts {

    /** Optiply's limit for names and codes, in code points. */
    static final int LONGEST = 255;

    private static final int LONGEST_SHOWN = 60;
    private static final char REPLACEMENT = '\uFFFD';

    private Texts() {}

    /**
     * The field's text, cleaned; null where the field is missing or blank.
     *
     * @throws Unmappable for what is neither text nor a whole number
     */
    static String text(Object value, String field) {
        String text;
        if (value == null) {
            return null;
        } else if (value instanceof String string) {
            text = cleaned(string);
        } else if (value instanceof Integer || value instanceof Long) {
            text = value.toString();
        } else if (value instanceof BigInteger number && number.bitLength() < 1000) {
            text = number.toString();
        } else {
            throw new Unmappable("text-unreadable", "The " + field + " is " + shown(value) + ", which is not a text.");
        }
        return text.isEmpty() ? null : text;
    }

    /**
     * As {@link #text}, for a code that would be worthless if it were cut.
     *
     * @throws Unmappable also for more than {@link #LONGEST} code points
     */
    static String code(Object value, String field) {
        String text = text(value, field);
        if (text != null && text.length() > LONGEST && text.codePointCount(0, text.length()) > LONGEST) {
            throw new Unmappable(
                    "text-too-long",
                    "The " + field + " " + shown(text) + " has " + text.codePointCount(0, text.length())
                            + " characters; Optiply takes " + LONGEST + ".");
        }
        return text;
    }

    /** Cut to the number of code points, never in the middle of one. */
    static String cut(String text, int codePoints) {
        if (text.length() <= codePoints || text.codePointCount(0, text.length()) <= codePoints) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, codePoints));
    }

    static String cleaned(String text) {
        String sendable = isSendable(text) ? text : sendable(text);
        int from = 0;
        int to = sendable.length();
        while (from < to && isBlank(sendable.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(sendable.charAt(to - 1))) {
            to--;
        }
        return sendable.substring(from, to);
    }

    /** Only what cannot be written as UTF-8 is replaced; control characters stay. */
    static String writable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!isPair(text, i)) {
                    return repaired(text, true);
                }
                i++;
            }
        }
        return text;
    }

    /** A value as a reason's sentence shows it: on one line, short, and cheap also for monstrous numbers. */
    static String shown(Object value) {
        if (value == null) {
            return "missing";
        } else if (value instanceof String text) {
            // Direction marks and other invisible format characters could make a sentence look like another one.
            StringBuilder plain = new StringBuilder("\"");
            String cut = cut(text.length() > 1000 ? text.substring(0, 1000) : text, LONGEST_SHOWN);
            cut = repaired(cut, false);
            for (int i = 0; i < cut.length(); i++) {
                if (Character.getType(cut.charAt(i)) != Character.FORMAT) {
                    plain.append(cut.charAt(i));
                }
            }
            boolean whole = text.length() <= 1000 && text.codePointCount(0, text.length()) <= LONGEST_SHOWN;
            return plain.append(whole ? "\"" : "…\"").toString();
        } else if (value instanceof BigDecimal number) {
            // toString never writes a large exponent out, unlike toPlainString.
            return number.unscaledValue().bitLength() > 200 ? "a number of very many digits" : number.toString();
        } else if (value instanceof BigInteger number) {
            return number.bitLength() > 200 ? "a number of very many digits" : number.toString();
        } else if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        } else if (value instanceof List<?> list) {
            return list.isEmpty() ? "an empty list" : "a list";
        } else if (value instanceof Map<?, ?>) {
            return "an object";
        }
        return "unreadable";
    }

    private static boolean isSendable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                if (!isPair(text, i)) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static String sendable(String text) {
        return repaired(text, false);
    }

    private static String repaired(String text, boolean keepControls) {
        StringBuilder repaired = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (isPair(text, i)) {
                    repaired.append(c).append(text.charAt(++i));
                } else {
                    repaired.append(REPLACEMENT);
                }
            } else if (keepControls || !Character.isISOControl(c)) {
                repaired.append(c);
            }
        }
        return repaired.toString();
    }

    private static boolean isPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
