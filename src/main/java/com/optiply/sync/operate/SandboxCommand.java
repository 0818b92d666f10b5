package com.optiply.sync.operate;

import com.optiply.sync.Program;
import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "sandbox",
        description = "The whole thing against a simulated shop and a simulated Optiply, with nothing configured.",
        mixinStandardHelpOptions = true)
final class SandboxCommand implements Callable<Integer> {

    private static final long SEED = 1;
    private static final int LINES = 3;
    private static final int TICK_SECONDS = 3;

    @Option(names = "--once", description = "End after the first sync.")
    boolean once;

    @Option(
            names = "--products",
            paramLabel = "N",
            defaultValue = "200",
            description =
                    "Products of the shop, three variants each, besides the awkward ones (default: ${DEFAULT-VALUE}).")
    int products;

    @Option(
            names = "--orders",
            paramLabel = "N",
            defaultValue = "200",
            description = "Orders of the shop, three lines each, besides the awkward ones (default: ${DEFAULT-VALUE}).")
    int orders;

    @Option(
            names = "--latency-ms",
            paramLabel = "L",
            defaultValue = "20",
            description = "How long each call takes the partners (default: ${DEFAULT-VALUE}).")
    int latency;

    @Mixin
    Options options;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (products < 0 || orders < 0 || latency < 0) {
            throw new ParameterException(
                    spec.commandLine(), "--products, --orders and --latency-ms take whole numbers from 0 on");
        }
        Path folder = temporary();
        try (Sandbox sandbox = Sandbox.start(new Sandbox.Size(products, orders, LINES, SEED, latency))) {
            // The awkward shop holds two records that cannot be mapped; a demonstration should end well.
            sandbox.shop().changeStock(1015, 4);
            sandbox.shop().changeProductPrice(116, "950000.00");
            Settings settings = settings(sandbox, folder);
            Logs.setUp(settings);
            say("A simulated BigCommerce listens at " + sandbox.bigcommerceUrl() + ", a simulated Optiply at "
                    + sandbox.optiplyUrl() + ".");
            try (Program program = Program.start(settings, false)) {
                int exitCode = sync(program);
                if (once) {
                    return exitCode;
                }
                live(sandbox, program);
                return 0;
            }
        } finally {
            delete(folder);
        }
    }

    private int sync(Program program) {
        Desk desk = new Desk(program.wiring(), program::camel);
        Progress progress = new Progress(desk::inHand);
        try {
            Answer answer = desk.ask("sync", Map.of());
            Report.print(answer.lines(), options.json, System.out);
            return answer.exitCode();
        } finally {
            progress.close();
        }
    }

    private static Settings settings(Sandbox sandbox, Path folder) {
        Map<String, String> values = sandbox.settings();
        values.put("store.name", "sandbox");
        values.put("database.url", "jdbc:h2:file:" + folder.resolve("sync"));
        values.put("sync.products.cron", "0/10 * * * * ?");
        values.put("sync.sell-orders.cron", "5/10 * * * * ?");
        // The simulated shop answers with line totals, as BigCommerce's own samples do.
        values.put("sell-orders.line-subtotal", "total_ex_tax");
        // What the short clocks read again anyway.
        values.put("bigcommerce.overlap", "PT10S");
        values.put("log.level", "WARN");
        return Settings.of(values);
    }

    /** The shop lives: orders come in, stock moves, some orders are cancelled, and short clocks carry it over. */
    private void live(Sandbox sandbox, Program program) throws InterruptedException {
        say("The operator's page is at " + program.openDesk().url());
        say("The shop lives on now, and a run of each kind begins every 10 seconds. Stop with Ctrl-C.");
        ScheduledExecutorService life = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "shop-life");
            thread.setDaemon(true);
            return thread;
        });
        life.scheduleWithFixedDelay(
                () -> sandbox.shop().tick().forEach(this::say), TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
        program.wiring().runs().onEnd(run -> {
            List<Map<String, Object>> one = new ArrayList<>();
            one.add(run.getReport());
            Report.print(one, options.json, System.out);
        });
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            life.shutdownNow();
                            program.close();
                            stopped.countDown();
                        },
                        "stop"));
        program.startClocks();
        stopped.await();
    }

    private void say(String line) {
        (options.json ? System.err : System.out).println(line);
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("bigcommerce-optiply-sandbox");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path emptied, IOException failure) throws IOException {
                    Files.delete(emptied);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            System.err.println("the folder " + folder + " could not be deleted: " + e.getMessage());
        }
    }
}
