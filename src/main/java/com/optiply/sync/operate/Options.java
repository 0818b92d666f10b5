package com.optiply.sync.operate;

import com.optiply.sync.settings.Settings;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that every command takes after its name. */
public class Options {

    @Option(names = "--json", description = "One JSON object a line on standard output; logs go to standard error.")
    boolean json;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The settings (default: application.properties in the working directory).")
    Path config;

    /** The settings; the log is set up as they say. */
    Settings settings() {
        Settings settings = Settings.load(config, config != null, System.getenv(), System.getProperties());
        Logs.setUp(settings);
        return settings;
    }
}
