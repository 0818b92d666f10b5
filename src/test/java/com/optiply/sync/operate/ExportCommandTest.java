package com.optiply.sync.operate;

import static org.assertj.core.api.Assertions.assertThat;

import com.optiply.sync.Json;
import com.optiply.sync.sandbox.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private PrintStream outBefore;
    private PrintStream errBefore;
    private Sandbox sandbox;
    private Path config;

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.start(Sandbox.Size.awkward());
        Map<String, String> values = sandbox.settings();
        values.put("database.url", "jdbc:h2:file:" + folder.resolve("data/sync"));
        values.put("export.directory", folder.resolve("streams").toString());
        values.put("log.level", "ERROR");
        values.put("retry.initial-delay-ms", "5");
        config = Files.writeString(
                folder.resolve("my.properties"),
                values.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining("\n")));
        outBefore = System.out;
        errBefore = System.err;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        System.setOut(outBefore);
        System.setErr(errBefore);
        sandbox.close();
    }

    @Test
    void allIsAllElevenAndEachHasALineAndAFile() {
        int exitCode = export("all", "--json");

        assertThat(exitCode).isZero();
        List<Map<String, Object>> lines =
                out.toString(StandardCharsets.UTF_8).lines().map(Json::document).toList();
        assertThat(lines).hasSize(11).allSatisfy(line -> {
            assertThat(line)
                    .containsEntry("store", "main")
                    .containsEntry("what", "export")
                    .containsEntry("outcome", "complete")
                    .containsKeys("stream", "rows", "total", "file", "calls", "seconds");
            assertThat(Path.of(line.get("file").toString())).isRegularFile();
        });
    }

    @Test
    void oneStreamThatFailsMakesThreeAndTheOthersAreThere() {
        sandbox.categoryTreesRefused(true);

        int exitCode = export(
                "category_trees",
                "coupons",
                "--out",
                folder.resolve("elsewhere").toString());

        assertThat(exitCode).isEqualTo(3);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("failed", "complete", "permission");
        assertThat(folder.resolve("elsewhere/coupons.jsonl")).isRegularFile();
        assertThat(folder.resolve("elsewhere/category_trees.jsonl")).doesNotExist();
    }

    @Test
    void anUnknownStreamIsAnsweredWithThoseThereAre() {
        assertThat(export("products", "brands")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("there is no stream “brands”", "category_trees", "transactions");
        assertThat(folder.resolve("streams")).doesNotExist();
    }

    @Test
    void withoutAStreamOrWithAnUnreadableInstantTheUseIsExplained() {
        assertThat(export()).isEqualTo(2);
        assertThat(export("products", "--since", "yesterday")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("2025-01-01T00:00:00Z");
    }

    private int export(String... arguments) {
        String[] line = new String[arguments.length + 3];
        line[0] = "export";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        line[arguments.length + 1] = "--config";
        line[arguments.length + 2] = config.toString();
        return Commands.run(line);
    }
}
