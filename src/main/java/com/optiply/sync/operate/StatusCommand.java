package com.optiply.sync.operate;

import com.optiply.sync.settings.Settings;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
        name = "status",
        description = "What stands: bookmarks, last runs, pending, in doubt, parked.",
        mixinStandardHelpOptions = true)
final class StatusCommand extends Asking {

    private static final int LAST_RUNS = 10;

    @Override
    String question() {
        return "status";
    }

    @Override
    Map<String, Object> about(Settings settings) {
        return Map.of();
    }

    @Override
    void show(Answer answer, PrintStream out) {
        print(answer.lines().get(0), out);
    }

    private static void print(Map<String, Object> status, PrintStream out) {
        out.println("store " + status.get("store"));
        List<?> troubles = (List<?>) status.get("troubles");
        out.println(troubles.isEmpty() ? "all is well" : "not all is well:");
        for (Object one : troubles) {
            Map<?, ?> trouble = (Map<?, ?>) one;
            out.println("  " + trouble.get("said") + "\n    → " + trouble.get("todo"));
        }
        out.println();
        List<List<String>> undelivered = new ArrayList<>();
        undelivered.add(List.of("undelivered", "pending", "in doubt", "parked"));
        ((Map<?, ?>) status.get("undelivered")).forEach((entity, counts) -> {
            Map<?, ?> of = (Map<?, ?>) counts;
            undelivered.add(List.of(
                    entity.toString(),
                    of.get("pending").toString(),
                    of.get("in_doubt").toString(),
                    of.get("parked").toString()));
        });
        Report.print(undelivered, out);
        out.println();
        for (Object one : (List<?>) status.get("parked_by_cause")) {
            Map<?, ?> cause = (Map<?, ?>) one;
            out.println("parked " + cause.get("entity") + ": " + cause.get("records") + " for " + cause.get("cause")
                    + ", since " + cause.get("since"));
        }
        for (Object one : (List<?>) status.get("in_hand")) {
            out.println("in hand: " + Progress.line((Map<?, ?>) one));
        }
        for (Object one : (List<?>) status.get("bookmarks")) {
            Map<?, ?> bookmark = (Map<?, ?>) one;
            out.println(bookmark.get("stream") + " known until "
                    + (bookmark.get("known_until") == null ? "(never read to its end)" : bookmark.get("known_until"))
                    + (Boolean.TRUE.equals(bookmark.get("cut_off")) ? "; a reading was cut off and goes on" : ""));
        }
        ((Map<?, ?>) status.get("next"))
                .forEach((what, when) -> out.println(
                        "next run of " + what + " at " + (when == null ? "(by hand; the clocks do not run)" : when)));
        Map<?, ?> quota = (Map<?, ?>) status.get("quota");
        if (quota.get("quota") != null) {
            out.println("BigCommerce's quota: " + quota.get("left") + " of " + quota.get("quota") + " calls left");
        }
        out.println();
        List<List<String>> runs = new ArrayList<>();
        runs.add(List.of("last runs", "run", "mode", "started", "read", "created", "updated", "deleted", "outcome"));
        for (Object one :
                ((List<?>) status.get("runs")).stream().limit(LAST_RUNS).toList()) {
            Map<?, ?> run = (Map<?, ?>) one;
            String outcome =
                    run.get("outcome") == null ? "in hand" : run.get("outcome").toString();
            runs.add(List.of(
                    run.get("what").toString(),
                    run.get("run").toString(),
                    run.get("mode").toString(),
                    run.get("started").toString(),
                    figure(run, "read"),
                    figure(run, "created"),
                    figure(run, "updated"),
                    figure(run, "deleted"),
                    outcome + (run.get("message") == null ? "" : ": " + run.get("message"))));
        }
        Report.print(runs, out);
    }

    private static String figure(Map<?, ?> run, String name) {
        return run.get("counts") instanceof Map<?, ?> counts && counts.get(name) != null
                ? counts.get(name).toString()
                : "-";
    }
}
