package com.optiply.sync.operate;

import static org.assertj.core.api.Assertions.assertThat;

import com.optiply.sync.Installation;
import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.state.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command in a process of its own that is told to stop in the middle of its calls. */
class StopTest {

    private static final int LATENCY_MS = 800;

    @TempDir
    Path folder;

    private Sandbox sandbox;
    private Shell shell;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(new Sandbox.Size(20, 0, 0, 3, 0).regularOnly());
        shell = new Shell(sandbox, folder).with("optiply.concurrency", "8");
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void callsInFlightAreWaitedForAndWrittenDownAndNoNewOneBegins() throws Exception {
        sandbox.optiplyLatency(LATENCY_MS);
        Process process = shell.start("sync", "products");
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> sandbox.calls().optiply().count("POST", "/v1/products") >= 12);
        long told = System.nanoTime();
        process.destroy();
        int calls = sandbox.calls().optiply().total();

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).as("ends within 10 s").isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - told)).isLessThan(Duration.ofSeconds(8));
        assertThat(sandbox.calls().optiply().total())
                .as("only those in flight, and those that began before the signal was heard")
                .isBetween(calls, calls + 16);
        assertThat(count("status = 'in_doubt'"))
                .as("every answer was written down: " + Files.readString(folder.resolve("process.log")))
                .isZero();
        assertThat(count("status = 'delivered'")).isEqualTo(sandbox.optiply().productCount());
        assertThat(Files.readString(folder.resolve("process.log"))).contains("failed");

        sandbox.optiplyLatency(0);
        try (Installation next =
                Installation.of(sandbox).with("database.url", shell.values().get("database.url"))) {
            Run run = next.sync("products");
            assertThat(run.getReport()).containsEntry("outcome", "complete");
        }
        assertThat(sandbox.optiply().productCount()).isEqualTo(60);
        assertThat(sandbox.optiply().twins()).isEmpty();
    }

    private long count(String what) throws Exception {
        try (Connection connection = DriverManager.getConnection(shell.values().get("database.url"), "sa", "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from record where " + what)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
