package com.optiply.sync.operate;

import com.optiply.sync.Wiring;
import com.optiply.sync.settings.Settings;
import com.optiply.sync.state.Overview;
import com.optiply.sync.state.Run;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.HttpHost;

/**
 * What Prometheus reads of a store: all names begin with {@code optiply_sync}, all have the tag {@code store}. Tags are
 * kinds, outcomes, partners and status codes: never an id, a path or a text.
 *
 * <p>What stands in the database is looked up when it is read, at most every 5 s. Safe for several threads.
 */
public final class Metrics implements AutoCloseable {

    /** Both kinds of partner, and Optiply's login, which is counted for itself. */
    static final String BIGCOMMERCE = "bigcommerce";

    static final String OPTIPLY = "optiply";
    static final String LOGIN = "optiply-login";

    private static final List<String> KINDS = List.of("products", "sell-orders");
    private static final List<String> OUTCOMES = List.of("complete", "partial", "failed");
    private static final List<String> ROWS =
            List.of("read", "unchanged", "changed", "skipped", "newly_parked", "created", "updated", "deleted");
    private static final List<String> UNDELIVERED = List.of("pending", "in_doubt", "parked");
    private static final List<String> TROUBLES = List.of(
            "credentials-refused",
            "run-failed",
            "run-partial",
            "late",
            "brake",
            "parked",
            "route-file",
            "settings-file",
            "restart-needed");
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };
    private static final Duration KEPT = Duration.ofSeconds(5);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Wiring wiring;
    private final Settings settings;
    private final String store;
    private final Troubles troubles;
    private final Overview overview;
    private final Map<String, Timer> calls = new ConcurrentHashMap<>();
    private final Map<String, Long> rowsOfEnded = new ConcurrentHashMap<>();
    private Seen seen;
    private Instant looked = Instant.MIN;

    /** What stood in the database. */
    private record Seen(Map<String, Object> status, List<Troubles.Trouble> troubles, Map<String, Instant> complete) {}

    public Metrics(Wiring wiring) {
        this.wiring = wiring;
        this.settings = wiring.settings();
        this.store = settings.text("store.name");
        this.troubles = new Troubles(wiring);
        this.overview = new Overview(wiring.database());
        registry.config().commonTags("store", store);
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        for (String kind : KINDS) {
            OUTCOMES.forEach(outcome -> runs(kind, outcome));
            ROWS.forEach(outcome -> rows(kind, outcome));
            UNDELIVERED.forEach(status -> gauge(
                    "optiply.sync.records",
                    "Records that Optiply does not hold as they are wanted",
                    seen -> number(((Map<?, ?>) ((Map<?, ?>) seen.status().get("undelivered")).get(kind)).get(status)),
                    "entity",
                    kind,
                    "status",
                    status));
            gauge(
                    "optiply.sync.last.complete.run.age.seconds",
                    "Time since the last complete run began; not there before the first one",
                    seen -> seen.complete().containsKey(kind)
                            ? Duration.between(seen.complete().get(kind), Instant.now())
                                            .toMillis()
                                    / 1000.0
                            : Double.NaN,
                    "what",
                    kind);
        }
        rows("export", "read");
        for (String kind : TROUBLES) {
            gauge(
                    "optiply.sync.troubles",
                    "What is wrong with the store, by kind of trouble",
                    seen -> seen.troubles().stream()
                            .filter(trouble -> trouble.kind().equals(kind))
                            .count(),
                    "kind",
                    kind);
        }
        Gauge.builder("optiply.sync.quota.left", wiring.quota(), quota -> quota.left() < 0 ? Double.NaN : quota.left())
                .description("Calls left in BigCommerce's rate-limit window, as it said last")
                .register(registry);
        Gauge.builder("optiply.sync.quota", wiring.quota(), quota -> quota.quota() < 0 ? Double.NaN : quota.quota())
                .description("Calls that BigCommerce allows in one rate-limit window")
                .register(registry);
        Gauge.builder("optiply.sync.database.up", this, metrics -> metrics.seen() == null ? 0 : 1)
                .description("Whether the database could be asked")
                .register(registry);
        wiring.runs().onEnd(this::ended);
    }

    // ---- runs and rows

    private Counter runs(String what, String outcome) {
        return Counter.builder("optiply.sync.runs")
                .description("Runs that have ended")
                .tags("what", what, "outcome", outcome)
                .register(registry);
    }

    private void rows(String what, String outcome) {
        FunctionCounter.builder("optiply.sync.rows", this, metrics -> metrics.rowsSoFar(what, outcome))
                .description("Records by what became of them, those of the run in hand included")
                .tags("what", what, "outcome", outcome)
                .register(registry);
    }

    private void ended(Run run) {
        ROWS.forEach(outcome -> rowsOfEnded.merge(run.getWhat() + "/" + outcome, rows(run, outcome), Long::sum));
        runs(run.getWhat(), String.valueOf(run.getReport().get("outcome"))).increment();
    }

    private double rowsSoFar(String what, String outcome) {
        // In this order: a run that ends in between is missed for one look, and never counted twice.
        long ended = rowsOfEnded.getOrDefault(what + "/" + outcome, 0L);
        return ended
                + wiring.runs().inHand().stream()
                        .filter(run -> run.getWhat().equals(what))
                        .mapToLong(run -> rows(run, outcome))
                        .sum();
    }

    private static long rows(Run run, String outcome) {
        return ((Number) run.getCounts().shown().get(outcome)).longValue();
    }

    // ---- calls

    /** Times every call that this client makes to one of the partners, until its answer begins. */
    public void time(HttpClientBuilder client) {
        URI bigcommerce = URI.create(settings.text("bigcommerce.url"));
        URI optiply = URI.create(settings.text("optiply.url"));
        client.addExecInterceptorFirst("metrics", (request, scope, chain) -> {
            HttpHost host = scope.route.getTargetHost();
            String partner = isAt(host, request.getRequestUri(), bigcommerce, "/stores/")
                    ? BIGCOMMERCE
                    : isAt(host, request.getRequestUri(), optiply, "/") ? OPTIPLY : null;
            if (partner == null) {
                return chain.proceed(request, scope);
            }
            long begun = System.nanoTime();
            String status = "none";
            try {
                var response = chain.proceed(request, scope);
                status = String.valueOf(response.getCode());
                return response;
            } finally {
                called(partner, status, System.nanoTime() - begun);
            }
        });
    }

    private static boolean isAt(HttpHost host, String path, URI url, String below) {
        return host.getHostName().equalsIgnoreCase(url.getHost())
                && port(host.getSchemeName(), host.getPort()) == port(url.getScheme(), url.getPort())
                && path.startsWith(url.getPath().replaceFirst("/$", "") + below);
    }

    private static int port(String scheme, int port) {
        return port > 0 ? port : "https".equals(scheme.toLowerCase(Locale.ROOT)) ? 443 : 80;
    }

    /** A login has ended. @param status the answer's, or {@code none} where there was no answer */
    public void loggedIn(String status, long nanos) {
        called(LOGIN, status, nanos);
    }

    private void called(String partner, String status, long nanos) {
        calls.computeIfAbsent(partner + status, any -> Timer.builder("optiply.sync.calls")
                        .description("Calls to the partners, each repetition for itself, until the answer begins")
                        .tags("partner", partner, "status", status)
                        .serviceLevelObjectives(BUCKETS)
                        .register(registry))
                .record(Duration.ofNanos(nanos));
    }

    // ---- what stands in the database

    private void gauge(String name, String description, ToDoubleFunction<Seen> figure, String... tags) {
        Gauge.builder(name, this, metrics -> {
                    Seen now = metrics.seen();
                    return now == null ? Double.NaN : figure.applyAsDouble(now);
                })
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    /** Null where the database cannot be asked, which is not tried again at once either. */
    private synchronized Seen seen() {
        if (Instant.now().minus(KEPT).isAfter(looked)) {
            try {
                Map<String, Object> status = overview.status(store);
                seen = new Seen(status, troubles.of(status), overview.lastComplete(store));
            } catch (RuntimeException e) {
                seen = null;
            }
            looked = Instant.now();
        }
        return seen;
    }

    /** Answers with all figures, in Prometheus's text format. */
    public void write(Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
        message.setBody(scrape().getBytes(StandardCharsets.UTF_8));
    }

    String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        registry.close();
    }
}
