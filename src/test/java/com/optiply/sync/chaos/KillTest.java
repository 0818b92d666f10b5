package com.optiply.sync.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.optiply.sync.Expected;
import com.optiply.sync.operate.Shell;
import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.sandbox.Shop.Line;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process of its own, killed (kill -9) again and again at any moment of its life: starting, migrating, reading, delivering. */
class KillTest {

    private static final int KILLS = Integer.getInteger("chaos.kills", 4);
    private static final long SEED = Long.getLong("chaos.seed", 1);

    @TempDir
    Path folder;

    private Sandbox sandbox;
    private Shell shell;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(new Sandbox.Size(60, 60, 2, SEED, 15).regularOnly());
        shell = new Shell(sandbox, folder);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void theNextStartGoesOnByItself() throws Exception {
        Random random = new Random(SEED);
        StringBuilder told = new StringBuilder("seed " + SEED + ": killed");
        // How long a start takes on this machine decides which moments are of interest.
        int life = 2_000;
        for (int kill = 1; kill <= KILLS; kill++) {
            Process process = shell.start("sync");
            int after = life * kill / KILLS + random.nextInt(1_000);
            boolean ended = process.waitFor(after, TimeUnit.MILLISECONDS);
            if (!ended && sandbox.calls().bigcommerce().total() == 0) {
                life += 1_500;
            }
            process.destroyForcibly().waitFor();
            told.append(' ')
                    .append(ended ? "not, it had ended before " : "after ")
                    .append(after)
                    .append(" ms (Optiply holds ")
                    .append(sandbox.optiply().productCount())
                    .append(" products),");
            Map<String, Object> product =
                    sandbox.shop().products().get(random.nextInt(sandbox.shop().productCount()));
            long id = ((Number) product.get("id")).longValue();
            sandbox.shop().changeProductPrice(id, kill + ".50");
            sandbox.shop().placeOrder(10, new Line(id, null, 1));
        }
        System.out.println(told);
        sandbox.latency(0);

        long began = System.nanoTime();
        Shell.Told last = shell.run("status", "--json");
        assertThat(last.exit()).as(told + last.err()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
        Shell.Told sync = shell.run("sync", "--json");

        assertThat(sync.exit()).as(told + sync.out() + sync.err()).isZero();
        assertThat(sandbox.optiply().twins()).as(told.toString()).isEmpty();
        assertThat(sandbox.optiply().content())
                .as(told + Files.readString(folder.resolve("process.log")))
                .isEqualTo(Expected.of(sandbox.shop(), Set.of(10), "total_ex_tax"));
    }
}
