package com.optiply.sync.sandbox;

import com.optiply.sync.Json;
import com.optiply.sync.sandbox.Table.Row;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code sandbox/shop.json}: the rows written by hand, each brief, and makes BigCommerce's full documents of them.
 */
final class AwkwardShop {

    private static final String FILE = "/sandbox/shop.json";
    private static final Instant FIRST_DAY = Instant.parse("2025-02-01T10:00:00Z");

    private final Map<String, Object> file;
    private final List<Row> products = new ArrayList<>();
    private final List<Row> orders = new ArrayList<>();
    private final Map<Long, Row> productOfVariant = new HashMap<>();

    AwkwardShop() {
        try (InputStream in = AwkwardShop.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not on the class path");
            }
            file = Json.document(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Map<String, Object> brief : rows("products")) {
            Row row = product(brief);
            products.add(row);
            for (Object variant : row.children()) {
                productOfVariant.put(Documents.whole(Documents.map(variant), "id"), row);
            }
        }
        for (Map<String, Object> brief : rows("orders")) {
            orders.add(order(brief));
        }
    }

    List<Row> products() {
        return products;
    }

    List<Row> orders() {
        return orders;
    }

    /** A section that is used as it stands. */
    Map<String, Object> document(String section) {
        return Documents.map(file.get(section));
    }

    List<Map<String, Object>> rows(String section) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Object row : Documents.list(file.get(section))) {
            rows.add(Documents.map(row));
        }
        return rows;
    }

    List<Row> customers() {
        List<Row> customers = new ArrayList<>();
        for (Map<String, Object> brief : rows("customers")) {
            long id = Documents.whole(brief, "id");
            Instant created = day(id);
            List<Integer> channels = numbers(brief.get("channels"));
            Map<String, Object> c = Shapes.customer(id, created, created.plus(Duration.ofDays(1)), channels);
            for (String key : List.of("email", "first_name", "last_name")) {
                c.put(key, brief.get(key));
            }
            customers.add(new Row(
                    id, created.getEpochSecond() + 86_400, created.getEpochSecond(), channels, 0, c, List.of(), -1));
        }
        return customers;
    }

    Map<Long, List<Object>> images() {
        Map<Long, List<Object>> images = new HashMap<>();
        long id = 501;
        for (Map<String, Object> brief : rows("images")) {
            long product = Documents.whole(brief, "product_id");
            List<Object> list = new ArrayList<>();
            for (int place = 0; place < Documents.whole(brief, "count"); place++) {
                list.add(Shapes.image(id++, product, place, day(product)));
            }
            images.put(product, list);
        }
        return images;
    }

    Map<Long, List<Object>> transactions() {
        Map<Long, List<Object>> transactions = new HashMap<>();
        long id = 701;
        for (Map<String, Object> brief : rows("transactions")) {
            long order = Documents.whole(brief, "order_id");
            List<Object> list = new ArrayList<>();
            for (Object amount : Documents.list(brief.get("amounts"))) {
                Map<String, Object> t = Shapes.transaction(id++, order, (BigDecimal) amount, day(order));
                if (!list.isEmpty()) {
                    t.put("event", "refund");
                }
                list.add(t);
            }
            transactions.put(order, list);
        }
        return transactions;
    }

    private static Row product(Map<String, Object> brief) {
        long id = Documents.whole(brief, "id");
        Instant created = day(id);
        Instant modified = created.plus(Duration.ofDays(1));
        Map<String, Object> p = Shapes.product(id, String.valueOf(brief.get("name")), created, modified);
        List<Integer> channels = brief.containsKey("channels") ? numbers(brief.get("channels")) : Table.firstChannel();
        List<Object> variants = new ArrayList<>();
        if (brief.containsKey("matrix")) {
            variants.addAll(matrix(id, brief, Documents.map(brief.get("matrix"))));
        }
        for (Object briefVariant : Documents.list(brief.get("variants"))) {
            variants.add(variant(id, Documents.map(briefVariant)));
        }
        brief.forEach((key, value) -> {
            if (!List.of("about", "matrix", "variants", "channels").contains(key)) {
                p.put(key, value);
            }
        });
        return new Row(id, modified.getEpochSecond(), created.getEpochSecond(), channels, 0, p, variants, -1);
    }

    private static Map<String, Object> variant(long productId, Map<String, Object> brief) {
        Map<String, Object> v =
                Shapes.variant(Documents.whole(brief, "id"), productId, String.valueOf(brief.get("sku")));
        brief.forEach((key, value) -> {
            if (!key.equals("labels")) {
                v.put(key, value);
            }
        });
        List<Object> labels = Documents.list(brief.get("labels"));
        if (!labels.isEmpty()) {
            v.put("sku_id", v.get("id"));
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < labels.size(); i++) {
                long id = Documents.whole(brief, "id") * 10 + i;
                values.add(Shapes.optionValue(id, String.valueOf(labels.get(i)), 151 + i, i == 0 ? "Color" : "Size"));
            }
            v.put("option_values", values);
        }
        return v;
    }

    /** Every combination of the options' labels is one variant, ids counted up. */
    private static List<Object> matrix(long productId, Map<String, Object> product, Map<String, Object> matrix) {
        List<Object> variants = new ArrayList<>();
        long id = Documents.whole(matrix, "first_id");
        List<Object> options = Documents.list(matrix.get("options"));
        List<List<Object>> combinations = new ArrayList<>(List.of(List.of()));
        for (Object option : options) {
            List<List<Object>> longer = new ArrayList<>();
            for (List<Object> combination : combinations) {
                for (Object label : Documents.list(Documents.map(option).get("labels"))) {
                    List<Object> next = new ArrayList<>(combination);
                    next.add(label);
                    longer.add(next);
                }
            }
            combinations = longer;
        }
        for (List<Object> combination : combinations) {
            Map<String, Object> v = Shapes.variant(id, productId, matrix.get("sku") + "-" + id);
            v.put("sku_id", id);
            v.put("calculated_price", product.get("calculated_price"));
            v.put("inventory_level", Documents.whole(matrix, "level") + id % 5);
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < combination.size(); i++) {
                values.add(Shapes.optionValue(
                        id * 10 + i,
                        String.valueOf(combination.get(i)),
                        151 + i,
                        String.valueOf(Documents.map(options.get(i)).get("name"))));
            }
            v.put("option_values", values);
            variants.add(v);
            id++;
        }
        return variants;
    }

    private Row order(Map<String, Object> brief) {
        long id = Documents.whole(brief, "id");
        int status = Documents.whole(brief, "status_id").intValue();
        Instant created = brief.containsKey("date_created")
                ? Documents.instant(String.valueOf(brief.get("date_created")))
                : day(id);
        Instant modified = day(id).plus(Duration.ofDays(1));
        Map<String, Object> o = Shapes.order(id, status, created, modified);
        List<Object> briefLines = new ArrayList<>(Documents.list(brief.get("lines")));
        if (brief.containsKey("every_variant_of")) {
            long product = Documents.whole(brief, "every_variant_of");
            productOfVariant.forEach((variant, row) -> {
                if (row.id() == product) {
                    briefLines.add(Map.of("variant_id", variant, "quantity", 1 + variant % 3));
                }
            });
            briefLines.sort((a, b) -> Documents.whole(Documents.map(a), "variant_id")
                    .compareTo(Documents.whole(Documents.map(b), "variant_id")));
        }
        List<Object> lines = new ArrayList<>();
        for (Object line : briefLines) {
            lines.add(line(id * 100 + lines.size() + 1, id, Documents.map(line)));
        }
        Shapes.totals(o, lines, new BigDecimal("4.95"));
        brief.forEach((key, value) -> {
            if (!List.of("about", "lines", "every_variant_of", "embedded").contains(key)) {
                o.put(key, value);
            }
        });
        Long embedded = Documents.whole(brief, "embedded");
        List<Integer> channel = List.of(Documents.whole(o, "channel_id").intValue());
        return new Row(
                id,
                modified.getEpochSecond(),
                created.getEpochSecond(),
                channel,
                status,
                o,
                lines,
                embedded == null ? -1 : embedded.intValue());
    }

    private Map<String, Object> line(long lineId, long orderId, Map<String, Object> brief) {
        Long variantId = Documents.whole(brief, "variant_id");
        Long productId = Documents.whole(brief, "product_id");
        Object quantity = brief.get("quantity");
        Row product = productOfVariant.get(variantId);
        if (product == null && productId != null) {
            product = products.stream()
                    .filter(p -> p.id() == productId)
                    .findFirst()
                    .orElse(null);
        }
        Map<String, Object> l;
        if (product == null) {
            BigDecimal price = new BigDecimal(String.valueOf(brief.get("price")));
            l = Shapes.line(
                    lineId,
                    orderId,
                    productId,
                    variantId,
                    String.valueOf(brief.get("name")),
                    String.valueOf(brief.getOrDefault("sku", "")),
                    quantity,
                    price);
            if (!brief.containsKey("variant_id")) {
                l.remove("variant_id");
            }
        } else {
            Map<String, Object> p = product.document();
            Map<String, Object> v = variantOf(product, variantId);
            Object price = v.get("calculated_price") != null ? v.get("calculated_price") : p.get("price");
            l = Shapes.line(
                    lineId,
                    orderId,
                    product.id(),
                    variantId,
                    String.valueOf(p.get("name")),
                    String.valueOf(v.get("sku")),
                    quantity,
                    price == null ? BigDecimal.ZERO : new BigDecimal(price.toString()));
            l.put("type", p.get("type"));
        }
        if (brief.containsKey("type")) {
            l.put("type", brief.get("type"));
        }
        return new LinkedHashMap<>(l);
    }

    private static Map<String, Object> variantOf(Row product, Long variantId) {
        for (Object variant : product.children()) {
            if (variantId != null && variantId.equals(Documents.whole(Documents.map(variant), "id"))) {
                return Documents.map(variant);
            }
        }
        return Documents.map(product.children().get(0));
    }

    private static List<Integer> numbers(Object list) {
        List<Integer> numbers = new ArrayList<>();
        for (Object number : Documents.list(list)) {
            numbers.add(((Number) number).intValue());
        }
        return List.copyOf(numbers);
    }

    private static Instant day(long id) {
        return FIRST_DAY.plusSeconds(id * 60);
    }
}
