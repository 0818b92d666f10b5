package com.optiply.sync.mapping;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Maps a BigCommerce product row with its {@code variants} (v3 catalog, {@code include=variants}) to wanted Optiply
 * products, one for each variant.
 *
 * <p>Where design and specification leave a choice:
 *
 * <ul>
 *   <li>A price that neither variant nor product has is left out, for Optiply does not ask for one; 0 is a price.
 *   <li>Amounts must be within 0 and 9,999,999.99 before rounding and after.
 *   <li>A product whose own name is blank is parked even if its options have labels: "Red" is not a name to find it by.
 *   <li>{@code availability} is compared to the letter; what is not {@code available} is disabled.
 *   <li>A variant that comes twice in one product: an equal row is the same row and is dropped; of different ones the
 *       first is mapped and each further one is reported as {@code id-repeated} under a key of its own.
 *   <li>A product row without any variant is reported as a whole, under {@code product-<id>}.
 * </ul>
 *
 * <p>Re-pointing ({@code products.map.<attribute>}): the value found goes through the checks of that attribute in the
 * table. A re-pointed name is the whole name, without labels of options; codes have no second source; a missing price is
 * left out; a missing stock level is 0 where {@code unlimitedStock} is true, else parked; {@code unlimitedStock} takes a
 * boolean (also as text) or the words of {@code inventory_tracking}; {@code status} is enabled for {@code true},
 * {@code available} and {@code enabled}, else disabled. The remote id cannot be re-pointed: it is what the record is.
 *
 * <p>Immutable and safe for several threads.
 */
public final class ProductMapper {

    private static final List<String> ATTRIBUTES =
            List.of("name", "skuCode", "eanCode", "price", "unlimitedStock", "stockLevel", "articleCode", "status");

    private static final String KEY = "products.map.";

    private final CatalogPointer name;
    private final CatalogPointer skuCode;
    private final CatalogPointer eanCode;
    private final CatalogPointer price;
    private final CatalogPointer unlimitedStock;
    private final CatalogPointer stockLevel;
    private final CatalogPointer articleCode;
    private final CatalogPointer status;

    /**
     * @param repointed attribute to JSON pointer, the attributes without the prefix {@code products.map.}
     * @throws IllegalArgumentException as {@link #check}
     */
    public ProductMapper(Map<String, String> repointed) {
        Map<String, CatalogPointer> pointers = pointers(repointed);
        this.name = pointers.get("name");
        this.skuCode = pointers.get("skuCode");
        this.eanCode = pointers.get("eanCode");
        this.price = pointers.get("price");
        this.unlimitedStock = pointers.get("unlimitedStock");
        this.stockLevel = pointers.get("stockLevel");
        this.articleCode = pointers.get("articleCode");
        this.status = pointers.get("status");
    }

    /** The attributes that may be re-pointed, in the order of the document. */
    public static List<String> attributes() {
        return ATTRIBUTES;
    }

    /**
     * Looks whether the attributes exist and the pointers lead somewhere.
     *
     * @param repointed attribute to JSON pointer, the attributes without the prefix {@code products.map.}
     * @throws IllegalArgumentException naming key, value and cure; the value of an unknown key is not named
     */
    public static void check(Map<String, String> repointed) {
        pointers(repointed);
    }

    private static Map<String, CatalogPointer> pointers(Map<String, String> repointed) {
        Map<String, CatalogPointer> pointers = new HashMap<>();
        for (Map.Entry<String, String> entry : repointed.entrySet()) {
            String attribute = entry.getKey();
            if (!ATTRIBUTES.contains(attribute)) {
                throw new IllegalArgumentException("unknown key " + KEY + attribute
                        + "; the attributes that can be re-pointed are " + String.join(", ", ATTRIBUTES));
            }
            String problem;
            try {
                CatalogPointer pointer = CatalogPointer.parse(entry.getValue());
                if (!attribute.equals("status") || !pointer.toString().equals("/variant/purchasing_disabled")) {
                    pointers.put(attribute, pointer);
                    continue;
                }
                // It would enable exactly what should be disabled.
                problem = "its true means disabled, while a status takes true for enabled; take another field";
            } catch (IllegalArgumentException e) {
                problem = e.getMessage();
            }
            throw new IllegalArgumentException(
                    KEY + attribute + " is " + Texts.shown(entry.getValue()) + "; " + problem);
        }
        return pointers;
    }

    /**
     * Maps a product row.
     *
     * @param product the row with its list {@code variants}; null counts as an empty row
     * @return one entry for each variant, in their order, never empty, each with a remote id that is unique among them
     */
    public List<Mapped> map(Map<String, Object> product) {
        Map<?, ?> row = product == null ? Map.of() : product;
        Map<String, Object> productSource = SourceDocument.without(row, "variants");
        String productId = Numbers.id(row.get("id"));
        Instant modifiedAt = Dates.instantOrNull(row.get("date_modified"));
        if (!(row.get("variants") instanceof List<?> variants) || variants.isEmpty()) {
            Reason reason = new Reason(
                    "variants-missing",
                    "The product has no variants: its field variants is " + Texts.shown(row.get("variants"))
                            + ". Even a simple product has its base variant.");
            String remoteId = productId == null ? unreadable(productSource) : "product-" + productId;
            return List.of(
                    unmappable(remoteId, productId, false, reason, Map.of("product", productSource), modifiedAt));
        }
        String baseVariantId = baseVariantId(row, variants);
        List<Mapped> all = new ArrayList<>(variants.size());
        Map<String, Object> seen = new HashMap<>();
        for (Object each : variants) {
            Map<String, Object> source = new LinkedHashMap<>(4);
            source.put("product", productSource);
            source.put("variant", SourceDocument.of(each));
            String id = each instanceof Map<?, ?> variant ? Numbers.id(variant.get("id")) : null;
            if (id == null) {
                Reason reason = each instanceof Map<?, ?> variant
                        ? new Reason("id-unusable", "The variant id is " + Texts.shown(variant.get("id")) + ".")
                        : new Reason("row-unreadable", "The variant is " + Texts.shown(each) + " and not an object.");
                String key = unused(unreadable(variantKey(productId, source.get("variant"))), seen);
                seen.put(key, each);
                all.add(unmappable(key, productId, false, reason, source, modifiedAt));
            } else if (seen.containsKey(id)) {
                if (!each.equals(seen.get(id))) {
                    String key = unused("repeated-" + id, seen);
                    seen.put(key, each);
                    Reason reason = new Reason(
                            "id-repeated",
                            "The variant " + id + " comes more than once in its product, with different content;"
                                    + " only the first was taken.");
                    all.add(unmappable(key, productId, false, reason, source, modifiedAt));
                }
            } else {
                seen.put(id, each);
                all.add(mapped(row, (Map<?, ?>) each, id, productId, id.equals(baseVariantId), source, modifiedAt));
            }
        }
        return all;
    }

    private Mapped mapped(
            Map<?, ?> product,
            Map<?, ?> variant,
            String id,
            String productId,
            boolean baseVariant,
            Map<String, Object> source,
            Instant modifiedAt) {
        try {
            Map<String, Object> wanted = wanted(product, variant, id, productId);
            return new Mapped(
                    Mapped.PRODUCTS, id, productId, baseVariant, wanted, null, source, modifiedAt, List.of(), false);
        } catch (Unmappable e) {
            return unmappable(id, productId, baseVariant, e.reason(), source, modifiedAt);
        }
    }

    private Map<String, Object> wanted(Map<?, ?> product, Map<?, ?> variant, String id, String productId) {
        if (productId == null) {
            throw new Unmappable("id-unusable", "The product id is " + Texts.shown(product.get("id")) + ".");
        }
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("remoteId", id);
        wanted.put("name", name(product, variant));
        putIfPresent(wanted, "skuCode", code(skuCode, product, variant, variant.get("sku"), "variant's sku"));
        putIfPresent(wanted, "eanCode", eanCode(product, variant));
        putIfPresent(wanted, "articleCode", code(articleCode, product, variant, productId, "product id"));
        putIfPresent(wanted, "price", price(product, variant));
        String tracking = unlimitedStock == null || stockLevel == null ? tracking(product) : null;
        boolean unlimited = unlimitedStock == null
                ? "none".equals(tracking)
                : unlimited(unlimitedStock.in(product, variant), unlimitedStock.toString());
        wanted.put("unlimitedStock", unlimited);
        wanted.put("stockLevel", stockLevel(product, variant, tracking, unlimited));
        wanted.put("status", status(product, variant));
        return wanted;
    }

    private String name(Map<?, ?> product, Map<?, ?> variant) {
        if (name != null) {
            String text = Texts.text(name.in(product, variant), name.toString());
            if (text == null) {
                throw new Unmappable("name-missing", "The name at " + name + " is missing or blank.");
            }
            return Texts.cut(text, Texts.LONGEST);
        }
        String own = Texts.text(product.get("name"), "product's name");
        if (own == null) {
            throw new Unmappable("name-missing", "The product's name is missing or blank.");
        }
        Object options = variant.get("option_values");
        if (options == null) {
            return Texts.cut(own, Texts.LONGEST);
        }
        if (!(options instanceof List<?> list)) {
            throw new Unmappable(
                    "text-unreadable", "The variant's option_values is " + Texts.shown(options) + " and not a list.");
        }
        if (list.isEmpty()) {
            return Texts.cut(own, Texts.LONGEST);
        }
        StringBuilder whole = new StringBuilder(own);
        for (Object option : list) {
            if (!(option instanceof Map<?, ?> value)) {
                throw new Unmappable(
                        "text-unreadable", "An option value is " + Texts.shown(option) + " and not an object.");
            }
            String label = Texts.text(value.get("label"), "label of an option value");
            if (label != null) {
                whole.append(' ').append(label);
            }
        }
        return Texts.cut(whole.toString(), Texts.LONGEST);
    }

    private String eanCode(Map<?, ?> product, Map<?, ?> variant) {
        if (eanCode != null) {
            return Texts.code(eanCode.in(product, variant), eanCode.toString());
        }
        String ofProduct = Texts.code(product.get("upc"), "product's upc");
        return ofProduct != null ? ofProduct : Texts.code(variant.get("upc"), "variant's upc");
    }

    private static String code(
            CatalogPointer pointer, Map<?, ?> product, Map<?, ?> variant, Object value, String field) {
        return pointer == null
                ? Texts.code(value, field)
                : Texts.code(pointer.in(product, variant), pointer.toString());
    }

    private BigDecimal price(Map<?, ?> product, Map<?, ?> variant) {
        if (price != null) {
            return Numbers.price(price.in(product, variant), price.toString());
        }
        BigDecimal ofVariant = Numbers.price(variant.get("calculated_price"), "variant's calculated_price");
        return ofVariant != null ? ofVariant : Numbers.price(product.get("price"), "product's price");
    }

    private static String tracking(Map<?, ?> product) {
        Object value = product.get("inventory_tracking");
        if ("none".equals(value) || "product".equals(value) || "variant".equals(value)) {
            return (String) value;
        }
        throw new Unmappable(
                "tracking-unknown",
                "The product's inventory_tracking is " + Texts.shown(value)
                        + "; only none, product and variant are known.");
    }

    private static boolean unlimited(Object value, String field) {
        if (Boolean.TRUE.equals(value) || "true".equals(value) || "none".equals(value)) {
            return true;
        }
        if (Boolean.FALSE.equals(value)
                || "false".equals(value)
                || "product".equals(value)
                || "variant".equals(value)) {
            return false;
        }
        throw new Unmappable(
                "tracking-unknown",
                "The " + field + " is " + Texts.shown(value)
                        + "; unlimitedStock takes true, false, none, product or variant.");
    }

    private int stockLevel(Map<?, ?> product, Map<?, ?> variant, String tracking, boolean unlimited) {
        Object value;
        String field;
        boolean mayBeMissing;
        if (stockLevel != null) {
            value = stockLevel.in(product, variant);
            field = stockLevel.toString();
            mayBeMissing = unlimited;
        } else if (tracking.equals("variant")) {
            value = variant.get("inventory_level");
            field = "variant's inventory_level";
            mayBeMissing = false;
        } else {
            value = product.get("inventory_level");
            field = "product's inventory_level";
            mayBeMissing = tracking.equals("none");
        }
        Integer level = Numbers.stock(value, field);
        if (level == null && !mayBeMissing) {
            throw new Unmappable("stock-missing", "The " + field + " is missing, although the stock is tracked there.");
        }
        return level == null ? 0 : level;
    }

    private String status(Map<?, ?> product, Map<?, ?> variant) {
        if (status == null) {
            return "available".equals(product.get("availability")) ? "enabled" : "disabled";
        }
        Object value = status.in(product, variant);
        boolean enabled = Boolean.TRUE.equals(value)
                || "true".equals(value)
                || "available".equals(value)
                || "enabled".equals(value);
        return enabled ? "enabled" : "disabled";
    }

    /**
     * The variant that order lines mean which name only the product: {@code base_variant_id}; where that is null, as for
     * products with options, the first variant without option values, if there is one.
     */
    private static String baseVariantId(Map<?, ?> product, List<?> variants) {
        String named = Numbers.id(product.get("base_variant_id"));
        if (named != null) {
            return named;
        }
        for (Object each : variants) {
            if (each instanceof Map<?, ?> variant
                    && (variant.get("option_values") == null
                            || variant.get("option_values") instanceof List<?> values && values.isEmpty())) {
                String id = Numbers.id(variant.get("id"));
                if (id != null) {
                    return id;
                }
            }
        }
        return null;
    }

    private static void putIfPresent(Map<String, Object> wanted, String attribute, Object value) {
        if (value != null) {
            wanted.put(attribute, value);
        }
    }

    // By the variant alone: its product's other fields change daily, and the key should not.
    private static Map<String, Object> variantKey(String productId, Object variant) {
        Map<String, Object> key = new HashMap<>();
        key.put("product", productId);
        key.put("variant", variant);
        return key;
    }

    private static String unused(String key, Map<String, Object> seen) {
        String free = key;
        for (int n = 2; seen.containsKey(free); n++) {
            free = key + "-" + n;
        }
        return free;
    }

    /** A key for a row that has none, the same as long as the row says the same. */
    static String unreadable(Map<String, Object> row) {
        Map<String, Object> lasting = new HashMap<>(row);
        lasting.remove("date_modified");
        return "unreadable-" + Fingerprint.of(lasting).substring(0, 16);
    }

    private static Mapped unmappable(
            String remoteId,
            String productId,
            boolean baseVariant,
            Reason reason,
            Map<String, Object> source,
            Instant modifiedAt) {
        return new Mapped(
                Mapped.PRODUCTS, remoteId, productId, baseVariant, null, reason, source, modifiedAt, List.of(), false);
    }
}
