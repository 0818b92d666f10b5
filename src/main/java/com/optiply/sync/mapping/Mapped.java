package com.optiply.sync.mapping;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What became of one source row: a wanted document, or a reason to park it. Immutable as far as its documents are left
 * alone by those who share them.
 *
 * @param entity {@link #PRODUCTS} or {@link #SELL_ORDERS}
 * @param remoteId the id under which Optiply and the database know the record; never null. A row whose own id cannot be
 *     used gets a made-up one that is no number, so that it can still be parked under a key and found again:
 *     {@code unreadable-<hash>}, {@code repeated-<id>-<n>}, {@code product-<id>} for a product without variants
 * @param parentId the product id of a product's variant; null for sell orders and where it cannot be read
 * @param baseVariant whether order lines that name only the product mean this variant
 * @param wanted the document Optiply should hold; null when unmappable, and for a sell order that should be absent
 * @param reason null when mapped
 * @param source what the row said, for the person who looks at a parked record: without personal data, with long texts,
 *     long lists and deep nesting cut, always writable as JSON
 * @param sourceModifiedAt when the shop last changed the row; null where that is missing or unreadable, which is no
 *     reason to park
 * @param leftOut the lines the wanted sell order does without; empty for products and for parked orders
 * @param linesExceedTotal whether the wanted lines add up to more than the order's total, the sign that
 *     {@code sell-orders.line-subtotal} multiplies what is a line total already
 */
public record Mapped(
        String entity,
        String remoteId,
        String parentId,
        boolean baseVariant,
        Map<String, Object> wanted,
        Reason reason,
        Map<String, Object> source,
        Instant sourceModifiedAt,
        List<LeftOutLine> leftOut,
        boolean linesExceedTotal) {

    /** The entity of a variant's Optiply product. */
    public static final String PRODUCTS = "products";

    /** The entity of an order. */
    public static final String SELL_ORDERS = "sell-orders";

    /** Whether the row could be mapped; if not, {@link #reason()} says why. */
    public boolean mappable() {
        return reason == null;
    }
}
