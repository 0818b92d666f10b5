package com.optiply.sync.mapping;

import java.util.Optional;

/** Tells which product, among those we hold, an order line means. */
@FunctionalInterface
public interface ProductLookup {

    /**
     * The remote id of the product that the ids name: the variant's, else that of the product's base variant.
     *
     * @param variantId BigCommerce's variant id, or null (or "0") where the line names none
     * @param productId BigCommerce's product id, or null (or "0") where the line names none
     * @return empty where we hold no such product, or hold it only as parked
     */
    Optional<String> remoteIdOf(String variantId, String productId);
}
