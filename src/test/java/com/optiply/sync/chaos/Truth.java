package com.optiply.sync.chaos;

import com.optiply.sync.Expected;
import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.sandbox.Shop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What Optiply may hold, kept in plain maps beside the product. What the shop shows now has one right answer. What it no
 * longer shows (a deleted product, a record that has become unmappable, an order that no rule wants any more) must be
 * as it was at some time, and must be there if it was ever seen in Optiply.
 */
final class Truth {

    private static final Set<Integer> WANTED = Set.of(10);
    private static final Set<Integer> DELETED = Set.of(4, 5, 6);

    private final Sandbox sandbox;
    private final String lineSubtotal;
    private final Map<String, Set<Object>> productsEver = new HashMap<>();
    private final Map<String, Set<Object>> ordersEver = new HashMap<>();
    /** What was ever seen in Optiply, but for what a person took out: entity and remote id. */
    private final Set<String> held = new HashSet<>();

    private final Set<String> takenOut = new HashSet<>();
    private final Set<String> ordersEverDeleted = new HashSet<>();
    private final Set<String> refused = new TreeSet<>();
    /** Products that were at any time unmappable, refused or gone: an order may hold their lines or not. */
    private final Set<String> unsureProducts = new HashSet<>();

    private Map<String, Object> products = Map.of();
    private Map<String, Object> orders = Map.of();

    Truth(Sandbox sandbox, String lineSubtotal) {
        this.sandbox = sandbox;
        this.lineSubtotal = lineSubtotal;
        shopChanged();
    }

    /** To be called after each change of the shop. */
    void shopChanged() {
        Shop shop = sandbox.shop();
        Map<String, Object> content = Expected.of(shop, WANTED, lineSubtotal);
        Map<String, Object> before = products;
        products = map(content.get("products"));
        orders = map(content.get("sell-orders"));
        before.keySet().stream().filter(id -> !products.containsKey(id)).forEach(unsureProducts::add);
        unsureProducts.addAll(unmappable());
        products.forEach((id, document) ->
                productsEver.computeIfAbsent(id, any -> new LinkedHashSet<>()).add(document));
        orders.forEach((id, document) ->
                ordersEver.computeIfAbsent(id, any -> new LinkedHashSet<>()).add(document));
        for (Map<String, Object> order : shop.orders()) {
            if (DELETED.contains(((Number) order.get("status_id")).intValue())) {
                ordersEverDeleted.add(String.valueOf(order.get("id")));
            }
        }
    }

    void refuse(String remoteId) {
        refused.add(remoteId);
        unsureProducts.add(remoteId);
        sandbox.optiply().refuse(remoteId, 422, "remoteId " + remoteId + " is not liked");
    }

    void accept(String remoteId) {
        refused.remove(remoteId);
        sandbox.optiply().accept(remoteId);
    }

    Set<String> refused() {
        return refused;
    }

    /** A person took an object out of Optiply. @param record its entity and its remote id */
    void takenOut(String record) {
        takenOut.add(record);
        held.remove(record);
    }

    /** Whether a person took it out of Optiply and it is not back yet. */
    boolean isTakenOut(String record) {
        return takenOut.contains(record);
    }

    /** To be called when nothing runs: what is there now was there at some time. */
    void look() {
        sandbox.optiply().products().forEach(one -> held.add("products " + one.get("remoteId")));
        sandbox.optiply().sellOrders().forEach(one -> held.add("sell-orders " + one.get("remoteId")));
        takenOut.removeAll(held);
    }

    /** Remote ids of variants that the shop shows and that cannot be mapped. */
    Set<String> unmappable() {
        Set<String> unmappable = new TreeSet<>();
        for (Map<String, Object> product : sandbox.shop().products()) {
            for (Object variant : (List<?>) product.get("variants")) {
                String id = String.valueOf(((Map<?, ?>) variant).get("id"));
                if (!products.containsKey(id)) {
                    unmappable.add(id);
                }
            }
        }
        return unmappable;
    }

    Map<String, Object> products() {
        return products;
    }

    Map<String, Object> orders() {
        return orders;
    }

    /**
     * The first thing in Optiply that is not as it should be; null if all is well.
     *
     * @param gone whether products that are gone from the shop must be disabled by now
     */
    String firstWrongProduct(boolean gone) {
        Map<String, Object> actual = map(sandbox.optiply().content().get("products"));
        Set<String> shown = unmappable();
        for (Map.Entry<String, Object> one : products.entrySet()) {
            String id = one.getKey();
            Object there = actual.remove(id);
            if (refused.contains(id)) {
                if (there != null && !productsEver.get(id).contains(there)) {
                    return "product " + id + " (refused) was never " + there;
                }
            } else if (!one.getValue().equals(there)) {
                return "product " + id + " should be " + one.getValue() + " but is " + there;
            }
        }
        for (Map.Entry<String, Object> one : actual.entrySet()) {
            String id = one.getKey();
            Set<Object> ever = productsEver.getOrDefault(id, Set.of());
            Object there = one.getValue();
            boolean known = ever.contains(there);
            if (!shown.contains(id) && !refused.contains(id)) {
                boolean asDisabled =
                        ever.stream().anyMatch(document -> disabled(document).equals(there));
                known = gone ? asDisabled : known || asDisabled;
            }
            if (!known) {
                return "product " + id + ", which is " + (shown.contains(id) ? "unmappable" : "gone")
                        + ", should not be " + there;
            }
        }
        Set<String> lost = held("products ");
        lost.removeAll(actual.keySet());
        lost.removeAll(products.keySet());
        return lost.isEmpty() ? null : "products " + lost + " were in Optiply and are not any more";
    }

    /** The same for sell orders. */
    String firstWrongOrder() {
        Map<String, Object> actual = map(sandbox.optiply().content().get("sell-orders"));
        Map<String, Integer> statuses = new HashMap<>();
        sandbox.shop()
                .orders()
                .forEach(order ->
                        statuses.put(String.valueOf(order.get("id")), ((Number) order.get("status_id")).intValue()));
        for (Map.Entry<String, Object> one : orders.entrySet()) {
            String id = one.getKey();
            Object there = actual.remove(id);
            if (refused.contains(id)) {
                continue;
            }
            if (there == null) {
                return "sell order " + id + " is missing; it should be " + one.getValue();
            }
            if (!head(one.getValue()).equals(head(there))) {
                return "sell order " + id + " should be " + head(one.getValue()) + " but is " + head(there);
            }
            Object lines = sureLines(there);
            if (ordersEver.get(id).stream()
                    .noneMatch(document -> sureLines(document).equals(lines))) {
                return "sell order " + id + " should have lines " + sureLines(one.getValue()) + " but has " + lines;
            }
        }
        for (Map.Entry<String, Object> one : actual.entrySet()) {
            String id = one.getKey();
            Integer status = statuses.get(id);
            if (refused.contains(id)) {
                continue;
            }
            if (status == null || DELETED.contains(status)) {
                return "sell order " + id + " of status " + status + " should not be there: " + one.getValue();
            }
            if (ordersEver.getOrDefault(id, Set.of()).stream()
                    .noneMatch(document -> head(document).equals(head(one.getValue())))) {
                return "sell order " + id + " of status " + status + " was never " + one.getValue();
            }
        }
        Set<String> lost = held("sell-orders ");
        lost.removeAll(actual.keySet());
        lost.removeAll(orders.keySet());
        lost.removeAll(ordersEverDeleted);
        return lost.isEmpty() ? null : "sell orders " + lost + " were in Optiply and are not any more";
    }

    private Set<String> held(String entity) {
        return held.stream()
                .filter(record -> record.startsWith(entity))
                .map(record -> record.substring(entity.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Object sureLines(Object order) {
        List<Object> sure = new ArrayList<>();
        for (Object line : (List<?>) ((Map<?, ?>) order).get("orderLines")) {
            if (!unsureProducts.contains(((Map<?, ?>) line).get("product"))) {
                sure.add(line);
            }
        }
        return sure;
    }

    private static Map<String, Object> head(Object order) {
        Map<String, Object> head = new TreeMap<>(map(order));
        head.remove("orderLines");
        return head;
    }

    private static Map<String, Object> disabled(Object product) {
        Map<String, Object> disabled = new TreeMap<>(map(product));
        disabled.put("status", "disabled");
        return disabled;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object document) {
        return new LinkedHashMap<>((Map<String, Object>) Objects.requireNonNull(document));
    }
}
