package com.optiply.sync.operate;

import com.optiply.sync.Program;
import com.optiply.sync.state.Run;
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
            boolean export = run.getStream() != null;
            long read = run.getCounts().readSoFar();
            long done = export ? read : run.getCounts().delivered();
            long due = !export ? run.getBacklog() : run.getTotal() == null ? 0 : run.getTotal();
            if (terminal) {
                bar(run, done, due);
            } else {
                String line = name(run)
                        + (export ? ": rows " + done : ": read " + read + ", delivered " + done)
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
                    .setTaskName(name(run))
                    .setInitialMax(-1)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(200)
                    .build();
        }
        if (due > 0) {
            bar.maxHint(due);
            bar.stepTo(delivered);
            bar.setExtraMessage(run.getStream() == null ? " delivered" : " rows");
        } else {
            bar.stepTo(run.getCounts().readSoFar());
            bar.setExtraMessage(run.getStream() == null ? " read" : " rows");
        }
    }

    private static String name(Run run) {
        return run.getStream() == null ? run.getWhat() : run.getWhat() + " " + run.getStream();
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
