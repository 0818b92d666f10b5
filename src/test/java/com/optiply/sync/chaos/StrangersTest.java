package com.optiply.sync.chaos;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static com.optiply.sync.Installation.figure;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.optiply.sync.Installation;
import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.state.Run;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a partner answers is data: it neither steers the program nor leads it to another host. */
class StrangersTest {

    @TempDir
    Path folder;

    /** Passes every call on, and answers as a test wishes. */
    private final WireMockServer bigcommerce = server();

    private final WireMockServer optiply = server();

    /** Nobody has any business here. */
    private final WireMockServer elsewhere = server();

    private Sandbox sandbox;
    private Installation installation;

    private static WireMockServer server() {
        return new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
    }

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(Sandbox.Size.awkward());
        for (WireMockServer server : List.of(bigcommerce, optiply, elsewhere)) {
            server.start();
        }
        elsewhere.stubFor(any(anyUrl()).willReturn(aResponse().withBody("{\"data\":[]}")));
        passOn(bigcommerce, sandbox.bigcommerceUrl());
        passOn(optiply, sandbox.optiplyUrl());
        installation = Installation.of(sandbox)
                .with("bigcommerce.url", bigcommerce.baseUrl())
                .with("optiply.url", optiply.baseUrl() + "/v1")
                .with(
                        "optiply.token-url",
                        optiply.baseUrl() + URI.create(sandbox.tokenUrl()).getPath())
                .with("bigcommerce.retry.attempts", "1")
                .with("optiply.retry.attempts", "1");
    }

    @AfterEach
    void stop() {
        installation.close();
        sandbox.close();
        for (WireMockServer server : List.of(bigcommerce, optiply, elsewhere)) {
            server.stop();
        }
    }

    private void passOn(WireMockServer server, String target, String... headers) {
        ResponseDefinitionBuilder.ProxyResponseDefinitionBuilder answer =
                aResponse().proxiedFrom(target.replaceAll("(https?://[^/]*).*", "$1"));
        for (int i = 0; i < headers.length; i += 2) {
            answer.withHeader(headers[i], headers[i + 1]);
        }
        server.resetAll();
        server.stubFor(any(anyUrl()).willReturn(answer));
    }

    private String[] steering() {
        String there = elsewhere.baseUrl();
        return new String[] {
            "CamelHttpUri", there,
            "CamelHttpPath", "/taken",
            "camelhttpquery", "taken=1",
            "CAMELHTTPMETHOD", "DELETE",
            "CamelHttpRawQuery", "taken=1",
            "CamelHttpResponseCode", "204",
            "CamelRedelivered", "true",
            "CamelRedeliveryCounter", "99",
            "CamelRedeliveryMaxCounter", "1",
            "CamelRedeliveryDelay", "600000",
            "CamelSqlQuery", "delete from record",
            "CamelSqlParameters", "x",
            "CamelBeanMethodName", "stop",
            "CamelFileName", folder.resolve("taken").toString(),
            "CamelSplitComplete", "true",
            "CamelToEndpoint", "direct:park"
        };
    }

    @Test
    void headersOfPartnersSteerNothing() {
        passOn(bigcommerce, sandbox.bigcommerceUrl(), steering());
        passOn(optiply, sandbox.optiplyUrl(), steering());

        Run products = installation.sync("products");
        Run orders = installation.sync("sell-orders");
        sandbox.shop().changePrice(1001, "21.50");
        Run changed = installation.sync("products");
        Run export = installation.program().export("orders", null, folder.resolve("streams"));

        for (Run run : List.of(products, orders, changed, export)) {
            assertThat(run.getReport()).containsEntry("outcome", "complete");
        }
        assertThat(figure(changed, "updated")).isEqualTo(1);
        assertThat(sandbox.optiply().productCount()).isEqualTo(87);
        assertThat(elsewhere.getAllServeEvents()).isEmpty();
        for (WireMockServer server : List.of(bigcommerce, optiply)) {
            assertThat(server.getAllServeEvents())
                    .isNotEmpty()
                    .allSatisfy(call -> assertThat(call.getRequest().getUrl()).doesNotContain("taken"))
                    .allSatisfy(call -> assertThat(call.getRequest()
                                    .getHeaders()
                                    .keys()
                                    .toString()
                                    .toLowerCase())
                            .doesNotContain("camel"));
        }
        assertThat(folder.resolve("taken")).doesNotExist();
        assertThat(folder.resolve("streams/orders.jsonl")).isNotEmptyFile();
    }

    @Test
    void addressesInDocumentsAreNeverCalled() {
        String there = elsewhere.baseUrl() + "/products";
        Map<String, Object> order = sandbox.shop().orderDocument(900, 10);
        Map<String, Object> reference = Map.of("url", there, "resource", "/orders/900/products");
        order.put("products", reference);
        order.put("consignments", reference);
        order.put("items_total", 3);
        sandbox.shop().putOrder(order, List.of(sandbox.shop().lineDocument(9001, 900, 101, 1001L, 3, "2.00")));
        sandbox.shop().changeProduct(101, product -> {
            product.put("custom_url", Map.of("url", there, "is_customized", true));
            product.put("meta", Map.of("pagination", Map.of("links", Map.of("next", there))));
            product.put("name", there);
        });

        installation.sync();

        assertThat(elsewhere.getAllServeEvents()).isEmpty();
        assertThat(sandbox.optiply().sellOrdersByRemoteId("900").toString()).contains("quantity=3");
        assertThat(sandbox.optiply().productsByRemoteId("1001").get(0)).containsEntry("name", there);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 307})
    void aRedirectToAnotherHostIsRefusedByBothPartners(int status) {
        ResponseDefinitionBuilder away =
                aResponse().withStatus(status).withHeader("Location", elsewhere.baseUrl() + "/products");
        bigcommerce.resetAll();
        bigcommerce.stubFor(any(anyUrl()).willReturn(away));

        Run reading = installation.sync("products");

        assertThat(reading.getExitCode()).isEqualTo(3);
        assertThat(reading.getReport().get("message")).asString().contains("BigCommerce answered " + status);

        passOn(bigcommerce, sandbox.bigcommerceUrl());
        optiply.stubFor(any(urlPathEqualTo("/v1/products")).willReturn(away));
        Run delivering = installation.sync("products");

        assertThat(delivering.getExitCode()).isEqualTo(3);
        assertThat(sandbox.optiply().productCount()).isZero();

        optiply.stubFor(
                post(urlPathEqualTo(URI.create(sandbox.tokenUrl()).getPath())).willReturn(away));
        installation.stop();
        Run login = installation.sync("products");

        assertThat(login.getExitCode()).isEqualTo(3);
        assertThat(elsewhere.getAllServeEvents()).isEmpty();
    }

    @Test
    void aPartnerWhoseCertificateNobodyVouchesForIsNotTalkedTo() {
        WireMockServer impostor = new WireMockServer(
                WireMockConfiguration.options().dynamicHttpsPort().dynamicPort().bindAddress("127.0.0.1"));
        impostor.start();
        try {
            String there = "https://localhost:" + impostor.httpsPort();
            impostor.stubFor(any(anyUrl()).willReturn(aResponse().withBody("{\"data\":[]}")));
            installation.with("bigcommerce.url", there);
            Run reading = installation.sync("products");
            installation
                    .with("bigcommerce.url", bigcommerce.baseUrl())
                    .with("optiply.token-url", there + "/token")
                    .with("optiply.url", there);
            Run delivering = installation.sync("products");

            assertThat(reading.getExitCode()).isEqualTo(3);
            assertThat(reading.getReport().get("message")).asString().contains("certif");
            assertThat(delivering.getExitCode()).isEqualTo(3);
            assertThat(impostor.getAllServeEvents()).isEmpty();
        } finally {
            impostor.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"data\":7}"})
    void aLookUpWithoutAListIsAskedForAFewTimesAndLeavesTheRecordInDoubt(String answer) {
        installation.sync("products");
        sandbox.shop().addProduct("New", "5.00", 1, 1);
        optiply.resetRequests();
        optiply.stubFor(post(urlPathEqualTo("/v1/products"))
                .inScenario("one lost answer")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("well")
                .willReturn(aResponse().withStatus(500)));
        optiply.stubFor(
                get(urlPathEqualTo("/v1/products")).willReturn(aResponse().withBody(answer)));

        Run run = installation.sync("products");

        assertThat(run.getExitCode()).isEqualTo(3);
        assertThat(figure(run, "pending")).isEqualTo(1);
        assertThat(optiply.findAll(getRequestedFor(urlPathEqualTo("/v1/products"))))
                .hasSize(2);
    }

    @Test
    void theDatabasesFolderIsItsOwnersAlone() throws Exception {
        installation.sync("products");

        Path file = Path.of(installation.value("database.url").substring("jdbc:h2:file:".length()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }
}
