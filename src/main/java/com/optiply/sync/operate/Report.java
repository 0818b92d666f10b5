package com.optiply.sync.operate;

import com.optiply.sync.Json;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Shows what runs have moved: a table for people, one JSON object a line for machines. */
final class Report {

    private static final List<String> FIGURES = List.of(
            "read", "created", "updated", "deleted", "unchanged", "skipped", "parked", "pending", "calls", "seconds");

    private Report() {}

    static void print(List<Map<String, Object>> runs, boolean json, PrintStream out) {
        if (json) {
            runs.forEach(run -> out.println(Json.text(run)));
            return;
        }
        List<List<String>> table = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of(""));
        head.addAll(FIGURES);
        head.add("outcome");
        table.add(head);
        for (Map<String, Object> run : runs) {
            List<String> row = new ArrayList<>();
            row.add(String.valueOf(run.get("what")));
            for (String figure : FIGURES) {
                row.add(figure(run.get(figure)));
            }
            row.add(String.valueOf(run.get("outcome")));
            table.add(row);
        }
        print(table, out);
        for (Map<String, Object> run : runs) {
            if (run.get("message") != null) {
                out.println(run.get("what") + ": " + run.get("message"));
            }
            if (run.get("left_out_lines") != null) {
                out.println(run.get("what") + ": " + run.get("left_out_lines")
                        + " lines were left out, since Optiply holds no product for them, such as:");
                for (Object line : (List<?>) run.get("left_out")) {
                    out.println("  " + line);
                }
            }
        }
    }

    /** What exports have written. */
    static void printExports(List<Map<String, Object>> runs, boolean json, PrintStream out) {
        if (json) {
            runs.forEach(run -> out.println(Json.text(run)));
            return;
        }
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("", "rows", "total", "calls", "seconds", "outcome", "file"));
        for (Map<String, Object> run : runs) {
            Object calls = run.get("calls") instanceof Map<?, ?> of ? of.get("bigcommerce") : null;
            table.add(List.of(
                    String.valueOf(run.get("stream")),
                    figure(run.get("rows")),
                    figure(run.get("total")),
                    figure(calls),
                    figure(run.get("seconds")),
                    String.valueOf(run.get("outcome")),
                    figure(run.get("file"))));
        }
        print(table, out);
        for (Map<String, Object> run : runs) {
            if (run.get("message") != null) {
                out.println(run.get("stream") + ": " + run.get("message"));
            }
        }
    }

    private static String figure(Object value) {
        if (value instanceof Map<?, ?> calls) {
            return calls.get("bigcommerce") + " + " + calls.get("optiply");
        }
        return value == null ? "-" : value.toString();
    }

    /** Columns as wide as their widest cell; the first and the last to the left, figures to the right. */
    static void print(List<List<String>> table, PrintStream out) {
        int columns = table.get(0).size();
        int[] width = new int[columns];
        for (List<String> row : table) {
            for (int i = 0; i < columns; i++) {
                width[i] = Math.max(width[i], row.get(i).length());
            }
        }
        for (List<String> row : table) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                boolean left = i == 0 || i == columns - 1;
                line.append(i == 0 ? "" : "  ")
                        .append(String.format("%" + (left ? "-" : "") + Math.max(1, width[i]) + "s", row.get(i)));
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
