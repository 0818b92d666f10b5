package com.optiply.sync.chaos;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The faults of one step, drawn from the seed by what each call says and how often it has come, so that they do not
 * depend on the order in which several workers happen to call.
 */
final class Faults implements FaultyProxy.Plan {

    private static final List<Fault> ANY = List.of(
            Fault.S500,
            Fault.S502,
            Fault.S503,
            Fault.S504,
            Fault.S401,
            Fault.RESET_BEFORE,
            Fault.RESET_INSIDE,
            Fault.RESET_AFTER,
            Fault.DRIP,
            Fault.TRUNCATED,
            Fault.HTML,
            Fault.TOO_MANY,
            Fault.TOO_MANY_WAIT,
            Fault.SILENCE);

    private final String partner;
    private final long seed;
    private final double share;
    private final boolean away;
    private final Runnable beforePage;
    private final Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();
    private final AtomicInteger slow;
    private final Map<String, AtomicInteger> drawn;

    /**
     * @param share of the calls that fail
     * @param away whether no call at all gets an answer
     * @param beforePage what the shop does just before a page is read
     */
    Faults(
            String partner,
            long seed,
            double share,
            boolean away,
            Runnable beforePage,
            Map<String, AtomicInteger> drawn) {
        this.partner = partner;
        this.seed = seed;
        this.share = share;
        this.away = away;
        this.beforePage = beforePage;
        this.drawn = drawn;
        this.slow = new AtomicInteger(new Random(seed).nextInt(3) == 0 ? 1 : 0);
    }

    static Map<String, AtomicInteger> none() {
        return java.util.Collections.synchronizedMap(new TreeMap<>());
    }

    @Override
    public Fault decide(FaultyProxy.Call call) {
        if (call.method().equals("GET")) {
            beforePage.run();
        }
        if (away) {
            return note(call, call.path().hashCode() % 2 == 0 ? Fault.S503 : Fault.RESET_BEFORE);
        }
        String key = call + Integer.toHexString(Arrays.hashCode(call.body()));
        int occurrence = seen.computeIfAbsent(key, any -> new AtomicInteger()).incrementAndGet();
        Random random = new Random(seed * 31 + key.hashCode() * 1_000_003L + occurrence);
        random.nextInt();
        if (random.nextDouble() >= share) {
            return Fault.PASS;
        }
        Fault fault = drawn(call, random);
        boolean costsTime = fault == Fault.SILENCE
                || fault == Fault.SILENCE_WRITTEN
                || fault == Fault.TOO_MANY
                || fault == Fault.TOO_MANY_WAIT;
        if (costsTime && slow.decrementAndGet() < 0) {
            fault = Fault.S503;
        }
        return note(call, fault);
    }

    private Fault drawn(FaultyProxy.Call call, Random random) {
        boolean login = call.path().contains("/oauth/");
        if (call.method().equals("POST") && !login && random.nextInt(3) > 0) {
            return List.of(
                            Fault.RESET_AFTER,
                            Fault.LATE_COMMIT,
                            Fault.S500_WRITTEN,
                            Fault.SILENCE_WRITTEN,
                            Fault.TRUNCATED,
                            Fault.HTML,
                            Fault.NO_CONTENT)
                    .get(random.nextInt(7));
        }
        if (call.method().equals("GET") && random.nextInt(6) == 0) {
            return Fault.REPEATED_PAGE;
        }
        if (call.method().equals("GET") && call.path().contains("/v3/") && random.nextInt(6) == 0) {
            return Fault.NO_CONTENT;
        }
        return ANY.get(random.nextInt(ANY.size()));
    }

    private Fault note(FaultyProxy.Call call, Fault fault) {
        drawn.computeIfAbsent(partner + " " + call.method() + " " + fault, any -> new AtomicInteger())
                .incrementAndGet();
        return fault;
    }
}
