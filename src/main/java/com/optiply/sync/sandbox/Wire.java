package com.optiply.sync.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.HeaderFilterStrategy;

/**
 * The last step of each call: writes an {@link Answer} on the wire, with the partner's {@code Date} and rate headers, and
 * counts the call. Safe for several threads.
 */
public final class Wire {

    private static final int WORTH_PACKING = 1_024;

    private final PartnerClock clock;
    private final Calls.Partner calls;
    private final Quota quota;
    private volatile boolean gzip;
    private volatile int latencyMs;

    /** {@code quota} may be null: no rate headers then. */
    Wire(PartnerClock clock, Calls.Partner calls, Quota quota, int latencyMs) {
        this.clock = clock;
        this.calls = calls;
        this.quota = quota;
        this.gzip = quota != null;
        this.latencyMs = latencyMs;
    }

    void gzip(boolean on) {
        gzip = on;
    }

    void latency(int ms) {
        latencyMs = ms;
    }

    /** For the routes: writes the answer in the body, when all of the call has taken the latency. */
    public void write(Exchange exchange) throws InterruptedException {
        Message message = exchange.getMessage();
        Answer answer = message.getBody(Answer.class);
        String method = message.getHeader(Exchange.HTTP_METHOD, String.class);
        String path = message.getHeader(Exchange.HTTP_PATH, String.class);
        String query = message.getHeader(Exchange.HTTP_RAW_QUERY, String.class);
        String encoding = message.getHeader("Accept-Encoding", "", String.class);
        message.removeHeaders("*");
        byte[] body = answer.body();
        if (gzip
                && body.length >= WORTH_PACKING
                && encoding.toLowerCase(Locale.ROOT).contains("gzip")) {
            body = packed(body);
            message.setHeader("Content-Encoding", "gzip");
        }
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, answer.status());
        if (answer.contentType() != null) {
            message.setHeader(Exchange.CONTENT_TYPE, answer.contentType());
        }
        message.setHeader("Date", clock.httpDate());
        if (quota != null) {
            Quota.State state = quota.state();
            message.setHeader("X-Rate-Limit-Requests-Left", state.left());
            message.setHeader("X-Rate-Limit-Requests-Quota", state.quota());
            message.setHeader("X-Rate-Limit-Time-Window-Ms", state.windowMs());
            message.setHeader("X-Rate-Limit-Time-Reset-Ms", state.resetMs());
            if (answer.status() == 429) {
                message.setHeader("X-Retry-After", Math.max(1, (state.resetMs() + 999) / 1000));
            }
        }
        answer.headers().forEach(message::setHeader);
        message.setBody(body.length == 0 ? null : body);
        await(exchange);
        calls.end(exchange, answer.status(), method, path, query);
    }

    /** To the fraction of a millisecond, which a sleep is not: what comes on top would count as the client's. */
    private void await(Exchange exchange) throws InterruptedException {
        long until = Calls.Partner.began(exchange) + TimeUnit.MILLISECONDS.toNanos(latencyMs);
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private static byte[] packed(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 4);
        try (GZIPOutputStream zip = new GZIPOutputStream(out, 8_192) {
            {
                def.setLevel(Deflater.BEST_SPEED);
            }
        }) {
            zip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /**
     * Lets in only the request headers that a partner looks at, so that no query parameter poses as a header and nothing
     * is echoed, and lets out every header that {@link #write} sets, {@code Date} included, which Camel's own strategy
     * would drop.
     */
    static HeaderFilterStrategy headers(String... lookedAt) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(Set.of(lookedAt));
        return new HeaderFilterStrategy() {
            @Override
            public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
                return name.startsWith("Camel");
            }

            @Override
            public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
                return !names.contains(name);
            }
        };
    }
}
