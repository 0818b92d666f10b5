package com.optiply.sync.chaos;

import static com.optiply.sync.Installation.figure;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.state.Run;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Delivery that begins while the run still reads: BigCommerce answers the second page only when something has arrived. The
 * last record of a page may wait for the next page, since Camel's split asks for one more before it lets one go.
 */
class WhileReadingTest {

    private Between between;
    private final AtomicReference<Throwable> waitedInVain = new AtomicReference<>();

    @BeforeEach
    void start() throws IOException {
        between = new Between(new Sandbox.Size(4, 4, 3, 1, 0).regularOnly());
        between.installation.with("bigcommerce.page-size", "2").with("bigcommerce.timeout", "PT20S");
    }

    @AfterEach
    void stop() throws IOException {
        assertThat(waitedInVain.get())
                .as("nothing came while the second page was waited for")
                .isNull();
        between.close();
    }

    /** BigCommerce answers the second page of a list only when something has come true, and then as told. */
    private void letTheSecondPageOf(String list, Callable<Boolean> waitFor, Fault then) {
        AtomicInteger pages = new AtomicInteger();
        between.bigcommerce.plan(call -> {
            if (!call.path().contains(list) || pages.incrementAndGet() != 2) {
                return Fault.PASS;
            }
            try {
                await().atMost(ofSeconds(15)).until(waitFor);
            } catch (ConditionTimeoutException e) {
                waitedInVain.set(e);
            }
            return then;
        });
    }

    @Test
    void productsOfTheFirstPageAreCreatedBeforeTheSecondIsRead() {
        letTheSecondPageOf("/catalog/products", () -> between.sandbox.optiply().productCount() >= 5, Fault.PASS);

        Run run = between.installation.sync("products");

        assertComplete(run, 12);
        assertThat(between.sandbox.optiply().productCount()).isEqualTo(12);
    }

    @Test
    void sellOrdersOfTheFirstPageAreCreatedBeforeTheSecondIsRead() {
        between.installation.sync("products");
        letTheSecondPageOf("/v2/orders", () -> between.sandbox.optiply().sellOrderCount() >= 1, Fault.PASS);

        Run run = between.installation.sync("sell-orders");

        assertComplete(run, 4);
        assertThat(between.sandbox.optiply().sellOrderCount()).isEqualTo(4);
    }

    @Test
    void whereReadingFailsLaterWhatItCreatedIsCounted() {
        between.installation.with("bigcommerce.retry.attempts", "0");
        letTheSecondPageOf(
                "/catalog/products", () -> between.sandbox.optiply().productCount() >= 5, Fault.RESET_BEFORE);

        Run failed = between.installation.sync("products");

        assertThat(failed.getReport()).containsEntry("outcome", "failed");
        assertThat(figure(failed, "created")).isEqualTo(6);
        assertThat(figure(failed, "pending")).isZero();

        between.bigcommerce.plan(call -> Fault.PASS);
        assertComplete(between.installation.sync("products"), 6);
        assertThat(between.sandbox.optiply().twins()).isEmpty();
    }

    @Test
    void whereOptiplyIsAwayWhileReadingGoesOnTheCallsThatFailAreNotMadeAgainForTheRest() {
        between.installation.with("optiply.concurrency", "1").with("optiply.retry.attempts", "0");
        AtomicInteger posts = new AtomicInteger();
        between.optiply.plan(call -> {
            if (!call.method().equals("POST") || !call.path().contains("/products")) {
                return Fault.PASS;
            }
            posts.incrementAndGet();
            return Fault.S503;
        });
        letTheSecondPageOf("/catalog/products", () -> posts.get() >= 3, Fault.PASS);

        Run run = between.installation.sync("products");

        assertThat(run.getReport()).containsEntry("outcome", "failed");
        assertThat(run.getReport().get("message")).asString().contains("delivery ended for this run");
        assertThat(posts.get())
                .as("three failures in a row end delivery at one call in flight, and one or two may be under way")
                .isLessThan(2 * 3);
    }

    private static void assertComplete(Run run, int created) {
        assertThat(run.getReport()).containsEntry("outcome", "complete");
        assertThat(figure(run, "created")).isEqualTo(created);
        assertThat(List.of(figure(run, "pending"), figure(run, "parked"))).containsOnly(0L);
    }
}
