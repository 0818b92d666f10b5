package com.optiply.sync.operate;

import com.optiply.sync.Program;
import com.optiply.sync.settings.Settings;
import com.optiply.sync.state.Run;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "sync",
        description = "One run of each kind: reads the shop, delivers to Optiply, ends.",
        mixinStandardHelpOptions = true)
final class SyncCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "WHAT",
            arity = "0..*",
            description = "products, sell-orders (default: both)",
            converter = WhatConverter.class)
    List<String> what = List.of();

    @Option(names = "--full", description = "Read everything, whatever the bookmark says.")
    boolean full;

    @Mixin
    Options options;

    @Override
    public Integer call() {
        Settings settings = options.settings();
        try (Program program = options.program(settings)) {
            return run(program, kinds(what), full, options.json);
        }
    }

    private static Set<String> kinds(List<String> asked) {
        Set<String> kinds = new LinkedHashSet<>();
        for (String kind : List.of("products", "sell-orders")) {
            if (asked.isEmpty() || asked.contains(kind)) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    /** One run of each kind; products first, since lines name them. */
    static int run(Program program, Set<String> kinds, boolean full, boolean json) {
        int exitCode = 0;
        List<Map<String, Object>> reports = new ArrayList<>();
        Progress progress = new Progress(program);
        try {
            for (String kind : kinds) {
                try {
                    Run run = program.run(kind, full);
                    reports.add(run.getReport());
                    exitCode = Math.max(exitCode, run.getExitCode());
                } catch (Program.RunImpossible e) {
                    reports.add(Program.failed(program.wiring().settings(), kind, e.getMessage()));
                    exitCode = 3;
                }
            }
        } finally {
            progress.close();
        }
        Report.print(reports, json, System.out);
        return exitCode;
    }
}
