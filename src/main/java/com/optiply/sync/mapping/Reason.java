package com.optiply.sync.mapping;

/**
 * Why a row cannot be mapped.
 *
 * <p>The causes, all stable, for they are what parked records are grouped, listed and retried by:
 *
 * <ul>
 *   <li>of any row: {@code id-unusable}, {@code id-repeated}, {@code row-unreadable}
 *   <li>of a product: {@code variants-missing}, {@code name-missing}, {@code text-unreadable}, {@code text-too-long},
 *       {@code price-unreadable}, {@code price-out-of-range}, {@code tracking-unknown}, {@code stock-missing},
 *       {@code stock-unreadable}, {@code stock-not-whole}, {@code stock-out-of-range}
 *   <li>of a sell order: {@code date-unreadable}, {@code date-out-of-range}, {@code total-unreadable},
 *       {@code total-out-of-range}, {@code line-unreadable}, {@code quantity-unreadable}, {@code quantity-not-whole},
 *       {@code quantity-negative}, {@code quantity-out-of-range}, {@code subtotal-unreadable},
 *       {@code subtotal-out-of-range}, {@code product-unknown}
 * </ul>
 *
 * @param cause the group, kebab-case
 * @param sentence plain words that name the field and show its value, shortened and without control characters; it
 *     quotes the shop's text as it is, so it must never be evaluated or written into SQL or HTML unescaped
 */
public record Reason(String cause, String sentence) {}
