package com.optiply.sync.bigcommerce;

import com.optiply.sync.state.Run;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.apache.camel.http.base.HttpOperationFailedException;

/**
 * The calls that BigCommerce allows a store, held by all workers together. The quota is shared by all apps of the
 * merchant, so every answer's {@code X-Rate-Limit-*} headers correct our own count; a reserve is left to the others, and
 * the window's end is waited for before BigCommerce has to say so. After a 429 everybody waits (BigCommerce API
 * reference, "API rate limits").
 *
 * <p>Safe for several threads; {@link #take} blocks.
 */
public final class Quota {

    private static final long UNKNOWN = Long.MAX_VALUE;
    private static final Duration DEFAULT_WINDOW = Duration.ofSeconds(30);

    private final int reserve;
    private long left = UNKNOWN;
    private long quota = -1;
    private long windowEnds;
    private long window = DEFAULT_WINDOW.toNanos();
    private long pausedUntil;
    private int inFlight;

    /** @param reserve calls per window that are left to the merchant's other apps */
    public Quota(int reserve) {
        this.reserve = reserve;
        this.pausedUntil = System.nanoTime();
        this.windowEnds = pausedUntil;
    }

    /** Takes one call, waiting for it where the window is used up or BigCommerce asked for a pause. */
    public void take(@Variable("run") Run run) throws InterruptedException {
        synchronized (this) {
            for (long wait = nanosToWait(); wait > 0; wait = nanosToWait()) {
                TimeUnit.NANOSECONDS.timedWait(this, wait);
            }
            if (left != UNKNOWN) {
                left--;
            }
            inFlight++;
        }
        if (run != null) {
            run.getCounts().bigcommerceCall();
        }
    }

    private long nanosToWait() {
        long now = System.nanoTime();
        if (pausedUntil - now > 0) {
            return pausedUntil - now;
        }
        if (left == UNKNOWN) {
            return 0;
        }
        if (windowEnds - now <= 0) {
            // A new window: what is left of it is known when its first answer comes.
            left = quota > 0 ? quota : UNKNOWN;
            windowEnds = now + window;
            return 0;
        }
        return left > effectiveReserve() ? 0 : windowEnds - now;
    }

    /** A reserve that is as large as the quota would let nothing through. */
    private long effectiveReserve() {
        return quota > 0 ? Math.min(reserve, quota - 1) : reserve;
    }

    /** Notes what an answer says of the quota. */
    public void note(Exchange exchange) {
        answered(exchange.getMessage().getHeaders(), false);
    }

    /** Notes what a refusal says of the quota; after a 429, also one without headers, everybody waits. */
    public void note(HttpOperationFailedException refusal) {
        Map<String, Object> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (refusal.getResponseHeaders() != null) {
            headers.putAll(refusal.getResponseHeaders());
        }
        answered(headers, refusal.getStatusCode() == 429);
    }

    /** Nothing came back. */
    public synchronized void unanswered() {
        inFlight = Math.max(0, inFlight - 1);
    }

    private synchronized void answered(Map<String, Object> headers, boolean refused) {
        inFlight = Math.max(0, inFlight - 1);
        long now = System.nanoTime();
        long saysLeft = number(headers, "X-Rate-Limit-Requests-Left");
        long saysQuota = number(headers, "X-Rate-Limit-Requests-Quota");
        long saysWindow = number(headers, "X-Rate-Limit-Time-Window-Ms");
        long saysReset = number(headers, "X-Rate-Limit-Time-Reset-Ms");
        if (saysWindow > 0) {
            window = TimeUnit.MILLISECONDS.toNanos(saysWindow);
        }
        if (saysQuota > 0) {
            quota = saysQuota;
        }
        if (saysReset >= 0) {
            windowEnds = now + TimeUnit.MILLISECONDS.toNanos(saysReset);
        }
        if (saysLeft >= 0) {
            // Calls still under way are not in BigCommerce's count yet.
            left = saysLeft - inFlight;
        }
        // Also a 503 may say how long it lasts.
        long seconds = Math.max(number(headers, "X-Retry-After"), number(headers, "Retry-After"));
        if (refused || seconds > 0) {
            long wait = Math.max(
                    seconds > 0 ? TimeUnit.SECONDS.toNanos(seconds) : 0,
                    refused && saysReset > 0 ? TimeUnit.MILLISECONDS.toNanos(saysReset) : 0);
            pausedUntil = Math.max(pausedUntil, now + (wait > 0 ? wait : TimeUnit.SECONDS.toNanos(1)));
        }
        notifyAll();
    }

    private static long number(Map<String, Object> headers, String name) {
        Object value = headers.get(name);
        if (value == null) {
            value = headers.get(name.toLowerCase(Locale.ROOT));
        }
        try {
            return value == null ? -1 : Long.parseLong(value.toString().trim());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Calls left in the window as BigCommerce last said; -1 where it never did. */
    public synchronized long left() {
        return left == UNKNOWN ? -1 : Math.max(0, left);
    }

    /** Calls per window; -1 where BigCommerce never said. */
    public synchronized long quota() {
        return quota;
    }
}
