package com.optiply.sync.mapping;

/**
 * An order line that the wanted sell order does without.
 *
 * @param name the line's own name, cleaned and shortened; empty if it has none
 * @param productId the line's product id, or null if it names none
 * @param variantId the line's variant id, or null if it names none
 * @param why one of {@link #QUANTITY_ZERO}, {@link #NO_PRODUCT}, {@link #GIFT_CERTIFICATE}, {@link #PRODUCT_NOT_HELD}
 */
public record LeftOutLine(String name, String productId, String variantId, String why) {

    /** Nothing was sold with this line, so nothing is missing without it. */
    public static final String QUANTITY_ZERO = "its quantity is 0";

    /** A line somebody typed into an order by hand: it names no product of the catalog. */
    public static final String NO_PRODUCT = "a custom line that names no product";

    /** A gift certificate is money, not stock. */
    public static final String GIFT_CERTIFICATE = "a gift certificate";

    /** The product was deleted in the shop, belongs to another channel, or stands parked. */
    public static final String PRODUCT_NOT_HELD = "its product is deleted, parked or not in this store";

    /** Whether the line was left out because its product is unknown, and not merely because nothing was sold. */
    public boolean productUnknown() {
        return !QUANTITY_ZERO.equals(why);
    }
}
