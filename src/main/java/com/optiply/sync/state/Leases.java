package com.optiply.sync.state;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;

/**
 * Leases: two runs of the same thing never overlap, also across processes. A lease lives 10 s by the database's clock
 * and is renewed while its process lives; whoever lost one is fenced off, because every write of a result names the
 * epoch.
 *
 * <p>Safe for several threads.
 */
public final class Leases implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);
    private static final Duration WAIT = Duration.ofSeconds(15);
    private static final Duration RENEW = Duration.ofSeconds(3);
    private static final Duration ASK_AGAIN = Duration.ofMillis(200);

    private final Database database;
    private final String owner;
    private final Set<Lease> held = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService renewal = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "lease-renewal");
        thread.setDaemon(true);
        return thread;
    });

    public Leases(Database database) {
        this.database = database;
        this.owner = ManagementFactory.getRuntimeMXBean().getName();
        renewal.scheduleWithFixedDelay(this::renew, RENEW.toMillis(), RENEW.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A lease in our hands. */
    public record Lease(String store, String what, long epoch) {}

    /** Somebody else holds the lease. */
    public static final class LeaseHeld extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LeaseHeld(String message) {
            super(message);
        }
    }

    /**
     * Takes the lease, waiting up to 15 s for it.
     *
     * @throws LeaseHeld naming the holder, where it is not free by then
     */
    public Lease take(String store, String what) {
        Map<String, Object> key = Map.of("store", store, "what", what, "owner", owner);
        long deadline = System.nanoTime() + WAIT.toNanos();
        while (!taken(key)) {
            if (System.nanoTime() > deadline) {
                throw new LeaseHeld("the lease “" + what + "” of store " + store + " is held by " + holder(key));
            }
            pause();
        }
        Long epoch = database.jdbc()
                .queryForObject("select epoch from lease where store = :store and what = :what", key, Long.class);
        Lease lease = new Lease(store, what, epoch == null ? 0 : epoch);
        held.add(lease);
        return lease;
    }

    /** Gives the lease back; does nothing where it is no longer ours. One that cannot be given back runs out by itself. */
    public void release(Lease lease) {
        if (held.remove(lease)) {
            try {
                database.jdbc().update(Statements.named("release-lease"), key(lease));
            } catch (DataAccessException e) {
                LOG.warn("the lease {} could not be given back and runs out by itself: {}", lease, e.getMessage());
            }
        }
    }

    private boolean taken(Map<String, Object> key) {
        if (database.jdbc().update(Statements.named("take-lease"), key) == 1) {
            return true;
        }
        try {
            return database.jdbc().update(Statements.named("insert-lease"), key) == 1;
        } catch (DuplicateKeyException someoneWasFaster) {
            return false;
        }
    }

    private String holder(Map<String, Object> key) {
        List<String> owners =
                database.jdbc().query(Statements.named("select-lease"), key, (row, i) -> row.getString("owner"));
        return owners.isEmpty() ? "nobody any more" : owners.get(0);
    }

    private void renew() {
        for (Lease lease : held) {
            try {
                if (database.jdbc().update(Statements.named("renew-lease"), key(lease)) == 0) {
                    held.remove(lease);
                    LOG.warn("the lease {} was taken over by another process", lease);
                }
            } catch (RuntimeException e) {
                // The lease runs out by itself; until then the next round may succeed.
                LOG.warn("the lease {} could not be renewed: {}", lease, e.getMessage());
            }
        }
    }

    private static Map<String, Object> key(Lease lease) {
        return Map.of("store", lease.store(), "what", lease.what(), "epoch", lease.epoch());
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(ASK_AGAIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LeaseHeld("interrupted while waiting for a lease");
        }
    }

    @Override
    public void close() {
        renewal.shutdownNow();
        held.forEach(this::release);
    }
}
