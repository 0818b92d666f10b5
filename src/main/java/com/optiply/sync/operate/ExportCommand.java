package com.optiply.sync.operate;

import com.optiply.sync.Program;
import com.optiply.sync.bigcommerce.Streams.NoSuchStream;
import com.optiply.sync.settings.Settings;
import com.optiply.sync.state.Run;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        description = "Writes whole streams of BigCommerce as files of JSON lines, DIR/<stream>.jsonl, and ends.",
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {

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

    @Mixin
    Options options;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = options.settings();
        try (Program program = Program.start(settings, false)) {
            List<String> named;
            try {
                named = program.streams().named(streams);
            } catch (NoSuchStream e) {
                throw new ParameterException(spec.commandLine(), e.getMessage(), e);
            }
            return run(program, named);
        }
    }

    private int run(Program program, List<String> named) {
        int exitCode = 0;
        List<Map<String, Object>> reports = new ArrayList<>();
        Progress progress = new Progress(program);
        try {
            for (String stream : named) {
                try {
                    Run run = program.export(stream, since, directory);
                    reports.add(run.getReport());
                    exitCode = Math.max(exitCode, run.getExitCode());
                } catch (Program.RunImpossible e) {
                    Map<String, Object> failed = Program.failed(program.wiring().settings(), "export", e.getMessage());
                    failed.put("stream", stream);
                    reports.add(failed);
                    exitCode = 3;
                }
            }
        } finally {
            progress.close();
        }
        Report.printExports(reports, options.json, System.out);
        return exitCode;
    }
}
