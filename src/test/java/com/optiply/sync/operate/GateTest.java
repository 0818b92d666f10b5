package com.optiply.sync.operate;

import static org.assertj.core.api.Assertions.assertThat;

import com.optiply.sync.Program;
import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.settings.BadSettings;
import com.optiply.sync.settings.Settings;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask the desk, and who may not. */
class GateTest {

    private static Sandbox sandbox;

    @TempDir
    Path folder;

    private Program program;
    private DeskServer desk;

    @BeforeAll
    static void startPartners() {
        sandbox = Sandbox.start(Sandbox.Size.awkward());
    }

    @AfterAll
    static void stopPartners() {
        sandbox.close();
    }

    @AfterEach
    void stop() {
        if (program != null) {
            program.close();
        }
    }

    private void start(String... keysAndValues) {
        Shell shell = new Shell(sandbox, folder);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            shell.with(keysAndValues[i], keysAndValues[i + 1]);
        }
        program = Program.start(Settings.of(shell.values()), false);
        desk = program.openDesk();
    }

    /** The whole answer to a request as it goes over the wire; a client library would not let us lie. */
    private String send(String method, String path, String body, String... headers) throws IOException {
        StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\nConnection: close\r\n");
        boolean host = false;
        for (String header : headers) {
            request.append(header).append("\r\n");
            host |= header.startsWith("Host:");
        }
        if (!host) {
            request.append("Host: 127.0.0.1:").append(desk.port()).append("\r\n");
        }
        if (body != null) {
            request.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        request.append("\r\n").append(body == null ? "" : body);
        try (Socket socket = new Socket("127.0.0.1", desk.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String status(String answer) {
        return answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
    }

    private String token() throws IOException {
        return send("GET", "/", null).replaceAll("(?s).*name=\"operator-token\" content=\"([0-9a-f]{64})\".*", "$1");
    }

    @Test
    void aRequestThatMayChangeSomethingNeedsThePagesToken() throws IOException {
        start();
        String all = "{\"all\":true}";

        assertThat(status(send("POST", "/api/retry", all))).isEqualTo("403");
        assertThat(status(send("POST", "/api/retry", all, "X-Operator-Token: " + "0".repeat(64))))
                .isEqualTo("403");
        assertThat(status(send("POST", "/api/retry", all, "Content-Type: text/plain", "Origin: http://evil.example")))
                .isEqualTo("403");
        assertThat(status(send("POST", "/api/retry?X-Operator-Token=" + token(), all)))
                .as("a parameter is no header")
                .isEqualTo("403");
        assertThat(status(send("POST", "/api/retry", all, "X-Operator-Token: " + token())))
                .isEqualTo("200");
    }

    @Test
    void whatMayChangeSomethingIsNotAskedByGet() throws IOException {
        start();

        for (String question : new String[] {"sync", "retry", "discard", "backfill", "verify", "export", "dry-run"}) {
            assertThat(status(send("GET", "/api/" + question + "?all=true", null)))
                    .as(question)
                    .isEqualTo("405");
        }
        assertThat(status(send("GET", "/api/status", null))).isEqualTo("200");
        assertThat(send("GET", "/api/explain?entity=sell-orders&id=4711", null)).contains("not-in-bigcommerce");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:PORT",
                "127.0.0.1:1",
                "127.0.0.1.evil.example:PORT",
                "",
                "[::1]",
                "localhost"
            })
    void onlyTheMachinesOwnNamesAreAnsweredAgainstDnsRebinding(String host) throws IOException {
        start();

        String answer = send("GET", "/", null, "Host: " + host.replace("PORT", String.valueOf(desk.port())));

        assertThat(status(answer)).isIn("421", "400");
        assertThat(answer).doesNotContain("operator-token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:PORT", "127.0.0.1:PORT", "[::1]:PORT", "LOCALHOST:PORT"})
    void theMachinesOwnNamesAreAnswered(String host) throws IOException {
        start();

        assertThat(status(send("GET", "/", null, "Host: " + host.replace("PORT", String.valueOf(desk.port())))))
                .isEqualTo("200");
    }

    @Test
    void aClientThatTakesToHttp2IsAnswered() throws Exception {
        start();
        HttpClient client = HttpClient.newHttpClient();

        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + desk.port() + "/api/status"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void aPasswordIsAskedForWhereThereIsOne() throws IOException {
        start("operator.password", "säsam öffne dich: jetzt");

        assertThat(status(send("GET", "/", null))).isEqualTo("401");
        assertThat(send("GET", "/api/status", null)).contains("WWW-Authenticate: Basic", "401");
        assertThat(status(send("GET", "/api/status", null, basic("wrong")))).isEqualTo("401");
        assertThat(status(send("GET", "/api/status", null, "Authorization: Basic ???")))
                .isEqualTo("401");
        assertThat(status(send("GET", "/api/status", null, basic("säsam öffne dich: jetzt"))))
                .isEqualTo("200");
        assertThat(status(send("POST", "/api/sync", "{}", basic("säsam öffne dich: jetzt"))))
                .as("a browser sends a password by itself: the token is needed as well")
                .isEqualTo("403");
        assertThat(status(send("POST", "/api/parked", "{}", "Authorization: Bearer " + desk.key())))
                .as("a command shows the key from the file beside the database")
                .isEqualTo("200");
    }

    private static String basic(String password) {
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString(("anybody:" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anAddressThatOthersReachNeedsAPassword() {
        Map<String, String> values =
                new Shell(sandbox, folder).with("operator.host", "0.0.0.0").values();

        Assertions.assertThatThrownBy(() -> Settings.of(values))
                .isInstanceOf(BadSettings.class)
                .hasMessageContaining("operator.password");
    }

    @Test
    void whereOthersReachItStrangeNamesAreRefusedAndGivenOnesAnswered() throws IOException {
        start("operator.host", "0.0.0.0", "operator.password", "secret", "operator.names", "desk.example.com");

        assertThat(status(send("GET", "/", null, "Host: evil.example", basic("secret"))))
                .isEqualTo("421");
        assertThat(status(send("GET", "/", null, "Host: desk.example.com", basic("secret"))))
                .isEqualTo("200");
        assertThat(status(send("GET", "/", null, "Host: 192.0.2.7:8080", basic("secret"))))
                .isEqualTo("200");
    }

    @Test
    void answersTellABrowserToBeCareful() throws IOException {
        start();

        assertThat(send("GET", "/", null))
                .contains("Content-Security-Policy: default-src 'none'; script-src 'self'")
                .contains("X-Content-Type-Options: nosniff", "X-Frame-Options: DENY", "Cache-Control: no-store");
        assertThat(status(send("GET", "/../application.properties", null))).isIn("404", "400");
        assertThat(status(send("GET", "/sql/select-record.sql", null))).isEqualTo("404");
    }

    @Test
    void aQuestionThatCannotBeMeantIsAnsweredInWords() throws IOException {
        start();
        String token = "X-Operator-Token: " + token();

        assertThat(send("POST", "/api/fly", "{}", token)).contains("400", "no question that the desk knows");
        assertThat(send("POST", "/api/retry", "{", token)).contains("400", "not a JSON object");
        assertThat(send("POST", "/api/retry", "{}", token)).contains("400", "--all");
        assertThat(send("GET", "/api/answers/999", null)).contains("404");
        assertThat(send("GET", "/api/answers/x", null)).contains("404");
    }

    @Test
    void everyQuestionOfTheReadmeIsOneThatTheDeskKnows() throws IOException {
        start();
        String readme = Files.readString(Path.of("README.md"));
        String table = readme.substring(readme.indexOf("| question | parameters"), readme.indexOf("An answer is `{"));
        List<String> questions = table.lines()
                .map(line -> line.split("\\|"))
                .filter(cells -> cells.length > 2)
                .flatMap(cells ->
                        Pattern.compile("`([a-z-]+)`").matcher(cells[1]).results())
                .map(found -> found.group(1))
                .toList();

        assertThat(questions).hasSizeGreaterThan(10);
        for (String question : questions) {
            assertThat(send(
                            "POST",
                            "/api/" + question,
                            "{\"what\":[\"nothing\"],\"streams\":[\"nothing\"],\"ids\":[\"nothing\"]}",
                            "Authorization: Bearer " + desk.key()))
                    .as(question)
                    .doesNotContain("no question that the desk knows");
        }
    }
}
