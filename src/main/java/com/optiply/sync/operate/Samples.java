package com.optiply.sync.operate;

import com.optiply.sync.Wiring;
import com.optiply.sync.state.Run;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * How much was read and delivered, and what was left of BigCommerce's quota, over the last hour; in memory, for the
 * page's small chart.
 *
 * <p>Safe for several threads.
 */
final class Samples implements AutoCloseable {

    private static final int EVERY_SECONDS = 5;
    private static final int KEPT = 3600 / EVERY_SECONDS;

    private final Wiring wiring;
    private final Deque<Map<String, Object>> last = new ArrayDeque<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "samples");
        thread.setDaemon(true);
        return thread;
    });
    private long readOfEnded;
    private long deliveredOfEnded;
    private long readBefore;
    private long deliveredBefore;

    Samples(Wiring wiring) {
        this.wiring = wiring;
        wiring.runs().onEnd(this::ended);
        clock.scheduleAtFixedRate(this::take, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private synchronized void ended(Run run) {
        readOfEnded += run.getCounts().readSoFar();
        deliveredOfEnded += run.getCounts().delivered();
    }

    private synchronized void take() {
        long read = readOfEnded;
        long delivered = deliveredOfEnded;
        for (Run run : wiring.runs().inHand()) {
            read += run.getCounts().readSoFar();
            delivered += run.getCounts().delivered();
        }
        Map<String, Object> sample = new LinkedHashMap<>();
        sample.put("at", Instant.now().toString());
        sample.put("read", Math.max(0, read - readBefore));
        sample.put("delivered", Math.max(0, delivered - deliveredBefore));
        sample.put(
                "quota_left", wiring.quota().left() < 0 ? null : wiring.quota().left());
        readBefore = read;
        deliveredBefore = delivered;
        last.addLast(sample);
        if (last.size() > KEPT) {
            last.removeFirst();
        }
    }

    /** The oldest first. */
    synchronized List<Map<String, Object>> last() {
        return new ArrayList<>(last);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
