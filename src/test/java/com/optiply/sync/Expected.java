package com.optiply.sync;

import com.optiply.sync.sandbox.Shop;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What Optiply should hold of a shop, calculated anew from the mapping tables. Shares no code with the product, so that
 * a mistake there is not repeated here.
 */
public final class Expected {

    private static final BigDecimal HIGHEST_PRICE = new BigDecimal("9999999.99");

    private Expected() {}

    public static Map<String, Object> of(Shop shop, Set<Integer> wantedStatuses, String lineSubtotal) {
        Map<String, Object> products = new TreeMap<>();
        Map<String, String> baseVariants = new HashMap<>();
        for (Map<String, Object> product : shop.products()) {
            for (Map<String, Object> variant : list(product.get("variants"))) {
                String remoteId = variant.get("id").toString();
                Map<String, Object> wanted = product(product, variant);
                if (wanted != null) {
                    products.put(remoteId, wanted);
                    if (remoteId.equals(String.valueOf(product.get("base_variant_id")))) {
                        baseVariants.put(product.get("id").toString(), remoteId);
                    }
                }
            }
        }
        Map<String, Object> orders = new TreeMap<>();
        for (Map<String, Object> order : shop.orders()) {
            int status = number(order.get("status_id")).intValue();
            if (wantedStatuses.contains(status) && !Boolean.TRUE.equals(order.get("is_deleted"))) {
                long id = number(order.get("id")).longValue();
                orders.put(String.valueOf(id), order(order, shop.lines(id), products, baseVariants, lineSubtotal));
            }
        }
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("products", products);
        content.put("sell-orders", orders);
        return content;
    }

    private static Map<String, Object> product(Map<String, Object> product, Map<String, Object> variant) {
        Map<String, Object> wanted = new TreeMap<>();
        StringBuilder name = new StringBuilder(product.get("name").toString());
        for (Map<String, Object> option : list(variant.get("option_values"))) {
            name.append(' ').append(option.get("label"));
        }
        String clean = name.toString().replaceAll("\\p{Cc}", "").strip();
        wanted.put(
                "name",
                clean.codePointCount(0, clean.length()) > 255
                        ? clean.substring(0, clean.offsetByCodePoints(0, 255)).strip()
                        : clean);
        text(wanted, "skuCode", variant.get("sku"));
        text(wanted, "eanCode", product.get("upc"));
        if (!wanted.containsKey("eanCode")) {
            text(wanted, "eanCode", variant.get("upc"));
        }
        wanted.put("articleCode", product.get("id").toString());
        Object price = variant.get("calculated_price") != null ? variant.get("calculated_price") : product.get("price");
        if (price != null) {
            BigDecimal rounded = number(price).setScale(2, RoundingMode.HALF_UP);
            if (rounded.signum() < 0 || rounded.compareTo(HIGHEST_PRICE) > 0) {
                return null;
            }
            wanted.put("price", rounded.toPlainString());
        }
        String tracking = product.get("inventory_tracking").toString();
        Object level = tracking.equals("variant") ? variant.get("inventory_level") : product.get("inventory_level");
        if (level == null && !tracking.equals("none")) {
            return null;
        }
        wanted.put("unlimitedStock", tracking.equals("none"));
        wanted.put("stockLevel", level == null ? 0 : number(level).intValueExact());
        wanted.put("status", product.get("availability").equals("available") ? "enabled" : "disabled");
        return wanted;
    }

    private static Map<String, Object> order(
            Map<String, Object> order,
            List<Map<String, Object>> lines,
            Map<String, Object> products,
            Map<String, String> baseVariants,
            String lineSubtotal) {
        Map<String, BigDecimal> quantities = new LinkedHashMap<>();
        Map<String, BigDecimal> subtotals = new LinkedHashMap<>();
        for (Map<String, Object> line : lines) {
            String variant = String.valueOf(line.get("variant_id"));
            String product =
                    products.containsKey(variant) ? variant : baseVariants.get(String.valueOf(line.get("product_id")));
            BigDecimal quantity = number(line.get("quantity"));
            if (product == null || quantity.signum() == 0) {
                continue;
            }
            BigDecimal total = number(line.get("total_ex_tax"));
            quantities.merge(product, quantity, BigDecimal::add);
            subtotals.merge(
                    product, lineSubtotal.equals("total_ex_tax") ? total : total.multiply(quantity), BigDecimal::add);
        }
        List<Map<String, Object>> wantedLines = new ArrayList<>();
        for (String product : new TreeMap<>(quantities).keySet()) {
            Map<String, Object> line = new TreeMap<>();
            line.put("product", product);
            line.put("quantity", quantities.get(product).intValueExact());
            line.put(
                    "subtotalValue",
                    subtotals.get(product).setScale(2, RoundingMode.HALF_UP).toPlainString());
            wantedLines.add(line);
        }
        Map<String, Object> wanted = new TreeMap<>();
        wanted.put(
                "placed",
                Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(
                                order.get("date_created").toString()))
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString());
        wanted.put(
                "totalValue",
                number(order.get("total_ex_tax"))
                        .setScale(2, RoundingMode.HALF_UP)
                        .toPlainString());
        wanted.put("orderLines", wantedLines);
        return wanted;
    }

    private static void text(Map<String, Object> wanted, String attribute, Object value) {
        if (value != null && !value.toString().isBlank()) {
            wanted.put(attribute, value.toString().strip());
        }
    }

    private static BigDecimal number(Object value) {
        return new BigDecimal(value.toString());
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Object value) {
        return value == null ? List.of() : (List<Map<String, Object>>) value;
    }
}
