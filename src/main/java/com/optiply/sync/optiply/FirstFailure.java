package com.optiply.sync.optiply;

import com.optiply.sync.state.Run;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/**
 * Tells the run of the failure that ends its delivery: one that no route has handled. The iterator of pending records
 * says then that there is no more. (A split that stops on exceptions would also stop at those that were handled.)
 *
 * <p>Safe for several threads: it holds no state.
 */
public final class FirstFailure implements AggregationStrategy {

    @Override
    public Exchange aggregate(Exchange before, Exchange child) {
        throw new UnsupportedOperationException("only within a split");
    }

    @Override
    public Exchange aggregate(Exchange before, Exchange child, Exchange split) {
        if (child.getException() != null) {
            split.getVariable("run", Run.class).deliveryFailed(child.getException());
        }
        return split;
    }
}
