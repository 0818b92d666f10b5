package com.optiply.sync.sandbox;

import com.optiply.sync.Json;
import com.optiply.sync.sandbox.OptiplyAccount.FilterMode;
import com.optiply.sync.sandbox.OptiplyAccount.Held;
import com.optiply.sync.sandbox.OptiplyAccount.Kind;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/**
 * Optiply's products and sell orders: JSON:API bodies, mandatory attributes, types and limits as the clients of the real
 * API have met them; stricter than known where a slip of ours should show (unknown attributes, control characters, the
 * same product twice in an order, a quantity below 1, lines in a PATCH are all 400). Safe for several threads.
 */
public final class OptiplyResources {

    private static final BigDecimal HIGHEST_PRICE = new BigDecimal("9999999.99");
    private static final BigDecimal HIGHEST_TOTAL = new BigDecimal("99999999999999999.99");
    private static final long HIGHEST_STOCK = 9_999_999;
    private static final Pattern FILTER = Pattern.compile("filter\\[(\\w+)](?:\\[(\\w+)])?");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z");
    private static final Set<String> MONEY = Set.of("price", "totalValue", "subtotalValue");
    private static final Set<String> PRODUCT_ATTRIBUTES = Set.of(
            "remoteId",
            "name",
            "stockLevel",
            "unlimitedStock",
            "skuCode",
            "eanCode",
            "articleCode",
            "price",
            "status",
            "notBeingBought",
            "assembled",
            "minimumStock",
            "maximumStock",
            "ignored",
            "manualServiceLevel",
            "stockMeasurementUnit",
            "createdAtRemote",
            "remoteDataSyncedToDate");
    private static final Set<String> ORDER_ATTRIBUTES =
            Set.of("remoteId", "placed", "totalValue", "orderLines", "completed", "remoteDataSyncedToDate");
    private static final Set<String> COMMON = Set.of("id", "uuid", "accountId", "createdAt", "updatedAt");

    private final OptiplyAccount account;
    private final long accountId;
    private final String couplingId;

    OptiplyResources(OptiplyAccount account, String accountId, String couplingId) {
        this.account = account;
        this.accountId = Long.parseLong(accountId);
        this.couplingId = couplingId;
    }

    /** {@code POST /v1/products}. */
    public Answer createProduct(@Body byte[] body) {
        Map<String, Object> attributes = attributes(body, "products", null);
        mandatory(attributes, "name", "stockLevel", "unlimitedStock");
        return create(account.productKind(), attributes, checkedProduct(attributes));
    }

    /** {@code PATCH /v1/products/{id}}. */
    public Answer changeProduct(@Header("id") String id, @Body byte[] body) {
        Kind kind = account.productKind();
        Held held = held(kind, id);
        Map<String, Object> attributes = attributes(body, "products", held.id);
        return change(kind, held, attributes, checkedProduct(attributes));
    }

    /** {@code DELETE /v1/products/{id}}. */
    public Answer deleteProduct(@Header("id") String id) {
        return delete(account.productKind(), id);
    }

    /** {@code GET /v1/products}. */
    public Answer products(@Variable("query") Query query) {
        return list(account.productKind(), query, PRODUCT_ATTRIBUTES);
    }

    /** {@code GET /v1/products/{id}}. */
    public Answer product(@Header("id") String id) {
        return one(200, account.productKind(), held(account.productKind(), id));
    }

    /** {@code POST /v1/sellOrders}. */
    public Answer createSellOrder(@Body byte[] body) {
        Map<String, Object> attributes = attributes(body, "sellOrders", null);
        mandatory(attributes, "placed", "totalValue", "orderLines");
        Map<String, Object> values = checkedOrder(attributes);
        values.put("orderLines", checkedLines(attributes.get("orderLines")));
        return create(account.sellOrderKind(), attributes, values);
    }

    /** {@code PATCH /v1/sellOrders/{id}}: of the head only. */
    public Answer changeSellOrder(@Header("id") String id, @Body byte[] body) {
        Kind kind = account.sellOrderKind();
        Held held = held(kind, id);
        Map<String, Object> attributes = attributes(body, "sellOrders", held.id);
        if (attributes.containsKey("orderLines")) {
            throw new Refusal(400, "orderLines cannot be changed");
        }
        return change(kind, held, attributes, checkedOrder(attributes));
    }

    /** {@code DELETE /v1/sellOrders/{id}}. */
    public Answer deleteSellOrder(@Header("id") String id) {
        return delete(account.sellOrderKind(), id);
    }

    /** {@code GET /v1/sellOrders}: without their lines. */
    public Answer sellOrders(@Variable("query") Query query) {
        return list(account.sellOrderKind(), query, ORDER_ATTRIBUTES);
    }

    /** {@code GET /v1/sellOrders/{id}}: without its lines. */
    public Answer sellOrder(@Header("id") String id) {
        return one(200, account.sellOrderKind(), held(account.sellOrderKind(), id));
    }

    /** {@code GET /v1/sellOrderLines?filter[sellOrderId]=...}: the lines of one sell order; the filter must be there. */
    public Answer sellOrderLines(@Variable("query") Query query) {
        String name = query.has("filter[sellOrderId]") ? "filter[sellOrderId]" : "filter[sellOrderId][EQ]";
        if (!query.has(name)) {
            throw new Query.Bad("filter[sellOrderId]", "is needed here");
        }
        Held order = account.sellOrderKind().get(query.id(name));
        List<Object> all =
                order == null ? List.of() : Documents.list(order.attributes().get("orderLines"));
        int limit = query.whole("page[limit]", 50, 1, 100);
        int offset = offset(query, limit);
        List<Object> data = new ArrayList<>();
        for (int i = offset; i < Math.min(all.size(), offset + limit); i++) {
            Map<String, Object> line = Documents.map(all.get(i));
            Map<String, Object> attributes = new LinkedHashMap<>(line);
            attributes.put("sellOrderId", order.id);
            attributes.put("accountId", accountId);
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("id", String.valueOf(order.id * 1000 + i));
            object.put("type", "sellOrderLines");
            object.put("attributes", attributes);
            data.add(object);
        }
        return page("sellOrderLines", data, all.size(), query, limit, offset);
    }

    /** {@code GET /v1/accounts}. */
    public Answer accounts() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", String.valueOf(accountId));
        object.put("type", "accounts");
        object.put("attributes", Map.of("name", "Sandbox"));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("data", List.of(object));
        answer.put("meta", Map.of("totalResourceCount", 1));
        return Answer.json(200, OptiplyGate.MEDIA_TYPE, answer);
    }

    // ---- writing

    private Answer create(Kind kind, Map<String, Object> attributes, Map<String, Object> values) {
        String remoteId = (String) attributes.get("remoteId");
        account.checkRefused(remoteId);
        Held held = kind.add(remoteId, values, account.clock().instant());
        account.written();
        return one(201, kind, held);
    }

    private Answer change(Kind kind, Held held, Map<String, Object> attributes, Map<String, Object> values) {
        String remoteId = (String) attributes.get("remoteId");
        account.checkRefused(remoteId == null ? held.remoteId : remoteId);
        Held changed = kind.change(held.id, remoteId, values, account.clock().instant());
        if (changed == null) {
            throw notFound(kind, String.valueOf(held.id));
        }
        account.written();
        return one(200, kind, changed);
    }

    private Answer delete(Kind kind, String id) {
        Held held = held(kind, id);
        account.checkRefused(held.remoteId);
        if (!kind.remove(held.id)) {
            throw notFound(kind, id);
        }
        account.written();
        return Answer.none();
    }

    private static Held held(Kind kind, String id) {
        Held held = null;
        try {
            held = kind.get(Long.parseLong(id));
        } catch (NumberFormatException e) {
            throw new Refusal(400, "id " + id + " is not a number");
        }
        if (held == null) {
            throw notFound(kind, id);
        }
        return held;
    }

    private static Refusal notFound(Kind kind, String id) {
        return new Refusal(404, kind.type() + " " + id + " does not exist");
    }

    /** Takes the JSON:API envelope off. */
    private static Map<String, Object> attributes(byte[] body, String type, Long id) {
        Map<String, Object> document;
        try {
            document = Documents.map(Json.mapper().readValue(body == null ? new byte[0] : body, LinkedHashMap.class));
        } catch (IOException e) {
            throw new Refusal(400, "the body is not a JSON object");
        }
        if (document == null || !(document.get("data") instanceof Map) || document.size() > 1) {
            throw new Refusal(400, "the body must be {\"data\":{...}}");
        }
        Map<String, Object> data = Documents.map(document.get("data"));
        if (!type.equals(data.get("type"))) {
            throw new Refusal(400, "data.type must be " + type);
        }
        if (id == null
                ? data.containsKey("id")
                : data.containsKey("id") && !String.valueOf(id).equals(String.valueOf(data.get("id")))) {
            throw new Refusal(400, "data.id does not fit the path");
        }
        for (String key : data.keySet()) {
            if (!Set.of("id", "type", "attributes").contains(key)) {
                throw new Refusal(400, "data." + key + " is not known");
            }
        }
        if (!(data.get("attributes") instanceof Map)) {
            throw new Refusal(400, "data.attributes is missing");
        }
        return Documents.map(data.get("attributes"));
    }

    private static void mandatory(Map<String, Object> attributes, String... names) {
        for (String name : names) {
            if (attributes.get(name) == null) {
                throw new Refusal(400, name + " is mandatory");
            }
        }
    }

    private static Map<String, Object> checkedProduct(Map<String, Object> attributes) {
        Map<String, Object> values = new LinkedHashMap<>();
        attributes.forEach((name, value) -> {
            if (!PRODUCT_ATTRIBUTES.contains(name)) {
                throw new Refusal(400, "attribute " + name + " is not known");
            }
            switch (name) {
                case "remoteId" -> text(name, value, 255, true);
                case "name" -> values.put(name, text(name, value, 255, true));
                case "stockLevel" -> values.put(name, whole(name, value, HIGHEST_STOCK));
                case "unlimitedStock" -> values.put(name, flag(name, value));
                case "skuCode", "eanCode", "articleCode" ->
                    values.put(name, nullable(value, v -> text(name, v, 255, true)));
                case "price" -> values.put(name, nullable(value, v -> price(name, v)));
                case "status" -> values.put(name, status(value));
                case "notBeingBought", "assembled", "ignored" -> values.put(name, nullable(value, v -> flag(name, v)));
                case "stockMeasurementUnit" -> values.put(name, nullable(value, v -> text(name, v, 10, true)));
                case "createdAtRemote", "remoteDataSyncedToDate" ->
                    values.put(name, nullable(value, v -> date(name, v)));
                default -> values.put(name, nullable(value, v -> number(name, v)));
            }
        });
        return values;
    }

    private static Map<String, Object> checkedOrder(Map<String, Object> attributes) {
        Map<String, Object> values = new LinkedHashMap<>();
        attributes.forEach((name, value) -> {
            if (!ORDER_ATTRIBUTES.contains(name)) {
                throw new Refusal(400, "attribute " + name + " is not known");
            }
            switch (name) {
                case "remoteId" -> text(name, value, 255, true);
                case "placed" -> values.put(name, date(name, value));
                case "totalValue" -> values.put(name, total(name, value));
                case "completed", "remoteDataSyncedToDate" -> values.put(name, nullable(value, v -> date(name, v)));
                default -> {
                    // orderLines are looked at by checkedLines
                }
            }
        });
        return values;
    }

    private List<Object> checkedLines(Object lines) {
        if (!(lines instanceof List)) {
            throw new Refusal(400, "orderLines must be a list");
        }
        List<Object> checked = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        for (Object line : Documents.list(lines)) {
            if (!(line instanceof Map)) {
                throw new Refusal(400, "orderLines must be objects");
            }
            Map<String, Object> l = Documents.map(line);
            for (String name : l.keySet()) {
                if (!Set.of("productId", "quantity", "subtotalValue", "remoteId")
                        .contains(name)) {
                    throw new Refusal(400, "orderLines." + name + " is not known");
                }
            }
            mandatory(l, "productId", "quantity", "subtotalValue");
            long productId = whole("orderLines.productId", l.get("productId"), Long.MAX_VALUE);
            if (account.productKind().get(productId) == null) {
                throw new Refusal(404, "product " + productId + " does not exist");
            }
            if (!seen.add(productId)) {
                throw new Refusal(400, "product " + productId + " stands twice in orderLines");
            }
            long quantity = whole("orderLines.quantity", l.get("quantity"), Integer.MAX_VALUE);
            if (quantity < 1) {
                throw new Refusal(400, "orderLines.quantity must be at least 1");
            }
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("productId", productId);
            values.put("quantity", quantity);
            values.put("subtotalValue", total("orderLines.subtotalValue", l.get("subtotalValue")));
            checked.add(values);
        }
        return checked;
    }

    private interface Check {
        Object check(Object value);
    }

    private static Object nullable(Object value, Check check) {
        return value == null ? null : check.check(value);
    }

    private static String text(String name, Object value, int most, boolean filled) {
        if (!(value instanceof String text)) {
            throw new Refusal(400, name + " must be a string");
        }
        if (filled && text.isBlank()) {
            throw new Refusal(400, name + " must not be blank");
        }
        if (text.codePointCount(0, text.length()) > most) {
            throw new Refusal(400, name + " must have at most " + most + " characters");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new Refusal(400, name + " must not have control characters");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new Refusal(400, name + " is not valid Unicode");
        }
        return text;
    }

    private static long whole(String name, Object value, long most) {
        if (value instanceof Integer || value instanceof Long) {
            long number = ((Number) value).longValue();
            if (Math.abs(number) > most) {
                throw new Refusal(400, name + " must be at most " + most);
            }
            return number;
        }
        throw new Refusal(400, name + (value instanceof BigInteger ? " is too large" : " must be an integer"));
    }

    private static boolean flag(String name, Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw new Refusal(400, name + " must be a boolean");
    }

    private static BigDecimal number(String name, Object value) {
        if (value instanceof Number number) {
            return new BigDecimal(number.toString());
        }
        throw new Refusal(400, name + " must be a number");
    }

    private static String price(String name, Object value) {
        BigDecimal price = twoDecimals(name, number(name, value));
        if (price.signum() < 0) {
            throw new Refusal(400, name + " must not be negative");
        }
        if (price.compareTo(HIGHEST_PRICE) > 0) {
            throw new Refusal(400, name + " must be at most " + HIGHEST_PRICE);
        }
        return price.toPlainString();
    }

    /** A total may come as a number or as decimal text: clients of the real API do either. */
    private static String total(String name, Object value) {
        BigDecimal total;
        if (value instanceof String text && Pattern.matches("-?\\d{1,20}(\\.\\d{1,10})?", text)) {
            total = new BigDecimal(text);
        } else {
            total = number(name, value);
        }
        total = twoDecimals(name, total);
        if (total.abs().compareTo(HIGHEST_TOTAL) > 0) {
            throw new Refusal(400, name + " must have at most 17 integer digits");
        }
        return total.toPlainString();
    }

    private static BigDecimal twoDecimals(String name, BigDecimal value) {
        if (value.stripTrailingZeros().scale() > 2) {
            throw new Refusal(400, name + " must have at most 2 decimals");
        }
        return value.setScale(2);
    }

    private static String status(Object value) {
        if ("enabled".equals(value) || "disabled".equals(value)) {
            return (String) value;
        }
        throw new Refusal(400, "status must be enabled or disabled");
    }

    private static String date(String name, Object value) {
        if (value instanceof String text && DATE.matcher(text).matches()) {
            try {
                Instant.parse(text);
                return text;
            } catch (DateTimeException e) {
                throw new Refusal(400, name + " is not a date");
            }
        }
        throw new Refusal(400, name + " must be a date such as 2026-01-04T18:22:10Z");
    }

    // ---- reading

    private Answer list(Kind kind, Query query, Set<String> attributes) {
        int limit = query.whole("page[limit]", 50, 1, 100);
        int offset = offset(query, limit);
        List<Predicate<Held>> filters = new ArrayList<>();
        List<Held> start = null;
        for (String name : query.names()) {
            Matcher matcher = FILTER.matcher(name);
            if (matcher.matches()) {
                String operator = matcher.group(2) == null ? "EQ" : matcher.group(2);
                if (!Set.of("EQ", "NEQ", "LIKE", "LT", "LE", "GT", "GE").contains(operator)) {
                    throw new Query.Bad(name, "has an unknown operator");
                }
                String attribute = matcher.group(1);
                if (honoured(attribute, attributes)) {
                    filters.add(filter(attribute, operator, query.get(name), name));
                    if (start == null) {
                        start = indexed(kind, attribute, operator, query.get(name));
                    }
                }
            } else if (!name.equals("page[limit]") && !name.equals("page[offset]") && !name.equals("sort")) {
                throw new Query.Bad(name, "is not known");
            }
        }
        String sort = query.get("sort", "id");
        String attribute = sort.startsWith("-") ? sort.substring(1) : sort;
        if (!attributes.contains(attribute) && !COMMON.contains(attribute)) {
            throw new Query.Bad("sort", "does not know " + attribute);
        }
        long youngestNanos = System.nanoTime() - account.lag().toNanos();
        if (filters.isEmpty() && sort.equals("id") && account.lag().isZero()) {
            return page(kind, kind.part(offset, limit), kind.size(), query, limit, offset);
        }
        List<Held> found = new ArrayList<>(start == null ? kind.all() : start);
        found.removeIf(held ->
                held.heldSinceNanos - youngestNanos > 0 || filters.stream().anyMatch(filter -> !filter.test(held)));
        if (!sort.equals("id")) {
            Comparator<Held> order = order(attribute);
            found.sort(sort.startsWith("-") ? order.reversed() : order);
        }
        int from = Math.min(offset, found.size());
        List<Held> part = found.subList(from, Math.min(found.size(), from + limit));
        return page(kind, part, found.size(), query, limit, offset);
    }

    private boolean honoured(String attribute, Set<String> attributes) {
        FilterMode mode = account.filterMode();
        if (mode == FilterMode.IGNORE_ALL || attribute.equals("orderLines")) {
            return false;
        }
        if (attribute.equals("remoteId")) {
            return mode == FilterMode.HONOUR;
        }
        return attributes.contains(attribute) || COMMON.contains(attribute);
    }

    private static List<Held> indexed(Kind kind, String attribute, String operator, String value) {
        if (operator.equals("EQ") && attribute.equals("skuCode")) {
            return kind.withSku(value);
        }
        if (operator.equals("EQ") && attribute.equals("remoteId")) {
            return kind.withRemoteId(value);
        }
        if (attribute.equals("placed") && !value.equals("null")) {
            long at = instant("placed", value).getEpochSecond();
            return switch (operator) {
                case "EQ" -> kind.placed(at, at);
                case "GE", "GT" -> kind.placed(at, Long.MAX_VALUE);
                case "LE", "LT" -> kind.placed(Long.MIN_VALUE + 1, at);
                default -> null;
            };
        }
        return null;
    }

    private Predicate<Held> filter(String attribute, String operator, String value, String parameter) {
        return switch (attribute) {
            case "placed", "updatedAt", "createdAt" -> {
                if (value.equals("null")) {
                    yield held -> operator.equals("NEQ");
                }
                long at = instant(parameter, value).toEpochMilli();
                yield held -> compare(operator, Long.compare(time(held, attribute), at));
            }
            case "id" -> {
                long id = whole(parameter, value);
                yield held -> compare(operator, Long.compare(held.id, id));
            }
            case "accountId" -> {
                long id = whole(parameter, value);
                yield held -> compare(operator, Long.compare(accountId, id));
            }
            case "remoteId" -> held -> compareText(operator, held.remoteId, value);
            case "uuid" -> held -> compareText(operator, uuid(held), value);
            default -> held -> compareValue(operator, held.attributes().get(attribute), value);
        };
    }

    private static long time(Held held, String attribute) {
        return switch (attribute) {
            case "placed" -> held.placed * 1000;
            case "updatedAt" -> held.updatedMs;
            default -> held.createdMs;
        };
    }

    private static boolean compareValue(String operator, Object found, String value) {
        if (value.equals("null")) {
            return operator.equals("NEQ") == (found != null);
        }
        if (found == null) {
            return operator.equals("NEQ");
        }
        try {
            return compare(operator, new BigDecimal(found.toString()).compareTo(new BigDecimal(value)));
        } catch (NumberFormatException e) {
            return compareText(operator, found.toString(), value);
        }
    }

    private static boolean compareText(String operator, String found, String value) {
        if (found == null) {
            return operator.equals("NEQ");
        }
        if (operator.equals("LIKE")) {
            return found.toLowerCase(Locale.ROOT)
                    .contains(value.replace("%", "").toLowerCase(Locale.ROOT));
        }
        return compare(operator, found.compareToIgnoreCase(value));
    }

    private static boolean compare(String operator, int sign) {
        return switch (operator) {
            case "NEQ" -> sign != 0;
            case "LT" -> sign < 0;
            case "LE" -> sign <= 0;
            case "GT" -> sign > 0;
            case "GE" -> sign >= 0;
            default -> sign == 0;
        };
    }

    private static Comparator<Held> order(String attribute) {
        return switch (attribute) {
            case "id" -> Comparator.comparingLong(held -> held.id);
            case "placed", "updatedAt", "createdAt" ->
                Comparator.comparingLong((Held held) -> time(held, attribute)).thenComparingLong(held -> held.id);
            default ->
                Comparator.comparing(
                                (Held held) -> String.valueOf(held.attributes().get(attribute)))
                        .thenComparingLong(held -> held.id);
        };
    }

    private static Instant instant(String parameter, String value) {
        try {
            return Documents.instant(value);
        } catch (DateTimeException | StringIndexOutOfBoundsException e) {
            throw new Query.Bad(parameter, "must be a date such as 2026-01-04T18:22:10Z");
        }
    }

    private static long whole(String parameter, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new Query.Bad(parameter, "must be a whole number");
        }
    }

    private static int offset(Query query, int limit) {
        int offset = query.whole("page[offset]", 0, 0, Integer.MAX_VALUE - 100);
        if (offset % limit != 0) {
            throw new Query.Bad("page[offset]", "must be a multiple of page[limit]");
        }
        return offset;
    }

    private Answer page(Kind kind, List<Held> part, int total, Query query, int limit, int offset) {
        List<Object> data = new ArrayList<>(part.size());
        part.forEach(held -> data.add(resource(kind, held)));
        return page(kind.type(), data, total, query, limit, offset);
    }

    private static Answer page(String type, List<Object> data, int total, Query query, int limit, int offset) {
        Map<String, Object> links = new LinkedHashMap<>();
        links.put("self", link(type, query, limit, offset));
        if (offset + data.size() < total && !data.isEmpty()) {
            links.put("next", link(type, query, limit, offset + limit));
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("data", data);
        answer.put("links", links);
        answer.put("meta", Map.of("totalResourceCount", total));
        return Answer.json(200, OptiplyGate.MEDIA_TYPE, answer);
    }

    private static String link(String type, Query query, int limit, int offset) {
        StringBuilder link = new StringBuilder("https://api.optiply.com/v1/" + type + "?");
        for (String part : query.raw().split("&")) {
            if (!part.isEmpty() && !part.startsWith("page")) {
                link.append(part).append('&');
            }
        }
        return link + "page%5Blimit%5D=" + limit + "&page%5Boffset%5D=" + offset;
    }

    private Answer one(int status, Kind kind, Held held) {
        return Answer.json(status, OptiplyGate.MEDIA_TYPE, Collections.singletonMap("data", resource(kind, held)));
    }

    private Map<String, Object> resource(Kind kind, Held held) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("uuid", uuid(held));
        attributes.put("accountId", accountId);
        held.attributes().forEach((name, value) -> {
            if (!name.equals("orderLines")) {
                attributes.put(name, MONEY.contains(name) && value != null ? String.valueOf(value) : value);
            }
        });
        attributes.put("createdFromPublicApi", true);
        attributes.put("remoteIdMap", held.remoteId == null ? Map.of() : Map.of(couplingId, held.remoteId));
        attributes.put("createdAt", Instant.ofEpochMilli(held.createdMs).toString());
        attributes.put("updatedAt", Instant.ofEpochMilli(held.updatedMs).toString());
        String self = "https://api.optiply.com/v1/" + kind.type() + "/" + held.id;
        String related = kind.type().equals("products") ? "supplierProducts" : "sellOrderLines";
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", String.valueOf(held.id));
        object.put("type", kind.type());
        object.put("attributes", attributes);
        object.put("relationships", Map.of(related, Map.of("links", Map.of("related", self + "/" + related))));
        object.put("links", Map.of("self", self));
        return object;
    }

    /** Made from the id, so that it need not be kept. */
    private static String uuid(Held held) {
        return new UUID(0x5f0c_2a11_4b00_4000L, 0x8000_0000_0000_0000L | held.id).toString();
    }
}
