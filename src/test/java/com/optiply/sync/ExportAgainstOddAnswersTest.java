package com.optiply.sync;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.state.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an export does with answers that a well-behaved shop would not give. */
class ExportAgainstOddAnswersTest {

    @TempDir
    Path folder;

    private Sandbox sandbox;
    private Installation installation;
    private final WireMockServer shop =
            new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

    @BeforeEach
    void start() {
        shop.start();
        sandbox = Sandbox.start(Sandbox.Size.awkward());
        installation = Installation.of(sandbox)
                .with("bigcommerce.url", "http://127.0.0.1:" + shop.port())
                .with("bigcommerce.page-size", "2");
    }

    @AfterEach
    void stop() {
        installation.close();
        sandbox.close();
        shop.stop();
    }

    @Test
    void fewerRowsThanTheSourceSaysAreNoExport() throws IOException {
        answer("/v3/customers", page("{\"id\":1},{\"id\":2}", 3, 1));

        Run run = export("customers");

        assertThat(run.getExitCode()).isEqualTo(3);
        assertThat(run.getReport().get("message").toString()).contains("3 rows of customers and 2 came");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aRowThatVanishesWhileOthersAreReadByPageNumberMayHidePartOfTheStream() throws IOException {
        shop.stubFor(get(urlPathEqualTo("/stores/sandbox/v3/customers"))
                .withQueryParam("page", equalTo("1"))
                .willReturn(okJson(page("{\"id\":1},{\"id\":2}", 4, 2))));
        shop.stubFor(get(urlPathEqualTo("/stores/sandbox/v3/customers"))
                .withQueryParam("page", equalTo("2"))
                .willReturn(okJson(page("{\"id\":4}", 3, 2))));

        Run run = export("customers");

        assertThat(run.getExitCode()).isEqualTo(3);
        assertThat(run.getReport().get("message").toString()).contains("export the stream again");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aParentThatVanishesAfterItWasListedIsSkippedAndCounted() throws IOException {
        answer("/v3/catalog/products", page("{\"id\":1},{\"id\":2}", 2, 1));
        answer("/v3/catalog/products/2/images", page("{\"id\":21,\"product_id\":2}", 1, 1));

        Run run = export("product_images");

        assertThat(run.getReport())
                .containsEntry("outcome", "complete")
                .containsEntry("rows", 1L)
                .containsEntry("vanished_parents", 1L);
    }

    @Test
    void aPathThatNoParentKnowsIsAMistakeNotAnEmptyStream() throws IOException {
        answer("/v3/catalog/products", page("{\"id\":1},{\"id\":2}", 2, 1));

        Run run = export("product_images");

        assertThat(run.getExitCode()).isEqualTo(3);
        assertThat(run.getReport().get("message").toString()).contains("check the path");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aParentsIdNeverBecomesPartOfAnotherPath() throws IOException {
        answer("/v3/catalog/products", page("{\"id\":\"1/../../customers?x=\"},{\"id\":\"9007199254740993\"}", 2, 1));
        answer("/v3/catalog/products/9007199254740993/images", page("{\"id\":21}", 1, 1));

        Run run = export("product_images");

        assertThat(run.getReport()).containsEntry("outcome", "complete").containsEntry("rows", 1L);
        assertThat(run.getReport().get("message").toString()).contains("no usable id");
        assertThat(shop.getAllServeEvents()).hasSize(2);
    }

    @Test
    void figuresAndTextsAreWrittenAsTheyCame() throws IOException {
        answer(
                "/v3/customers",
                page(
                        "{\"id\":9007199254740993,\"credit\":0.10,\"note\":\"half \\ud83d of a pair, line\\nbreak, \\u2028\"},"
                                + "{\"id\":2,\"name\":\"Søn 😀\"}",
                        2,
                        1));

        export("customers");

        assertThat(Files.readAllLines(folder.resolve("customers.jsonl")))
                .containsExactly(
                        "{\"id\":9007199254740993,\"credit\":0.10,\"note\":\"half \\uD83D of a pair, line\\nbreak, \\u2028\"}",
                        "{\"id\":2,\"name\":\"Søn 😀\"}");
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        Run run = installation.program().export("customers", null, file.resolve("below"));

        assertThat(run.getExitCode()).isEqualTo(3);
        assertThat(run.getReport().get("message").toString()).contains("cannot be written", "customers.jsonl");
    }

    private Run export(String stream) {
        return installation.program().export(stream, null, folder);
    }

    private void answer(String path, String body) {
        shop.stubFor(get(urlPathEqualTo("/stores/sandbox" + path))
                .willReturn(aResponse()
                        .withHeader("Content-Type", "application/json")
                        .withBody(body)));
    }

    private static String page(String rows, int total, int pages) {
        return "{\"data\":[" + rows + "],\"meta\":{\"pagination\":{\"total\":" + total + ",\"total_pages\":" + pages
                + "}}}";
    }
}
