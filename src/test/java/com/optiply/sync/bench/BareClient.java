package com.optiply.sync.bench;

import com.optiply.sync.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;

/**
 * What the partners and this machine let through at best: the same POSTs by the bare HTTP client that the product uses,
 * as many at once, with nothing read, mapped, remembered or checked.
 */
final class BareClient {

    private BareClient() {}

    /** Sends so many products and returns the seconds that it took. */
    static double send(Map<String, Object> settings, int calls, int concurrency) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(concurrency);
        try (CloseableHttpClient client = HttpClientBuilder.create()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(concurrency)
                        .setMaxConnTotal(concurrency)
                        .build())
                .build()) {
            String token = token(client, settings);
            AtomicInteger next = new AtomicInteger();
            AtomicInteger refused = new AtomicInteger();
            long began = System.nanoTime();
            for (int i = 0; i < concurrency; i++) {
                pool.execute(() -> {
                    for (int call = next.getAndIncrement(); call < calls; call = next.getAndIncrement()) {
                        if (!post(client, settings, token, call)) {
                            refused.incrementAndGet();
                        }
                    }
                });
            }
            pool.shutdown();
            if (!pool.awaitTermination(1, TimeUnit.HOURS) || refused.get() > 0) {
                throw new IllegalStateException(refused + " calls of the bare client were refused");
            }
            return (System.nanoTime() - began) / 1e9;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean post(CloseableHttpClient client, Map<String, Object> settings, String token, int number) {
        HttpPost post = new HttpPost(settings.get("optiply.url") + "/products?accountId="
                + settings.get("optiply.account-id") + "&couplingId=" + settings.get("optiply.coupling-id"));
        post.setHeader("Authorization", "Bearer " + token);
        post.setHeader("Accept", "application/vnd.api+json");
        post.setEntity(new StringEntity(
                Json.text(Map.of(
                        "data",
                        Map.of(
                                "type",
                                "products",
                                "attributes",
                                Map.of(
                                        "remoteId",
                                        "bare-" + number,
                                        "name",
                                        "Canvas bag " + number,
                                        "skuCode",
                                        "BAG-" + number,
                                        "price",
                                        19.95,
                                        "unlimitedStock",
                                        false,
                                        "stockLevel",
                                        17,
                                        "status",
                                        "enabled")))),
                ContentType.create("application/vnd.api+json", StandardCharsets.UTF_8)));
        try {
            return client.execute(post, answer -> {
                EntityUtils.consume(answer.getEntity());
                return answer.getCode() == 200 || answer.getCode() == 201;
            });
        } catch (IOException e) {
            return false;
        }
    }

    private static String token(CloseableHttpClient client, Map<String, Object> settings) throws IOException {
        HttpPost post = new HttpPost(settings.get("optiply.token-url").toString());
        post.setHeader(
                "Authorization",
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString((settings.get("optiply.client-id") + ":"
                                                + settings.get("optiply.client-secret"))
                                        .getBytes(StandardCharsets.UTF_8)));
        post.setEntity(new StringEntity(
                "grant_type=password&username=" + encoded(settings.get("optiply.username")) + "&password="
                        + encoded(settings.get("optiply.password")),
                ContentType.APPLICATION_FORM_URLENCODED));
        return client.execute(post, answer -> Json.document(EntityUtils.toString(answer.getEntity()))
                .get("access_token")
                .toString());
    }

    private static String encoded(Object value) {
        return URLEncoder.encode(value.toString(), StandardCharsets.UTF_8);
    }
}
