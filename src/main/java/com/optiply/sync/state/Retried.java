package com.optiply.sync.state;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Parked records that are to be tried again. It travels through the routes as the variable {@code retried}.
 *
 * @param entity {@code products} or {@code sell-orders}
 * @param remoteIds of the parked records
 * @param sourceIds by which the shop is asked for them: product ids for the variants of products
 */
public record Retried(String entity, List<String> remoteIds, List<String> sourceIds) {

    /** The records without those whose remote ids are given. */
    List<String> without(Set<String> seen) {
        TreeSet<String> rest = new TreeSet<>(remoteIds);
        rest.removeAll(seen);
        return List.copyOf(rest);
    }
}
