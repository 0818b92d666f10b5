package com.optiply.sync.operate;

import com.optiply.sync.Program;
import com.optiply.sync.settings.Settings;
import com.optiply.sync.state.Database;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options that every command takes after its name, and what it works on: at the command line each command opens what
 * it needs; in the shell of a container it works on the integration that runs there.
 */
public class Options {

    @Option(names = "--json", description = "One JSON object a line on standard output; logs go to standard error.")
    boolean json;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The settings (default: application.properties in the working directory).")
    Path config;

    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    private final Program running;

    /** At the command line. */
    public Options() {
        this(null);
    }

    /** @param running the integration that runs already; null: none does */
    Options(Program running) {
        this.running = running;
    }

    /** The settings; the log is set up as they say. */
    Settings settings() {
        if (running != null) {
            if (config != null) {
                throw new ParameterException(
                        command.commandLine(), "--config has no place here: the settings are those of what runs");
            }
            return running.wiring().settings();
        }
        Settings settings = Settings.load(config, config != null, System.getenv(), System.getProperties());
        Logs.setUp(settings);
        return settings;
    }

    /** The integration, without its clocks; to be closed by who asked. */
    Program program(Settings settings) {
        return running != null ? running.borrowed() : Program.start(settings, false);
    }

    /** The database, for a command that only looks; to be closed by who asked. */
    Database database(Settings settings) {
        return running != null ? running.wiring().database().borrowed() : Databases.open(settings);
    }
}
