package com.optiply.sync.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A JSON pointer (RFC 6901) into a product row or one of its variants, {@code /product/cost_price} or
 * {@code /variant/option_values/0/label}: where an attribute is re-pointed to.
 *
 * <p>The field right after {@code /product} or {@code /variant} must be one that BigCommerce documents, because a
 * mistyped one would silently give every product an empty attribute. The lists are those of the fields of a product and a
 * variant in BigCommerce's OpenAPI files for the v3 catalog (github.com/bigcommerce/docs, reference/catalog, April 2026),
 * without those that a page of products does not carry.
 */
final class CatalogPointer {

    private static final Set<String> PRODUCT_VALUES = Set.of(
            "id",
            "name",
            "type",
            "sku",
            "description",
            "weight",
            "width",
            "depth",
            "height",
            "price",
            "cost_price",
            "retail_price",
            "sale_price",
            "map_price",
            "calculated_price",
            "tax_class_id",
            "product_tax_code",
            "brand_id",
            "option_set_id",
            "option_set_display",
            "inventory_level",
            "inventory_warning_level",
            "inventory_tracking",
            "reviews_rating_sum",
            "reviews_count",
            "total_sold",
            "fixed_cost_shipping_price",
            "is_free_shipping",
            "is_visible",
            "is_featured",
            "warranty",
            "bin_picking_number",
            "layout_file",
            "upc",
            "mpn",
            "gtin",
            "search_keywords",
            "availability",
            "availability_description",
            "gift_wrapping_options_type",
            "sort_order",
            "condition",
            "is_condition_shown",
            "order_quantity_minimum",
            "order_quantity_maximum",
            "page_title",
            "meta_description",
            "date_created",
            "date_modified",
            "date_last_imported",
            "view_count",
            "preorder_release_date",
            "preorder_message",
            "is_preorder_only",
            "is_price_hidden",
            "price_hidden_label",
            "base_variant_id",
            "open_graph_type",
            "open_graph_title",
            "open_graph_description",
            "open_graph_use_meta_description",
            "open_graph_use_product_name",
            "open_graph_use_image");

    private static final Set<String> PRODUCT_CONTAINERS =
            Set.of("categories", "related_products", "gift_wrapping_options_list", "meta_keywords", "custom_url");

    private static final Set<String> VARIANT_VALUES = Set.of(
            "id",
            "product_id",
            "sku",
            "sku_id",
            "price",
            "calculated_price",
            "sale_price",
            "retail_price",
            "map_price",
            "cost_price",
            "weight",
            "calculated_weight",
            "width",
            "height",
            "depth",
            "is_free_shipping",
            "fixed_cost_shipping_price",
            "purchasing_disabled",
            "purchasing_disabled_message",
            "image_url",
            "upc",
            "mpn",
            "gtin",
            "inventory_level",
            "inventory_warning_level",
            "bin_picking_number");

    private static final Set<String> VARIANT_CONTAINERS = Set.of("option_values");

    private final String text;
    private final boolean intoVariant;
    private final List<String> path;

    private CatalogPointer(String text, boolean intoVariant, List<String> path) {
        this.text = text;
        this.intoVariant = intoVariant;
        this.path = path;
    }

    /**
     * Reads a pointer.
     *
     * @throws IllegalArgumentException whose message is what is wrong with it and how to put it right, to be set behind
     *     the name of the key
     */
    static CatalogPointer parse(String text) {
        boolean intoVariant = text != null && text.startsWith("/variant/");
        if (text == null || !intoVariant && !text.startsWith("/product/")) {
            throw new IllegalArgumentException("it must be a JSON pointer that begins with /product/ or /variant/");
        }
        List<String> path = new ArrayList<>();
        for (String segment : text.substring("/product/".length()).split("/", -1)) {
            path.add(unescaped(segment));
        }
        String field = path.get(0);
        boolean isValue = (intoVariant ? VARIANT_VALUES : PRODUCT_VALUES).contains(field);
        boolean isContainer = (intoVariant ? VARIANT_CONTAINERS : PRODUCT_CONTAINERS).contains(field);
        String what = intoVariant ? "variant" : "product";
        if (!isValue && !isContainer) {
            boolean inTheOther = (intoVariant ? PRODUCT_VALUES : VARIANT_VALUES).contains(field)
                    || (intoVariant ? PRODUCT_CONTAINERS : VARIANT_CONTAINERS).contains(field);
            throw new IllegalArgumentException("BigCommerce documents no such field of a " + what
                    + (inTheOther
                            ? "; a " + (intoVariant ? "product" : "variant") + " has one"
                            : "; see \"Get all products\" in its REST catalog reference for the names"));
        }
        if (isValue && path.size() > 1) {
            throw new IllegalArgumentException(
                    "the " + what + "'s " + field + " is a single value, so the pointer must end there");
        }
        if (isContainer && path.size() == 1) {
            throw new IllegalArgumentException("the " + what + "'s " + field
                    + " is a list or an object, so the pointer must go on into it, as in " + text + "/0");
        }
        return new CatalogPointer(text, intoVariant, List.copyOf(path));
    }

    /** What it points to in this product and variant; null where there is nothing. */
    Object in(Map<?, ?> product, Map<?, ?> variant) {
        Object at = intoVariant ? variant : product;
        for (String segment : path) {
            if (at instanceof Map<?, ?> map) {
                at = map.get(segment);
            } else if (at instanceof List<?> list) {
                int index = index(segment);
                at = index >= 0 && index < list.size() ? list.get(index) : null;
            } else {
                return null;
            }
        }
        return at;
    }

    @Override
    public String toString() {
        return text;
    }

    private static String unescaped(String segment) {
        if (segment.isEmpty()) {
            throw new IllegalArgumentException("it has an empty part; take the extra / out");
        }
        for (int i = segment.indexOf('~'); i >= 0; i = segment.indexOf('~', i + 1)) {
            if (i + 1 == segment.length() || segment.charAt(i + 1) != '0' && segment.charAt(i + 1) != '1') {
                throw new IllegalArgumentException(
                        "a ~ in a JSON pointer must be written ~0, and a / within a name ~1");
            }
        }
        return segment.replace("~1", "/").replace("~0", "~");
    }

    private static int index(String segment) {
        if (segment.length() > 9 || segment.length() > 1 && segment.charAt(0) == '0') {
            return -1;
        }
        int index = 0;
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            index = index * 10 + c - '0';
        }
        return index;
    }
}
