package com.optiply.sync.optiply;

import com.optiply.sync.state.Run;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Variable;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * What all workers of delivery share: how many calls may be in flight, the pause that Optiply asks for, our own limit of
 * calls per second, and the count of calls in a row without success, after which delivery ends for the run and no record
 * is blamed.
 *
 * <p>As a processor it looks at each failed call ({@code onExceptionOccurredRef}) and hands Camel the wait that Optiply
 * asked for. Safe for several threads; {@link #pass} blocks.
 */
public final class Delivery implements Processor {

    /** Optiply may ask for more, but then the record rather waits for a later round. */
    private static final long LONGEST_WAIT_MS = TimeUnit.MINUTES.toMillis(10);

    private static final String PLACE = "placeInFlight";

    private final Semaphore inFlight;
    private int concurrency;
    private final long nanosPerCall;
    private long nextCall;
    private long pausedUntil;
    private int failuresInARow;
    private boolean anySuccess;
    private boolean stopping;

    /**
     * @param concurrency calls in flight at once, whoever makes them
     * @param requestsPerSecond 0: no limit of our own
     */
    public Delivery(int concurrency, int requestsPerSecond) {
        // Not a fair one: a worker that comes by may take a free place before one that waits has woken up.
        this.inFlight = new Semaphore(concurrency);
        this.concurrency = concurrency;
        this.nanosPerCall = requestsPerSecond > 0 ? TimeUnit.SECONDS.toNanos(1) / requestsPerSecond : 0;
        this.nextCall = System.nanoTime();
        this.pausedUntil = nextCall;
    }

    /** From here on so many calls may be in flight at once; waits until those are done that are too many. */
    public void concurrency(int changed) {
        int more;
        synchronized (this) {
            more = changed - concurrency;
            concurrency = changed;
        }
        if (more > 0) {
            inFlight.release(more);
        }
        // One by one, since several at once may never be free together.
        for (int taken = 0; taken < -more; taken++) {
            inFlight.acquireUninterruptibly();
        }
    }

    /** A run's delivery begins: what failed before is forgotten. */
    public synchronized void begin() {
        failuresInARow = 0;
        anySuccess = false;
    }

    /** The process stops: no new call begins. */
    public synchronized void stop() {
        stopping = true;
        notifyAll();
    }

    public synchronized boolean isStopping() {
        return stopping;
    }

    /** Whether no new record is to be begun. */
    public synchronized boolean isEnding() {
        return stopping || failuresInARow >= 3 * concurrency;
    }

    public synchronized boolean hasGivenUp() {
        return failuresInARow >= 3 * concurrency;
    }

    /**
     * Lets one call pass when there is a place in flight and it is its turn, and counts it. The place is given back by
     * {@link #answered} or {@link #process}, at the latest when the exchange ends.
     *
     * @throws Stopping where the process stops: also what is repeated is a new call
     */
    public void pass(Exchange exchange, @Variable("run") Run run) throws InterruptedException {
        place(exchange).take();
        waitForTurn();
        if (run != null) {
            run.getCounts().optiplyCall();
        }
    }

    private Place place(Exchange exchange) {
        Place place = exchange.getProperty(PLACE, Place.class);
        if (place == null || place.exchange != exchange) {
            // None yet, or one that a copied exchange brought along.
            place = new Place(exchange);
            exchange.setProperty(PLACE, place);
            exchange.getExchangeExtension().addOnCompletion(place);
        }
        return place;
    }

    /** A place in flight, taken by one exchange at a time for one call after the other. */
    private final class Place extends SynchronizationAdapter {
        private final Exchange exchange;
        private boolean taken;

        Place(Exchange exchange) {
            this.exchange = exchange;
        }

        void take() throws InterruptedException {
            if (!taken) {
                inFlight.acquire();
                taken = true;
            }
        }

        void giveBack() {
            if (taken) {
                taken = false;
                inFlight.release();
            }
        }

        @Override
        public void onDone(Exchange ended) {
            giveBack();
        }
    }

    private void waitForTurn() throws InterruptedException {
        synchronized (this) {
            for (long wait = nanosToWait(); wait > 0; wait = nanosToWait()) {
                TimeUnit.NANOSECONDS.timedWait(this, wait);
            }
            nextCall = Math.max(nextCall, System.nanoTime()) + nanosPerCall;
        }
    }

    private long nanosToWait() {
        if (stopping) {
            throw new Stopping();
        }
        long now = System.nanoTime();
        return Math.max(pausedUntil - now, nanosPerCall > 0 ? nextCall - now : 0);
    }

    /** A call was answered, whatever the answer is worth: the next one may go. */
    public void answered(Exchange exchange) {
        place(exchange).giveBack();
    }

    /** A call succeeded. */
    public synchronized void succeeded() {
        failuresInARow = 0;
        anySuccess = true;
    }

    /** Whether Optiply has taken anything in this run: only then a failure may be the record's own. */
    public synchronized boolean isPartnerWell() {
        return anySuccess && !hasGivenUp();
    }

    @Override
    public void process(Exchange exchange) {
        place(exchange).giveBack();
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (!(failure instanceof HttpOperationFailedException refusal)) {
            failed();
            return;
        }
        int status = refusal.getStatusCode();
        if (status == 429) {
            long wait = retryAfter(refusal);
            pause(wait > 0 ? wait : 1000);
            hold(exchange, wait);
        } else if (status >= 500 || status == 408) {
            hold(exchange, retryAfter(refusal));
            failed();
        } else {
            // An answer about the record itself: the partner is well.
            succeeded();
        }
    }

    private static void hold(Exchange exchange, long waitMs) {
        if (waitMs > 0) {
            exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, waitMs);
        } else {
            exchange.getMessage().removeHeader(Exchange.REDELIVERY_DELAY);
        }
    }

    private synchronized void failed() {
        failuresInARow++;
    }

    private synchronized void pause(long waitMs) {
        pausedUntil = Math.max(pausedUntil, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMs));
    }

    private static long retryAfter(HttpOperationFailedException refusal) {
        if (refusal.getResponseHeaders() == null) {
            return 0;
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(refusal.getResponseHeaders());
        try {
            long seconds =
                    Long.parseLong(headers.getOrDefault("Retry-After", headers.getOrDefault("X-Retry-After", "0"))
                            .trim());
            return Math.min(LONGEST_WAIT_MS, Math.max(0, TimeUnit.SECONDS.toMillis(seconds)));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** The process stops: the call was not made. */
    public static final class Stopping extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopping() {
            super("the process stops; what is not delivered waits for the next start");
        }
    }
}
