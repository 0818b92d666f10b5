package com.optiply.sync.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.optiply.sync.Expected;
import com.optiply.sync.Program;
import com.optiply.sync.Wiring;
import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.settings.Settings;
import com.optiply.sync.state.Run;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** Two processes on one PostgreSQL: who has lost the lease writes nothing any more. */
class LeaseTest {

    private EmbeddedPostgres postgres;
    private Between between;
    private Program late;
    private Program other;

    @BeforeEach
    void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        between = new Between(new Sandbox.Size(3, 0, 0, 1, 0).regularOnly());
        late = program(true);
        other = program(false);
    }

    @AfterEach
    void stop() throws Exception {
        late.close();
        other.close();
        between.close();
        postgres.close();
    }

    private Program program(boolean behindProxy) {
        Map<String, String> values = settings();
        if (behindProxy) {
            values.put("optiply.url", between.optiply.url() + "/v1");
        }
        return Program.start(new Wiring(Settings.of(values), Story.SETTLING), false);
    }

    private Map<String, String> settings() {
        Map<String, String> values = new LinkedHashMap<>(between.sandbox.settings());
        values.put("optiply.concurrency", "1");
        values.put("bigcommerce.overlap", "PT1S");
        values.put("database.url", "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres");
        values.put("database.user", "postgres");
        values.put("database.password", "postgres");
        return values;
    }

    @Test
    void aLateWorkersResultIsNotWrittenAndWhatItSentIsAdopted() throws Exception {
        Run ended = takenOver();

        assertThat(ended.getExitCode()).isEqualTo(3);
        assertThat(ended.getReport().get("message").toString()).contains("another process");
        assertThat(between.sandbox.optiply().twins()).isEmpty();
        assertThat(between.sandbox.optiply().productCount()).isEqualTo(9);
        assertThat(new JdbcTemplate(other.wiring().database().dataSource())
                        .queryForObject("select count(*) from record where status = 'delivered'", Long.class))
                .isEqualTo(9);
    }

    /** A planted bug: this test can fail. */
    @Test
    void withoutALookAtTheEpochALateWorkerWouldMakeTwins(@TempDir Path folder) throws Exception {
        late.close();
        Map<String, String> values = settings();
        values.put("optiply.url", between.optiply.url() + "/v1");
        values.putAll(new PlantedBug("a lease without epoch")
                .route(
                        "4-deliver.camel.yaml",
                        "            method: holdsDelivery",
                        "            method: beginDeliveryWhileReading")
                .into(folder)
                .settings());
        late = Program.start(new Wiring(Settings.of(values), Story.SETTLING), false);
        takenOver();

        assertThat(between.sandbox.optiply().twins()).isNotEmpty();
    }

    /** A delivery that sleeps in its first call for longer than its lease lives, while another process does the work. */
    private Run takenOver() throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        between.optiply.afterAnswer(call -> {
            if (call.method().equals("POST") && call.path().contains("/products")) {
                sent.countDown();
                await(goOn);
            }
        });
        CompletableFuture<Run> slow = CompletableFuture.supplyAsync(() -> late.run("products", false));
        assertThat(sent.await(30, TimeUnit.SECONDS)).isTrue();
        new JdbcTemplate(other.wiring().database().dataSource())
                .update("update lease set expires = current_timestamp - interval '1' second");
        Run run = other.run("products", false);
        assertThat(run.getReport()).containsEntry("outcome", "complete");
        goOn.countDown();
        return slow.get(60, TimeUnit.SECONDS);
    }

    @Test
    void aLateReaderStoresNothingAndMovesNoBookmark() throws Exception {
        late.run("products", false);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Program reader = reader(asked, goOn);
        try {
            long product = ((Number) between.sandbox.shop().products().get(0).get("id")).longValue();
            between.sandbox.shop().changeProductPrice(product, "1.00");
            CompletableFuture<Run> slow = CompletableFuture.supplyAsync(() -> reader.run("products", false));
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
            JdbcTemplate database = new JdbcTemplate(other.wiring().database().dataSource());
            database.update("update lease set expires = current_timestamp - interval '1' second");
            between.sandbox.shop().changeProductPrice(product, "2.00");
            Run run = other.run("products", false);
            assertThat(run.getReport()).containsEntry("outcome", "complete");
            goOn.countDown();
            Run ended = slow.get(60, TimeUnit.SECONDS);

            assertThat(ended.getExitCode()).isEqualTo(3);
            between.sandbox.shop().clock().shift(Duration.ofHours(1));
            other.run("products", false);
            other.run("products", false);
            assertThat(between.sandbox.optiply().content().get("products"))
                    .isEqualTo(Expected.of(between.sandbox.shop(), Set.of(10), "total_ex_tax")
                            .get("products"));
        } finally {
            reader.close();
        }
    }

    @Test
    @Tag("slow")
    void aDatabaseThatGoesAwayEndsTheRunAndNoCallIsMadeWhoseResultCouldNotBeWrittenDown() {
        AtomicInteger posts = new AtomicInteger();
        between.optiply.afterAnswer(call -> {
            if (call.method().equals("POST") && call.path().contains("/products") && posts.incrementAndGet() == 3) {
                try {
                    postgres.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        Run run = late.run("products", false);

        assertThat(run.getExitCode()).isEqualTo(3);
        assertThat(run.getReport()).containsEntry("outcome", "failed");
        assertThat(run.getReport().get("message").toString()).contains("database");
        assertThat(posts).hasValue(3);
        assertThatThrownBy(() -> late.run("products", false))
                .as("it says so again and waits for nobody")
                .isInstanceOf(Program.RunImpossible.class);
    }

    /** A program whose page is on its way back while another one works. */
    private Program reader(CountDownLatch asked, CountDownLatch goOn) {
        between.bigcommerce.afterAnswer(call -> {
            asked.countDown();
            await(goOn);
        });
        Map<String, String> values = settings();
        values.put("bigcommerce.url", between.bigcommerce.url());
        return Program.start(new Wiring(Settings.of(values), Story.SETTLING), false);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
