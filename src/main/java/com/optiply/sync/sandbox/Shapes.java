package com.optiply.sync.sandbox;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The full shapes of BigCommerce's documents, so that shop data need to name only what is special about a row. Field
 * names, types and the habit of writing order money as strings with four decimals are those of BigCommerce's published
 * OpenAPI files (github.com/bigcommerce/docs, catalog v3 and orders v2).
 */
final class Shapes {

    private static final String[] STATUSES = {
        "Incomplete",
        "Pending",
        "Shipped",
        "Partially Shipped",
        "Refunded",
        "Cancelled",
        "Declined",
        "Awaiting Payment",
        "Awaiting Pickup",
        "Awaiting Shipment",
        "Completed",
        "Awaiting Fulfillment",
        "Manual Verification Required",
        "Disputed",
        "Partially Refunded"
    };

    private Shapes() {}

    /** The names of the fifteen order statuses, by id. */
    static String statusName(int statusId) {
        return statusId >= 0 && statusId < STATUSES.length ? STATUSES[statusId] : "Custom " + statusId;
    }

    static int statuses() {
        return STATUSES.length;
    }

    /** A product without its variants. */
    static Map<String, Object> product(long id, String name, Instant created, Instant modified) {
        Map<String, Object> p = new LinkedHashMap<>(96);
        p.put("id", id);
        p.put("name", name);
        p.put("type", "physical");
        p.put("sku", "");
        p.put("description", "");
        p.put("weight", new BigDecimal("0.4"));
        p.put("width", 0);
        p.put("depth", 0);
        p.put("height", 0);
        p.put("price", 0);
        p.put("cost_price", 0);
        p.put("retail_price", 0);
        p.put("sale_price", 0);
        p.put("map_price", 0);
        p.put("tax_class_id", 0);
        p.put("product_tax_code", "");
        p.put("calculated_price", 0);
        p.put("categories", List.of(23));
        p.put("brand_id", 3);
        p.put("option_set_id", null);
        p.put("option_set_display", "right");
        p.put("inventory_level", 0);
        p.put("inventory_warning_level", 0);
        p.put("inventory_tracking", "none");
        p.put("reviews_rating_sum", 0);
        p.put("reviews_count", 0);
        p.put("total_sold", 0);
        p.put("fixed_cost_shipping_price", 0);
        p.put("is_free_shipping", false);
        p.put("is_visible", true);
        p.put("is_featured", false);
        p.put("related_products", List.of(-1));
        p.put("warranty", "");
        p.put("bin_picking_number", "");
        p.put("layout_file", "");
        p.put("upc", "");
        p.put("mpn", "");
        p.put("gtin", "");
        p.put("date_last_imported", null);
        p.put("search_keywords", "");
        p.put("availability", "available");
        p.put("availability_description", "");
        p.put("condition", "New");
        p.put("is_condition_shown", true);
        p.put("order_quantity_minimum", 0);
        p.put("order_quantity_maximum", 0);
        p.put("page_title", "");
        p.put("meta_description", "");
        p.put("date_created", Documents.iso(created));
        p.put("date_modified", Documents.iso(modified));
        p.put("view_count", 0);
        p.put("preorder_release_date", null);
        p.put("preorder_message", "");
        p.put("is_preorder_only", false);
        p.put("is_price_hidden", false);
        p.put("price_hidden_label", "");
        p.put("custom_url", Map.of("url", "/product-" + id + "/", "is_customized", false));
        p.put("base_variant_id", null);
        p.put("open_graph_type", "product");
        return p;
    }

    /** A variant without option values: what a simple product has as its base variant. */
    static Map<String, Object> variant(long id, long productId, String sku) {
        Map<String, Object> v = new LinkedHashMap<>(48);
        v.put("id", id);
        v.put("product_id", productId);
        v.put("sku", sku);
        v.put("sku_id", null);
        v.put("price", null);
        v.put("calculated_price", 0);
        v.put("sale_price", null);
        v.put("retail_price", null);
        v.put("map_price", null);
        v.put("weight", null);
        v.put("width", null);
        v.put("height", null);
        v.put("depth", null);
        v.put("is_free_shipping", false);
        v.put("fixed_cost_shipping_price", null);
        v.put("calculated_weight", new BigDecimal("0.4"));
        v.put("purchasing_disabled", false);
        v.put("purchasing_disabled_message", "");
        v.put("image_url", "");
        v.put("cost_price", null);
        v.put("upc", "");
        v.put("mpn", "");
        v.put("gtin", "");
        v.put("inventory_level", 0);
        v.put("inventory_warning_level", 0);
        v.put("bin_picking_number", "");
        v.put("option_values", List.of());
        return v;
    }

    static Map<String, Object> optionValue(long id, String label, long optionId, String optionName) {
        Map<String, Object> o = new LinkedHashMap<>();
        o.put("id", id);
        o.put("label", label);
        o.put("option_id", optionId);
        o.put("option_display_name", optionName);
        return o;
    }

    /** An order without its lines; totals still to be set by {@link #totals}. */
    static Map<String, Object> order(long id, int statusId, Instant created, Instant modified) {
        Map<String, Object> o = new LinkedHashMap<>(96);
        o.put("id", id);
        o.put("customer_id", 11);
        o.put("date_created", Documents.rfc2822(created));
        o.put("date_modified", Documents.rfc2822(modified));
        o.put("date_shipped", "");
        o.put("status_id", statusId);
        o.put("status", statusName(statusId));
        o.put("custom_status", statusName(statusId));
        o.put("subtotal_ex_tax", "0.0000");
        o.put("subtotal_inc_tax", "0.0000");
        o.put("subtotal_tax", "0.0000");
        o.put("base_shipping_cost", "0.0000");
        o.put("shipping_cost_ex_tax", "0.0000");
        o.put("shipping_cost_inc_tax", "0.0000");
        o.put("total_ex_tax", "0.0000");
        o.put("total_inc_tax", "0.0000");
        o.put("total_tax", "0.0000");
        o.put("items_total", 0);
        o.put("items_shipped", 0);
        o.put("payment_method", "Manual");
        o.put("payment_status", "captured");
        o.put("refunded_amount", "0.0000");
        o.put("order_is_digital", false);
        o.put("store_credit_amount", "0.0000");
        o.put("gift_certificate_amount", "0.0000");
        o.put("ip_address", "192.0.2.7");
        o.put("currency_id", 1);
        o.put("currency_code", "EUR");
        o.put("currency_exchange_rate", "1.0000000000");
        o.put("default_currency_id", 1);
        o.put("default_currency_code", "EUR");
        o.put("staff_notes", "");
        o.put("customer_message", "");
        o.put("discount_amount", "0.0000");
        o.put("coupon_discount", "0.0000");
        o.put("shipping_address_count", 1);
        o.put("is_deleted", false);
        o.put("is_tax_inclusive_pricing", false);
        o.put("channel_id", 1);
        o.put("order_source", "www");
        o.put("external_source", null);
        o.put("external_id", null);
        o.put("external_order_id", "");
        o.put("cart_id", null);
        return o;
    }

    /** One line of an order; {@code total_ex_tax} is the line's total, as in BigCommerce's own samples. */
    static Map<String, Object> line(
            long id,
            long orderId,
            Object productId,
            Object variantId,
            String name,
            String sku,
            Object quantity,
            BigDecimal price) {
        Map<String, Object> l = new LinkedHashMap<>(64);
        BigDecimal count = new BigDecimal(String.valueOf(quantity));
        BigDecimal total = price.multiply(count);
        BigDecimal taxed = total.multiply(new BigDecimal("1.21"));
        l.put("id", id);
        l.put("order_id", orderId);
        l.put("product_id", productId);
        l.put("variant_id", variantId);
        l.put("order_pickup_method_id", 0);
        l.put("order_address_id", 1);
        l.put("name", name);
        l.put("name_customer", name);
        l.put("sku", sku);
        l.put("upc", "");
        l.put("type", "physical");
        l.put("base_price", money(price));
        l.put("price_ex_tax", money(price));
        l.put("price_inc_tax", money(price.multiply(new BigDecimal("1.21"))));
        l.put("price_tax", money(price.multiply(new BigDecimal("0.21"))));
        l.put("base_total", money(total));
        l.put("total_ex_tax", money(total));
        l.put("total_inc_tax", money(taxed));
        l.put("total_tax", money(taxed.subtract(total)));
        l.put("weight", "0.4000");
        l.put("quantity", quantity);
        l.put("is_refunded", false);
        l.put("quantity_refunded", 0);
        l.put("refund_amount", "0.0000");
        l.put("return_id", 0);
        l.put("quantity_shipped", 0);
        l.put("cost_price_ex_tax", "0.0000");
        l.put("option_set_id", null);
        l.put("parent_order_product_id", null);
        l.put("is_bundled_product", false);
        l.put("event_date", null);
        l.put("fixed_shipping_cost", "0.0000");
        l.put("external_id", null);
        l.put("applied_discounts", List.of());
        l.put("product_options", List.of());
        return l;
    }

    /** Sets an order's totals from its lines and its shipping. */
    static void totals(Map<String, Object> order, List<Object> lines, BigDecimal shipping) {
        BigDecimal subtotal = BigDecimal.ZERO;
        long items = 0;
        for (Object line : lines) {
            Map<String, Object> l = Documents.map(line);
            subtotal = subtotal.add(new BigDecimal(String.valueOf(l.get("total_ex_tax"))));
            items += new BigDecimal(String.valueOf(l.get("quantity"))).longValue();
        }
        BigDecimal total = subtotal.add(shipping);
        BigDecimal factor = new BigDecimal("1.21");
        order.put("subtotal_ex_tax", money(subtotal));
        order.put("subtotal_inc_tax", money(subtotal.multiply(factor)));
        order.put("base_shipping_cost", money(shipping));
        order.put("shipping_cost_ex_tax", money(shipping));
        order.put("shipping_cost_inc_tax", money(shipping.multiply(factor)));
        order.put("total_ex_tax", money(total));
        order.put("total_inc_tax", money(total.multiply(factor)));
        order.put("total_tax", money(total.multiply(factor).subtract(total)));
        order.put("items_total", items);
    }

    /** Order money: a string with four decimals. */
    static String money(BigDecimal amount) {
        return amount.setScale(4, RoundingMode.HALF_UP).toPlainString();
    }

    static Map<String, Object> image(long id, long productId, int place, Instant modified) {
        Map<String, Object> i = new LinkedHashMap<>();
        String file = "p/" + productId + "/image-" + id;
        i.put("id", id);
        i.put("product_id", productId);
        i.put("is_thumbnail", place == 0);
        i.put("sort_order", place);
        i.put("description", "");
        i.put("image_file", file + ".jpg");
        i.put("url_zoom", "https://cdn.example/" + file + ".1280.jpg");
        i.put("url_standard", "https://cdn.example/" + file + ".386.jpg");
        i.put("url_thumbnail", "https://cdn.example/" + file + ".220.jpg");
        i.put("url_tiny", "https://cdn.example/" + file + ".44.jpg");
        i.put("date_modified", Documents.iso(modified));
        return i;
    }

    static Map<String, Object> customer(long id, Instant created, Instant modified, List<Integer> channels) {
        Map<String, Object> c = new LinkedHashMap<>();
        c.put("id", id);
        c.put("email", "customer" + id + "@example.com");
        c.put("first_name", "Customer");
        c.put("last_name", "No " + id);
        c.put("company", "");
        c.put("phone", "");
        c.put("registration_ip_address", "");
        c.put("notes", "");
        c.put("tax_exempt_category", "");
        c.put("customer_group_id", 0);
        c.put("date_created", Documents.iso(created));
        c.put("date_modified", Documents.iso(modified));
        c.put("accepts_product_review_abandoned_cart_emails", true);
        c.put("origin_channel_id", channels.get(0));
        c.put("channel_ids", new ArrayList<Object>(channels));
        return c;
    }

    static Map<String, Object> transaction(long id, long orderId, BigDecimal amount, Instant created) {
        Map<String, Object> t = new LinkedHashMap<>();
        t.put("id", id);
        t.put("order_id", String.valueOf(orderId));
        t.put("event", "purchase");
        t.put("method", "credit_card");
        t.put("amount", amount);
        t.put("currency", "EUR");
        t.put("gateway", "bigcommerce_payments");
        t.put("gateway_transaction_id", "tx-" + id);
        t.put("status", "ok");
        t.put("test", false);
        t.put("fraud_review", false);
        t.put("reference_transaction_id", null);
        t.put("date_created", Documents.iso(created));
        t.put("avs_result", Map.of());
        t.put("cvv_result", Map.of());
        t.put("offline", null);
        t.put("custom", null);
        t.put("payment_method_id", "bigcommerce_payments.card");
        return t;
    }
}
