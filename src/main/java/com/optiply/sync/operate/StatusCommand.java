package com.optiply.sync.operate;

import com.optiply.sync.Json;
import com.optiply.sync.settings.Settings;
import com.optiply.sync.state.Database;
import com.optiply.sync.state.Overview;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "status",
        description = "What stands: bookmarks, last runs, pending, in doubt, parked.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    @Mixin
    Options options;

    @Override
    public Integer call() {
        Settings settings = options.settings();
        try (Database database = options.database(settings)) {
            Map<String, Object> status = new Overview(database).status(settings.text("store.name"));
            if (options.json) {
                System.out.println(Json.text(status));
            } else {
                print(status, System.out);
            }
            return 0;
        }
    }

    private static void print(Map<String, Object> status, PrintStream out) {
        out.println("store " + status.get("store"));
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
        for (Object one : (List<?>) status.get("bookmarks")) {
            Map<?, ?> bookmark = (Map<?, ?>) one;
            out.println(bookmark.get("stream") + " known until "
                    + (bookmark.get("known_until") == null ? "(never read to its end)" : bookmark.get("known_until"))
                    + (Boolean.TRUE.equals(bookmark.get("cut_off")) ? "; a reading was cut off and goes on" : ""));
        }
        out.println();
        List<List<String>> runs = new ArrayList<>();
        runs.add(List.of("last runs", "run", "mode", "started", "outcome"));
        for (Object one : (List<?>) status.get("runs")) {
            Map<?, ?> run = (Map<?, ?>) one;
            String outcome =
                    run.get("outcome") == null ? "in hand" : run.get("outcome").toString();
            runs.add(List.of(
                    run.get("what")
                            + (run.get("counts") instanceof Map<?, ?> counts && counts.get("stream") != null
                                    ? " " + counts.get("stream")
                                    : ""),
                    run.get("run").toString(),
                    run.get("mode").toString(),
                    run.get("started").toString(),
                    outcome + (run.get("message") == null ? "" : ": " + run.get("message"))));
        }
        Report.print(runs, out);
    }
}
