package com.optiply.sync;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.state.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes of the README's chapter "Change it", each applied to a running program. */
class RecipesTest {

    private static final String LINE_TOTALS = "total_ex_tax";

    @TempDir
    Path folder;

    private Sandbox sandbox;
    private Installation installation;
    private Program program;

    @BeforeEach
    void start() throws IOException {
        Files.createDirectory(folder.resolve("routes"));
        try (Stream<Path> own = Files.list(Path.of("routes"))) {
            for (Path file : own.toList()) {
                Files.copy(file, folder.resolve("routes").resolve(file.getFileName()));
            }
        }
        sandbox = Sandbox.start(new Sandbox.Size(4, 4, 3, 7, 0));
        installation = Installation.of(sandbox)
                .in(folder.resolve("application.properties"))
                .with("sell-orders.line-subtotal", LINE_TOTALS)
                .with("routes.directory", folder.resolve("routes").toString());
        program = installation.program();
    }

    @AfterEach
    void stop() {
        installation.close();
        sandbox.close();
    }

    @Test
    void anotherFieldAsEanCode() {
        installation.sync("products");
        sandbox.shop().changeVariant(1_000_001L, variant -> variant.put("gtin", "8712345678999"));

        installation.save("products.map.eanCode", "/variant/gtin");
        await().atMost(Duration.ofSeconds(5))
                .until(() -> program.wiring().settings().productMap().containsKey("eanCode"));
        installation.sync("products");

        assertThat(sandbox.optiply().productsByRemoteId("1000001").get(0)).containsEntry("eanCode", "8712345678999");
        assertThat(sandbox.optiply().productsByRemoteId("1000002").get(0).get("eanCode"))
                .as("nothing changed in the shop, and yet it is read again")
                .isNull();
    }

    @Test
    void ordersOfASecondStatus() throws IOException {
        installation.sync();
        edit("3-sync-sell-orders.camel.yaml", "${body[status_id]} == 10", "${body[status_id]} in '2,10'");

        installation.fullSync("sell-orders");

        assertThat(sandbox.optiply().content()).isEqualTo(Expected.of(sandbox.shop(), Set.of(2, 10), LINE_TOTALS));
    }

    @Test
    void productsOfACategoryAreLeftOut() throws IOException {
        // the first product of the first page among them
        sandbox.shop().changeProduct(101, product -> product.put("categories", List.of(23, 41)));
        sandbox.shop().changeProduct(10_002, product -> product.put("categories", List.of(41)));
        edit("3-sync-products.camel.yaml", """
                              - choice:
                                  when:
                                    - method:
                                        ref: products
                                        method: mayHaveMoreVariants
                                      steps:
                                        - to:
                                            uri: direct:read-all-variants
                              - bean:
                                  ref: products
                                  method: map
                """, """
                              - choice:
                                  when:
                                    - simple: ${body[categories]} contains 41
                                      steps:
                                        - setBody:
                                            simple: ${null}
                                  otherwise:
                                    steps:
                                      - choice:
                                          when:
                                            - method:
                                                ref: products
                                                method: mayHaveMoreVariants
                                              steps:
                                                - to:
                                                    uri: direct:read-all-variants
                                      - bean:
                                          ref: products
                                          method: map
                """);

        assertThat(installation.sync("products").getReport()).containsEntry("outcome", "complete");

        assertThat(sandbox.optiply().productsByRemoteId("1001")).isEmpty();
        assertThat(sandbox.optiply().productsByRemoteId("1000004")).isEmpty();
        assertThat(sandbox.optiply().productsByRemoteId("1000001")).hasSize(1);
        assertThat(sandbox.optiply().productsByRemoteId("1000012")).hasSize(1);
    }

    @Test
    void anotherClock() {
        program.startClocks();
        assertThat(sandbox.optiply().productCount()).isZero();

        installation.save("sync.products.cron", "0/2 * * * * ?");

        await().atMost(Duration.ofSeconds(20))
                .until(() -> !sandbox.optiply().productsByRemoteId("1000012").isEmpty());
    }

    @Test
    void aTwelfthStream() throws IOException {
        Path file = folder.resolve("routes/2-streams.camel.yaml");
        Files.writeString(folder.resolve("aside"), Files.readString(file) + """

                - route:
                    id: brands
                    description: Stream brands - one page.
                    from:
                      uri: direct:brands
                      steps:
                        - setVariables:
                            variables:
                              - {name: path, constant: /v3/catalog/brands}
                        - to:
                            uri: direct:read-page
                """);
        Files.move(folder.resolve("aside"), file, StandardCopyOption.REPLACE_EXISTING);
        await().atMost(Duration.ofSeconds(5))
                .until(() -> program.streams().names().contains("brands"));

        Run run = program.export("brands", null, folder.resolve("streams"));

        assertThat(run.getReport()).containsEntry("outcome", "complete");
        assertThat(Files.readString(folder.resolve("streams/brands.jsonl"))).contains("House brand");
    }

    @Test
    void everyDeliveredOrderAsAFileToo() throws IOException {
        Path copies = folder.resolve("delivered");
        Files.writeString(folder.resolve("routes/9-keep-copies.camel.yaml"), """
                - route:
                    id: keep-copy
                    description: Writes what was delivered of an order to a file.
                    from:
                      uri: direct:keep-copy
                      steps:
                        - filter:
                            simple: ${variable.record.entity} == 'sell-orders'
                            steps:
                              - setBody:
                                  variable: payload
                              - setHeader:
                                  name: CamelFileName
                                  simple: ${variable.record.remoteId}.json
                              - to:
                                  uri: file:data/delivered
                """.replace(
                        "file:data/delivered", "file:" + copies));
        edit("4-deliver.camel.yaml", """
                        - bean:
                            ref: outcomes
                            method: created
                """, """
                        - bean:
                            ref: outcomes
                            method: created
                        - wireTap:
                            uri: direct:keep-copy
                """);

        installation.sync();

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            try (Stream<Path> written = Files.list(copies)) {
                assertThat(written).hasSize(sandbox.optiply().sellOrderCount());
            }
        });
        Map<String, Object> copy = Json.document(Files.readString(copies.resolve("10001.json")));
        assertThat(copy).containsKey("data");
        assertThat(program.wiring().routeProblems()).isEmpty();
    }

    private static final String A_LOG_LINE = """
                            otherwise:
                              steps:
                                - log:
                                    message: ${body}
                                    loggingLevel: INFO
                                    logName: com.optiply.sync.alert
                """;

    @Test
    void alertsAsChatMessages() throws IOException {
        WireMockServer chat = new WireMockServer(WireMockConfiguration.options().dynamicPort());
        chat.start();
        try {
            edit(
                    "6-alert.camel.yaml",
                    A_LOG_LINE,
                    A_LOG_LINE + """
                        - setBody:
                            simple: ${variable.alert.chat}
                        - setHeader:
                            name: Content-Type
                            constant: application/json
                        - to:
                            uri: "{{env:ALERT_WEBHOOK}}"
                """.replace("{{env:ALERT_WEBHOOK}}", chat.baseUrl() + "/services/T0/B0/secret"));
            chat.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503)));

            assertThat(installation.sync("products").getReport())
                    .as("a webhook that is away hurts no run")
                    .containsEntry("outcome", "complete");
            tellNews();
            tellNews();
            chat.resetAll();
            chat.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(200)));
            tellNews();
            tellNews();
            sandbox.shop().changeStock(1015, 4);
            sandbox.shop().changePrice(1017, "4.00");
            installation.sync("products");
            tellNews();
            tellNews();

            List<String> told = chat.getAllServeEvents().stream()
                    .map(event -> Json.document(event.getRequest().getBodyAsString())
                            .get("text")
                            .toString())
                    .toList();
            assertThat(told).hasSize(2);
            assertThat(told.get(1))
                    .isEqualTo("store main: 2 products stand parked. What to do: see `parked list`; mend the cause in"
                            + " the shop, then retry, or discard");
            assertThat(told.get(0)).matches("store main: good again after \\d+ s. It was: 2 products stand parked");
        } finally {
            chat.stop();
        }
    }

    @Test
    void alertsAsMail() throws Exception {
        GreenMail mail = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
        mail.start();
        try {
            edit(
                    "6-alert.camel.yaml",
                    A_LOG_LINE,
                    A_LOG_LINE
                            + """
                        - to:
                            uri: smtp://mail.example.com:25
                            parameters:
                              from: sync@example.com
                              to: you@example.com
                              subject: BigCommerce to Optiply
                """.replace(
                                            "mail.example.com:25",
                                            "127.0.0.1:" + mail.getSmtp().getPort()));
            installation.sync("products");

            tellNews();

            assertThat(mail.getReceivedMessages()).hasSize(1);
            assertThat(mail.getReceivedMessages()[0].getContent().toString()).contains("2 products stand parked");
            assertThat(mail.getReceivedMessages()[0].getAllRecipients()[0]).hasToString("you@example.com");
        } finally {
            mail.stop();
        }
    }

    private void tellNews() {
        program.camel().createFluentProducerTemplate().to("direct:tell-news").send();
    }

    /** One edit of a file, as an editor saves it, and the wait until it is in effect. */
    private void edit(String name, String old, String text) throws IOException {
        Path file = folder.resolve("routes").resolve(name);
        String before = Files.readString(file);
        assertThat(before).contains(old);
        String mark = "Edited " + System.nanoTime() + ".";
        String after = before.replace(old, text).replaceFirst("    description: .*", "    description: " + mark);
        Path aside = Files.writeString(folder.resolve("aside"), after);
        Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            assertThat(program.wiring().routeProblems()).isEmpty();
            assertThat(program.camel().getRoutes()).anyMatch(route -> mark.equals(route.getDescription()));
        });
    }
}
