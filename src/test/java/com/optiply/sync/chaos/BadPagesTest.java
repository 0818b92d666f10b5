package com.optiply.sync.chaos;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static com.optiply.sync.Installation.figure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.optiply.sync.Installation;
import com.optiply.sync.Json;
import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.state.Run;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A page that cannot be read as a whole is a fault of the call: it is asked for again, and then the reading fails with
 * words that say why. Nothing is disabled for it, and the bookmark stays.
 */
class BadPagesTest {

    private static final WireMockServer SHOP =
            new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

    private static Sandbox sandbox;
    private static Installation installation;
    private static String good;

    @BeforeAll
    static void start() {
        SHOP.start();
        sandbox = Sandbox.start(Sandbox.Size.awkward());
        installation = Installation.of(sandbox)
                .with("bigcommerce.url", "http://127.0.0.1:" + SHOP.port())
                .with("bigcommerce.retry.attempts", "1")
                .with("retry.initial-delay-ms", "1");
        good = page(product("Mütze"));
        serve(good.getBytes(StandardCharsets.UTF_8));
        installation.fullSync("products");
    }

    @AfterAll
    static void stop() {
        installation.close();
        sandbox.close();
        SHOP.stop();
    }

    private static Map<String, Object> product(String name) {
        Map<String, Object> product = sandbox.shop().productDocument(1, name);
        product.put("inventory_tracking", "variant");
        Map<String, Object> variant = sandbox.shop().variantDocument(11, 1, "CAP");
        variant.put("calculated_price", 5);
        variant.put("inventory_level", 5);
        product.put("variants", List.of(variant));
        return product;
    }

    private static String page(Object... rows) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("data", List.of(rows));
        page.put("meta", Map.of("pagination", Map.of("total", rows.length, "total_pages", 1)));
        return Json.text(page);
    }

    private static void serve(byte[] body) {
        SHOP.resetAll();
        SHOP.stubFor(get(urlPathEqualTo("/stores/sandbox/v3/catalog/products"))
                .willReturn(aResponse()
                        .withHeader("Content-Type", "application/json")
                        .withHeader("Date", "Tue, 03 Mar 2026 21:40:11 GMT")
                        .withBody(body)));
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                arguments("a key that stands twice", "{\"data\":[{\"id\":1,\"id\":2}]}", "Duplicate field 'id'"),
                arguments("depth 5,000", "{\"data\":" + "[".repeat(5000) + "]".repeat(5000) + "}", "nesting depth"),
                arguments("cut off", "{\"data\":[{\"id\":1}", "not JSON"),
                arguments("text behind the document", "{\"data\":[]} {\"data\":[]}", "not JSON"),
                arguments("HTML", "<html>come back later</html>", "not JSON"),
                arguments("a number of a million digits", "{\"data\":[" + "9".repeat(1_000_000) + "]}", "not JSON"),
                arguments("a text", "\"data\"", "without “data”"),
                arguments("a list", "[]", "without “data”"),
                arguments("no data", "{\"meta\":{}}", "without “data”"),
                arguments("data null", "{\"data\":null}", "not a list of rows"),
                arguments("data an object", "{\"data\":{\"id\":1}}", "not a list of rows"),
                arguments("rows that are none", "{\"data\":[1,\"2\",null]}", "not a list of rows"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadable")
    void aPageThatCannotBeReadFailsTheReadingWithItsReasonAndHarmsNothing(String name, String body, String words) {
        failsWith(body.getBytes(StandardCharsets.UTF_8), words);
    }

    static Stream<Arguments> wrongCharsets() {
        return Stream.of(arguments(StandardCharsets.ISO_8859_1), arguments(Charset.forName("windows-1252")));
    }

    @ParameterizedTest
    @MethodSource("wrongCharsets")
    void aPageInAnotherCharsetIsNotGuessedAt(Charset charset) {
        failsWith(page(product("Mützen")).getBytes(charset), "not JSON");
    }

    private static void failsWith(byte[] body, String words) {
        int writes = sandbox.optiply().writes();
        String bookmark = bookmark();
        serve(body);

        Run run = installation.fullSync("products");

        assertThat(SHOP.getAllServeEvents()).as("asked for again").hasSize(2);
        assertThat(run.getExitCode()).isEqualTo(3);
        assertThat(run.getReport()).containsEntry("outcome", "failed");
        assertThat(run.getReport().get("message")).asString().contains("reading BigCommerce failed", words);
        assertThat(run.getReport().get("message").toString().length()).isLessThan(500);
        assertThat(bookmark()).isEqualTo(bookmark);
        assertThat(sandbox.optiply().writes()).isEqualTo(writes);
    }

    private static String bookmark() {
        return installation
                .database()
                .queryForObject("select known_until from bookmark where stream = 'products'", String.class);
    }

    static Stream<Arguments> odd() {
        return Stream.of(
                arguments("a byte order mark", ("\uFEFF" + good()).getBytes(StandardCharsets.UTF_8)),
                arguments("UTF-16", ("\uFEFF" + good()).getBytes(StandardCharsets.UTF_16BE)),
                arguments(
                        "totals that are none",
                        good().replace("\"total\":1", "\"total\":\"?\"").getBytes(StandardCharsets.UTF_8)),
                arguments(
                        "totals beyond all bounds",
                        good().replace("\"total\":1", "\"total\":1e1000000000").getBytes(StandardCharsets.UTF_8)),
                arguments(
                        "no totals",
                        good().replaceFirst(",?\"meta\":\\{.*}}", "}")
                                .replace(",}", "}")
                                .getBytes(StandardCharsets.UTF_8)));
    }

    private static String good() {
        return good == null ? "" : good;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("odd")
    void aPageThatIsOnlyOddIsRead(String name, byte[] body) {
        serve(body);

        Run run = installation.fullSync("products");

        assertThat(run.getReport()).containsEntry("outcome", "complete");
        assertThat(figure(run, "unchanged")).isEqualTo(1);
        assertThat(sandbox.optiply().productsByRemoteId("11").get(0)).containsEntry("name", "Mütze");
    }
}
