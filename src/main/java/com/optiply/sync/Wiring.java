package com.optiply.sync;

import com.optiply.sync.bigcommerce.Exports;
import com.optiply.sync.bigcommerce.Pages;
import com.optiply.sync.bigcommerce.Products;
import com.optiply.sync.bigcommerce.Quota;
import com.optiply.sync.bigcommerce.Readings;
import com.optiply.sync.bigcommerce.Refusals;
import com.optiply.sync.bigcommerce.SellOrders;
import com.optiply.sync.bigcommerce.Streams;
import com.optiply.sync.mapping.LineSubtotal;
import com.optiply.sync.mapping.ProductMapper;
import com.optiply.sync.mapping.UnknownProducts;
import com.optiply.sync.operate.Alerts;
import com.optiply.sync.operate.Bodies;
import com.optiply.sync.operate.Desk;
import com.optiply.sync.operate.Gate;
import com.optiply.sync.operate.Health;
import com.optiply.sync.operate.Metrics;
import com.optiply.sync.operate.OperatorHeaders;
import com.optiply.sync.operate.Questions;
import com.optiply.sync.operate.Web;
import com.optiply.sync.optiply.Answers;
import com.optiply.sync.optiply.Delivery;
import com.optiply.sync.optiply.Envelope;
import com.optiply.sync.optiply.FirstFailure;
import com.optiply.sync.optiply.LookUps;
import com.optiply.sync.optiply.Outcomes;
import com.optiply.sync.optiply.Token;
import com.optiply.sync.settings.Secrets;
import com.optiply.sync.settings.Settings;
import com.optiply.sync.state.Database;
import com.optiply.sync.state.Fence;
import com.optiply.sync.state.HeldRecords;
import com.optiply.sync.state.Leases;
import com.optiply.sync.state.OldRuns;
import com.optiply.sync.state.OneTransaction;
import com.optiply.sync.state.PendingRecords;
import com.optiply.sync.state.Results;
import com.optiply.sync.state.Runs;
import com.optiply.sync.state.WantedState;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpMethods;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.SimpleTypeConverter;

/**
 * Binds everything that the routes name into a Camel context: the standalone program, Karaf, the tests and a foreign
 * Camel application all call this one class. It opens the database; closing it closes that and the pools.
 */
public class Wiring implements AutoCloseable {

    private volatile Settings settings;
    private final Duration settling;
    private final Database database;
    private final Leases leases;
    private final Runs runs;
    private final Quota quota;
    private final Delivery delivery;
    private final WantedState wantedState;
    private final ThreadPoolExecutor deliveryPool;
    private final ThreadPoolExecutor readingPool;
    private final ThreadPoolExecutor exportPool;
    private volatile Map<String, String> routeProblems = Map.of();
    private volatile List<String> settingsProblems = List.of();
    private volatile List<String> restartNeeded = List.of();
    private Questions questions;
    private Desk desk;
    private Metrics metrics;

    /**
     * @throws Database.DatabaseHeld where another process holds the H2 file
     * @throws Database.DatabaseUnusable where the database cannot be opened
     */
    public Wiring(Settings settings) {
        this(settings, PendingRecords.SETTLING);
    }

    /** As {@link #Wiring(Settings)}, with another time for Optiply to show what it has committed: tests cannot wait. */
    public Wiring(Settings settings, Duration settling) {
        this.settings = settings;
        this.settling = settling;
        int writers = settings.number("optiply.concurrency");
        int readers = settings.number("bigcommerce.concurrency");
        this.database = Database.open(
                settings.text("database.url"),
                settings.text("database.user"),
                settings.optional("database.password").orElse(""),
                connections(writers, readers));
        this.wantedState = new WantedState(database, Clock.systemUTC());
        this.leases = new Leases(database);
        this.runs = new Runs(database, leases, Clock.systemUTC(), PlainWords::of);
        runs.onEnd(new OldRuns(database, Clock.systemUTC(), Duration.ofDays(settings.number("runs.kept-days"))));
        this.quota = new Quota(settings.number("bigcommerce.quota-reserve"));
        this.delivery = new Delivery(writers, settings.number("optiply.requests-per-second"));
        this.deliveryPool = pool("deliver", workers(writers));
        this.readingPool = pool("read", readers);
        // A pool of its own: an export's many small calls must not stand before a sync's in one queue.
        this.exportPool = pool("export", readers);
    }

    /** Twice as many as calls in flight: what is done before and after a call keeps no other call waiting. */
    private static int workers(int callsInFlight) {
        return 2 * callsInFlight;
    }

    /** One for each thread that may want one, and some for the desk and the leases. */
    private static int connections(int writers, int readers) {
        return workers(writers) + readers + 4;
    }

    private static ThreadPoolExecutor pool(String name, int threads) {
        AtomicInteger count = new AtomicInteger();
        return (ThreadPoolExecutor) Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** What {@code {{key}}} stands for in the routes. */
    public Properties properties() {
        Properties properties = settings.asCamelProperties();
        properties.setProperty("optiply.settling-ms", Long.toString(settling.toMillis() + 100));
        properties.setProperty("alerts.enabled", "true");
        return properties;
    }

    /** Binds the beans; to be called before the routes are loaded. */
    public void bind(CamelContext camel) {
        Clock clock = Clock.systemUTC();
        Registry registry = camel.getRegistry();
        metrics = new Metrics(this);
        registry.bind("metrics", metrics);
        registry.bind("health", new Health(this));
        registry.bind("dataSource", database.dataSource());
        bindBySettings(registry);
        registry.bind("inOneTransaction", new OneTransaction(database.transactions()));
        registry.bind("gathering", new Gathering());
        registry.bind("edgeHeaders", new EdgeHeaders());
        registry.bind("fence", new Fence());
        registry.bind("runs", runs);
        registry.bind("wantedState", wantedState);
        registry.bind(
                "heldRecords", new HeldRecords(database, clock, settings.text("optiply.coupling-id"), PlainWords::of));
        registry.bind("results", new Results(database));
        registry.bind("pendingRecords", new PendingRecords(database, clock, settling, delivery::isEnding));

        registry.bind("quota", quota);
        registry.bind("bigcommerceFailure", new Refusals(quota));
        registry.bind(
                "pages",
                new Pages(
                        settings.number("bigcommerce.page-size"),
                        settings.optional("bigcommerce.channel-id").orElse(null),
                        delivery::isStopping));
        registry.bind("readingPool", readingPool);
        registry.bind("successor", (Processor) Pages::askSuccessor);

        Streams streams = new Streams(camel, settings.list("export.streams"));
        registry.bind("streams", streams);
        registry.bind("exports", new Exports(streams, runs, settings));
        registry.bind("exportPool", exportPool);

        Secrets secrets = new Secrets(settings);
        Token token = new Token(
                settings.text("optiply.token-url"),
                settings.text("optiply.client-id"),
                settings.text("optiply.client-secret"),
                settings.text("optiply.username"),
                settings.text("optiply.password"),
                settings.duration("optiply.timeout"),
                Duration.ofMillis(settings.number("retry.initial-delay-ms")),
                metrics::loggedIn,
                secrets);
        registry.bind("token", token);
        registry.bind("delivery", delivery);
        registry.bind("answers", new Answers());
        registry.bind("outcomes", new Outcomes(clock, delivery, token, secrets));
        registry.bind("lookUps", new LookUps(settings.text("optiply.coupling-id"), clock, settling));
        registry.bind("deliveryPool", deliveryPool);
        registry.bind("firstFailure", new FirstFailure());

        desk = new Desk(this, () -> camel);
        registry.bind("desk", desk);
        registry.bind("alerts", new Alerts(this));
        questions = new Questions(desk);
        registry.bind("questions", questions);
        Gate gate = new Gate(settings);
        registry.bind("gate", gate);
        registry.bind("web", new Web(gate));
        registry.bind("operatorHeaders", new OperatorHeaders());

        camel.getCamelContextExtension().addInterceptStrategy(new RunInLog());
        // Camel's own way to an enum searches all converters at each call. As it does: whatever the case, and trimmed.
        camel.getTypeConverterRegistry()
                .addTypeConverter(
                        HttpMethods.class,
                        String.class,
                        new SimpleTypeConverter(
                                false,
                                (type, exchange, name) -> HttpMethods.valueOf(
                                        name.toString().trim().toUpperCase(Locale.ROOT))));
        Bodies bodies = new Bodies(settings, secrets);
        // Long enough for a route that is just being replaced; one that is gone for good should fail its caller soon.
        camel.getComponent("direct", DirectComponent.class).setTimeout(2_000);
        for (String scheme : List.of("http", "https")) {
            // Only our own policy repeats calls: the client beneath would sleep inside one call.
            HttpComponent http = camel.getComponent(scheme, HttpComponent.class);
            http.setAutomaticRetriesDisabled(true);
            http.setCookieManagementDisabled(true);
            http.setAuthCachingDisabled(true);
            http.setHttpClientConfigurer(client -> {
                metrics.time(client);
                bodies.watch(client);
                // No redirect is followed, and Camel's words for one would repeat an address that may hold a secret.
                client.addResponseInterceptorFirst((answer, body, call) -> answer.removeHeaders("Location"));
            });
            // For calls of steps that somebody adds, a webhook's say: ours bring their own.
            http.setConnectTimeout(10_000);
            http.setConnectionRequestTimeout(10_000);
            http.setResponseTimeout(10_000);
        }
    }

    /** Binds the beans that go by settings which may change while the program runs. */
    private void bindBySettings(Registry registry) {
        UnknownProducts unknown = UnknownProducts.parse(settings.text("sell-orders.unknown-products"));
        registry.bind("settings", settings);
        registry.bind("readings", new Readings(runs, settings));
        registry.bind(
                "products",
                new Products(
                        new ProductMapper(settings.productMap()),
                        wantedState,
                        settings.decimal("products.max-disabled-share")));
        registry.bind(
                "sellOrders",
                new SellOrders(
                        LineSubtotal.parse(settings.text("sell-orders.line-subtotal")),
                        unknown,
                        settings.text("sell-orders.lines").equals("endpoint"),
                        wantedState));
        registry.bind("envelope", new Envelope(unknown == UnknownProducts.PARK));
    }

    /** Takes changed settings into use, between two runs; whoever calls it loads all routes anew. */
    void take(Settings changed, CamelContext camel) {
        Properties before = properties();
        settings = changed;
        int writers = settings.number("optiply.concurrency");
        int readers = settings.number("bigcommerce.concurrency");
        delivery.concurrency(writers);
        database.connections(connections(writers, readers));
        resize(deliveryPool, workers(writers));
        resize(readingPool, readers);
        resize(exportPool, readers);
        bindBySettings(camel.getRegistry());
        PropertiesComponent placeholders = camel.getPropertiesComponent();
        properties().forEach((key, value) -> {
            if (!value.equals(before.get(key))) {
                placeholders.addOverrideProperty(key.toString(), value.toString());
            }
        });
    }

    private static void resize(ThreadPoolExecutor pool, int threads) {
        if (threads > pool.getMaximumPoolSize()) {
            pool.setMaximumPoolSize(threads);
            pool.setCorePoolSize(threads);
        } else {
            pool.setCorePoolSize(threads);
            pool.setMaximumPoolSize(threads);
        }
    }

    /** What is wrong with route files that do not load, by their name: file, line and reason in one sentence. */
    public Map<String, String> routeProblems() {
        return routeProblems;
    }

    void routeProblems(Map<String, String> problems) {
        routeProblems = Map.copyOf(problems);
    }

    /** What is wrong with a saved settings file, which is why those before go on; empty where all is well. */
    public List<String> settingsProblems() {
        return settingsProblems;
    }

    /** The keys that were changed and take effect with the next start. */
    public List<String> restartNeeded() {
        return restartNeeded;
    }

    void settingsSaved(List<String> problems, List<String> restartNeeded) {
        this.settingsProblems = List.copyOf(problems);
        this.restartNeeded = List.copyOf(restartNeeded);
    }

    /** Those that are in force now. */
    public Settings settings() {
        return settings;
    }

    public Database database() {
        return database;
    }

    public Runs runs() {
        return runs;
    }

    public Quota quota() {
        return quota;
    }

    /** No new call begins from here on; those under way end. */
    public void stop() {
        delivery.stop();
        // Who waits for pages must not outlive a reading that is cut off.
        runs.inHand().forEach(runs::endReading);
    }

    @Override
    public void close() {
        stop();
        if (questions != null) {
            questions.close();
            desk.close();
            metrics.close();
        }
        deliveryPool.shutdown();
        readingPool.shutdown();
        exportPool.shutdown();
        leases.close();
        database.close();
    }
}
