package com.optiply.sync.operate;

import com.optiply.sync.settings.Settings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        description = "Writes whole streams of BigCommerce as files of JSON lines, DIR/<stream>.jsonl, and ends.",
        mixinStandardHelpOptions = true)
final class ExportCommand extends Asking {

    @Parameters(
            paramLabel = "STREAM",
            arity = "1..*",
            description = "Names of streams, or all. A name that does not exist is answered with those that do.")
    List<String> streams = List.of();

    @Option(
            names = "--since",
            paramLabel = "INSTANT",
            converter = InstantConverter.class,
            description =
                    "Only rows changed then or later, and what lies below them: 2025-01-01T00:00:00Z, or a date as"
                            + " 2025-01-01 (its midnight in UTC). Streams without a date of change are written whole.")
    Instant since;

    @Option(names = "--out", paramLabel = "DIR", description = "Where the files go (default: export.directory).")
    Path directory;

    @Override
    String question() {
        return "export";
    }

    @Override
    Map<String, Object> about(Settings settings) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("streams", streams);
        about.put("since", since == null ? null : since.toString());
        // Another process may answer, from another working directory.
        about.put("out", directory == null ? null : directory.toAbsolutePath().toString());
        return about;
    }

    @Override
    void show(Answer answer, PrintStream out) {
        Report.printExports(answer.lines(), false, out);
    }
}
