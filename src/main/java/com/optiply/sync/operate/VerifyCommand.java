package com.optiply.sync.operate;

import com.optiply.sync.settings.Settings;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        description =
                "Compares both sides: the shop, mapped anew, against what Optiply lists now. Lines of sell orders are"
                        + " not compared, since they are sent only once.",
        mixinStandardHelpOptions = true)
final class VerifyCommand extends Asking {

    @Option(names = "--repair", description = "Send what is missing or different.")
    boolean repair;

    @Override
    String question() {
        return "verify";
    }

    @Override
    Map<String, Object> about(Settings settings) {
        return Map.of("repair", repair);
    }

    @Override
    void show(Answer answer, PrintStream out) {
        for (Map<String, Object> line : answer.lines()) {
            String record = line.get("entity") + " " + line.get("remote_id");
            if (line.get("difference") != null) {
                out.println(said(String.valueOf(line.get("difference")), record, line));
            } else if (line.get("reason") != null) {
                out.println(record + " is parked, which is no difference: " + line.get("reason"));
            } else if (line.get("differences") != null) {
                out.println(line.get("what") + ": " + line.get("read") + " in the shop, " + line.get("in_optiply")
                        + " in Optiply, " + line.get("differences") + " differences, " + line.get("parked")
                        + " parked");
            } else if ("failed".equals(line.get("outcome"))) {
                out.println("failed: " + line.get("message"));
            }
        }
        List<Map<String, Object>> runs = answer.lines().stream()
                .filter(line -> line.get("calls") != null)
                .toList();
        if (!runs.isEmpty()) {
            out.println();
            out.println("repaired:");
            Report.print(runs, false, out);
        }
    }

    private static String said(String difference, String record, Map<String, Object> line) {
        return switch (difference) {
            case "missing" -> record + " is missing in Optiply";
            case "different" ->
                record + " differs (" + line.get("optiply_id") + "): " + SyncCommand.changes(line.get("changes"), true);
            case "should-not-be-there" ->
                record + " is in Optiply (" + line.get("optiply_id") + ") and should not be there";
            case "not-wanted-by-the-shop" ->
                record + " is in Optiply (" + line.get("optiply_id")
                        + "), was not sent by us, and the shop does not want it there";
            case "twins" ->
                record + " is in Optiply more than once: " + line.get("optiply_ids")
                        + "; the oldest is kept up to date, delete the others there";
            default ->
                line.get("entity") + " " + line.get("optiply_id") + " of Optiply has no remote id of ours: "
                        + line.get("document");
        };
    }
}
