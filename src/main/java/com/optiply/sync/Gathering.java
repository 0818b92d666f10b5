package com.optiply.sync;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/**
 * Gathers the bodies of a split's children into one list, in their order; a child that answers a list adds its elements,
 * one that answers nothing adds nothing. A child's exception becomes the split's own: it would vanish otherwise.
 *
 * <p>Safe for several threads: it holds no state.
 */
public final class Gathering implements AggregationStrategy {

    /** What a child answers whose row needs nothing. */
    public static final Object NOTHING = List.of();

    @Override
    public Exchange aggregate(Exchange gathered, Exchange child) {
        if (gathered == null) {
            List<Object> all = new ArrayList<>();
            add(all, child);
            child.getMessage().setBody(all);
            return child;
        }
        if (child.getException() != null && gathered.getException() == null) {
            gathered.setException(child.getException());
        }
        add(gathered.getMessage().getBody(List.class), child);
        return gathered;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static void add(List all, Exchange child) {
        Object body = child.getMessage().getBody();
        if (child.getException() != null || body == null) {
            return;
        }
        if (body instanceof Collection<?> several) {
            all.addAll(several);
        } else {
            all.add(body);
        }
    }
}
