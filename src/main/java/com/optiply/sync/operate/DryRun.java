package com.optiply.sync.operate;

import com.optiply.sync.state.Run;
import com.optiply.sync.state.Undelivered;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a run would do, record by record, and then in figures. */
final class DryRun {

    private DryRun() {}

    static Answer of(Rehearsal rehearsal, List<String> kinds, boolean full) {
        List<Run> runs = new ArrayList<>();
        for (String kind : kinds) {
            runs.add(rehearsal.read(kind, full));
        }
        List<Map<String, Object>> lines = new ArrayList<>();
        Map<String, Map<String, Long>> figures = new TreeMap<>();
        for (Undelivered record : rehearsal.state().undelivered()) {
            // A sell-orders run delivers the products that its lines name, too.
            if (!kinds.contains(record.entity()) && !(record.entity().equals("products"))) {
                continue;
            }
            String verb = record.verb();
            if (!verb.equals("nothing")) {
                figures.computeIfAbsent(record.entity(), any -> new TreeMap<>()).merge(verb, 1L, Long::sum);
                lines.add(line(runs.get(0).getStore(), record, verb));
            }
        }
        int exitCode = 0;
        for (Run run : runs) {
            Map<String, Long> would = figures.getOrDefault(run.getWhat(), Map.of());
            Map<String, Object> line = new LinkedHashMap<>(run.getReport());
            line.put("dry_run", true);
            line.put("created", would.getOrDefault("create", 0L));
            line.put("updated", would.getOrDefault("update", 0L));
            line.put("deleted", would.getOrDefault("delete", 0L));
            line.put("settled", would.getOrDefault("settle", 0L));
            line.put("parked", would.getOrDefault("park", 0L));
            line.put("pending", 0L);
            line.remove("run");
            lines.add(line);
            boolean failed = "failed".equals(line.get("outcome"));
            exitCode = Math.max(exitCode, failed ? 3 : would.containsKey("park") ? 1 : 0);
        }
        return new Answer(lines, exitCode);
    }

    private static Map<String, Object> line(String store, Undelivered record, String verb) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("store", store);
        line.put("entity", record.entity());
        line.put("remote_id", record.remoteId());
        line.put("would", verb);
        switch (verb) {
            case "park" -> {
                line.put("cause", record.cause());
                line.put("reason", record.error());
            }
            case "delete" -> line.put("optiply_id", record.optiplyId());
            default -> {
                line.put("optiply_id", record.optiplyId());
                line.put("changes", record.changes());
            }
        }
        return line;
    }
}
