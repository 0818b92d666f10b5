package com.optiply.sync.karaf;

import com.optiply.sync.PlainWords;
import com.optiply.sync.Program;
import com.optiply.sync.settings.BadSettings;
import com.optiply.sync.settings.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The integration as it lives in a container: it starts when it has a good configuration, starts anew when that changes,
 * and tries again by itself where only its surroundings keep it from starting.
 *
 * <p>Safe for several threads: everything happens on one thread of its own, in the order in which it was asked for.
 */
final class Resident implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Resident.class);
    private static final int TRY_AGAIN_SECONDS = 30;
    private static final int STOP_SECONDS = 30;

    private final Place place;
    private final ScheduledExecutorService thread;
    private Map<String, String> given;
    private boolean closed;
    private volatile Program program;
    private volatile String absence = "it has no configuration yet";

    Resident(Place place, ClassLoader loader) {
        this.place = place;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread life = new Thread(task, "bigcommerce-optiply");
            // Camel finds its components, and its threads their classes, by way of the thread that starts it.
            life.setContextClassLoader(loader);
            return life;
        });
    }

    /** What runs. */
    Optional<Program> program() {
        return Optional.ofNullable(program);
    }

    /** Why nothing runs. */
    String absence() {
        return absence;
    }

    /** Takes a configuration into use; returns at once. null: there is none any more. */
    void configure(Map<String, String> values) {
        thread.execute(() -> {
            if (closed || (values != null && values.equals(given))) {
                return;
            }
            given = values;
            end();
            begin();
        });
    }

    private void begin() {
        if (closed || given == null || program != null) {
            return;
        }
        try {
            Settings settings = Settings.of(place.completed(given), place.configuration(), System.getenv());
            Program started = Program.start(settings, true);
            openDesk(started);
            program = started;
            LOG.info("store {} is connected", settings.text("store.name"));
        } catch (BadSettings e) {
            absent("the settings are not right: " + String.join("; ", e.problems()));
        } catch (Program.RoutesUnusable e) {
            absent(e.getMessage());
            tryAgain();
        } catch (RuntimeException e) {
            absent(PlainWords.of(e));
            tryAgain();
        }
    }

    /** The runs matter more than the page. */
    private static void openDesk(Program started) {
        try {
            started.openDesk();
        } catch (RuntimeException e) {
            LOG.warn("{}", e.getMessage());
        }
    }

    private void absent(String reason) {
        if (!reason.equals(absence)) {
            absence = reason;
            LOG.error("the integration does not run: {}", reason);
        }
    }

    private void tryAgain() {
        thread.schedule(this::begin, TRY_AGAIN_SECONDS, TimeUnit.SECONDS);
    }

    private void end() {
        Program ending = program;
        program = null;
        absence = "it has been stopped";
        if (ending != null) {
            ending.close();
        }
    }

    /** Stops what runs; when this returns the database is closed. */
    @Override
    public void close() {
        thread.execute(() -> {
            closed = true;
            end();
        });
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("the integration did not stop within {} s", STOP_SECONDS);
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
