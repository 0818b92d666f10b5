package com.optiply.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.optiply.sync.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What the alert route is told as delivered: once when something turns bad, once when it is good again. */
class AlertsTest {

    private final Logger log = (Logger) LoggerFactory.getLogger("com.optiply.sync.alert");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    private Sandbox sandbox;
    private Installation installation;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(new Sandbox.Size(14, 2, 1, 7, 0).regularOnly());
        installation = Installation.of(sandbox)
                .with("sell-orders.line-subtotal", "total_ex_tax")
                .with("clocks.enabled", "false")
                .with("bigcommerce.retry.attempts", "0");
        log.setLevel(Level.INFO);
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void stop() {
        log.detachAppender(lines);
        log.setLevel(null);
        installation.close();
        sandbox.close();
    }

    /** What is told by three looks that follow each other. */
    private List<String> told() {
        lines.list.clear();
        for (int look = 0; look < 3; look++) {
            installation
                    .program()
                    .camel()
                    .createFluentProducerTemplate()
                    .to("direct:tell-news")
                    .send();
        }
        return lines.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    @Test
    void aParkedRecordIsToldOnceAlsoAfterARestartAndOnceWhenItIsGood() {
        installation.sync("products");
        assertThat(told()).isEmpty();
        sandbox.shop().changeStock(1_000_001, null);
        installation.sync("products");

        assertThat(told())
                .containsExactly("WARN store main: 3 products stand parked. What to do: see `parked list`; mend the"
                        + " cause in the shop, then retry, or discard");
        installation.stop();
        assertThat(told()).isEmpty();

        installation.stop();
        sandbox.shop().changeStock(1_000_001, 3);
        installation.sync("products");
        assertThat(told()).hasSize(1).allMatch(line -> line.startsWith("INFO store main: good again after "));
        assertThat(told()).isEmpty();
    }

    @Test
    void whatIsGoodAgainBeforeAnybodyWasToldIsNotToldAtAll() {
        sandbox.shop().changeStock(1_000_001, null);
        installation.sync("products");
        sandbox.shop().changeStock(1_000_001, 3);
        installation.sync("products");

        assertThat(told()).isEmpty();
    }

    @Test
    void refusedCredentialsAreToldWithWhatToSet() {
        sandbox.bigcommerceAccessToken("another");
        installation.sync("products");

        assertThat(told())
                .hasSize(1)
                .allMatch(line -> line.startsWith("WARN store main: the last run of products failed: ")
                        && line.contains("bigcommerce.access-token")
                        && line.contains("What to do: set the right credentials"));

        sandbox.bigcommerceAccessToken(installation.value("bigcommerce.access-token"));
        installation.sync("products");
        assertThat(told()).hasSize(1).allMatch(line -> line.contains("good again"));
    }

    @Test
    void aFailedRunIsTold() {
        String url = installation.value("bigcommerce.url");
        installation.with("bigcommerce.url", "http://127.0.0.1:9").sync("products");

        assertThat(told())
                .hasSize(1)
                .allMatch(line -> line.startsWith(
                                "WARN store main: the last run of products failed: reading BigCommerce" + " failed: ")
                        && line.contains("What to do: see `check`"));

        installation.with("bigcommerce.url", url).sync("products");
        assertThat(told()).hasSize(1).allMatch(line -> line.contains("good again"));
    }

    @Test
    void theBrakeIsTold() {
        installation.sync("products");
        for (long product = 10_001; product <= 10_012; product++) {
            sandbox.shop().deleteProduct(product);
        }
        installation.fullSync("products");

        assertThat(told())
                .hasSize(1)
                .allMatch(line -> line.startsWith("WARN store main: ") && line.contains("products.max-disabled-share"));
    }

    @Test
    void aStoreThatIsLateIsTold() {
        installation
                .with("clocks.enabled", "true")
                .with("sync.products.cron", "* * * * * ?")
                .sync("products");
        installation.sync("sell-orders");

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(told())
                .hasSize(1)
                .allMatch(line -> line.startsWith("WARN store main: no complete run of products since ")));
    }

    @Test
    void aRouteFileThatIsNotInEffectIsToldWithFileLineAndReason(@TempDir Path routes) throws IOException {
        try (Stream<Path> own = Files.list(Path.of("routes"))) {
            for (Path file : own.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
        installation.with("routes.directory", routes.toString()).program();
        Path broken = routes.resolve("9-mine.camel.yaml");
        Files.writeString(broken, "- route:\n    id: x\n   from: [");

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(told())
                .hasSize(1)
                .allMatch(line -> line.startsWith("WARN store main: what was saved of a route file is not in"
                        + " effect: " + broken + " line 3: ")));

        Files.delete(broken);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(told()).hasSize(1).allMatch(line -> line.startsWith("INFO store main: good")));
    }

    @Test
    void aDatabaseThatIsAwayIsToldAndThatItIsBack() {
        Program program = installation.program();
        program.wiring().database().close();

        assertThat(told())
                .containsExactly("WARN store main: the database cannot be reached. What to do: see to it that"
                        + " database.url can be reached; nothing runs until then, and nothing is lost");
    }

    @Test
    void theClockOfARunningProgramLooks() {
        sandbox.shop().changeStock(1_000_001, null);
        installation.sync("products");

        installation.program().startClocks();

        await().atMost(Duration.ofSeconds(20)).until(() -> !lines.list.isEmpty());
    }
}
