package com.optiply.sync.mapping;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Maps a BigCommerce order (v2) and its lines to a wanted sell order, whose lines name their product by our remote id.
 *
 * <p>Where design and specification leave a choice:
 *
 * <ul>
 *   <li>Lines of the same product are added up exactly, and the sum is rounded, half-up to two decimals; so ten lines of
 *       0.125 are 1.25 and not 1.30.
 *   <li>The date must be one from 1970 to 2099: what lies outside is a stand-in for "no date".
 *   <li>The total may be negative; no rule of the design forbids it.
 *   <li>Every line's quantity is looked at; the amount and the product of a line with quantity 0 are not, nor is the
 *       amount of a line that is left out because its product is unknown.
 *   <li>A line's ids that are missing, blank or 0 name nothing; any other that is no id parks the order, for nobody can
 *       tell what was sold.
 * </ul>
 *
 * <p>Immutable and safe for several threads.
 */
public final class SellOrderMapper {

    private static final List<String> CONSIGNMENTS = List.of("shipping", "pickups", "downloads");
    private static final int LONGEST_LINE_NAME = 100;

    private final LineSubtotal lineSubtotal;
    private final UnknownProducts unknownProducts;

    public SellOrderMapper(LineSubtotal lineSubtotal, UnknownProducts unknownProducts) {
        this.lineSubtotal = lineSubtotal;
        this.unknownProducts = unknownProducts;
    }

    /**
     * Maps an order that should exist in Optiply. Its status is not looked at.
     *
     * @param order the row; null counts as an empty row
     * @param lines all of its lines; null counts as none
     * @param products asked once for each line that names a product; what it throws is passed on
     */
    public Mapped map(Map<String, Object> order, List<Map<String, Object>> lines, ProductLookup products) {
        Map<?, ?> row = order == null ? Map.of() : order;
        List<?> allLines = lines == null ? List.of() : lines;
        Map<String, Object> source = SourceDocument.order(row, allLines);
        Instant modifiedAt = Dates.instantOrNull(row.get("date_modified"));
        String id = Numbers.id(row.get("id"));
        if (id == null) {
            return unmappable(row, source, modifiedAt);
        }
        try {
            Instant placed = Dates.instant(row.get("date_created"), "order's date_created");
            BigDecimal total = Numbers.roundedMoney(
                    Numbers.money(row.get("total_ex_tax"), "total", "order's total_ex_tax"),
                    "total",
                    "order's total_ex_tax");
            List<LeftOutLine> leftOut = new ArrayList<>();
            Map<String, Sold> sold = sold(allLines, products, leftOut);
            List<Map<String, Object>> orderLines = new ArrayList<>(sold.size());
            BigDecimal sum = BigDecimal.ZERO;
            for (Map.Entry<String, Sold> entry : sold.entrySet()) {
                Map<String, Object> line = entry.getValue().line(entry.getKey());
                orderLines.add(line);
                sum = sum.add((BigDecimal) line.get("subtotalValue"));
            }
            Map<String, Object> wanted = new LinkedHashMap<>();
            wanted.put("remoteId", id);
            wanted.put("placed", Dates.wire(placed));
            wanted.put("totalValue", total);
            wanted.put("orderLines", orderLines);
            return new Mapped(
                    Mapped.SELL_ORDERS,
                    id,
                    null,
                    false,
                    wanted,
                    null,
                    source,
                    modifiedAt,
                    List.copyOf(leftOut),
                    sum.compareTo(total) > 0);
        } catch (Unmappable e) {
            return unmappable(id, e.reason(), source, modifiedAt);
        }
    }

    /**
     * Maps an order that should not exist in Optiply. Only its id must be readable; what else is wrong with it does not
     * matter any more.
     *
     * @param order the row; null counts as an empty row
     * @return mappable, with neither a wanted document nor a reason; or with a reason, if the id cannot be used
     */
    public Mapped absent(Map<String, Object> order) {
        Map<?, ?> row = order == null ? Map.of() : order;
        Map<String, Object> source = SourceDocument.order(row, null);
        Instant modifiedAt = Dates.instantOrNull(row.get("date_modified"));
        String id = Numbers.id(row.get("id"));
        return id == null ? unmappable(row, source, modifiedAt) : unmappable(id, null, source, modifiedAt);
    }

    /**
     * The lines that came with the order ({@code include=consignments.line_items}), in both shapes of
     * {@code consignments} that BigCommerce sends: an object, or an array of one. Where only references to lines came
     * ({@code {"url": …, "resource": …}}), or nothing, the list is empty; whether it is complete says {@link
     * #embeddedLinesAreComplete}.
     */
    public static List<Map<String, Object>> embeddedLines(Map<String, Object> order) {
        List<Map<String, Object>> lines = new ArrayList<>();
        if (order == null) {
            return lines;
        }
        for (Object consignments : each(order.get("consignments"))) {
            for (String kind : CONSIGNMENTS) {
                for (Object consignment : each(field(consignments, kind))) {
                    addLines(field(consignment, "line_items"), lines);
                }
            }
            for (Object email : each(field(consignments, "email"))) {
                for (Object certificate : each(field(email, "gift_certificates"))) {
                    addLines(field(certificate, "line_items"), lines);
                }
            }
        }
        return lines;
    }

    /**
     * Whether the embedded lines are all lines of the order: their quantities add up to its {@code items_total}. If not,
     * or if that cannot be told, its lines must be read from {@code /v2/orders/{id}/products}.
     */
    public static boolean embeddedLinesAreComplete(Map<String, Object> order) {
        if (order == null) {
            return false;
        }
        try {
            long itemsTotal = Numbers.quantity(order.get("items_total"), "items_total");
            long sum = 0;
            for (Map<String, Object> line : embeddedLines(order)) {
                sum += Numbers.quantity(line.get("quantity"), "quantity");
            }
            return sum == itemsTotal;
        } catch (Unmappable e) {
            return false;
        }
    }

    private Map<String, Sold> sold(List<?> lines, ProductLookup products, List<LeftOutLine> leftOut) {
        Map<String, Sold> sold = new LinkedHashMap<>();
        String firstUnknown = null;
        int unknown = 0;
        int position = 0;
        for (Object each : lines) {
            position++;
            if (!(each instanceof Map<?, ?> line)) {
                throw new Unmappable(
                        "line-unreadable", "Line " + position + " is " + Texts.shown(each) + " and not an object.");
            }
            int quantity = Numbers.quantity(line.get("quantity"), named("quantity", line, position));
            if (quantity == 0) {
                leftOut.add(leftOut(line, LeftOutLine.QUANTITY_ZERO));
                continue;
            }
            String variantId = reference(line, "variant_id", position);
            String productId = reference(line, "product_id", position);
            Optional<String> product = variantId == null && productId == null
                    ? Optional.empty()
                    : products.remoteIdOf(variantId, productId);
            if (product.isEmpty()) {
                leftOut.add(leftOut(line, whyUnknown(line, variantId, productId)));
                unknown++;
                if (firstUnknown == null) {
                    firstUnknown = named("product", line, position);
                }
                continue;
            }
            String field = named("total_ex_tax", line, position);
            BigDecimal total = Numbers.money(line.get("total_ex_tax"), "subtotal", field);
            sold.computeIfAbsent(product.get(), id -> new Sold())
                    .add(quantity, lineSubtotal.of(total, BigDecimal.valueOf(quantity)));
        }
        if (unknown > 0 && unknownProducts == UnknownProducts.PARK) {
            throw new Unmappable(
                    "product-unknown",
                    "The " + firstUnknown + " is not known"
                            + (unknown == 1 ? "" : ", nor are those of " + (unknown - 1) + " more")
                            + ", and sell-orders.unknown-products is park.");
        }
        return sold;
    }

    private static String reference(Map<?, ?> line, String field, int position) {
        Object value = line.get(field);
        if (Numbers.isNoReference(value)) {
            return null;
        }
        String id = Numbers.id(value);
        if (id == null) {
            throw new Unmappable(
                    "id-unusable",
                    "The " + named(field, line, position) + " is " + Texts.shown(value) + ", which is not an id.");
        }
        return id;
    }

    private static String whyUnknown(Map<?, ?> line, String variantId, String productId) {
        if (variantId != null || productId != null) {
            return LeftOutLine.PRODUCT_NOT_HELD;
        }
        return "giftcertificate".equals(line.get("type")) ? LeftOutLine.GIFT_CERTIFICATE : LeftOutLine.NO_PRODUCT;
    }

    private static LeftOutLine leftOut(Map<?, ?> line, String why) {
        String name = line.get("name") instanceof String text ? Texts.cleaned(text) : "";
        return new LeftOutLine(
                Texts.cut(name, LONGEST_LINE_NAME),
                Numbers.id(line.get("product_id")),
                Numbers.id(line.get("variant_id")),
                why);
    }

    private static String named(String field, Map<?, ?> line, int position) {
        String name = line.get("name") instanceof String text ? " (" + Texts.shown(text) + ")" : "";
        return field + " of line " + position + name;
    }

    private static Mapped unmappable(Map<?, ?> order, Map<String, Object> source, Instant modifiedAt) {
        Reason reason = new Reason("id-unusable", "The order's id is " + Texts.shown(order.get("id")) + ".");
        return unmappable(
                ProductMapper.unreadable(SourceDocument.without(order, "consignments")), reason, source, modifiedAt);
    }

    private static Mapped unmappable(String id, Reason reason, Map<String, Object> source, Instant modifiedAt) {
        return new Mapped(Mapped.SELL_ORDERS, id, null, false, null, reason, source, modifiedAt, List.of(), false);
    }

    private static Object field(Object object, String name) {
        return object instanceof Map<?, ?> map ? map.get(name) : null;
    }

    private static List<?> each(Object value) {
        return value instanceof List<?> list ? list : value instanceof Map<?, ?> map ? List.of(map) : List.of();
    }

    // Keys of a JSON object are texts.
    @SuppressWarnings("unchecked")
    private static void addLines(Object lineItems, List<Map<String, Object>> lines) {
        if (lineItems instanceof List<?> list) {
            for (Object line : list) {
                if (line instanceof Map<?, ?> map) {
                    lines.add((Map<String, Object>) map);
                }
            }
        }
    }

    /** What was sold of one product in the whole order. */
    private static final class Sold {

        private long quantity;
        private BigDecimal subtotal = BigDecimal.ZERO;

        void add(int more, BigDecimal value) {
            quantity += more;
            subtotal = subtotal.add(value);
        }

        Map<String, Object> line(String product) {
            if (quantity > Integer.MAX_VALUE) {
                throw Numbers.tooMany("quantity of product " + product + " in all lines", Long.toString(quantity));
            }
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("product", product);
            line.put("quantity", (int) quantity);
            line.put("subtotalValue", Numbers.roundedMoney(subtotal, "subtotal", "subtotal of product " + product));
            return line;
        }
    }
}
