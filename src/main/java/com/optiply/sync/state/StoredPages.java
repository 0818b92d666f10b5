package com.optiply.sync.state;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;

/**
 * The remote ids of the pages that a run has stored last, handed from its reading to the delivery beside it. It holds
 * back nobody and is allowed to forget: reading is faster than delivery, and what is not taken here is pending in the
 * database.
 *
 * <p>Safe for several threads; taking waits for a page or for the end of reading.
 */
final class StoredPages {

    /** Enough for delivery never to wait for reading while that goes on. */
    private static final int AT_MOST = 2;

    private final Queue<Queue<String>> pages = new ArrayDeque<>();
    private boolean ended;

    synchronized void add(Collection<String> remoteIds) {
        if (!ended && !remoteIds.isEmpty() && pages.size() < AT_MOST) {
            pages.add(new ArrayDeque<>(remoteIds));
            notifyAll();
        }
    }

    /** Reading has ended: those who wait get nothing more. */
    synchronized void end() {
        ended = true;
        pages.clear();
        notifyAll();
    }

    /** Whether there is a page; waits for one. */
    synchronized boolean any() throws InterruptedException {
        while (pages.isEmpty() && !ended) {
            wait();
        }
        return !pages.isEmpty();
    }

    /** The next page's ids; empty where reading has ended, or where the thread was interrupted. */
    synchronized Queue<String> take() {
        try {
            return any() ? pages.remove() : new ArrayDeque<>();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ArrayDeque<>();
        }
    }
}
