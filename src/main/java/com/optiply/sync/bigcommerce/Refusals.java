package com.optiply.sync.bigcommerce;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.http.base.HttpOperationFailedException;

/**
 * Looks at each failed call to BigCommerce ({@code onExceptionOccurredRef}): tells the quota what the refusal says of it,
 * so that everybody waits. Safe for several threads.
 */
public final class Refusals implements Processor {

    private final Quota quota;

    public Refusals(Quota quota) {
        this.quota = quota;
    }

    @Override
    public void process(Exchange exchange) {
        if (exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)
                instanceof HttpOperationFailedException refusal) {
            quota.note(refusal);
        } else {
            quota.unanswered();
        }
    }
}
