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

/** The process dies just before a step of a route; nothing runs afterwards. */
final class CrashPoint implements InterceptStrategy {

    private final AtomicInteger steps = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicReference<String> where = new AtomicReference<>();
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private volatile Runnable dying = () -> {};
    private volatile int only;
    private volatile boolean armed;

    /** The process died. */
    static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Dies before the n-th step from now on, whichever it is. */
    void before(int nthStep, Runnable whenDying) {
        arm(-1, nthStep, whenDying);
    }

    /** Dies when this step (one number for each step of all routes; taken modulo their count) comes for the n-th time. */
    void before(int step, int nthTime, Runnable whenDying) {
        arm(step % Math.max(1, steps.get()), nthTime, whenDying);
    }

    private void arm(int step, int times, Runnable whenDying) {
        dying = whenDying;
        only = step;
        left.set(times);
        armed = true;
    }

    /** Whoever lives lives on. */
    synchronized void never() {
        armed = false;
        where.set(null);
    }

    /** The step before which the process died; null where it lives. */
    synchronized String where() {
        if (failure.get() != null) {
            throw failure.get();
        }
        return where.get();
    }

    /** To be called for each new program: its steps are counted anew. */
    CrashPoint ofNewProgram() {
        steps.set(0);
        return this;
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode node, Processor target, Processor nextTarget) {
        int step = steps.getAndIncrement();
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                if (armed && (where.get() != null || comes(step))) {
                    die(String.valueOf(node));
                    exchange.setException(new Died());
                    callback.done(true);
                    return true;
                }
                return super.process(exchange, callback);
            }
        };
    }

    private boolean comes(int step) {
        return (only < 0 || only == step) && left.decrementAndGet() <= 0;
    }

    private synchronized void die(String before) {
        // Who comes too late belongs to a process that is gone.
        if (armed && where.compareAndSet(null, before)) {
            try {
                dying.run();
            } catch (RuntimeException e) {
                failure.set(e);
            }
        }
    }
}
