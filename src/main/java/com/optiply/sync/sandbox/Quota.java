package com.optiply.sync.sandbox;

import java.util.concurrent.TimeUnit;

/**
 * So many calls in a window of time, as BigCommerce counts them: the window begins with its first call and all clients
 * of the store share it. Safe for several threads.
 */
public final class Quota {

    private int calls;
    private long windowMs;
    private long windowEndsNanos;
    private int used;
    private int most;

    Quota(int calls, long windowMs) {
        set(calls, windowMs);
    }

    synchronized void set(int newCalls, long newWindowMs) {
        if (newCalls < 1 || newWindowMs < 1) {
            throw new IllegalArgumentException("a quota needs at least one call and one millisecond");
        }
        calls = newCalls;
        windowMs = newWindowMs;
        used = 0;
        most = 0;
        windowEndsNanos = System.nanoTime();
    }

    /** Counts one call; false if the window has none left. */
    synchronized boolean take() {
        turn();
        if (used >= calls) {
            return false;
        }
        used++;
        most = Math.max(most, used);
        return true;
    }

    /** The most that was used up of any window since the quota was set. */
    synchronized int most() {
        return most;
    }

    /** What other apps of the same store use up. */
    synchronized void takeForOthers(int count) {
        turn();
        used = Math.min(calls, used + count);
    }

    synchronized State state() {
        turn();
        long left = Math.max(0, windowEndsNanos - System.nanoTime());
        return new State(calls, calls - used, windowMs, TimeUnit.NANOSECONDS.toMillis(left + 999_999));
    }

    private void turn() {
        long now = System.nanoTime();
        if (now - windowEndsNanos >= 0) {
            windowEndsNanos = now + TimeUnit.MILLISECONDS.toNanos(windowMs);
            used = 0;
        }
    }

    record State(int quota, int left, long windowMs, long resetMs) {}
}
