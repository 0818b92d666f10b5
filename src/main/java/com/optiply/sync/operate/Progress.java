package com.optiply.sync.operate;

import com.optiply.sync.Program;
import com.optiply.sync.state.Run;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows how far the run in hand is: a progress bar on a terminal, a plain line every few seconds otherwise. On standard
 * error, so that it never mixes with figures on standard output.
 */
final class Progress {

    private final Program program;
    private final boolean terminal = System.console() != null && System.getenv("TERM") != null;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });
    private ProgressBar bar;
    private long barRun = -1;
    private String last = "";

    Progress(Program program) {
        this.program = program;
        long every = terminal ? 200 : 3000;
        clock.scheduleWithFixedDelay(this::show, every, every, TimeUnit.MILLISECONDS);
    }

    private synchronized void show() {
        for (Run run : program.wiring().runs().inHand()) {
            Map<String, Object> counts = run.getCounts().shown();
            long delivered = run.getCounts().delivered();
            long due = run.getBacklog();
            if (terminal) {
                bar(run, delivered, due);
            } else {
                String line = run.getWhat() + ": read " + counts.get("read") + ", delivered " + delivered
                        + (due > 0 ? " of " + due : "");
                if (!line.equals(last)) {
                    System.err.println(line);
                    last = line;
                }
            }
        }
    }

    private void bar(Run run, long delivered, long due) {
        if (barRun != run.getId()) {
            end();
            barRun = run.getId();
            bar = new ProgressBarBuilder()
                    .setTaskName(run.getWhat())
                    .setInitialMax(-1)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(200)
                    .build();
        }
        if (due > 0) {
            bar.maxHint(due);
            bar.stepTo(delivered);
            bar.setExtraMessage(" delivered");
        } else {
            bar.stepTo(run.getCounts().readSoFar());
            bar.setExtraMessage(" read");
        }
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
