package com.optiply.sync.operate;

import com.optiply.sync.Program;
import com.optiply.sync.settings.Settings;
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

    /**
     * The desk that answers; to be closed by who asked.
     *
     * @param doing what the command does, for whoever finds the database held by it
     */
    Asked desk(Settings settings, String doing) {
        return running != null ? new Desk(running.wiring(), running::camel) : Desks.open(settings, doing);
    }
}
