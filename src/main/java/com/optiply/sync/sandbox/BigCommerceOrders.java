package com.optiply.sync.sandbox;

import com.optiply.sync.sandbox.BigCommerceCatalog.Paging;
import com.optiply.sync.sandbox.Table.Page;
import com.optiply.sync.sandbox.Table.Row;
import com.optiply.sync.sandbox.Table.Wanted;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/**
 * BigCommerce's v2 API: orders and their lines, coupons, store, time. Lists are bare arrays without totals; past their
 * end comes 204 with an empty body. Money is a string with four decimals, dates are RFC 2822. Safe for several threads.
 */
public final class BigCommerceOrders {

    private static final String JSON = "application/json";
    private static final Set<String> ORDER_FILTERS = Set.of(
            "min_id",
            "max_id",
            "min_total",
            "max_total",
            "customer_id",
            "email",
            "status_id",
            "cart_id",
            "payment_method",
            "min_date_created",
            "max_date_created",
            "min_date_modified",
            "max_date_modified",
            "channel_id",
            "external_order_id");
    private static final Set<String> ORDER_PARAMETERS =
            Set.of("page", "limit", "sort", "include", "consignment_structure");
    private static final Set<String> ORDER_SORTS =
            Set.of("id", "customer_id", "date_created", "date_modified", "status_id", "channel_id", "external_id");

    private final Shop shop;
    private final String apiUrl;
    private volatile boolean lenient;

    BigCommerceOrders(Shop shop, String storeHash) {
        this.shop = shop;
        this.apiUrl = "https://api.bigcommerce.com/stores/" + storeHash + "/v2";
    }

    void ignoreUnknownParameters(boolean ignore) {
        lenient = ignore;
    }

    /** {@code GET /v2/orders}: Incomplete and archived orders included, of which the real one's documents say nothing. */
    public Answer orders(@Variable("query") Query query) {
        known(query, ORDER_FILTERS, ORDER_PARAMETERS);
        Set<String> includes = includes(query);
        Wanted wanted = wanted(query);
        String[] sort = query.get("sort", "id:asc").split(":", -1);
        if (!ORDER_SORTS.contains(sort[0])
                || sort.length > 2
                || (sort.length == 2 && !Set.of("asc", "desc").contains(sort[1]))) {
            throw new Query.Bad("sort", "is not one of " + ORDER_SORTS + " with :asc or :desc");
        }
        wanted.descending = sort.length == 2 && sort[1].equals("desc");
        switch (sort[0]) {
            case "id" -> wanted.order = null;
            case "date_modified" -> wanted.byModified = true;
            case "date_created" -> wanted.order = Comparator.comparingLong(Row::created);
            case "status_id" -> wanted.order = Comparator.comparingInt(Row::status);
            default ->
                wanted.order = Comparator.comparing(
                        row -> row.raw() ? "" : String.valueOf(row.document().get(sort[0])));
        }
        Paging paging = new Paging(query);
        Page page = shop.orderTable().page(wanted, paging.offset(), paging.limit());
        if (page.rows().isEmpty()) {
            return Answer.none();
        }
        boolean object = "object".equals(query.get("consignment_structure"));
        List<Object> orders = new ArrayList<>(page.rows().size());
        for (Row row : page.rows()) {
            orders.add(order(row, includes, object));
        }
        return Answer.json(200, JSON, orders);
    }

    /** {@code GET /v2/orders/count}: the same filters as the list. */
    public Answer count(@Variable("query") Query query) {
        known(query, ORDER_FILTERS, Set.of());
        Wanted wanted = wanted(query);
        List<Object> statuses = new ArrayList<>();
        int total = 0;
        Integer asked = wanted.status;
        for (int status = 0; status < Shapes.statuses(); status++) {
            wanted.status = status;
            int count = asked != null && asked != status
                    ? 0
                    : shop.orderTable().page(wanted, 0, 0).total();
            Map<String, Object> s = new LinkedHashMap<>();
            s.put("id", status);
            s.put("name", Shapes.statusName(status));
            s.put("system_label", Shapes.statusName(status));
            s.put("custom_label", Shapes.statusName(status));
            s.put("count", count);
            statuses.add(s);
            total += count;
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("statuses", statuses);
        answer.put("count", total);
        return Answer.json(200, JSON, answer);
    }

    /** {@code GET /v2/orders/{id}}. */
    public Answer order(@Header("id") String id, @Variable("query") Query query) {
        known(query, Set.of(), Set.of("include", "consignment_structure"));
        return Answer.json(
                200, JSON, order(orderRow(id), includes(query), "object".equals(query.get("consignment_structure"))));
    }

    /**
     * {@code GET /v2/orders/{id}/products}: 50 a page unless asked otherwise, 204 past the end. The published contract
     * declares {@code Content-Type: application/json} as a required header of this request, odd as it is for a GET.
     */
    public Answer lines(
            @Header("id") String id, @Header("Content-Type") String contentType, @Variable("query") Query query) {
        if (contentType == null || !contentType.toLowerCase(Locale.ROOT).startsWith(JSON)) {
            throw new Refusal(415, "Content-Type: application/json is missing");
        }
        known(query, Set.of(), Set.of("page", "limit"));
        List<Object> lines = new Paging(query).cut(orderRow(id).children());
        return lines.isEmpty() ? Answer.none() : Answer.json(200, JSON, lines);
    }

    /** {@code GET /v2/order_statuses}. */
    public Answer statuses() {
        List<Object> statuses = new ArrayList<>();
        for (int status = 0; status < Shapes.statuses(); status++) {
            Map<String, Object> s = new LinkedHashMap<>();
            s.put("id", status);
            s.put("name", Shapes.statusName(status));
            s.put("system_label", Shapes.statusName(status));
            s.put("custom_label", Shapes.statusName(status));
            s.put("system_description", "");
            s.put("order", status);
            statuses.add(s);
        }
        return Answer.json(200, JSON, statuses);
    }

    /** {@code GET /v2/coupons}. */
    public Answer coupons(@Variable("query") Query query) {
        known(query, Set.of("id", "code", "name", "type", "exclude_type", "min_id", "max_id"), Set.of("page", "limit"));
        List<Object> found = new ArrayList<>();
        for (Map<String, Object> coupon : shop.coupons()) {
            long id = Documents.whole(coupon, "id");
            if ((!query.has("min_id") || id >= query.id("min_id"))
                    && (!query.has("max_id") || id <= query.id("max_id"))
                    && (!query.has("id") || id == query.id("id"))
                    && (!query.has("code") || query.get("code").equals(coupon.get("code")))
                    && (!query.has("type") || query.get("type").equals(coupon.get("type")))) {
                found.add(coupon);
            }
        }
        List<Object> page = new Paging(query).cut(found);
        return page.isEmpty() ? Answer.none() : Answer.json(200, JSON, page);
    }

    /** {@code GET /v2/store}. */
    public Answer store() {
        return Answer.json(200, JSON, shop.fixed().document("store"));
    }

    /** {@code GET /v2/time}: seconds of the shop's own clock. */
    public Answer time() {
        return Answer.json(200, JSON, Map.of("time", shop.clock().instant().getEpochSecond()));
    }

    // ---- inside

    private static Set<String> includes(Query query) {
        Set<String> includes = Set.copyOf(query.words("include"));
        for (String include : includes) {
            if (!Set.of("consignments", "consignments.line_items", "fees").contains(include)) {
                throw new Query.Bad("include", "does not know " + include);
            }
        }
        return includes;
    }

    private Wanted wanted(Query query) {
        Wanted wanted = new Wanted();
        if (query.has("min_id")) {
            wanted.leastId = query.id("min_id");
        }
        if (query.has("max_id")) {
            wanted.mostId = query.id("max_id");
        }
        if (query.has("status_id")) {
            wanted.status = query.whole("status_id", 0, 0, 1_000);
        }
        if (query.has("channel_id")) {
            wanted.channels = List.of(query.whole("channel_id", 1, 0, Integer.MAX_VALUE));
        }
        if (query.has("min_date_modified")) {
            wanted.modifiedFrom = date(query, "min_date_modified", true);
        }
        if (query.has("max_date_modified")) {
            wanted.modifiedTo = date(query, "max_date_modified", false);
        }
        if (query.has("min_date_created")) {
            wanted.createdFrom = date(query, "min_date_created", true);
        }
        if (query.has("max_date_created")) {
            wanted.createdTo = date(query, "max_date_created", false);
        }
        Predicate<Map<String, Object>> filter = null;
        for (String field : List.of("customer_id", "payment_method", "external_order_id", "cart_id", "email")) {
            if (query.has(field)) {
                String value = query.get(field);
                Predicate<Map<String, Object>> equal = o -> value.equals(String.valueOf(o.get(field)));
                filter = filter == null ? equal : filter.and(equal);
            }
        }
        for (String bound : List.of("min_total", "max_total")) {
            if (query.has(bound)) {
                BigDecimal value = BigCommerceCatalog.decimal(query, bound);
                int sign = bound.equals("min_total") ? 1 : -1;
                Predicate<Map<String, Object>> inside =
                        o -> sign * new BigDecimal(String.valueOf(o.get("total_inc_tax"))).compareTo(value) >= 0;
                filter = filter == null ? inside : filter.and(inside);
            }
        }
        wanted.document = filter;
        return wanted;
    }

    private static long date(Query query, String name, boolean least) {
        try {
            Instant instant = Documents.instant(query.get(name));
            return instant.getEpochSecond() + (least && instant.getNano() > 0 ? 1 : 0);
        } catch (DateTimeException | StringIndexOutOfBoundsException e) {
            throw new Query.Bad(name, "must be an RFC 2822 or ISO 8601 date with a zone");
        }
    }

    private void known(Query query, Set<String> some, Set<String> others) {
        for (String name : query.names()) {
            if (!lenient && !some.contains(name) && !others.contains(name)) {
                throw new Refusal(400, "The parameter '" + name + "' is not known here");
            }
        }
    }

    private Row orderRow(String id) {
        Row row;
        try {
            row = shop.orderTable().get(Long.parseLong(id));
        } catch (NumberFormatException e) {
            row = null;
        }
        if (row == null) {
            throw new Refusal(404, "The requested resource was not found.");
        }
        return row;
    }

    private Object order(Row row, Set<String> includes, boolean object) {
        if (row.raw()) {
            return row.head();
        }
        Map<String, Object> o = new LinkedHashMap<>(row.document());
        boolean pickup = Boolean.TRUE.equals(o.remove("pickup"));
        long id = row.id();
        o.put("products", stub(id, "products"));
        o.put("shipping_addresses", stub(id, "shipping_addresses"));
        o.put("coupons", stub(id, "coupons"));
        if (o.containsKey("consignments")) {
            return o;
        }
        if (!includes.contains("consignments") && !includes.contains("consignments.line_items")) {
            o.put("consignments", stub(id, "consignments"));
        } else {
            Map<String, Object> consignments =
                    consignments(row, id, pickup, includes.contains("consignments.line_items"));
            o.put("consignments", object ? consignments : List.of(consignments));
        }
        if (includes.contains("fees")) {
            o.put("fees", List.of());
        }
        return o;
    }

    private Map<String, Object> consignments(Row row, long id, boolean pickup, boolean withLines) {
        List<Object> shipped = new ArrayList<>();
        List<Object> downloaded = new ArrayList<>();
        List<Object> gifts = new ArrayList<>();
        int shown = row.embedded() < 0
                ? row.children().size()
                : Math.min(row.embedded(), row.children().size());
        for (Object line : row.children().subList(0, shown)) {
            Object type = line instanceof Map ? Documents.map(line).get("type") : null;
            List<Object> place = "digital".equals(type) ? downloaded : "giftcertificate".equals(type) ? gifts : shipped;
            place.add(line);
        }
        Map<String, Object> c = new LinkedHashMap<>();
        c.put("pickups", pickup ? part(shipped, id, withLines, "pickup_method_id") : List.of());
        c.put("shipping", pickup ? List.of() : part(shipped, id, withLines, "shipping_method"));
        c.put("downloads", part(downloaded, id, withLines, null));
        Map<String, Object> email = new LinkedHashMap<>();
        email.put("gift_certificates", part(gifts, id, withLines, null));
        c.put("email", email);
        return c;
    }

    private List<Object> part(List<Object> lines, long id, boolean withLines, String method) {
        if (lines.isEmpty()) {
            return List.of();
        }
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("id", id);
        if (method != null) {
            part.put(method, method.equals("pickup_method_id") ? 1 : "Flat rate");
        }
        part.put("line_items", withLines ? lines : stub(id, "products"));
        return List.of(part);
    }

    private Map<String, Object> stub(long id, String resource) {
        Map<String, Object> stub = new LinkedHashMap<>();
        stub.put("url", apiUrl + "/orders/" + id + "/" + resource);
        stub.put("resource", "/orders/" + id + "/" + resource);
        return stub;
    }
}
