package com.optiply.sync.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.optiply.sync.Expected;
import com.optiply.sync.Program;
import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.state.Database;
import com.optiply.sync.state.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk with the database is full, or may only be read. Needs a file system of its own, which only root can make. */
class DiskTest {

    private static final String RULE = "total_ex_tax";

    /** Records are marked in doubt in batches of this size, and each worker may have one more call under way. */
    private static final int MARKED = 100;

    @TempDir
    Path folder;

    private Between between;
    private boolean mounted;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        mounted = command("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", folder.toString());
        assumeTrue(mounted, "no file system of its own can be made here");
        between = new Between(new Sandbox.Size(250, 60, 2, 5, 0).regularOnly());
        between.installation
                .with("sell-orders.line-subtotal", RULE)
                .with("database.url", "jdbc:h2:file:" + folder.resolve("data/sync"));
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        if (between != null) {
            between.close();
        }
        if (mounted) {
            assertThat(command("umount", "-l", folder.toString())).isTrue();
        }
    }

    private static boolean command(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void fill() {
        byte[] block = new byte[4096];
        try (OutputStream filler = Files.newOutputStream(folder.resolve("filler"))) {
            while (true) {
                filler.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("space");
        }
    }

    private void free() throws IOException {
        Files.delete(folder.resolve("filler"));
    }

    @Test
    void aRunOnAFullDiskFailsCleanlyWithoutAnyCallThatChangesAnything() throws IOException {
        between.installation.sync();
        int writes = between.sandbox.optiply().writes();
        changeAll("1.23");
        fill();

        assertThatThrownBy(() -> between.installation.sync("products"))
                .isInstanceOf(Program.RunImpossible.class)
                .hasMessageContaining("the database cannot be used: No space left");
        assertThat(between.sandbox.optiply().writes()).isEqualTo(writes);

        free();
        thenEverythingIsThere();
    }

    @Test
    void aDiskThatFillsUpInTheMiddleOfDeliveryLosesNothingAndMakesNoTwin() throws IOException {
        AtomicInteger posts = new AtomicInteger();
        AtomicInteger after = new AtomicInteger();
        between.optiply.plan(call -> {
            if (call.method().equals("POST") && call.path().contains("/products")) {
                if (posts.incrementAndGet() == 150) {
                    fill();
                } else if (posts.get() > 150) {
                    after.incrementAndGet();
                }
            }
            return Fault.PASS;
        });

        Run run = between.installation.sync("products");

        assertThat(run.getExitCode()).isEqualTo(3);
        assertThat(run.getReport()).containsEntry("outcome", "failed");
        assertThat(run.getReport().get("message")).asString().contains("database");
        assertThat(after.get())
                .as("calls whose record is not marked in doubt on disk")
                .isLessThanOrEqualTo(MARKED + 4);

        free();
        thenEverythingIsThere();
    }

    @Test
    void aFolderThatMayOnlyBeReadIsNamedAtTheStartAndNothingIsSent() throws IOException, InterruptedException {
        between.installation.sync();
        between.installation.stop();
        int writes = between.sandbox.optiply().writes();
        changeAll("1.23");
        assertThat(command("mount", "-o", "remount,ro", folder.toString())).isTrue();

        assertThatThrownBy(() -> between.installation.sync("products"))
                .isInstanceOf(Database.DatabaseUnusable.class)
                .hasMessageContaining("database.url=jdbc:h2:file:" + folder.resolve("data/sync"))
                .hasMessageContaining("read only")
                .hasMessageContaining("Check that the place exists, is writable");
        assertThat(between.sandbox.optiply().writes()).isEqualTo(writes);

        assertThat(command("mount", "-o", "remount,rw", folder.toString())).isTrue();
        thenEverythingIsThere();
    }

    @Test
    void aFirstStartWhereNothingMayBeWrittenNamesTheFolder() throws InterruptedException {
        assertThat(command("mount", "-o", "remount,ro", folder.toString())).isTrue();

        assertThatThrownBy(() -> between.installation.sync("products"))
                .isInstanceOf(Database.DatabaseUnusable.class)
                .hasMessageContaining("its folder " + folder.resolve("data") + " cannot be created")
                .hasMessageContaining("Read-only file system")
                .hasMessageContaining("or name another");
        between.installation.with("database.url", "jdbc:h2:file:" + folder.resolve("sync"));
        assertThatThrownBy(() -> between.installation.sync("products"))
                .isInstanceOf(Database.DatabaseUnusable.class)
                .hasMessageContaining(folder.resolve("sync.mv.db") + ": Read-only file system")
                .hasMessageContaining("Check that the place exists, is writable");
    }

    private void changeAll(String price) {
        for (Map<String, Object> product : between.sandbox.shop().products()) {
            between.sandbox.shop().changeProductPrice(((Number) product.get("id")).longValue(), price);
        }
    }

    private void thenEverythingIsThere() {
        between.installation.stop();
        between.optiply.plan(call -> Fault.PASS);
        Run products = between.installation.sync("products");
        Run orders = between.installation.sync("sell-orders");

        assertThat(products.getReport()).containsEntry("outcome", "complete");
        assertThat(orders.getReport()).containsEntry("outcome", "complete");
        assertThat(between.sandbox.optiply().twins()).isEmpty();
        assertThat(between.sandbox.optiply().content())
                .isEqualTo(Expected.of(between.sandbox.shop(), Set.of(10), RULE));
    }
}
