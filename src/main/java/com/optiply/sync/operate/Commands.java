package com.optiply.sync.operate;

import com.optiply.sync.Program;
import com.optiply.sync.settings.BadSettings;
import com.optiply.sync.settings.Settings;
import com.optiply.sync.state.Database;
import com.optiply.sync.state.Leases;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The command line. Exit codes: 0 all done; 1 done, but something stands parked; 2 wrong use or configuration; 3 the run
 * failed or something stays undelivered.
 */
@Command(
        name = "bigcommerce-optiply",
        description =
                "Moves the products and sell orders of a BigCommerce store to Optiply.%nWithout a command: runs with"
                        + " its clocks until it is stopped.",
        subcommands = {
            SyncCommand.class,
            BackfillCommand.class,
            ExportCommand.class,
            CheckCommand.class,
            StatusCommand.class,
            ExplainCommand.class,
            ParkedCommand.class,
            VerifyCommand.class,
            SandboxCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Commands.Version.class)
public final class Commands implements Callable<Integer> {

    /** What the jar says of itself, and on which Java it runs. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Commands.class.getPackage().getImplementationVersion();
            return new String[] {
                "bigcommerce-optiply " + (version == null ? "(not built)" : version) + ", Java " + Runtime.version()
            };
        }
    }

    @Mixin
    Options options;

    private Commands() {}

    /** Runs a command line; the answer is the exit code. */
    public static int run(String... arguments) {
        return line(null).execute(arguments);
    }

    /**
     * Runs a command line on an integration that runs already, which goes on afterwards.
     *
     * @param complaints where it says what is wrong
     */
    public static int runOn(Program running, PrintStream complaints, String... arguments) {
        return line(running)
                .setErr(new PrintWriter(complaints, true, StandardCharsets.UTF_8))
                .execute(arguments);
    }

    /** The commands that can be run on an integration that runs already, and what each does. */
    public static Map<String, String> onRunning() {
        Map<String, String> commands = new TreeMap<>();
        line(null).getSubcommands().forEach((name, command) -> {
            if (!(command.getCommand() instanceof SandboxCommand)) {
                commands.put(
                        name,
                        String.join(" ", command.getCommandSpec().usageMessage().description()));
            }
        });
        return commands;
    }

    private static CommandLine line(Program running) {
        CommandLine line = new CommandLine(new Commands(), new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                return type == Options.class
                        ? type.cast(new Options(running))
                        : CommandLine.defaultFactory().create(type);
            }
        });
        line.setExecutionExceptionHandler((failure, commandLine, parsed) -> explain(failure, commandLine.getErr()));
        return line;
    }

    private static int explain(Exception failure, PrintWriter err) {
        LoggerFactory.getLogger(Commands.class).debug("the command failed", failure);
        if (failure instanceof BadSettings bad) {
            err.println("The settings are not right:");
            bad.problems().forEach(problem -> err.println("  - " + problem));
            return 2;
        }
        if (failure instanceof Program.RoutesUnusable) {
            err.println(failure.getMessage());
            return 2;
        }
        if (failure instanceof Database.DatabaseHeld
                || failure instanceof Database.DatabaseUnusable
                || failure instanceof RemoteDesk.Unreachable
                || failure instanceof Leases.LeaseHeld) {
            err.println(failure.getMessage());
            return 3;
        }
        err.println(com.optiply.sync.PlainWords.of(failure));
        return 3;
    }

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = options.settings();
        Program program = Program.start(settings, true);
        program.openDesk();
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            program.close();
                            stopped.countDown();
                        },
                        "stop"));
        LoggerFactory.getLogger(Commands.class)
                .info(
                        "store {}: products by {}, sell orders by {} (UTC), until stopped",
                        settings.text("store.name"),
                        settings.text("sync.products.cron"),
                        settings.text("sync.sell-orders.cron"));
        stopped.await();
        return 0;
    }
}
