package com.optiply.sync.chaos;

import static com.optiply.sync.Installation.figure;
import static org.assertj.core.api.Assertions.assertThat;

import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.state.Run;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is repeated, how often and when; and what never is. */
class RedeliveryTest {

    private static final String PRODUCTS = "/stores/sandbox/v3/catalog/products";

    private Between between;

    @BeforeEach
    void start() throws IOException {
        between = new Between(new Sandbox.Size(4, 0, 0, 3, 0).regularOnly());
    }

    @AfterEach
    void stop() throws IOException {
        between.close();
    }

    /** The first calls meet these faults, those behind them pass. */
    private static FaultyProxy.Plan first(String method, String part, Fault... faults) {
        AtomicInteger count = new AtomicInteger();
        return call -> {
            if (!call.method().equals(method) || !call.path().contains(part)) {
                return Fault.PASS;
            }
            int n = count.getAndIncrement();
            return n < faults.length ? faults[n] : Fault.PASS;
        };
    }

    private static FaultyProxy.Plan always(String method, String part, Fault fault) {
        return call -> call.method().equals(method) && call.path().contains(part) ? fault : Fault.PASS;
    }

    @ParameterizedTest
    @CsvSource({"TOO_MANY_WAIT, 1000", "TOO_MANY_X_WAIT, 2000", "UNAVAILABLE_WAIT, 1000", "TOO_MANY, 1000"})
    void aWaitThatBigCommerceNamesIsObeyed(Fault fault, long ms) {
        between.bigcommerce.plan(first("GET", "/catalog/products", fault));
        Run run = between.installation.sync("products");

        assertThat(run.getReport()).containsEntry("outcome", "complete");
        assertThat(waited(between.bigcommerce.times("GET", PRODUCTS))).isBetween(ms - 5, ms + 5_000);
    }

    @ParameterizedTest
    @CsvSource({"TOO_MANY_WAIT, 1000", "TOO_MANY_X_WAIT, 2000", "UNAVAILABLE_WAIT, 1000"})
    void aWaitThatOptiplyNamesIsObeyed(Fault fault, long ms) {
        between.installation.sync("products");
        long variant = variant();
        between.sandbox.shop().changePrice(variant, "77.00");
        between.optiply.plan(first("PATCH", "/products", fault));
        Run run = between.installation.sync("products");

        assertThat(run.getReport()).containsEntry("outcome", "complete");
        String path = "/v1/products/"
                + between.sandbox
                        .optiply()
                        .productsByRemoteId(String.valueOf(variant))
                        .get(0)
                        .get("id");
        assertThat(waited(between.optiply.times("PATCH", path))).isBetween(ms - 5, ms + 5_000);
    }

    private static long waited(List<Long> times) {
        return waits(times).get(0);
    }

    private static List<Long> waits(List<Long> times) {
        return IntStream.range(1, times.size())
                .mapToObj(i -> TimeUnit.NANOSECONDS.toMillis(times.get(i) - times.get(i - 1)))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"GET, bigcommerce", "PATCH, optiply"})
    void waitsGrowUpToTheirCeiling(String method, String partner) {
        between.installation.sync("products");
        between.installation
                .with("retry.initial-delay-ms", "100")
                .with("retry.max-delay-ms", "300")
                .with(partner + ".retry.attempts", "8");
        long variant = variant();
        between.sandbox.shop().changePrice(variant, "78.00");
        Object id = between.sandbox
                .optiply()
                .productsByRemoteId(String.valueOf(variant))
                .get(0)
                .get("id");
        boolean reading = partner.equals("bigcommerce");
        FaultyProxy proxy = reading ? between.bigcommerce : between.optiply;
        String path = reading ? PRODUCTS : "/v1/products/" + id;
        int before = proxy.times(method, path).size();
        proxy.plan(always(method, reading ? "/catalog/products" : "/products/", Fault.S503));
        between.installation.sync("products");

        List<Long> times = proxy.times(method, path);
        List<Long> waits = waits(times.subList(before, times.size()));
        // A fifth more or less, so that workers do not come back together. Camel doubles what it waited, the fifth
        // included, and cuts at the ceiling last: the least is 80, 128, 204 and then the ceiling.
        assertThat(waits).hasSize(8);
        assertThat(waits.get(0)).isBetween(75L, 1_000L);
        assertThat(waits.get(1)).isBetween(123L, 1_100L);
        assertThat(waits.get(2)).isBetween(199L, 2_000L);
        assertThat(waits.subList(3, 8)).allSatisfy(wait -> assertThat(wait).isBetween(295L, 2_000L));
    }

    private long variant() {
        Map<String, Object> product = between.sandbox.shop().products().get(0);
        return ((Number) ((Map<?, ?>) ((List<?>) product.get("variants")).get(0)).get("id")).longValue();
    }

    @ParameterizedTest
    @CsvSource({"S401, 3, bigcommerce.access-token", "S422, 3, fault of the route", "S500, 4, next run goes on"})
    void whatStaysWrongAtBigCommerceEndsTheReadingAfterAFewTriesWithWordsThatHelp(
            Fault fault, int tries, String words) {
        between.bigcommerce.plan(always("GET", "/catalog/products", fault));
        Run run = between.installation.sync("products");

        assertThat(between.bigcommerce.times("GET", PRODUCTS)).hasSize(tries);
        assertThat(run.getExitCode()).isEqualTo(3);
        assertThat(run.getReport()).containsEntry("outcome", "failed");
        assertThat(run.getReport().get("message").toString()).contains(words);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {
                "TRUNCATED",
                "HTML",
                "NO_CONTENT",
                "RESET_INSIDE",
                "RESET_BEFORE",
                "S408",
                "S423",
                "S503",
                "SILENCE"
            })
    void whatIsNoGoodAnswerOfBigCommerceIsAskedForAgain(Fault fault) {
        between.bigcommerce.plan(first("GET", "/catalog/products", fault));
        Run run = between.installation.sync("products");

        assertThat(run.getReport()).containsEntry("outcome", "complete");
        assertThat(between.sandbox.optiply().productCount()).isEqualTo(12);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {
                "S500",
                "S500_WRITTEN",
                "S408",
                "S503",
                "RESET_BEFORE",
                "RESET_INSIDE",
                "RESET_AFTER",
                "LATE_COMMIT",
                "SILENCE_WRITTEN",
                "TRUNCATED",
                "HTML",
                "NO_CONTENT"
            })
    void aPostWithoutAClearAnswerIsNotRepeatedBeforeItIsLookedUp(Fault fault) {
        between.installation.with("optiply.concurrency", "1");
        between.optiply.plan(first("POST", "/v1/products", fault));
        Run run = between.installation.sync("products");

        assertThat(between.sandbox.optiply().twins()).isEmpty();
        assertThat(between.sandbox.optiply().productCount()).isEqualTo(12);
        assertThat(run.getReport()).containsEntry("outcome", "complete");
        assertThat(figure(run, "created")).isEqualTo(12);
        assertThat(between.sandbox.calls().optiply().count("GET", "/v1/products"))
                .as("the first run's listing, and the look-up")
                .isGreaterThan(1);
        boolean written = between.optiply.times("POST", "/v1/products").size() == 12;
        boolean reached = !List.of(Fault.S500, Fault.S408, Fault.S503, Fault.RESET_BEFORE, Fault.HTML, Fault.NO_CONTENT)
                .contains(fault);
        assertThat(written).isEqualTo(reached);
    }

    @Test
    void aPostIsRepeatedAfterA429WhichProvesThatNothingWasWritten() {
        between.optiply.plan(first("POST", "/v1/products", Fault.TOO_MANY));
        Run run = between.installation.sync("products");

        assertThat(run.getReport()).containsEntry("outcome", "complete");
        assertThat(between.sandbox.calls().optiply().count("GET", "/v1/products"))
                .as("the first run's listing")
                .isEqualTo(1);
        assertThat(between.optiply.times("POST", "/v1/products")).hasSize(13);
    }

    /** The number of tries that a 401 allows must not be what a reset may use up. */
    @Test
    void aPostThatWasRefusedWith401AndThenLosesItsAnswerIsNotRepeatedBlindly() {
        between.installation.with("optiply.concurrency", "1");
        between.optiply.plan(first("POST", "/v1/products", Fault.S401, Fault.RESET_AFTER));
        Run run = between.installation.sync("products");

        assertThat(between.sandbox.optiply().twins()).isEmpty();
        assertThat(between.optiply.times("POST", "/v1/products")).hasSize(13);
        assertThat(run.getReport()).containsEntry("outcome", "complete");
    }

    @Test
    void aFailedReadingDoesNotLetOneFailedRecordEndDelivery() {
        between.installation.sync("products");
        for (Map<String, Object> product : between.sandbox.shop().products()) {
            between.sandbox.shop().changeProductPrice(((Number) product.get("id")).longValue(), "5.55");
        }
        between.optiply.plan(always("PATCH", "/products", Fault.S422));
        between.installation.sync("products");
        between.sandbox.shop().addProduct("New", "3.00", 3, 1);
        between.bigcommerce.plan(call -> call.path().contains("id:greater") ? Fault.S401 : Fault.PASS);
        between.installation.with("bigcommerce.page-size", "1");
        between.optiply.plan(first("POST", "/v1/products", Fault.S422));
        Run run = between.installation.sync("products");

        assertThat(run.getReport().get("message").toString())
                .contains("reading BigCommerce failed")
                .doesNotContain("delivering");
    }

    @Test
    void anExpiredTokenInMidRunMakesOneLoginForAllWorkers() throws IOException {
        try (Between big = new Between(new Sandbox.Size(40, 0, 0, 3, 5).regularOnly())) {
            AtomicInteger posts = new AtomicInteger();
            big.installation.with("optiply.concurrency", "8");
            big.optiply.plan(call -> {
                if (call.path().contains("/v1/products") && posts.incrementAndGet() == 50) {
                    big.sandbox.optiply().invalidateTokens();
                }
                return Fault.PASS;
            });
            Run run = big.installation.sync("products");

            assertThat(run.getReport()).containsEntry("outcome", "complete");
            assertThat(big.sandbox.optiply().logins()).isEqualTo(2);
            assertThat(big.sandbox.optiply().productCount()).isEqualTo(120);
            assertThat(big.sandbox.optiply().twins()).isEmpty();
        }
    }

    @Test
    void wrongCredentialsAreTriedTwiceAndNoMore() {
        between.sandbox.optiply().password("another");
        Run run = between.installation.sync("products");

        assertThat(between.sandbox.optiply().refusedLogins()).isEqualTo(2);
        assertThat(run.getExitCode()).isEqualTo(3);
        assertThat(run.getReport().get("message").toString()).contains("optiply.username");
        assertThat(between.sandbox.optiply().productCount()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"TOO_MANY", "S503", "RESET_BEFORE", "HTML"})
    void aLoginThatGetsNoAnswerIsTriedAgain(Fault fault) {
        between.optiply.plan(first("POST", "/oauth/", fault, fault));
        Run run = between.installation.sync("products");

        assertThat(run.getReport()).containsEntry("outcome", "complete");
        assertThat(between.sandbox.optiply().logins()).isEqualTo(1);
    }
}
