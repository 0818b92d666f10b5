package com.optiply.sync.operate;

import static org.assertj.core.api.Assertions.assertThat;

import com.optiply.sync.Json;
import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process writes to its log. */
class LogTest {

    @TempDir
    Path folder;

    private Sandbox sandbox;
    private Shell shell;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(Sandbox.Size.awkward());
        shell = new Shell(sandbox, folder);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private List<String> logOf(String... command) throws Exception {
        Process process = shell.start(command);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return Files.readAllLines(folder.resolve("process.log"));
    }

    @Test
    void everyLineOfARunNamesRunAndStoreAlsoFromThePools() throws Exception {
        shell.with("log.format", "json")
                .with("log.level", "DEBUG")
                .with("store.name", "berlin")
                .with("log.bodies-until", Instant.now().minusSeconds(1).toString());

        List<Map<String, Object>> lines = logOf("sync").stream()
                .filter(line -> line.startsWith("{"))
                .map(Json::document)
                .filter(line -> line.get("loggerName").toString().startsWith("com.optiply.sync."))
                .toList();

        assertThat(with(lines, "begins")).hasSize(2);
        assertThat(with(lines, "has ended: complete")).hasSize(2);
        assertThat(lines)
                .filteredOn(line -> !line.get("loggerName").toString().endsWith(".Leases"))
                .filteredOn(line -> line.get("threadName").toString().matches("(deliver|read)-\\d+"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.get("mdc").toString()).contains("store=berlin", "run="));
        assertThat(with(lines, "begins"))
                .allSatisfy(line -> assertThat(line.get("mdc").toString()).contains("run=", "store=berlin"));
        assertThat(with(lines, "is parked ("))
                .as("one line a parked record")
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).containsEntry("level", "INFO"))
                .allSatisfy(line -> assertThat(line.get("mdc").toString()).contains("store=berlin"));
        assertThat(with(lines, "products 1001 "))
                .as("the way of a record")
                .extracting(line -> line.get("level") + " " + line.get("formattedMessage"))
                .containsExactly(
                        "DEBUG products 1001 is wanted anew",
                        "DEBUG products 1001 is created in Optiply as " + id("1001"));
        assertThat(with(lines, "/v1/products")).as("no body").isEmpty();
    }

    private static List<Map<String, Object>> with(List<Map<String, Object>> lines, String words) {
        return lines.stream()
                .filter(line -> line.get("formattedMessage").toString().contains(words))
                .toList();
    }

    private Object id(String remoteId) {
        return sandbox.optiply().productsByRemoteId(remoteId).get(0).get("id");
    }

    @Test
    void bodiesAreWrittenUntilTheMomentThatWasAskedForAndWithoutSecrets() throws Exception {
        shell.with("log.level", "INFO")
                .with("log.bodies-until", Instant.now().plusSeconds(300).toString());
        String secret = shell.values().get("optiply.client-secret");
        sandbox.shop().renameProduct(101, "Bag " + secret + " of leather");

        List<String> lines = logOf("sync", "products");

        assertThat(lines)
                .anyMatch(line -> line.contains("until ") && line.contains("bodies are written to the log"))
                .anyMatch(line ->
                        line.matches(".* INFO +Bodies \\[main 1\\] - POST /v1/products \\{.*Bag \\*\\*\\* of leather.*"
                                + " → 201 \\{.*"))
                .anyMatch(line -> line.contains("GET /stores/") && line.contains("→ 200 {"))
                .anyMatch(line -> line.contains("[main 1] - run 1 (products, incremental, store main) has ended"));
        for (var key : Settings.keys()) {
            if (key.secret() && shell.values().get(key.name()) != null) {
                assertThat(String.join("\n", lines))
                        .as(key.name())
                        .doesNotContain(shell.values().get(key.name()));
            }
        }
    }
}
