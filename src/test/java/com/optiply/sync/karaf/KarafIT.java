package com.optiply.sync.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.optiply.sync.Expected;
import com.optiply.sync.Installation;
import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.sandbox.Shop;
import com.optiply.sync.state.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The KARs in a real container. One container goes through one life, step by step, because it takes long to start:
 * each test begins where the one before it left off.
 */
@Tag("karaf")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(100)
class KarafIT {

    private static final Path KAR = Path.of("target/bigcommerce-optiply.kar");
    private static final Path THIN_KAR = Path.of("target/bigcommerce-optiply-thin.kar");
    private static final Path THIN_BUNDLE = Path.of("target/bigcommerce-optiply-karaf-thin.jar");
    private static final Path DISTRIBUTION = Path.of("target/apache-karaf-" + System.getProperty("karaf.version"));
    private static final Sandbox.Size SIZE = new Sandbox.Size(12, 40, 3, 7, 0);
    private static final String LINE_TOTALS = "total_ex_tax";

    private Sandbox sandbox;
    private Container container;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        sandbox = Sandbox.start(SIZE);
        container = new Container(DISTRIBUTION, folder.resolve("karaf"));
        container.start();
    }

    @AfterAll
    void stop() {
        container.close();
        sandbox.close();
    }

    @AfterEach
    void logged() throws IOException {
        // What the build prints where a step has failed is little without the container's own words.
        Files.copy(
                container.home().resolve("data/log/karaf.log"),
                Path.of("target/karaf.log"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    @Order(1)
    void droppedIntoDeployItUnpacksTheSameRoutesAndSaysWhatItsConfigurationLacks() throws IOException {
        container.deploy(KAR);

        container.awaitShell("bigcommerce:status", "bigcommerce.access-token");
        try (Stream<Path> own = Files.list(Path.of("routes"))) {
            for (Path route : own.toList()) {
                assertThat(routes().resolve(route.getFileName())).hasSameBinaryContentAs(route);
            }
        }
        assertThat(container.etc("bigcommerce.optiply.cfg")).exists();
    }

    @Test
    @Order(2)
    void withItsConfigurationItBringsOptiplyToWhatTheStandaloneProgramBringsItTo() throws IOException {
        configure();
        container.awaitShell("bigcommerce:status", "store main");

        Container.Said said = container.shell("bigcommerce:sync");

        assertThat(said.text()).contains("products", "sell-orders", "complete");
        assertThat(said.exitCode()).as("two variants stand parked").isNotZero();
        assertThat(sandbox.optiply().content()).isEqualTo(standalone(shop -> {}));
        assertThat(sandbox.optiply().twins()).isEmpty();
    }

    @Test
    @Order(3)
    void itsShellKnowsTheCommandsOfTheCommandLine() {
        assertThat(container.shell("bigcommerce:status --json").text()).contains("\"store\":\"main\"", "\"parked\":2");
        assertThat(container.shell("bigcommerce:parked list").text()).contains("products/");
        assertThat(container.shell("bigcommerce:sync nonsense").text()).contains("nonsense");
    }

    @Test
    @Order(4)
    void aSettingChangedInTheShellIsInEffect() {
        container.shell("config:property-set --pid bigcommerce.optiply store.name renamed");
        container.awaitShell("bigcommerce:status", "store renamed");
        container.shell("config:property-set --pid bigcommerce.optiply store.name main");
        container.awaitShell("bigcommerce:status", "store main");
    }

    @Test
    @Order(5)
    void anEditedRouteIsInEffectAfterARestartInMidRunAndNothingIsLostOrSentTwice() throws IOException {
        Path orders = routes().resolve("3-sync-sell-orders.camel.yaml");
        String text = Files.readString(orders);
        assertThat(text).contains("${body[status_id]} == 10 ||");
        Files.writeString(orders, text.replace("${body[status_id]} == 10 ||", "${body[status_id]} in '2,10' ||"));
        renameAll(sandbox.shop());
        sandbox.optiplyLatency(100);
        int before = sandbox.optiply().writes();
        CompletableFuture<Container.Said> cutOff =
                CompletableFuture.supplyAsync(() -> container.shell("bigcommerce:sync"));
        await().atMost(Duration.ofSeconds(30)).until(() -> sandbox.optiply().writes() > before + 10);
        container.kill();
        cutOff.join();
        sandbox.optiplyLatency(0);

        container.start();
        container.awaitShell("bigcommerce:status", "store main");
        container.shell("bigcommerce:sync --full");

        assertThat(sandbox.optiply().content())
                .isEqualTo(Expected.of(sandbox.shop(), Set.of(2, 10), LINE_TOTALS))
                .isEqualTo(standalone(KarafIT::renameAll));
        assertThat(sandbox.optiply().twins()).isEmpty();
    }

    @Test
    @Order(6)
    void takenOutItLeavesNoThreadAndNoOpenDatabase() throws IOException, InterruptedException {
        Set<String> before = ours(container.threads());
        assertThat(before).contains("lease-renewal", "state:housekeeper");
        container.undeploy(KAR);

        awaitBundleGone();
        nothingIsLeft();
    }

    @Test
    @Order(7)
    void putInAgainItGoesOnFromItsStateAndKeepsTheEditedRoute() throws IOException {
        container.deploy(KAR);
        container.awaitShell("bigcommerce:status", "store main");
        int before = sandbox.optiply().writes();

        Container.Said said = container.shell("bigcommerce:sync");

        assertThat(said.text()).contains("complete");
        assertThat(sandbox.optiply().writes()).isEqualTo(before);
        assertThat(routes().resolve("3-sync-sell-orders.camel.yaml")).content().contains("in '2,10'");
    }

    @Test
    @Order(8)
    void theThinOneDoesTheSameOnACamelOfTheContainer() throws IOException {
        container.undeploy(KAR);
        awaitBundleGone();
        removeState();
        sandbox.close();
        sandbox = Sandbox.start(SIZE);
        configure();
        Path camel = CamelFeatures.write(container.home().resolve("camel-features.xml"), THIN_BUNDLE);
        container.shell("feature:repo-add " + camel.toUri());

        container.deploy(THIN_KAR);

        container.awaitShell("bigcommerce:status", "store main");
        assertThat(container.shell("bigcommerce:sync").text()).contains("products", "sell-orders", "complete");
        assertThat(sandbox.optiply().content()).isEqualTo(standalone(shop -> {}));
        assertThat(sandbox.optiply().twins()).isEmpty();
    }

    @Test
    @Order(9)
    void aComponentThatTheContainerGetsLaterServesARouteThatIsAddedLater() throws IOException {
        container.shell("feature:install camel-mock");
        container.awaitShell("bigcommerce:status", "store main");

        Files.writeString(routes().resolve("7-hand-over.camel.yaml"), """
                - route:
                    id: hand-over
                    description: Hands over what it gets.
                    from:
                      uri: direct:hand-over
                      steps:
                        - to:
                            uri: mock:handed-over
                """);

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(container.log())
                .contains("in effect is what was saved of [7-hand-over.camel.yaml]"));
        assertThat(container.shell("bigcommerce:status").text()).doesNotContain("7-hand-over");
    }

    @Test
    @Order(10)
    void theThinOneTakenOutLeavesNoThreadAndNoOpenDatabase() throws IOException, InterruptedException {
        assertThat(ours(container.threads())).contains("lease-renewal", "state:housekeeper");

        container.undeploy(THIN_KAR);

        awaitBundleGone();
        nothingIsLeft();
    }

    @Test
    @Order(11)
    void besideACamelOfTheContainerTheSelfContainedOneGoesOnWhereTheThinOneEnded() throws IOException {
        Files.delete(routes().resolve("7-hand-over.camel.yaml"));
        int before = sandbox.optiply().writes();

        container.deploy(KAR);

        container.awaitShell("bigcommerce:status", "store main");
        assertThat(container.shell("bigcommerce:sync").text()).contains("complete");
        assertThat(sandbox.optiply().writes()).isEqualTo(before);
    }

    @Test
    @Order(12)
    void itStopsWithItsContainer() throws IOException {
        container.stop();

        assertThat(container.log()).doesNotContain("did not stop within");
    }

    private void awaitBundleGone() {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            String bundles = container.shell("bundle:list").text();
            return bundles.contains("START LEVEL") && !bundles.contains("BigCommerce to Optiply");
        });
    }

    private void nothingIsLeft() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(ours(container.threads())).isEmpty());
        Database.open("jdbc:h2:file:" + state().resolve("sync"), "sa", "", 3).close();
    }

    private void configure() throws IOException {
        Path file = container.etc("bigcommerce.optiply.cfg");
        StringBuilder cfg = new StringBuilder(Files.readString(file)
                .lines()
                .filter(line -> !line.matches("[a-z.-]+=") || line.startsWith("#"))
                .collect(Collectors.joining("\n", "", "\n")));
        Map<String, String> settings = sandbox.settings();
        settings.put("sell-orders.line-subtotal", LINE_TOTALS);
        settings.put("clocks.enabled", "false");
        settings.put("operator.port", "0");
        settings.put("retry.initial-delay-ms", "5");
        settings.put("retry.max-delay-ms", "20");
        settings.forEach(
                (key, value) -> cfg.append(key).append('=').append(value).append('\n'));
        Files.writeString(file, cfg);
    }

    private Path state() {
        return container.home().resolve("bigcommerce-optiply");
    }

    private void removeState() throws IOException {
        try (Stream<Path> files = Files.list(state())) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private Path routes() {
        return container.etc("bigcommerce-optiply").resolve("routes");
    }

    private static void renameAll(Shop shop) {
        for (Map<String, Object> product : shop.products()) {
            shop.renameProduct(((Number) product.get("id")).longValue(), product.get("name") + " renewed");
        }
    }

    /** What the standalone program, on the container's own route files, brings an empty Optiply to. */
    private Map<String, Object> standalone(Consumer<Shop> life) {
        try (Sandbox second = Sandbox.start(SIZE);
                Installation installation = Installation.of(second)
                        .with("routes.directory", routes().toString())
                        .with("sell-orders.line-subtotal", LINE_TOTALS)) {
            life.accept(second.shop());
            installation.sync();
            return second.optiply().content();
        }
    }

    private static final List<String> NAMES = List.of(
            "bigcommerce-optiply",
            "Camel",
            "state",
            "H2",
            "MVStore",
            "deliver-",
            "read-",
            "lease-",
            "Default",
            "Quartz",
            "vert",
            "HttpClient-",
            "httpclient");

    /** The names of the threads that the integration brought. */
    private static Set<String> ours(String threads) {
        return threads.lines()
                .filter(line -> line.startsWith("\""))
                .map(line -> line.substring(1, line.indexOf('"', 1)))
                .filter(name -> NAMES.stream().anyMatch(name::startsWith))
                .collect(Collectors.toSet());
    }
}
