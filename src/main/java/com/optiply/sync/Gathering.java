package com.optiply.sync;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExchangeHelper;

/**
 * Gathers the bodies of a split's children into one list; a child that answers a list adds its elements, one that
 * answers nothing adds nothing. A child's exception becomes the split's own: it would vanish otherwise. The variables
 * stay those from before the split: keeping a child would leak its values.
 *
 * <p>Safe for several threads: it holds no state.
 */
public final class Gathering implements AggregationStrategy {

    @Override
    public Exchange aggregate(Exchange gathered, Exchange child) {
        throw new UnsupportedOperationException("only within a split");
    }

    @Override
    public Exchange aggregate(Exchange gathered, Exchange child, Exchange split) {
        Exchange all = gathered;
        if (all == null) {
            all = ExchangeHelper.createCopy(split, true);
            all.getMessage().setBody(new ArrayList<>());
        }
        if (child.getException() != null) {
            if (all.getException() == null) {
                all.setException(child.getException());
            }
        } else {
            add(all.getMessage().getBody(List.class), child.getMessage().getBody());
        }
        return all;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static void add(List all, Object body) {
        if (body instanceof Collection<?> several) {
            all.addAll(several);
        } else if (body != null) {
            all.add(body);
        }
    }
}
