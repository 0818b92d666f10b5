package com.optiply.sync.mapping;

import java.math.BigDecimal;

/** How a line's subtotal comes from BigCommerce's {@code total_ex_tax}: the setting {@code sell-orders.line-subtotal}. */
public enum LineSubtotal {
    /** {@code total_ex_tax × quantity}, as the integration is specified. */
    TOTAL_EX_TAX_TIMES_QUANTITY("total_ex_tax*quantity") {
        @Override
        BigDecimal of(BigDecimal totalExTax, BigDecimal quantity) {
            return totalExTax.multiply(quantity);
        }
    },
    /** {@code total_ex_tax}, which BigCommerce's own order samples show to be the line's total already. */
    TOTAL_EX_TAX("total_ex_tax") {
        @Override
        BigDecimal of(BigDecimal totalExTax, BigDecimal quantity) {
            return totalExTax;
        }
    };

    private final String text;

    LineSubtotal(String text) {
        this.text = text;
    }

    /** Exact, not yet rounded. */
    abstract BigDecimal of(BigDecimal totalExTax, BigDecimal quantity);

    /** The text that stands for it in the configuration. */
    public String text() {
        return text;
    }

    /**
     * Reads the configuration's text.
     *
     * @throws IllegalArgumentException naming key, value and allowed values
     */
    public static LineSubtotal parse(String text) {
        for (LineSubtotal each : values()) {
            if (each.text.equals(text)) {
                return each;
            }
        }
        throw new IllegalArgumentException("sell-orders.line-subtotal is " + Texts.shown(text) + "; it must be "
                + TOTAL_EX_TAX_TIMES_QUANTITY.text + " or " + TOTAL_EX_TAX.text);
    }
}
