package com.optiply.sync.mapping;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Numbers of the shop, exact, and at a bounded cost: {@code 1e1000000000} is a perfectly valid JSON number of twelve
 * characters, and rounding or printing it would take gigabytes. So a number's size is looked at through its precision
 * and scale before anything is computed with it.
 */
final class Numbers {

    /** The highest price Optiply takes. */
    static final BigDecimal HIGHEST_PRICE = new BigDecimal("9999999.99");

    /** The highest stock level Optiply takes, and with a minus the lowest. */
    static final int HIGHEST_STOCK = 9_999_999;

    /** Optiply's limit for a sell order's total and subtotals, in digits before the decimal point. */
    static final int TOTAL_DIGITS = 17;

    // The longest number text that is looked at. Jackson refuses longer numbers outside quotes from 1000 on.
    private static final int LONGEST_TEXT = 1000;
    private static final int MOST_BITS = 3400;
    // Fewer digits than this before the point (so many zeros after it) cannot matter when two decimals are kept, not
    // even multiplied by the highest quantity.
    private static final int SMALLEST_DIGITS = -40;
    private static final String ID_MAX = Long.toString(Long.MAX_VALUE);

    private Numbers() {}

    /**
     * A number or a plain text of one ({@code -12.50}, {@code 1e3}; no blanks, no comma, ASCII digits only), or null
     * if the value is no such thing.
     */
    static BigDecimal number(Object value) {
        BigDecimal number;
        if (value instanceof Integer || value instanceof Long) {
            return BigDecimal.valueOf(((Number) value).longValue());
        } else if (value instanceof BigDecimal decimal) {
            number = decimal;
        } else if (value instanceof BigInteger whole) {
            number = whole.bitLength() > MOST_BITS ? null : new BigDecimal(whole);
        } else if (value instanceof String text && isPlain(text)) {
            try {
                number = new BigDecimal(text);
            } catch (NumberFormatException e) {
                // An exponent beyond the range of BigDecimal.
                number = null;
            }
        } else {
            number = null;
        }
        if (number == null || number.unscaledValue().bitLength() > MOST_BITS) {
            return null;
        }
        return number.signum() == 0 ? BigDecimal.ZERO : number;
    }

    /** Digits before the decimal point; 0 or less for a number below 1. Costs nothing, whatever the exponent. */
    static long digits(BigDecimal number) {
        return (long) number.precision() - number.scale();
    }

    /** Rounds half-up to two decimals; the caller has made sure that the digits are few. */
    static BigDecimal twoDecimals(BigDecimal number) {
        return rounded(number, 2);
    }

    private static BigDecimal rounded(BigDecimal number, int decimals) {
        return negligible(number)
                ? BigDecimal.ZERO.setScale(decimals)
                : number.setScale(decimals, RoundingMode.HALF_UP);
    }

    private static boolean negligible(BigDecimal number) {
        return number.signum() == 0 || digits(number) < SMALLEST_DIGITS;
    }

    /**
     * A price: 0 to 9,999,999.99 before and after rounding to two decimals.
     *
     * @return null where the field is missing
     * @throws Unmappable {@code price-unreadable}, {@code price-out-of-range}
     */
    static BigDecimal price(Object value, String field) {
        if (value == null) {
            return null;
        }
        BigDecimal number = number(value);
        if (number == null) {
            throw new Unmappable(
                    "price-unreadable", "The " + field + " is " + Texts.shown(value) + ", which is not a number.");
        }
        if (number.signum() >= 0 && digits(number) <= 7 && number.compareTo(HIGHEST_PRICE) <= 0) {
            BigDecimal price = twoDecimals(number);
            if (price.compareTo(HIGHEST_PRICE) <= 0) {
                return price;
            }
        }
        throw new Unmappable(
                "price-out-of-range",
                "The " + field + " is " + Texts.shown(value) + "; Optiply takes prices from 0 to 9,999,999.99.");
    }

    /**
     * A stock level: whole, within ±9,999,999.
     *
     * @return null where the field is missing
     * @throws Unmappable {@code stock-unreadable}, {@code stock-not-whole}, {@code stock-out-of-range}
     */
    static Integer stock(Object value, String field) {
        if (value == null) {
            return null;
        }
        BigDecimal number = number(value);
        if (number == null) {
            throw new Unmappable(
                    "stock-unreadable", "The " + field + " is " + Texts.shown(value) + ", which is not a number.");
        }
        if (digits(number) > 7) {
            throw new Unmappable(
                    "stock-out-of-range",
                    "The " + field + " is " + Texts.shown(value)
                            + "; Optiply takes stock levels from -9,999,999 to 9,999,999.");
        }
        if (!isWhole(number)) {
            throw new Unmappable(
                    "stock-not-whole", "The " + field + " is " + Texts.shown(value) + ", which is not a whole number.");
        }
        return number.intValueExact();
    }

    /**
     * A line's quantity: whole, 0 to 2,147,483,647.
     *
     * @throws Unmappable {@code quantity-unreadable} (also for a missing one), {@code quantity-negative},
     *     {@code quantity-out-of-range}, {@code quantity-not-whole}
     */
    static int quantity(Object value, String field) {
        BigDecimal number = number(value);
        if (number == null) {
            throw new Unmappable(
                    "quantity-unreadable",
                    "The " + field + " is " + Texts.shown(value) + (value == null ? "." : ", which is not a number."));
        }
        if (number.signum() < 0) {
            throw new Unmappable(
                    "quantity-negative",
                    "The " + field + " is " + Texts.shown(value) + "; a quantity cannot be negative.");
        }
        if (digits(number) > 10) {
            throw tooMany(field, Texts.shown(value));
        }
        if (!isWhole(number)) {
            throw new Unmappable(
                    "quantity-not-whole",
                    "The " + field + " is " + Texts.shown(value) + ", which is not a whole number.");
        }
        long quantity = number.longValueExact();
        if (quantity > Integer.MAX_VALUE) {
            throw tooMany(field, Texts.shown(value));
        }
        return (int) quantity;
    }

    static Unmappable tooMany(String field, String value) {
        return new Unmappable(
                "quantity-out-of-range", "The " + field + " is " + value + "; Optiply takes at most 2,147,483,647.");
    }

    /**
     * A sum of money with at most 17 digits before the decimal point, exact, not yet rounded.
     *
     * @param kind {@code total} or {@code subtotal}, the beginning of the causes
     * @throws Unmappable {@code <kind>-unreadable} (also for a missing one), {@code <kind>-out-of-range}
     */
    static BigDecimal money(Object value, String kind, String field) {
        BigDecimal number = number(value);
        if (number == null) {
            throw new Unmappable(
                    kind + "-unreadable",
                    "The " + field + " is " + Texts.shown(value) + (value == null ? "." : ", which is not a number."));
        }
        if (digits(number) > TOTAL_DIGITS) {
            throw tooLarge(kind, field, Texts.shown(value));
        }
        return negligible(number) ? BigDecimal.ZERO : number;
    }

    /**
     * Rounds a sum of money to two decimals and looks at its size again, since rounding and multiplying make it longer.
     *
     * @throws Unmappable {@code <kind>-out-of-range}
     */
    static BigDecimal roundedMoney(BigDecimal exact, String kind, String field) {
        if (digits(exact) <= TOTAL_DIGITS) {
            BigDecimal money = twoDecimals(exact);
            if (digits(money) <= TOTAL_DIGITS) {
                return money;
            }
        }
        throw tooLarge(kind, field, Texts.shown(exact));
    }

    private static Unmappable tooLarge(String kind, String field, String value) {
        return new Unmappable(
                kind + "-out-of-range",
                "The " + field + " is " + value + "; Optiply takes at most " + TOTAL_DIGITS
                        + " digits before the decimal point.");
    }

    /**
     * An id as BigCommerce gives them: a whole number from 1 to 2⁶³-1, as a number or as digits, the same text for both.
     *
     * @return null if it is anything else
     */
    static String id(Object value) {
        if (value instanceof Integer || value instanceof Long) {
            long number = ((Number) value).longValue();
            return number > 0 ? Long.toString(number) : null;
        }
        if (!(value instanceof String text) || text.isEmpty() || text.length() > ID_MAX.length()) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return null;
            }
        }
        if (text.charAt(0) == '0') {
            // Also 007, which is not how BigCommerce writes any id and would make two keys of one.
            return null;
        }
        return text.length() < ID_MAX.length() || text.compareTo(ID_MAX) <= 0 ? text : null;
    }

    /** Whether a line's reference names nothing: missing, blank or 0, all of which BigCommerce's old orders have. */
    static boolean isNoReference(Object value) {
        return value == null
                || value instanceof Integer number && number == 0
                || value instanceof Long whole && whole == 0
                || value instanceof String text && (text.isBlank() || text.equals("0"));
    }

    private static boolean isWhole(BigDecimal number) {
        return number.scale() <= 0 || number.stripTrailingZeros().scale() <= 0;
    }

    // [-+]? digits [. digits]? [eE [-+]? digits]?, by hand: a pattern would be slower, and BigDecimal alone also takes
    // the digits of other scripts.
    private static boolean isPlain(String text) {
        int length = text.length();
        if (length == 0 || length > LONGEST_TEXT) {
            return false;
        }
        int at = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
        int after = skipDigits(text, at);
        if (after == at) {
            return false;
        }
        at = after;
        if (at < length && text.charAt(at) == '.') {
            after = skipDigits(text, at + 1);
            if (after == at + 1) {
                return false;
            }
            at = after;
        }
        if (at < length && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < length && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
                at++;
            }
            after = skipDigits(text, at);
            if (after == at) {
                return false;
            }
            at = after;
        }
        return at == length;
    }

    private static int skipDigits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
