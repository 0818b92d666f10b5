package com.optiply.sync.mapping;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The copy of a source row that is kept for the person who looks at a parked record: small enough to store, always
 * writable as JSON, and without personal data.
 *
 * <p>Of orders only the named fields are kept, so that whatever says who bought and where it was sent stays out:
 * {@code billing_address}, {@code shipping_addresses}, {@code consignments}, {@code customer_id},
 * {@code customer_message}, {@code staff_notes}, {@code ip_address}, {@code form_fields}, card and payment data, and of
 * lines {@code product_options}, {@code configurable_fields} and gift wrapping, into which shoppers type names and
 * messages. A list of what to keep, and not of what to drop, because BigCommerce adds fields without notice. Nothing of
 * what is left out is needed to find out why an order cannot be mapped, and the order's id leads to the rest in the shop.
 */
final class SourceDocument {

    /** Fields of an order that are kept. */
    static final Set<String> ORDER_FIELDS = Set.of(
            "id",
            "status_id",
            "status",
            "custom_status",
            "date_created",
            "date_modified",
            "date_shipped",
            "channel_id",
            "is_deleted",
            "order_source",
            "external_source",
            "external_id",
            "payment_status",
            "items_total",
            "items_shipped",
            "order_is_digital",
            "subtotal_ex_tax",
            "subtotal_inc_tax",
            "subtotal_tax",
            "total_ex_tax",
            "total_inc_tax",
            "total_tax",
            "shipping_cost_ex_tax",
            "handling_cost_ex_tax",
            "wrapping_cost_ex_tax",
            "discount_amount",
            "coupon_discount",
            "store_credit_amount",
            "gift_certificate_amount",
            "refunded_amount",
            "currency_code",
            "currency_exchange_rate",
            "default_currency_code",
            "store_default_currency_code",
            "store_default_to_transactional_exchange_rate",
            "is_tax_inclusive_pricing");

    /** Fields of an order line that are kept. */
    static final Set<String> LINE_FIELDS = Set.of(
            "id",
            "order_id",
            "product_id",
            "variant_id",
            "name",
            "sku",
            "upc",
            "type",
            "quantity",
            "quantity_shipped",
            "quantity_refunded",
            "is_refunded",
            "refund_amount",
            "base_price",
            "base_total",
            "price_ex_tax",
            "price_inc_tax",
            "total_ex_tax",
            "total_inc_tax",
            "total_tax",
            "discounted_total_inc_tax",
            "cost_price_ex_tax",
            "is_bundled_product",
            "parent_order_product_id",
            "option_set_id");

    private static final int LONGEST_TEXT = 2000;
    private static final int MOST_ENTRIES = 500;
    private static final int MOST_NODES = 50_000;
    private static final int DEEPEST = 32;
    private static final int LONGEST_NUMBER_BITS = 330;
    private static final int LARGEST_SCALE = 100;

    private int nodes;

    private SourceDocument() {}

    /** A whole value, made fit to be stored. */
    static Object of(Object value) {
        return new SourceDocument().copy(value, 0);
    }

    /** An object without one of its fields; anything that is no object gives an empty one. */
    static Map<String, Object> without(Object value, String field) {
        SourceDocument source = new SourceDocument();
        Map<String, Object> copy = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (!field.equals(entry.getKey()) && copy.size() < MOST_ENTRIES) {
                    copy.put(key(entry.getKey()), source.copy(entry.getValue(), 1));
                }
            }
        }
        return copy;
    }

    /** An order with its lines, only the fields that are kept. */
    static Map<String, Object> order(Map<?, ?> order, List<?> lines) {
        SourceDocument source = new SourceDocument();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("order", source.only(ORDER_FIELDS, order));
        if (lines != null) {
            List<Object> kept = new ArrayList<>(Math.min(lines.size(), MOST_ENTRIES + 1));
            for (Object line : lines) {
                if (kept.size() == MOST_ENTRIES) {
                    kept.add("… " + (lines.size() - MOST_ENTRIES) + " more");
                    break;
                }
                kept.add(line instanceof Map<?, ?> map ? source.only(LINE_FIELDS, map) : Texts.shown(line));
            }
            document.put("lines", kept);
        }
        return document;
    }

    private Map<String, Object> only(Set<String> fields, Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (entry.getKey() instanceof String field && fields.contains(field)) {
                // Each of these is a single value; an object in its place could hold anything.
                Object value = entry.getValue();
                copy.put(
                        field,
                        value instanceof Map || value instanceof List ? Texts.shown(value) : copy(value, DEEPEST));
            }
        }
        return copy;
    }

    private Object copy(Object value, int depth) {
        nodes++;
        if (value == null || value instanceof Boolean || value instanceof Integer || value instanceof Long) {
            return value;
        } else if (value instanceof String text) {
            return text(text);
        } else if (value instanceof BigDecimal number) {
            // A number that JSON would write out to its last zero is kept as a short text.
            return number.unscaledValue().bitLength() > LONGEST_NUMBER_BITS
                            || Math.abs((long) number.scale()) > LARGEST_SCALE
                    ? Texts.shown(number)
                    : number;
        } else if (value instanceof BigInteger number) {
            return number.bitLength() > LONGEST_NUMBER_BITS ? Texts.shown(number) : number;
        } else if (value instanceof Map<?, ?> map) {
            return depth >= DEEPEST || nodes > MOST_NODES ? "…" : object(map, depth);
        } else if (value instanceof List<?> list) {
            return depth >= DEEPEST || nodes > MOST_NODES ? "…" : list(list, depth);
        }
        return Texts.shown(value);
    }

    private Map<String, Object> object(Map<?, ?> map, int depth) {
        Map<String, Object> copy = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (copy.size() == MOST_ENTRIES) {
                copy.put("…", (map.size() - MOST_ENTRIES) + " more");
                break;
            }
            copy.put(key(entry.getKey()), copy(entry.getValue(), depth + 1));
        }
        return copy;
    }

    private List<Object> list(List<?> list, int depth) {
        List<Object> copy = new ArrayList<>(Math.min(list.size(), MOST_ENTRIES + 1));
        for (Object each : list) {
            if (copy.size() == MOST_ENTRIES) {
                copy.add("… " + (list.size() - MOST_ENTRIES) + " more");
                break;
            }
            copy.add(copy(each, depth + 1));
        }
        return copy;
    }

    private static String key(Object key) {
        return text(String.valueOf(key));
    }

    private static String text(String text) {
        return text.length() <= LONGEST_TEXT
                ? Texts.writable(text)
                // Cutting may halve a pair, so it comes first.
                : Texts.writable(text.substring(0, LONGEST_TEXT)) + "… (" + text.length() + " characters)";
    }
}
