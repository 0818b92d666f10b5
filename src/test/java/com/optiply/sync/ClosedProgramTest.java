package com.optiply.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.settings.Settings;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program leaves behind in a process that goes on: a container, or a program that rehearses. */
class ClosedProgramTest {

    @Test
    void aClosedProgramIsForgotten(@TempDir Path folder) {
        try (Sandbox sandbox = Sandbox.start(new Sandbox.Size(1, 1, 1, 7, 0))) {
            WeakReference<CamelContext> first = startedAndClosed(sandbox, folder.resolve("first"));
            // Camel itself remembers the last one.
            startedAndClosed(sandbox, folder.resolve("second"));

            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                System.gc();
                assertThat(first.get()).isNull();
            });
        }
    }

    private static WeakReference<CamelContext> startedAndClosed(Sandbox sandbox, Path database) {
        Map<String, String> settings = sandbox.settings();
        settings.put("database.url", "jdbc:h2:file:" + database);
        try (Program program = Program.start(Settings.of(settings), false)) {
            return new WeakReference<>(program.camel());
        }
    }
}
