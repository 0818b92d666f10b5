package com.optiply.sync.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.optiply.sync.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What the simulated Optiply holds. As the real one it knows no uniqueness of {@code remoteId}: a second POST makes a twin.
 * Documents handed out are copies. Safe for several threads.
 */
public final class OptiplyAccount {

    /** How the lists of the simulated Optiply treat {@code filter[...]}; see {@link #filterMode}. */
    public enum FilterMode {
        /** Filters on all attributes work, on {@code remoteId} too; unknown ones are ignored. */
        HONOUR,
        /** The attributes that Optiply gives back can be filtered; {@code remoteId} and unknown ones are ignored. The default. */
        IGNORE_UNKNOWN,
        /** No filter has any effect: every look-up returns everything. */
        IGNORE_ALL
    }

    private final PartnerClock clock = new PartnerClock();
    private final Kind products = new Kind("products", 23_761_425);
    private final Kind sellOrders = new Kind("sellOrders", 51_300_001);
    private final Map<String, Refused> refused = new ConcurrentHashMap<>();
    private volatile FilterMode filterMode = FilterMode.IGNORE_UNKNOWN;
    private volatile Duration lag = Duration.ZERO;
    private final OptiplyTokens tokens;
    private int writes;

    OptiplyAccount(OptiplyTokens tokens) {
        this.tokens = tokens;
    }

    /** Optiply's own clock: feeds {@code Date}, {@code createdAt} and {@code updatedAt}. */
    public PartnerClock clock() {
        return clock;
    }

    /** All products by Optiply id: {@code id}, {@code remoteId} and the attributes, money as decimal text. */
    public List<Map<String, Object>> products() {
        return documents(products);
    }

    /** All sell orders by Optiply id, with their {@code orderLines}. */
    public List<Map<String, Object>> sellOrders() {
        return documents(sellOrders);
    }

    /** All products with this remote id, by Optiply id: more than one are twins. */
    public List<Map<String, Object>> productsByRemoteId(String remoteId) {
        return byRemoteId(products, remoteId);
    }

    /** All sell orders with this remote id, by Optiply id: more than one are twins. */
    public List<Map<String, Object>> sellOrdersByRemoteId(String remoteId) {
        return byRemoteId(sellOrders, remoteId);
    }

    /** All objects with this remote id; {@code entity} is {@code products} or {@code sell-orders}. */
    public List<Map<String, Object>> byRemoteId(String entity, String remoteId) {
        return switch (entity) {
            case "products" -> productsByRemoteId(remoteId);
            case "sell-orders" -> sellOrdersByRemoteId(remoteId);
            default -> throw new IllegalArgumentException("no entity " + entity);
        };
    }

    /** How many products there are, twins counted. */
    public int productCount() {
        return products.size();
    }

    /** How many sell orders there are, twins counted. */
    public int sellOrderCount() {
        return sellOrders.size();
    }

    /** Remote ids that more than one object carries, as {@code products 1054} or {@code sell-orders 118}. */
    public List<String> twins() {
        List<String> twins = new ArrayList<>();
        products.twins().forEach(remoteId -> twins.add("products " + remoteId));
        sellOrders.twins().forEach(remoteId -> twins.add("sell-orders " + remoteId));
        return twins;
    }

    /**
     * Everything that matters, without Optiply's ids and times, in a stable order: {@code products} and
     * {@code sell-orders}, each remote id to its attributes; an order's lines name their product by remote id and stand in
     * that order. A twin has {@code #2} behind its remote id. Absent and null attributes are both left out. Money is text
     * with two decimals, dates are text, {@code stockLevel} and {@code quantity} are {@link Integer}.
     */
    public Map<String, Object> content() {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("products", content(products));
        content.put("sell-orders", content(sellOrders));
        return content;
    }

    /** How many objects were created, changed or deleted by calls; refused calls do not count. */
    public synchronized int writes() {
        return writes;
    }

    /** Takes an object away without a call, as a person in Optiply would; false if there is none with this id. */
    public boolean remove(long optiplyId) {
        return products.remove(optiplyId) || sellOrders.remove(optiplyId);
    }

    /** Puts a product without a call; gives its Optiply id. {@code remoteId} may be null: made by a person. */
    public long putProduct(String remoteId, Map<String, Object> attributes) {
        return products.add(remoteId, attributes, clock.instant()).id;
    }

    /**
     * Puts a sell order without a call; gives its Optiply id. {@code attributes} hold {@code placed} and, in
     * {@code orderLines}, Optiply's product ids.
     */
    public long putSellOrder(String remoteId, Map<String, Object> attributes) {
        return sellOrders.add(remoteId, attributes, clock.instant()).id;
    }

    /** Changes attributes of an object without a call; null removes one. False if there is none with this id. */
    public boolean change(long optiplyId, Map<String, Object> attributes) {
        return products.change(optiplyId, null, attributes, clock.instant()) != null
                || sellOrders.change(optiplyId, null, attributes, clock.instant()) != null;
    }

    /** Forgets every object; settings stay. */
    public void clear() {
        products.clear();
        sellOrders.clear();
    }

    /** How look-ups treat filters. */
    public void filterMode(FilterMode mode) {
        filterMode = mode;
    }

    /** Lists do not show an object before it is this old; reading it by its id does. */
    public void lag(Duration age) {
        lag = age;
    }

    /** From now on each POST, PATCH and DELETE of the records with this remote id is answered so, until {@link #accept}. */
    public void refuse(String remoteId, int status, String message) {
        refused.put(remoteId, new Refused(status, message));
    }

    /** Takes a {@link #refuse} back. */
    public void accept(String remoteId) {
        refused.remove(remoteId);
    }

    /** No token given out so far is good any more. */
    public void invalidateTokens() {
        tokens.invalidateAll();
    }

    /** The life of tokens given out from now on; at first 86,399 seconds. */
    public void tokenLife(int seconds) {
        tokens.life(seconds);
    }

    /** Only this password is good from now on; tokens given out stay good. */
    public void password(String password) {
        tokens.password(password);
    }

    /** Logins that gave a token. */
    public int logins() {
        return tokens.logins();
    }

    /** Logins that were refused. */
    public int refusedLogins() {
        return tokens.refusedLogins();
    }

    // ---- for the simulated Optiply

    record Refused(int status, String message) {}

    Kind productKind() {
        return products;
    }

    Kind sellOrderKind() {
        return sellOrders;
    }

    FilterMode filterMode() {
        return filterMode;
    }

    Duration lag() {
        return lag;
    }

    void checkRefused(String remoteId) {
        Refused no = remoteId == null ? null : refused.get(remoteId);
        if (no != null) {
            throw new Refusal(no.status(), no.message());
        }
    }

    synchronized void written() {
        writes++;
    }

    /** One object. Attributes are kept as text: a hundred thousand of them should not fill the memory. */
    static final class Held {
        final long id;
        final String remoteId;
        final long createdMs;
        final long heldSinceNanos;
        final long updatedMs;
        final String skuCode;
        final long placed;
        private final byte[] attributes;

        private Held(
                long id,
                String remoteId,
                long createdMs,
                long heldSinceNanos,
                long updatedMs,
                Map<String, Object> values) {
            this.id = id;
            this.remoteId = remoteId;
            this.createdMs = createdMs;
            this.heldSinceNanos = heldSinceNanos;
            this.updatedMs = updatedMs;
            this.skuCode = values.get("skuCode") instanceof String sku ? sku : null;
            this.placed = values.get("placed") instanceof String at
                    ? Instant.parse(at).getEpochSecond()
                    : Long.MIN_VALUE;
            try {
                attributes = Json.mapper().writeValueAsBytes(values);
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(e);
            }
        }

        Map<String, Object> attributes() {
            try {
                return Documents.map(Json.mapper().readValue(attributes, LinkedHashMap.class));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** All objects of one kind, by id; ids only grow. */
    static final class Kind {

        private final String type;
        private final List<Held> byId = new ArrayList<>();
        private final Map<String, List<Held>> byRemoteId = new HashMap<>();
        private final Map<String, List<Held>> bySku = new HashMap<>();
        private final TreeMap<Long, List<Held>> byPlaced = new TreeMap<>();
        private long nextId;

        private Kind(String type, long firstId) {
            this.type = type;
            this.nextId = firstId;
        }

        String type() {
            return type;
        }

        synchronized int size() {
            return byId.size();
        }

        synchronized Held get(long id) {
            int place = place(id);
            return place < byId.size() && byId.get(place).id == id ? byId.get(place) : null;
        }

        synchronized Held add(String remoteId, Map<String, Object> values, Instant now) {
            Held held = new Held(nextId++, remoteId, now.toEpochMilli(), System.nanoTime(), now.toEpochMilli(), values);
            byId.add(held);
            index(held);
            return held;
        }

        /** Null values remove an attribute; a null remoteId keeps the present one. */
        synchronized Held change(long id, String remoteId, Map<String, Object> changes, Instant now) {
            Held old = get(id);
            if (old == null) {
                return null;
            }
            Map<String, Object> values = old.attributes();
            changes.forEach((key, value) -> {
                if (value == null) {
                    values.remove(key);
                } else {
                    values.put(key, value);
                }
            });
            Held held = new Held(
                    id,
                    remoteId == null ? old.remoteId : remoteId,
                    old.createdMs,
                    old.heldSinceNanos,
                    now.toEpochMilli(),
                    values);
            byId.set(place(id), held);
            unindex(old);
            index(held);
            return held;
        }

        synchronized boolean remove(long id) {
            Held held = get(id);
            if (held == null) {
                return false;
            }
            byId.remove(place(id));
            unindex(held);
            return true;
        }

        synchronized void clear() {
            byId.clear();
            byRemoteId.clear();
            bySku.clear();
            byPlaced.clear();
        }

        /** A copy of the list, by id. */
        synchronized List<Held> all() {
            return new ArrayList<>(byId);
        }

        /** A part of the list by id, without copying all of it. */
        synchronized List<Held> part(int offset, int limit) {
            int from = Math.min(offset, byId.size());
            return new ArrayList<>(byId.subList(from, Math.min(byId.size(), from + limit)));
        }

        synchronized List<Held> withRemoteId(String remoteId) {
            return new ArrayList<>(byRemoteId.getOrDefault(remoteId, List.of()));
        }

        synchronized List<Held> withSku(String sku) {
            return new ArrayList<>(bySku.getOrDefault(sku, List.of()));
        }

        /** Objects placed from one second to another, both inclusive. */
        synchronized List<Held> placed(long from, long to) {
            List<Held> found = new ArrayList<>();
            if (from <= to) {
                byPlaced.subMap(from, true, to, true).values().forEach(found::addAll);
            }
            found.sort(Comparator.comparingLong(held -> held.id));
            return found;
        }

        private synchronized List<String> twins() {
            return byRemoteId.entrySet().stream()
                    .filter(e -> e.getValue().size() > 1)
                    .map(Map.Entry::getKey)
                    .sorted(OptiplyAccount::byNumber)
                    .toList();
        }

        private int place(long id) {
            int low = 0;
            int high = byId.size() - 1;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (byId.get(middle).id < id) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        private void index(Held held) {
            add(byRemoteId, held.remoteId, held);
            add(bySku, held.skuCode, held);
            if (held.placed != Long.MIN_VALUE) {
                add(byPlaced, held.placed, held);
            }
        }

        private void unindex(Held held) {
            drop(byRemoteId, held.remoteId, held);
            drop(bySku, held.skuCode, held);
            drop(byPlaced, held.placed, held);
        }

        private static <K> void add(Map<K, List<Held>> index, K key, Held held) {
            if (key != null) {
                // most keys have one object: a list of one costs little
                index.merge(key, List.of(held), (old, one) -> {
                    List<Held> longer = new ArrayList<>(old);
                    longer.addAll(one);
                    longer.sort(Comparator.comparingLong(h -> h.id));
                    return longer;
                });
            }
        }

        private static <K> void drop(Map<K, List<Held>> index, K key, Held held) {
            if (key != null) {
                index.computeIfPresent(key, (k, old) -> {
                    List<Held> shorter = new ArrayList<>(old);
                    shorter.removeIf(h -> h.id == held.id);
                    return shorter.isEmpty() ? null : shorter;
                });
            }
        }
    }

    private static List<Map<String, Object>> documents(Kind kind) {
        return kind.all().stream().map(OptiplyAccount::document).toList();
    }

    private static List<Map<String, Object>> byRemoteId(Kind kind, String remoteId) {
        return kind.withRemoteId(remoteId).stream()
                .map(OptiplyAccount::document)
                .toList();
    }

    private static Map<String, Object> document(Held held) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", held.id);
        document.put("remoteId", held.remoteId);
        document.putAll(held.attributes());
        return document;
    }

    private Map<String, Object> content(Kind kind) {
        Map<String, Object> content = new TreeMap<>(OptiplyAccount::byNumber);
        for (Held held : kind.all()) {
            Map<String, Object> values = new TreeMap<>(held.attributes());
            values.values().removeIf(java.util.Objects::isNull);
            if (values.get("orderLines") instanceof List<?> lines) {
                values.put("orderLines", lines(lines));
            }
            String remoteId = String.valueOf(held.remoteId);
            String key = remoteId;
            for (int twin = 2; content.containsKey(key); twin++) {
                key = remoteId + "#" + twin;
            }
            content.put(key, values);
        }
        return content;
    }

    private List<Object> lines(List<?> lines) {
        Function<Object, String> remoteId = id -> {
            Held product = products.get(((Number) id).longValue());
            return product == null ? "none" : String.valueOf(product.remoteId);
        };
        List<Map<String, Object>> named = new ArrayList<>();
        for (Object line : lines) {
            Map<String, Object> l = Documents.map(line);
            Map<String, Object> n = new TreeMap<>();
            n.put("product", remoteId.apply(l.get("productId")));
            n.put("quantity", new BigDecimal(l.get("quantity").toString()).intValueExact());
            n.put("subtotalValue", l.get("subtotalValue"));
            named.add(n);
        }
        named.sort((a, b) -> byNumber((String) a.get("product"), (String) b.get("product")));
        return new ArrayList<>(named);
    }

    /** Remote ids in the order of their numbers, twins behind their first, other text last. */
    private static int byNumber(String one, String other) {
        int byLength = Integer.compare(digits(one), digits(other));
        return byLength != 0 ? byLength : one.compareTo(other);
    }

    private static int digits(String text) {
        int count = 0;
        while (count < text.length() && Character.isDigit(text.charAt(count))) {
            count++;
        }
        return count == 0 ? Integer.MAX_VALUE : count;
    }
}
