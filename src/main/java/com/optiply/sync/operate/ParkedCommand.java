package com.optiply.sync.operate;

import com.optiply.sync.Json;
import com.optiply.sync.settings.Settings;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parked} alone lists. */
@Command(
        name = "parked",
        description = "The records that could not be mapped or that Optiply refused.",
        subcommands = {
            ParkedCommand.ListCommand.class,
            ParkedCommand.ShowCommand.class,
            ParkedCommand.RetryCommand.class,
            ParkedCommand.DiscardCommand.class
        },
        mixinStandardHelpOptions = true)
final class ParkedCommand extends Asking {

    @Override
    String question() {
        return "parked";
    }

    @Override
    Map<String, Object> about(Settings settings) {
        return Map.of();
    }

    @Override
    void show(Answer answer, PrintStream out) {
        list(answer, out);
    }

    private static void list(Answer answer, PrintStream out) {
        for (Map<String, Object> record : answer.lines()) {
            out.println(name(record) + "  " + record.get("cause") + "  " + record.get("reason"));
        }
        if (answer.lines().isEmpty()) {
            out.println("nothing is parked");
        }
    }

    private static String name(Map<String, Object> record) {
        return record.get("entity") + "/" + record.get("remote_id");
    }

    /** Which records are meant. */
    static final class Selection {

        @Parameters(paramLabel = "ID", arity = "0..*", description = "Remote ids, or entity/remote id.")
        List<String> ids = List.of();

        @Option(names = "--all", description = "All that are parked.")
        boolean all;

        @Option(names = "--cause", paramLabel = "CAUSE", description = "Those that are parked for this cause.")
        String cause;

        Map<String, Object> about() {
            if (all && (!ids.isEmpty() || cause != null)) {
                throw new WrongUse("--all says all: leave out ids and --cause, or leave out --all");
            }
            Map<String, Object> about = new LinkedHashMap<>();
            about.put("ids", ids);
            about.put("all", all);
            about.put("cause", cause);
            return about;
        }
    }

    @Command(name = "list", description = "Lists them, those parked longest first.", mixinStandardHelpOptions = true)
    static final class ListCommand extends Asking {

        @Mixin
        Selection selection;

        @Override
        String question() {
            return "parked";
        }

        @Override
        Map<String, Object> about(Settings settings) {
            return selection.about();
        }

        @Override
        void show(Answer answer, PrintStream out) {
            list(answer, out);
        }
    }

    @Command(
            name = "show",
            description =
                    "Shows everything that is known of them: reason, Optiply's answer, source and wanted document.",
            mixinStandardHelpOptions = true)
    static final class ShowCommand extends Asking {

        @Mixin
        Selection selection;

        @Override
        String question() {
            return "show";
        }

        @Override
        Map<String, Object> about(Settings settings) {
            return selection.about();
        }

        @Override
        void show(Answer answer, PrintStream out) {
            for (Map<String, Object> record : answer.lines()) {
                out.println(name(record));
                record.forEach((key, value) -> {
                    boolean inTheName = List.of("store", "entity", "remote_id").contains(key);
                    if (value != null && !inTheName) {
                        out.println("  " + key.replace('_', ' ') + ": "
                                + (value instanceof Map<?, ?> ? Json.text(value) : value));
                    }
                });
            }
            if (answer.lines().isEmpty()) {
                out.println("nothing is parked");
            }
        }
    }

    @Command(
            name = "retry",
            description = "Reads them again from the shop, maps and delivers them.",
            mixinStandardHelpOptions = true)
    static final class RetryCommand extends Asking {

        @Mixin
        Selection selection;

        @Override
        String question() {
            return "retry";
        }

        @Override
        Map<String, Object> about(Settings settings) {
            return selection.about();
        }

        @Override
        void show(Answer answer, PrintStream out) {
            for (Map<String, Object> line : answer.lines()) {
                if (line.get("what") != null) {
                    out.println(line.get("what") + " failed: " + line.get("message"));
                } else {
                    out.println(name(line) + "  " + become(line));
                }
            }
            if (answer.lines().isEmpty()) {
                out.println("nothing is parked");
            }
        }

        private static String become(Map<String, Object> line) {
            String status = String.valueOf(line.get("status"));
            return switch (status) {
                case "parked" -> "is still parked: " + line.get("reason");
                case "delivered" ->
                    Boolean.TRUE.equals(line.get("absent"))
                            ? "is not wanted in Optiply any more, and is not there"
                            : "is in Optiply (" + line.get("optiply_id") + ")";
                default -> "is " + status.replace('_', ' ');
            };
        }
    }

    @Command(
            name = "discard",
            description = "Gives them up: they stay silent until the shop changes them.",
            mixinStandardHelpOptions = true)
    static final class DiscardCommand extends Asking {

        @Mixin
        Selection selection;

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is remembered.")
        String reason;

        @Override
        String question() {
            return "discard";
        }

        @Override
        Map<String, Object> about(Settings settings) {
            Map<String, Object> about = selection.about();
            about.put("reason", reason);
            return about;
        }

        @Override
        void show(Answer answer, PrintStream out) {
            for (Map<String, Object> line : answer.lines()) {
                out.println(name(line) + "  is discarded");
            }
            if (answer.lines().isEmpty()) {
                out.println("nothing is parked");
            }
        }
    }
}
