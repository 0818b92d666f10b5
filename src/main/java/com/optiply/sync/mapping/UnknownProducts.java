package com.optiply.sync.mapping;

/** What a line of an unknown product does to its order: the setting {@code sell-orders.unknown-products}. */
public enum UnknownProducts {
    /** The line is left out, counted and named; the order is wanted with its other lines, also when none is left. */
    SKIP_LINE("skip-line"),
    /** The whole order is parked. */
    PARK("park");

    private final String text;

    UnknownProducts(String text) {
        this.text = text;
    }

    /** The text that stands for it in the configuration. */
    public String text() {
        return text;
    }

    /**
     * Reads the configuration's text.
     *
     * @throws IllegalArgumentException naming key, value and allowed values
     */
    public static UnknownProducts parse(String text) {
        for (UnknownProducts each : values()) {
            if (each.text.equals(text)) {
                return each;
            }
        }
        throw new IllegalArgumentException("sell-orders.unknown-products is " + Texts.shown(text) + "; it must be "
                + SKIP_LINE.text + " or " + PARK.text);
    }
}
