package com.optiply.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.optiply.sync.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jar, started as its user starts it: in a folder of its own, in a process of its own. */
class CommandLineIT {

    private static final Path JAR = Path.of("target/bigcommerce-optiply.jar").toAbsolutePath();

    @TempDir
    Path folder;

    private Sandbox sandbox;
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(new Sandbox.Size(40, 40, 3, 3, 0));
    }

    @AfterEach
    void stop() {
        started.forEach(Process::destroyForcibly);
        sandbox.close();
    }

    private record Ended(int exitCode, String out, String err) {}

    private void configure(String... more) throws IOException {
        Map<String, String> values = sandbox.settings();
        values.put("sell-orders.line-subtotal", "total_ex_tax");
        values.put("retry.initial-delay-ms", "5");
        values.put("retry.max-delay-ms", "20");
        String text = values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("\n", "", "\n"));
        Files.writeString(folder.resolve("application.properties"), text + String.join("\n", more) + "\n");
    }

    private Process begin(String... arguments) throws IOException {
        List<String> line = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(folder.resolve("err.txt").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("BIGCOMMERCE_") || name.startsWith("OPTIPLY_"));
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private Ended run(String... arguments) throws IOException, InterruptedException {
        Process process = begin(arguments);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Ended(
                process.exitValue(),
                Files.readString(folder.resolve("out.txt")),
                Files.readString(folder.resolve("err.txt")));
    }

    @Test
    void itSaysItsVersion() throws IOException, InterruptedException {
        Ended ended = run("--version");

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).matches("bigcommerce-optiply [0-9]+\\.[0-9]+.*, Java [0-9]+.*\\R");
    }

    @Test
    void theSandboxMovesEverythingTwiceTheSameAndEndsWithZero() throws Exception {
        Ended first = run("sandbox", "--once", "--json", "--products", "20", "--orders", "20", "--latency-ms", "0");
        Ended second = run("sandbox", "--once", "--json", "--products", "20", "--orders", "20", "--latency-ms", "0");

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(withoutSeconds(first)).hasSize(2).isEqualTo(withoutSeconds(second));
    }

    private static List<Map<String, Object>> withoutSeconds(Ended ended) {
        return ended.out()
                .lines()
                .map(Json::document)
                .peek(line -> line.remove("seconds"))
                .toList();
    }

    @Test
    void whatIsMissingInTheSettingsStopsTheStartAndNamesTheCure() throws Exception {
        Files.writeString(folder.resolve("application.properties"), "optiply.pasword=hunter2\n");

        Ended ended = run("sync");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err())
                .contains("bigcommerce.store-hash", "optiply.password", "optiply.pasword")
                .doesNotContain("hunter2", "\tat ");
    }

    @Test
    void aRouteFileThatDoesNotLoadStopsTheStartWithFileLineAndReason() throws Exception {
        configure();
        Files.createDirectory(folder.resolve("routes"));
        Files.writeString(
                folder.resolve("routes/9-mine.camel.yaml"),
                "- route:\n    id: mine\n    from:\n      uri: direct:mine\n      steps:\n        - tooo:\n            uri: log:x\n");

        Ended ended = run("sync");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("9-mine.camel.yaml", "6", "tooo").doesNotContain("\tat ");
    }

    @Test
    void statusAndParkedSayWhatStands() throws Exception {
        configure();
        assertThat(run("sync", "--json").exitCode()).isEqualTo(1);

        Ended status = run("status", "--json");
        assertThat(Json.document(status.out()).toString()).contains("parked=2", "products", "sell-orders");
        Ended parked = run("parked", "list", "--json");
        assertThat(parked.out().lines().map(Json::document))
                .extracting(line -> line.get("remote_id"))
                .containsExactlyInAnyOrder("1015", "1017");
        assertThat(run("parked", "list").out()).contains("products/1015");
    }

    @Test
    void aProcessKilledInTheMiddleOfTheFirstSyncLosesNothingAndMakesNoTwin() throws Exception {
        configure();
        sandbox.optiplyLatency(20);
        Process killed = begin("sync");
        await().atMost(Duration.ofMinutes(1)).until(() -> sandbox.optiply().productCount() > 60);
        killed.destroyForcibly().waitFor();
        sandbox.optiplyLatency(0);

        Ended next = run("sync");
        Ended again = run("sync", "--json");

        assertThat(sandbox.optiply().twins()).isEmpty();
        assertThat(sandbox.optiply().content())
                .as(next.out() + next.err() + again.out())
                .isEqualTo(Expected.of(sandbox.shop(), Set.of(10), "total_ex_tax"));
        assertThat(again.out()).contains("\"outcome\":\"complete\"");
    }

    @Test
    void aProcessToldToStopEndsWithinTenSecondsAndTheNextOneGoesOn() throws Exception {
        configure();
        sandbox.optiplyLatency(50);
        Process stopped = begin("sync");
        await().atMost(Duration.ofMinutes(1)).until(() -> sandbox.optiply().productCount() > 30);
        stopped.destroy();
        assertThat(stopped.waitFor(10, TimeUnit.SECONDS)).isTrue();
        sandbox.optiplyLatency(0);

        run("sync");

        assertThat(sandbox.optiply().twins()).isEmpty();
        assertThat(sandbox.optiply().content()).isEqualTo(Expected.of(sandbox.shop(), Set.of(10), "total_ex_tax"));
    }

    @Test
    void withoutACommandTheClocksRunUntilItIsStopped() throws Exception {
        configure("sync.products.cron=* * * * * ?", "sync.sell-orders.cron=* * * * * ?");
        Process running = begin();
        await().atMost(Duration.ofMinutes(1)).until(() -> sandbox.optiply().sellOrderCount() > 50);

        running.destroy();

        assertThat(running.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(sandbox.optiply().twins()).isEmpty();
    }
}
