package com.optiply.sync.sandbox;

import com.fasterxml.jackson.databind.util.RawValue;
import com.optiply.sync.sandbox.Table.Row;
import com.optiply.sync.sandbox.Table.Wanted;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.function.Consumer;

/**
 * The data of the simulated BigCommerce shop. Two parts:
 *
 * <p><b>The awkward part</b>, written by hand in {@code sandbox/shop.json}, low ids. Products: 101 simple · 102 sixty
 * variants (1101 to 1160) · 103, 104 no stock tracking (level null, level 7) · 105 variants with the product's stock · 106
 * preorder · 107 disabled · 108 digital · 109, 110 SKU empty, blank · 111 variant price null · 112 no price · 113 price 0
 * · 114 negative stock · 115 tracked stock null (variant 1015 cannot be mapped, 1016 can) · 116 price too high (cannot be
 * mapped) · 117 highest price · 118 HTML · 119 emoji, quotes · 120 a name of 250 characters · 121 template text · 122
 * control characters · 123 half a cent · 124 sale price · 125 channel 2 only · 126 both channels, hidden, no images.
 * Orders: 200 to 214 one of each status (200+n has status n) · 220 same product twice · 221 gift certificate · 222 custom
 * line · 223 deleted product · 224 sixty lines, fifty embedded · 225, 226 archived (Completed, Cancelled) · 227, 228
 * variant_id 0, null · 229 no consignments · 230 quantity 0 · 231 only a custom line · 232 channel 2 · 233 another day in
 * UTC · 234 discount · 235 line of the product that cannot be mapped · 236 digital line · 237 pick-up · 238 half a cent ·
 * 239 no lines.
 *
 * <p><b>The regular part</b>, generated from the seed: products from 10001 with three variants each (from 1000001),
 * Completed orders from 10001, customers from 10001. All its dates lie in 2025.
 *
 * <p>Every change made through this class moves the row's {@code date_modified} to the shop's {@link #clock()}, in whole
 * seconds, as BigCommerce would. Documents handed out are copies. Money is given as decimal text, in the shop's currency.
 * Safe for several threads.
 */
public final class Shop {

    /** One line of an order to be placed; {@code variantId} may be null. */
    public record Line(long productId, Long variantId, int quantity) {}

    private final PartnerClock clock = new PartnerClock();
    private final RegularShop regular;
    private final Table products;
    private final Table orders;
    private final Table customers;
    private final AwkwardShop awkward;
    private final Map<Long, List<Object>> images;
    private final Map<Long, List<Object>> transactions;
    private final List<Map<String, Object>> refunds;
    private final List<Map<String, Object>> coupons;
    private final List<Long> lifeOrders = new ArrayList<>();
    private final Random random;
    private long nextProduct;
    private long nextVariant;
    private long nextOrder;
    private long nextLine;

    Shop(Sandbox.Size size) {
        if (size.orders() > 0 && size.products() == 0) {
            throw new IllegalArgumentException("generated orders need generated products");
        }
        regular = new RegularShop(size.products(), size.linesPerOrder(), size.seed());
        random = new Random(size.seed());
        awkward = new AwkwardShop();
        products = new Table(regular.productRows());
        orders = new Table(regular.orderRows(size.orders()));
        customers = new Table(RegularShop.customerRows(size.orders() / 10));
        images = new HashMap<>();
        transactions = new HashMap<>();
        refunds = new ArrayList<>();
        coupons = new ArrayList<>();
        if (size.withAwkward()) {
            awkward.products().forEach(products::put);
            awkward.orders().forEach(orders::put);
            awkward.customers().forEach(customers::put);
            images.putAll(awkward.images());
            transactions.putAll(awkward.transactions());
            refunds.addAll(awkward.rows("refunds"));
            coupons.addAll(awkward.rows("coupons"));
        }
        nextProduct = RegularShop.FIRST_PRODUCT + size.products();
        nextVariant = RegularShop.FIRST_VARIANT + (long) size.products() * RegularShop.VARIANTS;
        nextOrder = RegularShop.FIRST_ORDER + size.orders();
        nextLine = RegularShop.FIRST_LINE + (long) size.orders() * size.linesPerOrder();
    }

    /** The shop's own clock: feeds the {@code Date} header and every {@code date_modified}. */
    public PartnerClock clock() {
        return clock;
    }

    // ---- reading, for tests and for printing

    /** All products with their {@code variants}, by id; rows given as raw text are left out. */
    public List<Map<String, Object>> products() {
        return documents(products, true);
    }

    /** One product with its {@code variants}; fails if there is none. */
    public Map<String, Object> product(long productId) {
        return document(productRow(productId), true);
    }

    /** All orders without their lines, by id; rows given as raw text are left out. */
    public List<Map<String, Object>> orders() {
        return documents(orders, false);
    }

    /** One order without its lines; fails if there is none. */
    public Map<String, Object> order(long orderId) {
        return document(orderRow(orderId), false);
    }

    /** All lines of an order, by line id. */
    public List<Map<String, Object>> lines(long orderId) {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (Object line : orderRow(orderId).children()) {
            if (line instanceof Map) {
                lines.add(Documents.copy(Documents.map(line)));
            }
        }
        return lines;
    }

    /** How many products there are. */
    public int productCount() {
        return products.size();
    }

    /** How many orders there are, of any status. */
    public int orderCount() {
        return orders.size();
    }

    /** All customers, by id. */
    public List<Map<String, Object>> customers() {
        return documents(customers, false);
    }

    // ---- changes to products

    /** Sets a variant's own price and its calculated price. */
    public void changePrice(long variantId, String price) {
        changeVariant(variantId, v -> {
            v.put("price", new BigDecimal(price));
            v.put("calculated_price", new BigDecimal(price));
        });
    }

    /** Sets a product's price, and the calculated price of the variants that have none of their own. */
    public void changeProductPrice(long productId, String price) {
        change(products, productRow(productId), (p, variants) -> {
            p.put("price", new BigDecimal(price));
            p.put("calculated_price", new BigDecimal(price));
            for (Object variant : variants) {
                if (Documents.map(variant).get("price") == null) {
                    Documents.map(variant).put("calculated_price", new BigDecimal(price));
                }
            }
        });
    }

    /** Sets the stock where this variant's product tracks it: on the variant, or else on the product; null = unknown. */
    public void changeStock(long variantId, Integer level) {
        Row row = productRow(productOfVariant(variantId));
        if ("variant".equals(row.document().get("inventory_tracking"))) {
            changeVariant(variantId, v -> v.put("inventory_level", level));
        } else {
            changeProductStock(row.id(), level);
        }
    }

    /** Sets the product's own stock; null = unknown. */
    public void changeProductStock(long productId, Integer level) {
        changeProduct(productId, p -> p.put("inventory_level", level));
    }

    /** Gives a product another name. */
    public void renameProduct(long productId, String name) {
        changeProduct(productId, p -> p.put("name", name));
    }

    /** Changes any field of a product; {@code date_modified} is moved afterwards. */
    public void changeProduct(long productId, Consumer<Map<String, Object>> change) {
        change(products, productRow(productId), (p, variants) -> change.accept(p));
    }

    /** Changes any field of a variant; its product's {@code date_modified} is moved. */
    public void changeVariant(long variantId, Consumer<Map<String, Object>> change) {
        change(
                products,
                productRow(productOfVariant(variantId)),
                (p, variants) -> change.accept(variant(variants, variantId)));
    }

    /** Moves a product's {@code date_modified} and nothing else. */
    public void touchProduct(long productId) {
        changeProduct(productId, p -> {});
    }

    /** Assigns a product to these channels. */
    public void assignProduct(long productId, Integer... channels) {
        synchronized (this) {
            Row row = productRow(productId);
            products.put(new Row(
                    row.id(),
                    row.modified(),
                    row.created(),
                    List.of(channels),
                    row.status(),
                    row.head(),
                    row.children(),
                    row.embedded()));
        }
        touchProduct(productId);
    }

    /** Adds a variant with one option value; gives its id. */
    public synchronized long addVariant(long productId, String label, String sku, String price, int level) {
        long id = nextVariant++;
        change(products, productRow(productId), (p, variants) -> {
            Map<String, Object> v = Shapes.variant(id, productId, sku);
            v.put("sku_id", id);
            v.put("price", new BigDecimal(price));
            v.put("calculated_price", new BigDecimal(price));
            v.put("inventory_level", level);
            v.put("option_values", List.of(Shapes.optionValue(id * 10, label, 151, "Size")));
            p.put("base_variant_id", null);
            variants.add(v);
        });
        return id;
    }

    /** Removes a variant; its product stays. */
    public void removeVariant(long variantId) {
        change(
                products,
                productRow(productOfVariant(variantId)),
                (p, variants) -> variants.removeIf(v -> v instanceof Map && isId(v, variantId)));
    }

    /** Removes a product with all its variants; no trace of it stays, as in BigCommerce. */
    public synchronized void deleteProduct(long productId) {
        if (!products.remove(productId)) {
            throw new NoSuchElementException("product " + productId);
        }
        images.remove(productId);
    }

    /**
     * Adds a product that tracks stock by variant; with one variant it is a simple one with its base variant and stock on
     * the product.
     *
     * @return its id; its variants have consecutive ids, see {@link #product}
     */
    public synchronized long addProduct(String name, String price, int variants, int level) {
        long id = nextProduct++;
        Instant now = clock.second();
        Map<String, Object> p = Shapes.product(id, name, now, now);
        p.put("sku", "N" + id);
        p.put("price", new BigDecimal(price));
        p.put("calculated_price", new BigDecimal(price));
        p.put("inventory_tracking", variants == 1 ? "product" : "variant");
        p.put("inventory_level", level);
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < variants; i++) {
            long variantId = nextVariant++;
            Map<String, Object> v = Shapes.variant(variantId, id, variants == 1 ? "N" + id : "N" + id + "-" + (i + 1));
            v.put("calculated_price", new BigDecimal(price));
            v.put("inventory_level", level);
            if (variants == 1) {
                p.put("base_variant_id", variantId);
            } else {
                v.put("sku_id", variantId);
                v.put("option_values", List.of(Shapes.optionValue(variantId * 10, "Size " + (i + 1), 151, "Size")));
            }
            list.add(v);
        }
        products.put(new Row(id, now.getEpochSecond(), now.getEpochSecond(), Table.firstChannel(), 0, p, list, -1));
        return id;
    }

    /**
     * Puts a whole product document as it stands, {@code variants} inside; replaces the one with its {@code id}. Its
     * {@code date_modified} is kept if it has a readable one, else it is now.
     */
    public void putProduct(Map<String, Object> document) {
        putProduct(ownId(document), document);
    }

    /** The same for a document whose own id may be anything: it stands in lists, and is found, at {@code place}. */
    public synchronized void putProduct(long place, Map<String, Object> document) {
        Map<String, Object> p = Documents.copy(document);
        List<Object> variants =
                p.remove("variants") instanceof List<?> list ? new ArrayList<>(list) : new ArrayList<>();
        Instant modified = dateOr(p, "date_modified", true);
        Instant created = dateOr(p, "date_created", true);
        List<Integer> channels = Table.firstChannel();
        if (p.remove("channels") instanceof List<?> list) {
            List<Integer> numbers = new ArrayList<>();
            list.forEach(n -> numbers.add(((Number) n).intValue()));
            channels = numbers;
        }
        nextProduct = Math.max(nextProduct, after(place));
        for (Object variant : variants) {
            Long variantId = variant instanceof Map ? Documents.whole(Documents.map(variant), "id") : null;
            nextVariant = Math.max(nextVariant, variantId == null ? 0 : after(variantId));
        }
        products.put(new Row(place, modified.getEpochSecond(), created.getEpochSecond(), channels, 0, p, variants, -1));
    }

    /**
     * Puts a product as text that is sent just so, also where it is not good JSON. The row stands in lists at {@code id}
     * and {@code modified}; filters that look into documents let it pass; mutations by id do not know it.
     */
    public void putRawProduct(long id, Instant modified, String json) {
        long at = modified.getEpochSecond();
        products.put(new Row(id, at, at, Table.firstChannel(), 0, new RawValue(json), List.of(), -1));
    }

    // ---- changes to orders

    /** Places an order now, with prices of the catalogue, stock untouched; gives its id. */
    public synchronized long placeOrder(int statusId, Line... lines) {
        return placeOrder(statusId, clock.second(), lines);
    }

    /** Places an order with {@code date_created} of its own, as a migration does; {@code date_modified} is now. */
    public synchronized long placeOrder(int statusId, Instant created, Line... lines) {
        long id = nextOrder++;
        Instant now = clock.second();
        Map<String, Object> o = Shapes.order(id, statusId, created, now);
        List<Object> documents = new ArrayList<>();
        for (Line line : lines) {
            documents.add(line(id, line));
        }
        Shapes.totals(o, documents, new BigDecimal("4.95"));
        orders.put(new Row(
                id, now.getEpochSecond(), created.getEpochSecond(), Table.firstChannel(), statusId, o, documents, -1));
        return id;
    }

    /** Gives an order another status. */
    public void setOrderStatus(long orderId, int statusId) {
        changeOrder(orderId, o -> {
            o.put("status_id", statusId);
            o.put("status", Shapes.statusName(statusId));
        });
    }

    /** Archives an order, which is what BigCommerce does when one is deleted; it stays in the lists. */
    public void archiveOrder(long orderId) {
        changeOrder(orderId, o -> o.put("is_deleted", true));
    }

    /** Sets an order's total without tax. */
    public void changeOrderTotal(long orderId, String totalExTax) {
        changeOrder(orderId, o -> o.put("total_ex_tax", Shapes.money(new BigDecimal(totalExTax))));
    }

    /** Changes any field of an order; {@code date_modified} is moved afterwards. */
    public void changeOrder(long orderId, Consumer<Map<String, Object>> change) {
        change(orders, orderRow(orderId), (o, lines) -> change.accept(o));
    }

    /** Replaces an order's lines and adds up its totals anew. */
    public void changeOrderLines(long orderId, Line... lines) {
        change(orders, orderRow(orderId), (o, documents) -> {
            documents.clear();
            for (Line line : lines) {
                documents.add(line(orderId, line));
            }
            Shapes.totals(o, documents, new BigDecimal("4.95"));
        });
    }

    /** Moves an order's {@code date_modified} and nothing else. */
    public void touchOrder(long orderId) {
        changeOrder(orderId, o -> {});
    }

    /** Removes an order without a trace, which BigCommerce itself never does. */
    public void removeOrder(long orderId) {
        if (!orders.remove(orderId)) {
            throw new NoSuchElementException("order " + orderId);
        }
    }

    /**
     * Puts a whole order document and its lines as they stand; replaces the one with its {@code id}. Its
     * {@code date_modified} is kept if it has a readable one, else it is now. All lines are embedded, unless the document
     * brings {@code consignments} of its own.
     */
    public void putOrder(Map<String, Object> document, List<Map<String, Object>> lines) {
        putOrder(document, lines, -1);
    }

    /** The same, with only the first {@code embedded} lines inside the order's consignments (-1 all, 0 no consignments). */
    public void putOrder(Map<String, Object> document, List<Map<String, Object>> lines, int embedded) {
        putOrder(ownId(document), document, lines, embedded);
    }

    /** The same for a document whose own id may be anything: it stands in lists, and is found, at {@code place}. */
    public synchronized void putOrder(
            long place, Map<String, Object> document, List<Map<String, Object>> lines, int embedded) {
        Map<String, Object> o = Documents.copy(document);
        Instant modified = dateOr(o, "date_modified", false);
        Instant created = dateOr(o, "date_created", false);
        Long status = Documents.whole(o, "status_id");
        Long channel = Documents.whole(o, "channel_id");
        List<Object> copies = new ArrayList<>();
        lines.forEach(line -> copies.add(Documents.copy(line)));
        nextOrder = Math.max(nextOrder, after(place));
        orders.put(new Row(
                place,
                modified.getEpochSecond(),
                created.getEpochSecond(),
                List.of(channel == null ? 1 : channel.intValue()),
                status == null ? -1 : status.intValue(),
                o,
                copies,
                embedded));
    }

    /** Puts an order as text that is sent just so; see {@link #putRawProduct}. Its lines endpoint is empty. */
    public void putRawOrder(long id, Instant modified, int statusId, String json) {
        long at = modified.getEpochSecond();
        orders.put(new Row(id, at, at, Table.firstChannel(), statusId, new RawValue(json), List.of(), 0));
    }

    /** A full order document as BigCommerce writes it, for {@link #putOrder}: to be changed before it is put. */
    public Map<String, Object> orderDocument(long orderId, int statusId) {
        return Shapes.order(orderId, statusId, clock.second(), clock.second());
    }

    /** A full order line as BigCommerce writes it, for {@link #putOrder}. */
    public Map<String, Object> lineDocument(
            long lineId, long orderId, long productId, Long variantId, int quantity, String price) {
        return Shapes.line(
                lineId, orderId, productId, variantId, "Product " + productId, "", quantity, new BigDecimal(price));
    }

    /** A full product document as BigCommerce writes it, without variants, for {@link #putProduct}. */
    public Map<String, Object> productDocument(long productId, String name) {
        return Shapes.product(productId, name, clock.second(), clock.second());
    }

    /** A full variant document as BigCommerce writes it, for {@link #putProduct}. */
    public Map<String, Object> variantDocument(long variantId, long productId, String sku) {
        return Shapes.variant(variantId, productId, sku);
    }

    /** How many customers are generated; at first a tenth of the generated orders. */
    public void generateCustomers(int count) {
        customers.regenerate(RegularShop.customerRows(count));
    }

    /** Changes any field of a customer; {@code date_modified} is moved afterwards. */
    public void changeCustomer(long customerId, Consumer<Map<String, Object>> change) {
        Row row = customers.get(customerId);
        if (row == null) {
            throw new NoSuchElementException("customer " + customerId);
        }
        change(customers, row, (c, none) -> change.accept(c));
    }

    // ---- the living shop

    /**
     * One tick of shop life: a few orders come in and stock falls, some are completed, some cancelled, a price moves,
     * stock arrives. The same seed and the same calls give the same life, its dates aside.
     *
     * @return what happened, in sentences
     */
    public synchronized List<String> tick() {
        List<String> news = new ArrayList<>();
        int incoming = 1 + random.nextInt(2);
        for (int i = 0; i < incoming; i++) {
            news.add(anOrderComesIn());
        }
        Collections.shuffle(lifeOrders, random);
        for (Long id : new ArrayList<>(lifeOrders.subList(0, Math.min(2, lifeOrders.size())))) {
            int status = ((Number) order(id).get("status_id")).intValue();
            int next = status == 10 ? (random.nextInt(3) == 0 ? 5 : 4) : (random.nextInt(5) == 0 ? 6 : 10);
            if (status == 10 && random.nextInt(3) > 0) {
                continue;
            }
            setOrderStatus(id, next);
            news.add("order " + id + " is " + Shapes.statusName(next));
            if (next != 10) {
                lifeOrders.remove(id);
            }
        }
        Map<String, Object> product = anyProduct();
        Map<String, Object> variant = anyVariant(product);
        long variantId = Documents.whole(variant, "id");
        if (random.nextBoolean() && variant.get("calculated_price") instanceof Number price) {
            BigDecimal moved = new BigDecimal(price.toString())
                    .multiply(BigDecimal.valueOf(95 + random.nextInt(11), 2))
                    .max(new BigDecimal("1.00"))
                    .setScale(2, java.math.RoundingMode.HALF_UP);
            changePrice(variantId, moved.toPlainString());
            news.add("variant " + variantId + " costs " + moved.toPlainString());
        } else if (!"none".equals(product.get("inventory_tracking"))) {
            int level = 10 + random.nextInt(90);
            changeStock(variantId, level);
            news.add("variant " + variantId + " has stock " + level);
        }
        return news;
    }

    private String anOrderComesIn() {
        List<Line> lines = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            Map<String, Object> product = anyProduct();
            Map<String, Object> variant = anyVariant(product);
            long variantId = Documents.whole(variant, "id");
            int quantity = 1 + random.nextInt(3);
            lines.add(new Line(Documents.whole(product, "id"), variantId, quantity));
            Object level = "variant".equals(product.get("inventory_tracking"))
                    ? variant.get("inventory_level")
                    : product.get("inventory_level");
            if (!"none".equals(product.get("inventory_tracking")) && level instanceof Number number) {
                changeStock(variantId, number.intValue() - quantity);
            }
        }
        int status = random.nextInt(3) == 0 ? 10 : 11;
        long id = placeOrder(status, lines.toArray(new Line[0]));
        lifeOrders.add(id);
        return "order " + id + " is " + Shapes.statusName(status) + ", " + lines.size()
                + (lines.size() == 1 ? " line" : " lines");
    }

    private Map<String, Object> anyProduct() {
        int total = products.size();
        if (total == 0) {
            throw new IllegalStateException("a shop without products has no life");
        }
        while (true) {
            Row row =
                    products.page(new Wanted(), random.nextInt(total), 1).rows().get(0);
            if (!row.raw() && !row.children().isEmpty()) {
                return document(row, true);
            }
        }
    }

    private Map<String, Object> anyVariant(Map<String, Object> product) {
        List<Object> variants = Documents.list(product.get("variants"));
        return Documents.map(variants.get(random.nextInt(variants.size())));
    }

    // ---- for the simulated BigCommerce

    Table productTable() {
        return products;
    }

    Table orderTable() {
        return orders;
    }

    Table customerTable() {
        return customers;
    }

    AwkwardShop fixed() {
        return awkward;
    }

    synchronized List<Map<String, Object>> refunds() {
        return new ArrayList<>(refunds);
    }

    /** Adds a refund document as it stands. */
    public synchronized void putRefund(Map<String, Object> document) {
        refunds.add(Documents.copy(document));
    }

    synchronized List<Map<String, Object>> coupons() {
        return new ArrayList<>(coupons);
    }

    /** Adds a coupon document as it stands. */
    public synchronized void putCoupon(Map<String, Object> document) {
        coupons.add(Documents.copy(document));
    }

    synchronized List<Object> imagesOf(Row product) {
        List<Object> own = images.get(product.id());
        if (own != null) {
            return own;
        }
        return regular.generatedProduct(product.id()) ? RegularShop.images(product) : List.of();
    }

    synchronized List<Object> transactionsOf(Row order) {
        List<Object> own = transactions.get(order.id());
        if (own != null) {
            return own;
        }
        boolean generated = order.id() >= RegularShop.FIRST_ORDER && !order.raw();
        return generated ? RegularShop.transactions(order) : List.of();
    }

    /** The product of a variant, or -1. */
    long findProductOfVariant(long variantId) {
        long generated = regular.productOfVariant(variantId);
        if (generated >= 0) {
            return products.get(generated) == null ? -1 : generated;
        }
        for (Row row : products.kept()) {
            for (Object variant : row.children()) {
                if (variant instanceof Map && isId(variant, variantId)) {
                    return row.id();
                }
            }
        }
        return -1;
    }

    // ---- inside

    private interface Change {
        void apply(Map<String, Object> head, List<Object> children);
    }

    private synchronized void change(Table table, Row seen, Change change) {
        Row row = table.get(seen.id());
        if (row == null || row.raw()) {
            throw new NoSuchElementException("row " + seen.id());
        }
        Map<String, Object> head = Documents.copy(row.document());
        List<Object> children = new ArrayList<>();
        row.children().forEach(child -> children.add(Documents.copyOf(child)));
        change.apply(head, children);
        Instant now = clock.second();
        boolean order = table == orders;
        head.put("date_modified", order ? Documents.rfc2822(now) : Documents.iso(now));
        int status = order && head.get("status_id") instanceof Number number ? number.intValue() : row.status();
        table.put(row.with(head, children, now.getEpochSecond(), status));
    }

    private Map<String, Object> line(long orderId, Line line) {
        Row row = products.get(line.productId());
        String name = "Product " + line.productId();
        String sku = "";
        BigDecimal price = new BigDecimal("10.00");
        Object type = "physical";
        if (row != null && !row.raw()) {
            name = String.valueOf(row.document().get("name"));
            type = row.document().get("type");
            Object found = row.document().get("price");
            for (Object variant : row.children()) {
                if (line.variantId() != null && variant instanceof Map && isId(variant, line.variantId())) {
                    sku = String.valueOf(Documents.map(variant).get("sku"));
                    Object own = Documents.map(variant).get("calculated_price");
                    found = own == null ? found : own;
                }
            }
            price = found == null ? BigDecimal.ZERO : new BigDecimal(found.toString());
        }
        Map<String, Object> l =
                Shapes.line(nextLine++, orderId, line.productId(), line.variantId(), name, sku, line.quantity(), price);
        l.put("type", type);
        return l;
    }

    private static long ownId(Map<String, Object> document) {
        Long id = Documents.whole(document, "id");
        if (id == null) {
            throw new IllegalArgumentException("the document has no whole number as its id; say where it is to stand");
        }
        return id;
    }

    /** The next free id; ids put beyond an int do not drive it there. */
    private static long after(long id) {
        return id < Integer.MAX_VALUE ? id + 1 : 0;
    }

    private Instant dateOr(Map<String, Object> document, String key, boolean iso) {
        if (document.get(key) instanceof String text) {
            try {
                return Documents.instant(text);
            } catch (java.time.DateTimeException e) {
                return clock.second();
            }
        }
        Instant now = clock.second();
        if (!document.containsKey(key)) {
            document.put(key, iso ? Documents.iso(now) : Documents.rfc2822(now));
        }
        return now;
    }

    private Row productRow(long productId) {
        Row row = products.get(productId);
        if (row == null || row.raw()) {
            throw new NoSuchElementException("product " + productId);
        }
        return row;
    }

    private Row orderRow(long orderId) {
        Row row = orders.get(orderId);
        if (row == null || row.raw()) {
            throw new NoSuchElementException("order " + orderId);
        }
        return row;
    }

    private long productOfVariant(long variantId) {
        long productId = findProductOfVariant(variantId);
        if (productId < 0) {
            throw new NoSuchElementException("variant " + variantId);
        }
        return productId;
    }

    private static Map<String, Object> variant(List<Object> variants, long variantId) {
        for (Object variant : variants) {
            if (variant instanceof Map && isId(variant, variantId)) {
                return Documents.map(variant);
            }
        }
        throw new NoSuchElementException("variant " + variantId);
    }

    private static boolean isId(Object document, long id) {
        Long found = Documents.whole(Documents.map(document), "id");
        return found != null && found == id;
    }

    private static List<Map<String, Object>> documents(Table table, boolean withVariants) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Row row : table.page(new Wanted(), 0, Integer.MAX_VALUE).rows()) {
            if (!row.raw()) {
                all.add(document(row, withVariants));
            }
        }
        return all;
    }

    private static Map<String, Object> document(Row row, boolean withVariants) {
        Map<String, Object> document = Documents.copy(row.document());
        if (withVariants) {
            document.put("variants", Documents.copyOf(row.children()));
        }
        return document;
    }
}
