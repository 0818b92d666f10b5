package com.optiply.sync.operate;

import com.optiply.sync.Json;
import com.optiply.sync.PlainWords;
import com.optiply.sync.settings.Settings;
import com.optiply.sync.state.Database;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
        name = "check",
        description = "Looks at everything that a run needs: permissions, clock, quota, login, database. A line each.",
        mixinStandardHelpOptions = true)
final class CheckCommand extends Asking {

    @Override
    String question() {
        return "check";
    }

    @Override
    Map<String, Object> about(Settings settings) {
        return Map.of();
    }

    @Override
    public Integer call() {
        try {
            return super.call();
        } catch (Database.DatabaseUnusable | RemoteDesk.Unreachable e) {
            return withoutDatabase(e);
        }
    }

    /** The rest can be looked at all the same, with a database in memory. */
    private int withoutDatabase(RuntimeException why) {
        Settings settings = options.settings();
        List<Map<String, Object>> lines = new ArrayList<>();
        lines.add(Check.line(
                settings.text("store.name"),
                "database",
                "failed",
                PlainWords.of(why),
                "see database.url, database.user and database.password"));
        Settings inMemory = settings.with(Map.of("database.url", "jdbc:h2:mem:check", "database.user", "sa"));
        try (Asked desk = Desks.open(inMemory, spec.qualifiedName())) {
            desk.ask("check", Map.of()).lines().stream()
                    .filter(line -> !"database".equals(line.get("check")))
                    .forEach(lines::add);
        }
        Answer answer = Check.answer(lines);
        if (options.json) {
            lines.forEach(line -> System.out.println(Json.text(line)));
        } else {
            show(answer, System.out);
        }
        return answer.exitCode();
    }

    @Override
    void show(Answer answer, PrintStream out) {
        int width = 0;
        for (Map<String, Object> line : answer.lines()) {
            width = Math.max(width, String.valueOf(line.get("check")).length());
        }
        for (Map<String, Object> line : answer.lines()) {
            out.printf("%-7s  %-" + width + "s  %s%n", line.get("result"), line.get("check"), line.get("said"));
            if (line.get("todo") != null) {
                out.printf("%-7s  %-" + width + "s  → %s%n", "", "", line.get("todo"));
            }
        }
    }
}
