package com.optiply.sync.sandbox;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConstants;

/** What the two simulated partners were asked, and what they answered. Safe for several threads. */
public final class Calls {

    private final Partner bigcommerce = new Partner();
    private final Partner optiply = new Partner();

    Calls() {}

    /** The calls that reached the simulated BigCommerce, refused ones included. */
    public Partner bigcommerce() {
        return bigcommerce;
    }

    /** The calls that reached the simulated Optiply, logins and refused ones included. */
    public Partner optiply() {
        return optiply;
    }

    /** Forgets everything counted so far; calls in flight are counted when they are answered. */
    public void reset() {
        bigcommerce.reset();
        optiply.reset();
    }

    /**
     * One answered call.
     *
     * @param at this machine's time of the answer
     * @param endpoint path with its variable parts in braces and without {@code /stores/{hash}}, for example
     *     {@code /v2/orders/{id}/products}; the whole path where no endpoint is known
     * @param query the raw query, empty if none
     */
    public record Call(Instant at, String method, String path, String query, String endpoint, int status) {}

    /** The calls of one partner. */
    public static final class Partner {

        private static final String BEGAN = "callBegan";
        private static final int KEPT = 20_000;
        private static final String STORE = "/stores/{hash}";

        private final Deque<Call> last = new ArrayDeque<>();
        private final Map<String, Integer> counts = new TreeMap<>();
        private final Set<String> connections = new HashSet<>();
        private int total;
        private int inFlight;
        private int peak;

        Partner() {}

        /** All calls since the last reset. */
        public synchronized int total() {
            return total;
        }

        /** Calls of one endpoint, whatever their status. */
        public synchronized int count(String method, String endpoint) {
            String start = method + " " + endpoint + " ";
            return counts.entrySet().stream()
                    .filter(e -> e.getKey().startsWith(start))
                    .mapToInt(Map.Entry::getValue)
                    .sum();
        }

        /** Calls of one endpoint that were answered with this status. */
        public synchronized int count(String method, String endpoint, int status) {
            return counts.getOrDefault(method + " " + endpoint + " " + status, 0);
        }

        /** Calls with this method, whatever their endpoint and status. */
        public synchronized int method(String method) {
            return counts.entrySet().stream()
                    .filter(e -> e.getKey().startsWith(method + " "))
                    .mapToInt(Map.Entry::getValue)
                    .sum();
        }

        /** Calls that were answered with this status. */
        public synchronized int status(int status) {
            return counts.entrySet().stream()
                    .filter(e -> e.getKey().endsWith(" " + status))
                    .mapToInt(Map.Entry::getValue)
                    .sum();
        }

        /** Counts by {@code "GET /v2/orders 200"}: method, endpoint, status. */
        public synchronized Map<String, Integer> counts() {
            return new TreeMap<>(counts);
        }

        /** The calls in the order of their answers, at most the last 20,000. */
        public synchronized List<Call> last() {
            return new ArrayList<>(last);
        }

        /** Calls being answered now. */
        public synchronized int inFlight() {
            return inFlight;
        }

        /** The most calls that were in flight at one moment. */
        public synchronized int peak() {
            return peak;
        }

        /** Distinct client sockets seen. */
        public synchronized int connections() {
            return connections.size();
        }

        /** Forgets everything counted so far. */
        public synchronized void reset() {
            last.clear();
            counts.clear();
            connections.clear();
            total = 0;
            peak = inFlight;
        }

        /** For the routes: a call has come in. */
        public void begin(Exchange exchange) {
            exchange.setProperty(BEGAN, System.nanoTime());
            Object client = exchange.getIn().getHeader(VertxPlatformHttpConstants.REMOTE_ADDRESS);
            synchronized (this) {
                inFlight++;
                peak = Math.max(peak, inFlight);
                connections.add(String.valueOf(client));
            }
        }

        /** When a call has come in, by {@link System#nanoTime}. */
        static long began(Exchange exchange) {
            return exchange.getProperty(BEGAN, System.nanoTime(), Long.class);
        }

        void end(Exchange exchange, int status, String method, String path, String query) {
            String endpoint = path;
            if (exchange.getFromEndpoint() instanceof PlatformHttpEndpoint http
                    && !http.getPath().equals("/")) {
                endpoint = http.getPath().startsWith(STORE) ? http.getPath().substring(STORE.length()) : http.getPath();
            }
            Call call = new Call(Instant.now(), method, path, query == null ? "" : query, endpoint, status);
            synchronized (this) {
                inFlight--;
                total++;
                counts.merge(method + " " + endpoint + " " + status, 1, Integer::sum);
                if (last.size() == KEPT) {
                    last.removeFirst();
                }
                last.addLast(call);
            }
        }
    }
}
