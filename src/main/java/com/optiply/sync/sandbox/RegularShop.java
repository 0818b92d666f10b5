package com.optiply.sync.sandbox;

import com.optiply.sync.sandbox.Table.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The generated part of the shop: each row is a function of the seed and its number, with dates counted from a fixed
 * day, so that the same seed gives the same shop on any day and on any machine. Immutable.
 */
final class RegularShop {

    static final long FIRST_PRODUCT = 10_001;
    static final long FIRST_ORDER = 10_001;
    static final long FIRST_CUSTOMER = 10_001;
    static final long FIRST_VARIANT = 1_000_001;
    static final long FIRST_LINE = 1_000_001;
    static final long FIRST_IMAGE = 1_000_001;
    static final int VARIANTS = 3;
    static final int IMAGES = 3;

    /** The fixed day that all generated dates count from. */
    static final Instant EPOCH = Instant.parse("2025-03-01T08:00:00Z");

    private static final long SPAN_SECONDS = 200L * 24 * 3600;
    private static final long MONTH_SECONDS = 30L * 24 * 3600;
    private static final String[] KINDS = {
        "Canvas", "Leather", "Woollen", "Linen", "Steel", "Oak", "Cotton", "Felt", "Cork", "Ceramic", "Copper", "Bamboo"
    };
    private static final String[] THINGS = {
        "bag", "belt", "scarf", "shirt", "bottle", "tray", "cushion", "slipper", "coaster", "bowl", "kettle", "board"
    };
    private static final String[] SIZES = {"Small", "Medium", "Large"};

    private final int products;
    private final int linesPerOrder;
    private final long seed;

    RegularShop(int products, int linesPerOrder, long seed) {
        this.products = products;
        this.linesPerOrder = linesPerOrder;
        this.seed = seed;
    }

    Table.Generator productRows() {
        return new Rows(products, FIRST_PRODUCT, 0, VARIANTS) {
            @Override
            public Row row(int index) {
                return product(index, this);
            }
        };
    }

    Table.Generator orderRows(int orders) {
        return new Rows(orders, FIRST_ORDER, 10, linesPerOrder) {
            @Override
            public Row row(int index) {
                return order(index, this);
            }
        };
    }

    static Table.Generator customerRows(int customers) {
        return new Rows(customers, FIRST_CUSTOMER, 0, 0) {
            @Override
            public Row row(int index) {
                long id = FIRST_CUSTOMER + index;
                return new Row(
                        id,
                        modified(index),
                        created(index),
                        Table.firstChannel(),
                        0,
                        Shapes.customer(id, at(created(index)), at(modified(index)), Table.firstChannel()),
                        List.of(),
                        -1);
            }
        };
    }

    /** The product whose generated variant this is, or -1. */
    long productOfVariant(long variantId) {
        long index = (variantId - FIRST_VARIANT) / VARIANTS;
        return variantId >= FIRST_VARIANT && index < products ? FIRST_PRODUCT + index : -1;
    }

    boolean generatedProduct(long productId) {
        return productId >= FIRST_PRODUCT && productId < FIRST_PRODUCT + products;
    }

    private Row product(int index, Rows rows) {
        long id = FIRST_PRODUCT + index;
        long dice = mix(1, index);
        String kind = KINDS[(int) Math.floorMod(dice, (long) KINDS.length)];
        String thing = THINGS[(int) Math.floorMod(dice >>> 8, (long) THINGS.length)];
        String tracking = tracking(dice);
        BigDecimal price = price(index);
        Map<String, Object> p =
                Shapes.product(id, kind + " " + thing + " " + id, at(rows.created(index)), at(rows.modified(index)));
        p.put("sku", "R" + id);
        p.put("upc", Long.toString(871_000_000_000L + id));
        p.put("price", price);
        p.put("calculated_price", price);
        p.put("inventory_tracking", tracking);
        p.put("inventory_level", (int) Math.floorMod(dice >>> 16, 400L));
        p.put("availability", Math.floorMod(dice >>> 24, 100L) < 3 ? "disabled" : "available");
        p.put("option_set_id", 12);
        List<Object> variants = new ArrayList<>(VARIANTS);
        for (int size = 0; size < VARIANTS; size++) {
            long variantId = variantId(index, size);
            Map<String, Object> v = Shapes.variant(variantId, id, "R" + id + "-" + SIZES[size].charAt(0));
            v.put("sku_id", variantId);
            v.put("price", size == 2 ? price.add(new BigDecimal("2.50")) : null);
            v.put("calculated_price", variantPrice(index, size));
            v.put("inventory_level", (int) Math.floorMod(mix(2, variantId), 120L));
            v.put("option_values", List.of(Shapes.optionValue(101 + size, SIZES[size], 151, "Size")));
            variants.add(v);
        }
        return new Row(id, rows.modified(index), rows.created(index), Table.firstChannel(), 0, p, variants, -1);
    }

    private static String tracking(long dice) {
        int part = (int) Math.floorMod(dice >>> 32, 20L);
        if (part < 16) {
            return "variant";
        }
        return part < 19 ? "product" : "none";
    }

    private Row order(int index, Rows rows) {
        long id = FIRST_ORDER + index;
        long dice = mix(3, index);
        Map<String, Object> o = Shapes.order(id, 10, at(rows.created(index)), at(rows.modified(index)));
        List<Object> lines = new ArrayList<>(linesPerOrder);
        for (int k = 0; k < linesPerOrder; k++) {
            // neighbouring products, so that no product stands twice in an order while there are enough of them
            long place = Math.floorMod(dice, (long) products) + k;
            int product = (int) (place % products);
            int size = (int) Math.floorMod((dice >>> 20) + place / products + product, (long) VARIANTS);
            int quantity = 1 + (int) Math.floorMod(mix(4, id * 100 + k), 4L);
            long productId = FIRST_PRODUCT + product;
            lines.add(Shapes.line(
                    FIRST_LINE + (long) index * linesPerOrder + k,
                    id,
                    productId,
                    variantId(product, size),
                    "Product " + productId,
                    "R" + productId + "-" + SIZES[size].charAt(0),
                    quantity,
                    variantPrice(product, size)));
        }
        Shapes.totals(o, lines, new BigDecimal("4.95"));
        o.put("customer_id", Math.floorMod(dice >>> 40, 3L) == 0 ? 0 : 11);
        return new Row(id, rows.modified(index), rows.created(index), Table.firstChannel(), 10, o, lines, -1);
    }

    /** One purchase of an order's whole total. */
    static List<Object> transactions(Row order) {
        Map<String, Object> o = order.document();
        BigDecimal amount =
                new BigDecimal(String.valueOf(o.get("total_inc_tax"))).setScale(2, java.math.RoundingMode.HALF_UP);
        return List.of(Shapes.transaction(1_000_000 + order.id(), order.id(), amount, at(order.created())));
    }

    static List<Object> images(Row product) {
        List<Object> images = new ArrayList<>(IMAGES);
        for (int place = 0; place < IMAGES; place++) {
            long id = FIRST_IMAGE + (product.id() - FIRST_PRODUCT) * IMAGES + place;
            images.add(Shapes.image(id, product.id(), place, at(product.created())));
        }
        return images;
    }

    private long variantId(int product, int size) {
        return FIRST_VARIANT + (long) product * VARIANTS + size;
    }

    private BigDecimal price(int product) {
        return BigDecimal.valueOf(500 + Math.floorMod(mix(5, product), 9500L), 2);
    }

    private BigDecimal variantPrice(int product, int size) {
        return size == 2 ? price(product).add(new BigDecimal("2.50")) : price(product);
    }

    private static Instant at(long seconds) {
        return Instant.ofEpochSecond(seconds);
    }

    /** A well-spread number for a kind of question and a place (the finaliser of SplitMix64). */
    private long mix(int question, long place) {
        long z = seed * 0x9E3779B97F4A7C15L + question * 0xD1B54A32D192ED03L + place * 0x8CB92BA72F3D8DD7L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return (z ^ (z >>> 31)) >>> 1;
    }

    /** Dates spread evenly over a fixed span, never falling from row to row. */
    private abstract static class Rows implements Table.Generator {

        private final int size;
        private final long firstId;
        private final int status;
        private final int children;

        Rows(int size, long firstId, int status, int children) {
            this.size = size;
            this.firstId = firstId;
            this.status = status;
            this.children = children;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public long firstId() {
            return firstId;
        }

        @Override
        public long modified(int index) {
            return created(index) + MONTH_SECONDS;
        }

        @Override
        public long created(int index) {
            return EPOCH.getEpochSecond() + index * SPAN_SECONDS / Math.max(1, size);
        }

        @Override
        public int status() {
            return status;
        }

        @Override
        public int children() {
            return children;
        }
    }
}
