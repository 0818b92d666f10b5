package com.optiply.sync.settings;

import java.util.List;

/**
 * BigCommerce's fifteen order statuses; the place in the list is the id. A merchant may rename what the shop shows, but
 * neither these names nor the ids (BigCommerce, orders.v2, {@code GET /v2/order_statuses}).
 */
final class OrderStatuses {

    static final List<String> NAMES = List.of(
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
            "Partially Refunded");

    private OrderStatuses() {}

    /** The id of a status by its exact name; -1 if there is none. */
    static int id(String name) {
        return NAMES.indexOf(name);
    }
}
