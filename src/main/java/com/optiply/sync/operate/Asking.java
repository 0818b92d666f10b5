package com.optiply.sync.operate;

import com.optiply.sync.Json;
import com.optiply.sync.settings.Settings;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that asks the desk a question and shows the answer: one JSON object a line, or for people. */
abstract class Asking implements Callable<Integer> {

    @Mixin
    Options options;

    @Spec
    CommandSpec spec;

    /** The question, as the JSON API names it. */
    abstract String question();

    /** What it is about. @throws WrongUse where that cannot be meant */
    abstract Map<String, Object> about(Settings settings);

    /** Shows the answer to a person. */
    abstract void show(Answer answer, PrintStream out);

    @Override
    public Integer call() {
        Settings settings = options.settings();
        try {
            Map<String, Object> about = about(settings);
            try (Asked desk = options.desk(settings, spec.qualifiedName())) {
                Answer answer;
                Progress progress = new Progress(desk::inHand);
                try {
                    answer = desk.ask(question(), about);
                } finally {
                    progress.close();
                }
                if (options.json) {
                    answer.lines().forEach(line -> System.out.println(Json.text(line)));
                } else {
                    show(answer, System.out);
                }
                return answer.exitCode();
            }
        } catch (WrongUse e) {
            spec.commandLine().getErr().println(e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
    }
}
