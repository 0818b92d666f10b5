package com.optiply.sync.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.optiply.sync.sandbox.Calls;
import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.state.Run;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** BigCommerce's quota, scaled down from 150 calls per 30 s. */
class QuotaTest {

    private static final int QUOTA = 30;
    private static final int WINDOW_MS = 1_000;
    private static final int RESERVE = 3;
    private static final int ORDERS = 240;

    @Test
    void theQuotaLessTheReserveIsUsedUpAndNotExceeded() throws IOException {
        try (Between between = new Between(new Sandbox.Size(5, 0, 0, 1, 2).regularOnly())) {
            Map<String, Object> product = between.sandbox.shop().products().get(0);
            long productId = ((Number) product.get("id")).longValue();
            long variantId = ((Number) ((Map<?, ?>) ((List<?>) product.get("variants")).get(0)).get("id")).longValue();
            // None of the lines is embedded, so that each order costs a call of its own.
            for (long id = 1; id <= ORDERS; id++) {
                between.sandbox
                        .shop()
                        .putOrder(
                                between.sandbox.shop().orderDocument(id, 10),
                                List.of(between.sandbox.shop().lineDocument(id, id, productId, variantId, 1, "2.00")),
                                0);
            }
            between.installation.with("bigcommerce.quota-reserve", String.valueOf(RESERVE));
            between.installation.sync("products");
            between.sandbox.quota(QUOTA, WINDOW_MS);
            between.sandbox.calls().reset();
            Run run = between.installation.sync("sell-orders");

            assertThat(run.getReport()).containsEntry("outcome", "complete").containsEntry("created", (long) ORDERS);
            Calls.Partner calls = between.sandbox.calls().bigcommerce();
            assertThat(calls.status(429) * 100).isLessThanOrEqualTo(calls.total());
            assertThat(between.sandbox.quotaUsedAtMost())
                    .as("calls of any window; the others are left to the merchant's other apps")
                    .isLessThanOrEqualTo(QUOTA - RESERVE);
            List<Calls.Call> all = calls.last();
            Duration took =
                    Duration.between(all.get(0).at(), all.get(all.size() - 1).at());
            double windows = calls.total() / (double) (QUOTA - RESERVE);
            assertThat(took.toMillis() / (double) WINDOW_MS)
                    .as("windows used, of %s needed", windows)
                    .isLessThanOrEqualTo(Math.ceil(windows) / 0.95);
        }
    }

    @Test
    void a429WithoutHeadersMakesEverybodyWait() throws IOException {
        try (Between between = new Between(new Sandbox.Size(5, 12, 2, 1, 0).regularOnly())) {
            boolean[] refused = {false};
            between.bigcommerce.plan(call -> {
                boolean first = !refused[0];
                refused[0] = true;
                return first ? Fault.TOO_MANY : Fault.PASS;
            });
            long began = System.nanoTime();
            Run run = between.installation.sync("products");

            assertThat(run.getReport()).containsEntry("outcome", "complete");
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(1));
        }
    }
}
