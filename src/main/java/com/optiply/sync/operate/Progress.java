package com.optiply.sync.operate;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows how far the work in hand is: a progress bar on a terminal, a plain line every few seconds otherwise. On standard
 * error, so that it never mixes with figures on standard output.
 */
final class Progress {

    private final Supplier<List<Map<String, Object>>> inHand;
    private final boolean terminal = System.console() != null && System.getenv("TERM") != null;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });
    private ProgressBar bar;
    private String barOf = "";
    private String last = "";

    Progress(Supplier<List<Map<String, Object>>> inHand) {
        this.inHand = inHand;
        long every = terminal ? 200 : 3000;
        clock.scheduleWithFixedDelay(this::show, every, every, TimeUnit.MILLISECONDS);
    }

    private synchronized void show() {
        for (Map<String, Object> work : inHand.get()) {
            if (terminal) {
                bar(work);
            } else {
                String line = line(work);
                if (!line.equals(last)) {
                    System.err.println(line);
                    last = line;
                }
            }
        }
    }

    /** How far it is, in a line: what was read and delivered, of how much, and how long it will take yet. */
    static String line(Map<?, ?> work) {
        StringBuilder line = new StringBuilder();
        line.append(name(work))
                .append(" (")
                .append(work.get("mode"))
                .append("): read ")
                .append(work.get("rows"));
        if (work.get("rows_expected") != null) {
            line.append(" of ").append(work.get("rows_expected"));
        }
        if (Boolean.TRUE.equals(work.get("delivering"))) {
            line.append(", delivered ")
                    .append(work.get("delivered"))
                    .append(" of ")
                    .append(work.get("backlog"));
        }
        if (work.get("seconds_left") != null) {
            line.append(", about ").append(work.get("seconds_left")).append(" s left");
        }
        return line.toString();
    }

    private static String name(Map<?, ?> work) {
        return work.get("what") + (work.get("stream") == null ? "" : " " + work.get("stream"));
    }

    private void bar(Map<String, Object> work) {
        boolean delivering = Boolean.TRUE.equals(work.get("delivering"));
        String of = name(work) + " " + work.get("mode") + " " + work.get("run") + (delivering ? " delivered" : " read");
        if (!barOf.equals(of)) {
            end();
            barOf = of;
            bar = new ProgressBarBuilder()
                    .setTaskName(name(work) + (delivering ? " delivered" : " read"))
                    .setInitialMax(-1)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(200)
                    .build();
        }
        Object all = delivering ? work.get("backlog") : work.get("rows_expected");
        if (all != null) {
            bar.maxHint(((Number) all).longValue());
        }
        bar.stepTo(((Number) work.get(delivering ? "delivered" : "rows")).longValue());
    }

    private void end() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    synchronized void close() {
        clock.shutdownNow();
        end();
    }
}
