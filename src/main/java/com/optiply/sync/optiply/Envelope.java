package com.optiply.sync.optiply;

import com.optiply.sync.Json;
import com.optiply.sync.state.PendingRecord;
import com.optiply.sync.state.Run;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Variable;

/**
 * The JSON:API envelope around a wanted document: {@code {"data": {"type", "attributes"}}}. Safe for several threads.
 */
public final class Envelope {

    /** Attributes that the shop may clear; Optiply clears one only where it is told null. */
    private static final List<String> CLEARABLE = List.of("skuCode", "eanCode", "price");

    private final boolean parkUnknown;

    /** @param parkUnknown whether an order is parked where a product that one of its lines names is not in Optiply */
    public Envelope(boolean parkUnknown) {
        this.parkUnknown = parkUnknown;
    }

    /** The body of a POST: every attribute, for a sell order with its lines. */
    public String forPost(@Variable("record") PendingRecord record, @Variable("run") Run run) {
        Map<String, Object> attributes = new LinkedHashMap<>(record.wanted());
        if (record.getResource().equals("sellOrders")) {
            attributes.put("orderLines", lines(record, run));
        }
        return envelope(record, null, attributes);
    }

    /** The body of a PATCH: all attributes, null for one that Optiply holds and the shop has cleared; never order lines. */
    public String forPatch(@Variable("record") PendingRecord record) {
        Map<String, Object> attributes = new LinkedHashMap<>(record.wanted());
        attributes.remove("orderLines");
        Map<String, Object> sent = record.sent();
        for (String attribute : CLEARABLE) {
            boolean mayBeHeld = record.getEntity().equals("products") && (sent == null || sent.get(attribute) != null);
            if (mayBeHeld && attributes.get(attribute) == null) {
                attributes.put(attribute, null);
            }
        }
        return envelope(record, record.getOptiplyId(), attributes);
    }

    private List<Map<String, Object>> lines(PendingRecord record, Run run) {
        Map<String, Map<String, Object>> byProduct = new LinkedHashMap<>();
        for (Map<String, Object> line : PendingRecord.lines(record.wanted())) {
            String product = (String) line.get("product");
            String productId = record.productId(product);
            if (productId == null) {
                if (parkUnknown) {
                    throw new LineWithoutProduct(
                            "product " + product + " of a line is not in Optiply: it is parked or gone"
                                    + " (sell-orders.unknown-products=park)");
                }
                run.getCounts()
                        .leftOutLine("order " + record.getRemoteId() + ": product " + product
                                + " is not in Optiply: it is parked or gone");
                continue;
            }
            Map<String, Object> wire = new LinkedHashMap<>();
            wire.put("productId", new BigInteger(productId));
            wire.put("quantity", line.get("quantity"));
            wire.put("subtotalValue", line.get("subtotalValue"));
            byProduct.merge(productId, wire, Envelope::summed);
        }
        return new ArrayList<>(byProduct.values());
    }

    /** A product stands once in an order. */
    private static Map<String, Object> summed(Map<String, Object> one, Map<String, Object> other) {
        one.put("quantity", number(one.get("quantity")).add(number(other.get("quantity"))));
        one.put("subtotalValue", number(one.get("subtotalValue")).add(number(other.get("subtotalValue"))));
        return one;
    }

    private static BigDecimal number(Object value) {
        return new BigDecimal(value.toString());
    }

    private static String envelope(PendingRecord record, String id, Map<String, Object> attributes) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("type", record.getResource());
        if (id != null) {
            data.put("id", id);
        }
        data.put("attributes", attributes);
        return Json.text(Map.of("data", data));
    }

    /** A line names a product that Optiply does not hold, and the settings say that its order is parked then. */
    public static final class LineWithoutProduct extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LineWithoutProduct(String message) {
            super(message);
        }
    }
}
