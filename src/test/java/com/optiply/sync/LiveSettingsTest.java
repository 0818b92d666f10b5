package com.optiply.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.optiply.sync.operate.Desk;
import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.sandbox.Shop.Line;
import com.optiply.sync.settings.Settings;
import com.optiply.sync.state.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A settings file that is saved while the program runs. */
class LiveSettingsTest {

    private static final String LINE_TOTALS = "total_ex_tax";

    @TempDir
    Path folder;

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger log = context.getLogger(SavedFiles.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private Path file;
    private Sandbox sandbox;
    private Program program;

    @BeforeEach
    void start() throws IOException {
        logged.start();
        log.setLevel(Level.INFO);
        log.addAppender(logged);
        file = folder.resolve("application.properties");
        Files.createDirectory(folder.resolve("routes"));
        try (Stream<Path> own = Files.list(Path.of("routes"))) {
            for (Path route : own.toList()) {
                Files.copy(route, folder.resolve("routes").resolve(route.getFileName()));
            }
        }
        sandbox = Sandbox.start(new Sandbox.Size(8, 12, 3, 7, 0).regularOnly());
        values.putAll(sandbox.settings());
        values.put("database.url", "jdbc:h2:file:" + folder.resolve("data/sync"));
        values.put("sell-orders.line-subtotal", LINE_TOTALS);
        values.put("routes.directory", folder.resolve("routes").toString());
        values.put("sync.products.cron", "0 0 3 1 1 ?");
        begin(Map.of());
    }

    private void begin(Map<String, String> environment) throws IOException {
        if (program != null) {
            program.close();
        }
        save();
        program = Program.start(Settings.load(file, true, environment, new Properties()), false);
    }

    @AfterEach
    void stop() {
        program.close();
        sandbox.close();
        log.detachAppender(logged);
        log.setLevel(null);
    }

    @Test
    void anotherMappingIsInEffectAndWhatWasReadBeforeIsReadAgainByItself() throws IOException {
        program.run("products", false);
        sandbox.shop().changeVariant(1_000_001L, variant -> variant.put("gtin", "8712345678999"));
        change("products.map.eanCode", "/variant/gtin");

        Run run = program.run("products", false);

        assertThat(run.getReport().get("message")).asString().contains("everything is read again");
        assertThat(sandbox.optiply().productsByRemoteId("1000001").get(0)).containsEntry("eanCode", "8712345678999");
        assertThat(sandbox.optiply().productsByRemoteId("1000002").get(0).get("eanCode"))
                .isNull();

        change("products.map.eanCode", null);
        program.run("products", false);
        assertThat(sandbox.optiply().content().get("products"))
                .isEqualTo(Expected.of(sandbox.shop(), Set.of(), LINE_TOTALS).get("products"));
    }

    @Test
    void otherRulesForSellOrdersAreInEffect() throws IOException {
        Map<Integer, Long> orders = IntStream.rangeClosed(1, 14)
                .boxed()
                .collect(Collectors.toMap(status -> status, status -> sandbox.shop()
                        .placeOrder(status, new Line(10_001, 1_000_001L, 1))));
        program.run("products", false);
        program.run("sell-orders", false);
        assertThat(sandbox.optiply().content()).isEqualTo(Expected.of(sandbox.shop(), Set.of(10), LINE_TOTALS));

        values.put("sell-orders.delete-statuses", "Cancelled,Declined,Refunded,Disputed");
        change("sell-orders.all-statuses", "true");
        program.run("sell-orders", false);

        Set<Integer> all = new HashSet<>(orders.keySet());
        all.removeAll(Set.of(4, 5, 6, 13));
        assertThat(sandbox.optiply().content()).isEqualTo(Expected.of(sandbox.shop(), all, LINE_TOTALS));
    }

    @Test
    void anotherClockTicksAndIsShown() throws IOException {
        program.startClocks();

        change("sync.products.cron", "* * * * * ?");

        await().atMost(Duration.ofSeconds(20)).until(() -> sandbox.optiply().productCount() > 0);
        assertThat(((Map<?, ?>) status().get("next")).get("products")).isNotNull();
        assertThat(program.camel().getRoutes())
                .filteredOn(route -> route.getEndpoint().getEndpointUri().startsWith("quartz"))
                .hasSizeGreaterThanOrEqualTo(4)
                .extracting(Route::getRouteId)
                .allMatch(id ->
                        program.camel().getRouteController().getRouteStatus(id).isStarted());
    }

    @Test
    void asManyCallsAreUnderWayAsTheConcurrencyNowSays() throws IOException {
        change("optiply.concurrency", "1");
        sandbox.optiplyLatency(40);
        program.run("products", false);
        assertThat(sandbox.calls().optiply().peak()).isEqualTo(1);

        change("optiply.concurrency", "6");
        IntStream.rangeClosed(1_000_001, 1_000_024).forEach(id -> sandbox.shop().changePrice(id, "3.50"));
        program.run("products", false);

        assertThat(sandbox.calls().optiply().peak()).isEqualTo(6);
    }

    @Test
    void asMuchIsLoggedAsTheLevelNowSays() throws IOException {
        Logger ours = context.getLogger("com.optiply.sync");
        Level before = ours.getLevel();
        Level camels = context.getLogger("org.apache.camel").getLevel();
        try {
            change("log.level", "ERROR");
            assertThat(ours.getLevel()).isEqualTo(Level.ERROR);
            change("log.level", "WARN");
            assertThat(ours.getLevel()).isEqualTo(Level.WARN);
        } finally {
            ours.setLevel(before);
            context.getLogger("org.apache.camel").setLevel(camels);
        }
    }

    @Test
    void aBadFileLeavesWhatIsInForceAndIsComplainedOfWithKeyValueAndCureUntilItIsMended() throws IOException {
        values.put("sell-orders.all-statuses", "perhaps");
        values.put("optiply.pasword", "hunter2");
        values.put("products.map.eanCode", "/variant/gtin");
        save();

        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(status().get("settings_not_in_effect"))
                .asString()
                .contains(
                        "sell-orders.all-statuses = \"perhaps\" (" + file,
                        "true or false",
                        "did you mean optiply.password?")
                .doesNotContain("hunter2"));
        assertThat(messages())
                .contains("sell-orders.all-statuses = \"perhaps\"")
                .doesNotContain("hunter2");
        assertThat(program.wiring().settings().productMap())
                .as("nothing of a bad file")
                .isEmpty();
        assertThat(program.run("products", false).getReport()).containsEntry("outcome", "complete");

        values.remove("sell-orders.all-statuses");
        values.remove("optiply.pasword");
        save();
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat((List<?>) status().get("settings_not_in_effect"))
                        .isEmpty());
        assertThat(program.wiring().settings().productMap()).containsEntry("eanCode", "/variant/gtin");
    }

    @Test
    void aKeyThatNeedsARestartIsNamedAndNotTaken() throws IOException {
        values.put("optiply.password", "another secret");
        values.put("bigcommerce.page-size", "7");
        change("sync.sell-orders.cron", "0 0 4 1 1 ?");

        assertThat(status().get("restart_needed")).isEqualTo(List.of("optiply.password", "bigcommerce.page-size"));
        assertThat(messages())
                .contains("[optiply.password, bigcommerce.page-size] take effect with the next start")
                .doesNotContain("another secret");
        assertThat(program.wiring().settings().number("bigcommerce.page-size")).isEqualTo(250);
        assertThat(program.run("products", false).getReport()).containsEntry("outcome", "complete");

        values.putAll(sandbox.settings());
        values.remove("bigcommerce.page-size");
        save();
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat((List<?>) status().get("restart_needed"))
                .isEmpty());
    }

    @Test
    void aChangeInMidRunWaitsUntilTheRunHasEnded() throws IOException {
        sandbox.optiplyLatency(300);
        CompletableFuture<Run> run = CompletableFuture.supplyAsync(() -> program.run("products", false));
        await().until(() -> sandbox.optiply().writes() > 2);
        values.put("products.map.eanCode", "/variant/gtin");
        save();

        await().atMost(Duration.ofSeconds(5))
                .until(() -> messages().contains("in effect as soon as the run in hand has ended"));
        assertThat(program.wiring().settings().productMap()).isEmpty();
        assertThat(run.join().getReport()).containsEntry("outcome", "complete");
        await().atMost(Duration.ofSeconds(2))
                .until(() -> !program.wiring().settings().productMap().isEmpty());
    }

    @Test
    void whatTheEnvironmentSaysGoesBeforeTheSavedFile() throws IOException {
        begin(Map.of("OPTIPLY_CONCURRENCY", "2"));
        values.put("optiply.concurrency", "9");
        change("bigcommerce.concurrency", "3");

        assertThat(program.wiring().settings().number("optiply.concurrency")).isEqualTo(2);
        assertThat(status().get("restart_needed")).isEqualTo(List.of());
    }

    @Test
    void theProgramsOwnCopiesOfTheRoutesTakeThemToo() throws IOException {
        long shipped = sandbox.shop().placeOrder(2, new Line(10_001, 1_000_001L, 1));
        values.put("routes.directory", folder.resolve("nowhere").toString());
        begin(Map.of());
        int routes = program.camel().getRoutes().size();

        change("sell-orders.all-statuses", "true");

        assertThat(program.camel().getRoutes()).hasSize(routes);
        program.run("products", false);
        program.run("sell-orders", false);
        assertThat(sandbox.optiply().sellOrdersByRemoteId(String.valueOf(shipped)))
                .hasSize(1);
    }

    @Test
    void settingsWithWhichARouteFileDoesNotLoadAreNotTakenAndNoRouteIsLost() throws IOException {
        program.camel().getRegistry().bind("embedded", new Object());
        Files.writeString(folder.resolve("routes/9-mine.camel.yaml"), """
                - route:
                    id: mine
                    from:
                      uri: direct:mine
                      steps:
                        - bean:
                            ref: "{{sell-orders.lines}}"
                """);
        await().atMost(Duration.ofSeconds(5)).until(() -> program.camel().getRoute("mine") != null);
        int routes = program.camel().getRoutes().size();

        values.put("sell-orders.lines", "endpoint");
        save();

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(status().get("settings_not_in_effect"))
                .asString()
                .contains("sell-orders.lines", "9-mine.camel.yaml line 6"));
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(program.camel().getRoutes()).hasSize(routes));
        assertThat(program.wiring().settings().text("sell-orders.lines")).isEqualTo("embedded");
        assertThat(program.run("products", false).getReport()).containsEntry("outcome", "complete");
    }

    @Test
    void withReloadSwitchedOffNothingHappens() throws IOException {
        values.put("routes.reload", "false");
        begin(Map.of());
        values.put("products.map.eanCode", "/variant/gtin");
        save();

        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(4))
                .until(() -> program.wiring().settings().productMap().isEmpty());
    }

    /** Saves one change and waits until it is in effect, which takes no more than two seconds. */
    private void change(String key, String value) throws IOException {
        if (value == null) {
            values.remove(key);
        } else {
            values.put(key, value);
        }
        save();
        await().atMost(Duration.ofSeconds(2))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> {
                    assertThat(program.wiring().settings().optional(key).orElse(null))
                            .isEqualTo(value);
                    assertThat(program.wiring().runs().isBetweenRuns("main")).isTrue();
                });
    }

    private void save() throws IOException {
        String text = values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("\n"));
        Files.move(Files.writeString(folder.resolve("aside"), text + "\n"), file, StandardCopyOption.REPLACE_EXISTING);
    }

    private Map<String, Object> status() {
        return new Desk(program.wiring(), program::camel).status();
    }

    private String messages() {
        return List.copyOf(logged.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .collect(Collectors.joining("\n"));
    }
}
