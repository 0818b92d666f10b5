package com.optiply.sync.operate;

import com.optiply.sync.Json;
import com.optiply.sync.settings.Settings;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "sync",
        description = "One run of each kind: reads the shop, delivers to Optiply, ends.",
        mixinStandardHelpOptions = true)
final class SyncCommand extends Asking {

    @Parameters(
            paramLabel = "WHAT",
            arity = "0..*",
            description = "products, sell-orders (default: both)",
            converter = WhatConverter.class)
    List<String> what = List.of();

    @Option(names = "--full", description = "Read everything, whatever the bookmark says.")
    boolean full;

    @Option(names = "--dry-run", description = "Only show what would be created, updated, deleted and parked.")
    boolean dryRun;

    @Override
    String question() {
        return dryRun ? "dry-run" : "sync";
    }

    @Override
    Map<String, Object> about(Settings settings) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("what", what);
        about.put("full", full);
        if (dryRun) {
            // Also where another process answers: the mapping that is tried out is the one of this command.
            about.put("settings", settings.deciding());
        }
        return about;
    }

    @Override
    void show(Answer answer, PrintStream out) {
        for (Map<String, Object> line : answer.lines()) {
            if (line.get("would") != null) {
                out.println(would(line));
            }
        }
        Report.print(
                answer.lines().stream().filter(line -> line.get("what") != null).toList(), false, out);
    }

    static String would(Map<String, Object> line) {
        String record = line.get("entity") + " " + line.get("remote_id");
        return switch (String.valueOf(line.get("would"))) {
            case "park" -> "would park " + record + ": " + line.get("reason");
            case "delete" -> "would delete " + record + " (" + line.get("optiply_id") + ")";
            case "settle" -> "would look " + record + " up in Optiply, and create it where it is not there";
            case "create" -> "would create " + record + ": " + changes(line.get("changes"), false);
            default -> "would update " + record + ": " + changes(line.get("changes"), true);
        };
    }

    /** Field by field, such as {@code price 19.95 → 21.50}. */
    static String changes(Object changes, boolean withOld) {
        StringBuilder said = new StringBuilder();
        if (changes instanceof Map<?, ?> fields) {
            fields.forEach((field, change) -> {
                Map<?, ?> oldAndNew = (Map<?, ?>) change;
                said.append(said.isEmpty() ? "" : ", ").append(field).append(' ');
                if (withOld) {
                    said.append(Json.text(oldAndNew.get("old"))).append(" → ");
                }
                said.append(Json.text(oldAndNew.get("new")));
            });
        }
        return said.toString();
    }
}
