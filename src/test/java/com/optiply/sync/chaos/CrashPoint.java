package com.optiply.sync.chaos;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** The process dies just before the n-th step of any route from now on; nothing runs afterwards. */
final class CrashPoint implements InterceptStrategy {

    private static final int NEVER = Integer.MAX_VALUE;

    private final AtomicInteger left = new AtomicInteger(NEVER);
    private final AtomicReference<String> where = new AtomicReference<>();
    private volatile Runnable dying = () -> {};

    /** The process died. */
    static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    void after(int steps, Runnable whenDying) {
        dying = whenDying;
        left.set(steps);
    }

    void never() {
        left.set(NEVER);
        where.set(null);
    }

    /** The step before which the process died; null where it lives. */
    String where() {
        return where.get();
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode node, Processor target, Processor nextTarget) {
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                if (left.get() != NEVER && left.decrementAndGet() <= 0) {
                    die(String.valueOf(node));
                    exchange.setException(new Died());
                    callback.done(true);
                    return true;
                }
                return super.process(exchange, callback);
            }
        };
    }

    private synchronized void die(String before) {
        if (where.compareAndSet(null, before)) {
            dying.run();
        }
    }
}
