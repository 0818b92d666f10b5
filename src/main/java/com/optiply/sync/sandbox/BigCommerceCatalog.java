package com.optiply.sync.sandbox;

import com.optiply.sync.sandbox.Table.Page;
import com.optiply.sync.sandbox.Table.Row;
import com.optiply.sync.sandbox.Table.Wanted;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/**
 * BigCommerce's v3 lists: catalogue, customers, channels, refunds and transactions. Parameters, limits and page blocks as
 * in BigCommerce's OpenAPI files; a parameter that an endpoint does not know is answered 422. Safe for several threads.
 */
public final class BigCommerceCatalog {

    private static final int MOST = 250;
    private static final int PAGES = 1_000_000;
    private static final String JSON = "application/json";
    private static final Set<String> PRODUCT_PARAMETERS = Set.of(
            "id",
            "id:in",
            "id:not_in",
            "id:min",
            "id:max",
            "id:greater",
            "id:less",
            "channel_id:in",
            "sku",
            "sku:in",
            "name",
            "upc",
            "mpn",
            "brand_id",
            "price",
            "categories:in",
            "is_visible",
            "availability",
            "type",
            "inventory_level",
            "keyword",
            "date_modified",
            "date_modified:min",
            "date_modified:max",
            "page",
            "limit",
            "sort",
            "direction",
            "include",
            "include_fields",
            "exclude_fields");
    private static final Set<String> PRODUCT_INCLUDES = Set.of(
            "bulk_pricing_rules",
            "channels",
            "custom_fields",
            "images",
            "modifiers",
            "options",
            "parent_relations",
            "primary_image",
            "reviews",
            "variants",
            "videos");
    private static final Set<String> PRODUCT_SORTS = Set.of(
            "id",
            "name",
            "sku",
            "price",
            "date_modified",
            "date_last_imported",
            "inventory_level",
            "is_visible",
            "total_sold",
            "calculated_price");

    private final Shop shop;
    private volatile boolean treesRefused;
    private volatile boolean categoriesGone;
    private volatile int embeddedVariants = Integer.MAX_VALUE;

    BigCommerceCatalog(Shop shop) {
        this.shop = shop;
    }

    void treesRefused(boolean refused) {
        treesRefused = refused;
    }

    void categoriesGone(boolean gone) {
        categoriesGone = gone;
    }

    void embeddedVariants(int most) {
        embeddedVariants = most;
    }

    /** {@code GET /v3/catalog/products}. */
    public Answer products(@Variable("query") Query query) {
        known(query, PRODUCT_PARAMETERS);
        Set<String> includes = new TreeSet<>(query.words("include"));
        for (String include : includes) {
            if (!PRODUCT_INCLUDES.contains(include)) {
                throw new Query.Bad("include", "does not know " + include);
            }
        }
        Paging paging = new Paging(query);
        if (includes.contains("options") || includes.contains("modifiers")) {
            paging = paging.atMost(10);
        }
        Page page = shop.productTable().page(wantedProducts(query), paging.offset(), paging.limit());
        List<Object> data = new ArrayList<>(page.rows().size());
        for (Row row : page.rows()) {
            data.add(product(row, includes, query));
        }
        return list(data, page.total(), paging, query);
    }

    /** {@code GET /v3/catalog/products/{id}}. */
    public Answer product(@Header("id") String id, @Variable("query") Query query) {
        known(query, Set.of("include", "include_fields", "exclude_fields"));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("data", product(productRow(id), new TreeSet<>(query.words("include")), query));
        answer.put("meta", Map.of());
        return Answer.json(200, JSON, answer);
    }

    /** {@code GET /v3/catalog/products/{id}/variants}. */
    public Answer variantsOfProduct(@Header("id") String id, @Variable("query") Query query) {
        known(query, Set.of("page", "limit", "include_fields", "exclude_fields"));
        List<Object> variants = new ArrayList<>();
        for (Object variant : productRow(id).children()) {
            variants.add(fields(variant, query));
        }
        return cut(variants, query);
    }

    /** {@code GET /v3/catalog/products/{id}/images}: 204 when the product has none. */
    public Answer imagesOfProduct(@Header("id") String id, @Variable("query") Query query) {
        known(query, Set.of("page", "limit", "include_fields", "exclude_fields"));
        List<Object> images = shop.imagesOf(productRow(id));
        return images.isEmpty() ? Answer.none() : cut(images, query);
    }

    /** {@code GET /v3/catalog/variants}: all variants of the store, by product and place in it; no date, no channel. */
    public Answer variants(@Variable("query") Query query) {
        known(
                query,
                Set.of(
                        "id",
                        "id:in",
                        "sku",
                        "upc",
                        "product_id:in",
                        "page",
                        "limit",
                        "include_fields",
                        "exclude_fields"));
        Paging paging = new Paging(query);
        if (!query.has("id")
                && !query.has("id:in")
                && !query.has("sku")
                && !query.has("upc")
                && !query.has("product_id:in")) {
            Page page = shop.productTable().children(paging.offset(), paging.limit());
            List<Object> data = new ArrayList<>();
            page.rows().forEach(row -> row.children().forEach(variant -> data.add(fields(variant, query))));
            return list(data, page.total(), paging, query);
        }
        Wanted wanted = new Wanted();
        List<Long> ids = query.has("id:in") ? query.ids("id:in") : query.has("id") ? List.of(query.id("id")) : null;
        if (query.has("product_id:in")) {
            wanted.ids = query.ids("product_id:in");
        } else if (ids != null) {
            wanted.ids = ids.stream().map(shop::findProductOfVariant).distinct().toList();
        }
        List<Object> found = new ArrayList<>();
        for (Row row : shop.productTable().page(wanted, 0, Integer.MAX_VALUE).rows()) {
            for (Object variant : row.children()) {
                if (variant instanceof Map) {
                    Map<String, Object> v = Documents.map(variant);
                    if ((ids == null || ids.contains(Documents.whole(v, "id")))
                            && (!query.has("sku") || query.get("sku").equals(v.get("sku")))
                            && (!query.has("upc") || query.get("upc").equals(v.get("upc")))) {
                        found.add(fields(v, query));
                    }
                }
            }
        }
        return cut(found, query);
    }

    /** {@code GET /v3/catalog/summary}. */
    public Answer summary() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("inventory_count", 0);
        data.put("variant_count", shop.productTable().children(0, 0).total());
        data.put("primary_category_id", 23);
        data.put("primary_category_name", "Home");
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("data", data);
        answer.put("meta", Map.of());
        return Answer.json(200, JSON, answer);
    }

    /** {@code GET /v3/catalog/trees}: no pages; its 401 is plain text. */
    public Answer trees(@Variable("query") Query query) {
        known(query, Set.of("id:in", "channel_id:in"));
        if (treesRefused) {
            throw new Refusal(401, "Unauthorized");
        }
        List<Object> data = new ArrayList<>();
        for (Map<String, Object> tree : shop.fixed().rows("trees")) {
            boolean id = !query.has("id:in") || query.ids("id:in").contains(Documents.whole(tree, "id"));
            boolean channel = !query.has("channel_id:in")
                    || Documents.list(tree.get("channels")).stream()
                            .anyMatch(c -> query.ids("channel_id:in").contains(((Number) c).longValue()));
            if (id && channel) {
                data.add(tree);
            }
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("data", data);
        answer.put("meta", Map.of());
        return Answer.json(200, JSON, answer);
    }

    /** {@code GET /v3/catalog/trees/categories}. */
    public Answer treeCategories(@Variable("query") Query query) {
        known(
                query,
                Set.of(
                        "tree_id:in",
                        "category_id:in",
                        "parent_id:in",
                        "name",
                        "is_visible",
                        "keyword",
                        "page",
                        "limit"));
        List<Object> data = new ArrayList<>();
        for (Map<String, Object> brief : shop.fixed().rows("categories")) {
            if (isIn(query, "tree_id:in", brief, "tree_id")
                    && isIn(query, "category_id:in", brief, "category_id")
                    && isIn(query, "parent_id:in", brief, "parent_id")) {
                Map<String, Object> c = new LinkedHashMap<>();
                c.put("category_id", brief.get("category_id"));
                c.put(
                        "category_uuid",
                        String.format("00000000-0000-4000-8000-%012d", Documents.whole(brief, "category_id")));
                c.put("parent_id", brief.get("parent_id"));
                c.put("tree_id", brief.get("tree_id"));
                c.put("name", brief.get("name"));
                c.put("description", "");
                c.put("views", 0);
                c.put("sort_order", 0);
                c.put("page_title", "");
                c.put("search_keywords", "");
                c.put("meta_keywords", List.of());
                c.put("meta_description", "");
                c.put("layout_file", "category.html");
                c.put("is_visible", brief.getOrDefault("is_visible", true));
                c.put("default_product_sort", "use_store_settings");
                c.put("image_url", "");
                c.put("url", Map.of("path", brief.get("path"), "is_customized", false));
                data.add(c);
            }
        }
        return cut(data, query);
    }

    /** {@code GET /v3/catalog/categories}: the deprecated one, not aware of trees, with other names for key and address. */
    public Answer categories(@Variable("query") Query query) {
        if (categoriesGone) {
            throw new Refusal(404, "The requested resource was not found.");
        }
        known(
                query,
                Set.of("id:in", "name", "parent_id", "parent_id:in", "is_visible", "page", "limit", "include_fields"));
        List<Object> data = new ArrayList<>();
        for (Map<String, Object> brief : shop.fixed().rows("categories")) {
            if (isIn(query, "id:in", brief, "category_id") && isIn(query, "parent_id:in", brief, "parent_id")) {
                Map<String, Object> c = new LinkedHashMap<>();
                c.put("id", brief.get("category_id"));
                c.put("parent_id", brief.get("parent_id"));
                c.put("name", brief.get("name"));
                c.put("description", "");
                c.put("views", 0);
                c.put("sort_order", 0);
                c.put("page_title", "");
                c.put("meta_keywords", List.of());
                c.put("meta_description", "");
                c.put("layout_file", "category.html");
                c.put("image_url", "");
                c.put("is_visible", brief.getOrDefault("is_visible", true));
                c.put("search_keywords", "");
                c.put("default_product_sort", "use_store_settings");
                c.put("custom_url", Map.of("url", brief.get("path"), "is_customized", false));
                data.add(c);
            }
        }
        return cut(data, query);
    }

    /** {@code GET /v3/catalog/brands}. */
    public Answer brands(@Variable("query") Query query) {
        known(
                query,
                Set.of(
                        "id",
                        "id:in",
                        "name",
                        "page",
                        "limit",
                        "sort",
                        "direction",
                        "include_fields",
                        "exclude_fields"));
        List<Object> data = new ArrayList<>();
        for (Map<String, Object> brand : shop.fixed().rows("brands")) {
            if (isIn(query, "id:in", brand, "id") && isIn(query, "id", brand, "id")) {
                data.add(fields(brand, query));
            }
        }
        return cut(data, query);
    }

    /** {@code GET /v3/customers}: no channel filter, as the real one. */
    public Answer customers(@Variable("query") Query query) {
        known(
                query,
                Set.of(
                        "id:in",
                        "email:in",
                        "company:in",
                        "customer_group_id:in",
                        "date_created",
                        "date_created:min",
                        "date_created:max",
                        "date_modified",
                        "date_modified:min",
                        "date_modified:max",
                        "include",
                        "sort",
                        "page",
                        "limit"));
        Wanted wanted = new Wanted();
        dates(query, wanted);
        if (query.has("id:in")) {
            wanted.ids = query.ids("id:in");
        }
        if (query.has("email:in")) {
            List<String> emails = query.words("email:in");
            wanted.document = c -> emails.contains(String.valueOf(c.get("email")));
        }
        String sort = query.get("sort", "");
        if (sort.startsWith("date_modified")) {
            wanted.byModified = true;
        } else if (sort.startsWith("date_created")) {
            wanted.order = Comparator.comparingLong(Row::created);
        } else if (sort.startsWith("last_name")) {
            wanted.order =
                    Comparator.comparing(row -> String.valueOf(row.document().get("last_name")));
        } else if (!sort.isEmpty()) {
            throw new Query.Bad("sort", "does not know " + sort);
        }
        wanted.descending = sort.endsWith(":desc");
        Paging paging = new Paging(query);
        Page page = shop.customerTable().page(wanted, paging.offset(), paging.limit());
        List<Object> data = new ArrayList<>();
        page.rows().forEach(row -> data.add(row.head()));
        return list(data, page.total(), paging, query);
    }

    /** {@code GET /v3/channels}. */
    public Answer channels(@Variable("query") Query query) {
        known(
                query,
                Set.of(
                        "available",
                        "status",
                        "status:in",
                        "type:in",
                        "platform:in",
                        "date_created:min",
                        "date_created:max",
                        "date_modified:min",
                        "date_modified:max",
                        "page",
                        "limit",
                        "include"));
        return cut(new ArrayList<>(shop.fixed().rows("channels")), query);
    }

    /** {@code GET /v3/orders/payment_actions/refunds}: {@code meta} is empty, by refund id ascending. */
    public Answer refunds(@Variable("query") Query query) {
        known(query, Set.of("order_id:in", "id:in", "created:min", "created:max", "transaction_id", "page", "limit"));
        List<Object> data = new ArrayList<>();
        for (Map<String, Object> refund : shop.refunds()) {
            Instant created = Documents.instant(String.valueOf(refund.get("created")));
            if (isIn(query, "order_id:in", refund, "order_id")
                    && isIn(query, "id:in", refund, "id")
                    && (!query.has("created:min") || !created.isBefore(date(query, "created:min")))
                    && (!query.has("created:max") || !created.isAfter(date(query, "created:max")))) {
                data.add(refund);
            }
        }
        return withoutMeta(new Paging(query).cut(data));
    }

    /** {@code GET /v3/orders/{id}/payment_actions/refunds}. */
    public Answer refundsOfOrder(@Header("id") String id, @Variable("query") Query query) {
        known(query, Set.of());
        Row order = orderRow(id);
        List<Object> data = new ArrayList<>();
        for (Map<String, Object> refund : shop.refunds()) {
            if (Objects.equals(Documents.whole(refund, "order_id"), order.id())) {
                data.add(refund);
            }
        }
        return withoutMeta(data);
    }

    /** {@code GET /v3/orders/{id}/transactions}: 204 when the order has none. */
    public Answer transactionsOfOrder(@Header("id") String id, @Variable("query") Query query) {
        known(query, Set.of("page", "limit"));
        List<Object> transactions = shop.transactionsOf(orderRow(id));
        return transactions.isEmpty() ? Answer.none() : cut(transactions, query);
    }

    // ---- products

    private Wanted wantedProducts(Query query) {
        Wanted wanted = new Wanted();
        dates(query, wanted);
        if (query.has("id:in") || query.has("id")) {
            wanted.ids = query.has("id:in") ? query.ids("id:in") : List.of(query.id("id"));
        }
        if (query.has("id:min")) {
            wanted.leastId = query.id("id:min");
        }
        if (query.has("id:greater")) {
            wanted.leastId = Math.max(wanted.leastId, query.id("id:greater") + 1);
        }
        if (query.has("id:max")) {
            wanted.mostId = query.id("id:max");
        }
        if (query.has("id:less")) {
            wanted.mostId = Math.min(wanted.mostId, query.id("id:less") - 1);
        }
        if (query.has("channel_id:in")) {
            wanted.channels =
                    query.ids("channel_id:in").stream().map(Long::intValue).toList();
        }
        wanted.document = productFilter(query);
        String sort = query.get("sort", "id");
        if (!PRODUCT_SORTS.contains(sort)) {
            throw new Query.Bad("sort", "does not know " + sort);
        }
        String direction = query.get("direction", "asc");
        if (!direction.equals("asc") && !direction.equals("desc")) {
            throw new Query.Bad("direction", "must be asc or desc");
        }
        wanted.descending = direction.equals("desc");
        if (sort.equals("date_modified")) {
            wanted.byModified = true;
        } else if (!sort.equals("id")) {
            wanted.order = Comparator.comparing(
                    row -> row.raw() ? "" : sortable(row.document().get(sort)));
        }
        return wanted;
    }

    private static String sortable(Object value) {
        return value instanceof Number number
                ? String.format("%020.4f", new BigDecimal(number.toString()).add(new BigDecimal("1000000000")))
                : String.valueOf(value);
    }

    private static Predicate<Map<String, Object>> productFilter(Query query) {
        Predicate<Map<String, Object>> filter = null;
        for (String field : List.of(
                "sku", "name", "upc", "mpn", "brand_id", "is_visible", "availability", "type", "inventory_level")) {
            if (query.has(field)) {
                String value = query.get(field);
                filter = and(filter, p -> value.equalsIgnoreCase(String.valueOf(p.get(field))));
            }
        }
        if (query.has("price")) {
            BigDecimal price = decimal(query, "price");
            filter = and(
                    filter,
                    p -> p.get("price") != null
                            && price.compareTo(new BigDecimal(p.get("price").toString())) == 0);
        }
        if (query.has("sku:in")) {
            List<String> skus = query.words("sku:in");
            filter = and(filter, p -> skus.contains(String.valueOf(p.get("sku"))));
        }
        if (query.has("id:not_in")) {
            List<Long> ids = query.ids("id:not_in");
            filter = and(filter, p -> !ids.contains(Documents.whole(p, "id")));
        }
        if (query.has("categories:in")) {
            List<Long> ids = query.ids("categories:in");
            filter = and(filter, p -> Documents.list(p.get("categories")).stream()
                    .anyMatch(c -> ids.contains(((Number) c).longValue())));
        }
        if (query.has("keyword")) {
            String word = query.get("keyword").toLowerCase(java.util.Locale.ROOT);
            filter = and(filter, p -> String.valueOf(p.get("name"))
                    .toLowerCase(java.util.Locale.ROOT)
                    .contains(word));
        }
        return filter;
    }

    static BigDecimal decimal(Query query, String name) {
        try {
            return new BigDecimal(query.get(name));
        } catch (NumberFormatException e) {
            throw new Query.Bad(name, "must be a number");
        }
    }

    private static Predicate<Map<String, Object>> and(
            Predicate<Map<String, Object>> one, Predicate<Map<String, Object>> other) {
        return one == null ? other : one.and(other);
    }

    private Object product(Row row, Set<String> includes, Query query) {
        if (row.raw()) {
            return row.head();
        }
        Map<String, Object> p = new LinkedHashMap<>(Documents.map(fields(row.document(), query)));
        if (includes.contains("variants")) {
            List<Object> variants = row.children();
            p.put("variants", variants.subList(0, Math.min(variants.size(), embeddedVariants)));
        }
        if (includes.contains("images")) {
            p.put("images", shop.imagesOf(row));
        }
        if (includes.contains("primary_image")) {
            List<Object> images = shop.imagesOf(row);
            p.put("primary_image", images.isEmpty() ? Map.of() : images.get(0));
        }
        if (includes.contains("channels")) {
            p.put("channels", row.channels());
        }
        for (String empty :
                List.of("bulk_pricing_rules", "custom_fields", "modifiers", "options", "videos", "reviews")) {
            if (includes.contains(empty)) {
                p.put(empty, List.of());
            }
        }
        return p;
    }

    private Row productRow(String id) {
        Row row = shop.productTable().get(pathId(id));
        if (row == null) {
            throw new Refusal(404, "Product " + id + " was not found.");
        }
        return row;
    }

    private Row orderRow(String id) {
        Row row = shop.orderTable().get(pathId(id));
        if (row == null) {
            throw new Refusal(404, "Order " + id + " was not found.");
        }
        return row;
    }

    private static long pathId(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw new Refusal(404, "The requested resource was not found.");
        }
    }

    /** Only the fields asked for; the id always comes. */
    private static Object fields(Object document, Query query) {
        if (!(document instanceof Map) || (!query.has("include_fields") && !query.has("exclude_fields"))) {
            return document;
        }
        Map<String, Object> copy = new LinkedHashMap<>(Documents.map(document));
        List<String> wanted = query.words("include_fields");
        if (!wanted.isEmpty()) {
            copy.keySet().removeIf(key -> !key.equals("id") && !wanted.contains(key));
        }
        query.words("exclude_fields").forEach(copy::remove);
        return copy;
    }

    // ---- dates, pages

    private void dates(Query query, Wanted wanted) {
        if (query.has("date_modified:min")) {
            wanted.modifiedFrom = ceiling(date(query, "date_modified:min"));
        }
        if (query.has("date_modified:max")) {
            wanted.modifiedTo = date(query, "date_modified:max").getEpochSecond();
        }
        if (query.has("date_modified")) {
            wanted.modifiedFrom = date(query, "date_modified").getEpochSecond();
            wanted.modifiedTo = wanted.modifiedFrom;
        }
        if (query.has("date_created:min")) {
            wanted.createdFrom = ceiling(date(query, "date_created:min"));
        }
        if (query.has("date_created:max")) {
            wanted.createdTo = date(query, "date_created:max").getEpochSecond();
        }
    }

    private static long ceiling(Instant instant) {
        return instant.getNano() == 0 ? instant.getEpochSecond() : instant.getEpochSecond() + 1;
    }

    /** An ISO date; one without a time is completed with the present time, which is BigCommerce's documented trap. */
    private Instant date(Query query, String name) {
        String text = query.get(name);
        try {
            if (text.length() == 10) {
                return LocalDate.parse(text)
                        .atTime(shop.clock().instant().atOffset(ZoneOffset.UTC).toLocalTime())
                        .toInstant(ZoneOffset.UTC);
            }
            return Documents.instant(text);
        } catch (DateTimeException | StringIndexOutOfBoundsException e) {
            throw new Query.Bad(name, "must be a date such as 2025-03-30T07:15:02Z");
        }
    }

    private static boolean isIn(Query query, String parameter, Map<String, Object> document, String field) {
        return !query.has(parameter) || query.ids(parameter).contains(Documents.whole(document, field));
    }

    private static void known(Query query, Set<String> parameters) {
        for (String name : query.names()) {
            if (!parameters.contains(name)) {
                throw new Refusal(422, "The filter: " + name + " is not a valid filter parameter.");
            }
        }
    }

    private static Answer withoutMeta(List<Object> data) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("data", data);
        answer.put("meta", Map.of());
        return Answer.json(200, JSON, answer);
    }

    private static Answer cut(List<Object> all, Query query) {
        Paging paging = new Paging(query);
        return list(paging.cut(all), all.size(), paging, query);
    }

    private static Answer list(List<Object> data, int total, Paging paging, Query query) {
        int pages = (total + paging.limit() - 1) / paging.limit();
        Map<String, Object> links = new LinkedHashMap<>();
        if (paging.page() > 1) {
            links.put("previous", link(query, paging.page() - 1, paging.limit()));
        }
        links.put("current", link(query, paging.page(), paging.limit()));
        if (paging.page() < pages) {
            links.put("next", link(query, paging.page() + 1, paging.limit()));
        }
        Map<String, Object> pagination = new LinkedHashMap<>();
        pagination.put("total", total);
        pagination.put("count", data.size());
        pagination.put("per_page", paging.limit());
        pagination.put("current_page", paging.page());
        pagination.put("total_pages", pages);
        pagination.put("links", links);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("data", data);
        answer.put("meta", Map.of("pagination", pagination));
        return Answer.json(200, JSON, answer);
    }

    private static String link(Query query, int page, int limit) {
        StringBuilder link = new StringBuilder("?page=" + page + "&limit=" + limit);
        for (String part : query.raw().split("&")) {
            if (!part.isEmpty() && !part.startsWith("page=") && !part.startsWith("limit=")) {
                link.append('&').append(part);
            }
        }
        return link.toString();
    }

    /** A page number from 1 and its size. */
    record Paging(int page, int limit) {

        Paging(Query query) {
            this(query.whole("page", 1, 1, PAGES), query.whole("limit", 50, 1, MOST));
        }

        Paging atMost(int most) {
            return new Paging(page, Math.min(limit, most));
        }

        int offset() {
            return (page - 1) * limit;
        }

        List<Object> cut(List<Object> all) {
            int from = Math.min(all.size(), offset());
            return all.subList(from, Math.min(all.size(), from + limit));
        }
    }
}
