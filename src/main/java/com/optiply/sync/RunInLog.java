package com.optiply.sync;

import com.optiply.sync.state.Run;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.slf4j.MDC;

/**
 * Lets every log line of a run name the run and its store, on whichever thread it is written: each step puts them into
 * the logging context of its thread and takes them out again. Camel's own switch for that knows nothing of runs and
 * follows no message into a split's pool.
 *
 * <p>Safe for several threads.
 */
final class RunInLog implements InterceptStrategy {

    private static final String RUN = "run";
    private static final String STORE = "store";

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                if (!(exchange.getVariable(RUN) instanceof Run run)) {
                    return super.process(exchange, callback);
                }
                String before = MDC.get(RUN);
                String id = String.valueOf(run.getId());
                if (id.equals(before)) {
                    return super.process(exchange, callback);
                }
                String storeBefore = MDC.get(STORE);
                MDC.put(RUN, id);
                MDC.put(STORE, run.getStore());
                try {
                    return super.process(exchange, callback);
                } finally {
                    put(RUN, before);
                    put(STORE, storeBefore);
                }
            }
        };
    }

    private static void put(String key, String value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }
}
