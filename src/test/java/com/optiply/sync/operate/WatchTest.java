package com.optiply.sync.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.optiply.sync.Json;
import com.optiply.sync.Program;
import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What machines read of a running program: figures for Prometheus, health, and what ops/ makes of them. */
class WatchTest {

    private static final Pattern NAME = Pattern.compile("\\boptiply_sync_[a-z_]+");
    private static final Pattern SELECTOR = Pattern.compile("(optiply_sync_[a-z_]+)\\{([^}]*)}");
    private static final Pattern LABEL = Pattern.compile("([a-z]+)=~?\"([^\"]*)\"");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    Path folder;

    private Sandbox sandbox;
    private Shell shell;
    private Program program;
    private DeskServer desk;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(Sandbox.Size.awkward());
        shell = new Shell(sandbox, folder);
    }

    @AfterEach
    void stop() {
        if (program != null) {
            program.close();
        }
        sandbox.close();
    }

    private void running() {
        program = Program.start(Settings.of(shell.values()), false);
        desk = program.openDesk();
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + desk.port() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String metrics() throws IOException, InterruptedException {
        HttpResponse<String> answer = get("/metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        return answer.body();
    }

    /** The figure of a line; labels in Prometheus's order. */
    private static double figure(String metrics, String line) {
        return metrics.lines()
                .filter(one -> one.startsWith(line + " "))
                .mapToDouble(one -> Double.parseDouble(one.substring(line.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + line + " in\n" + metrics));
    }

    @Test
    void theFiguresAreThoseOfTheRun() throws Exception {
        running();
        var products = program.run("products", false).getReport();
        program.run("sell-orders", false);
        int answered = sandbox.calls().optiply().status(201);
        int read = sandbox.calls().bigcommerce().status(200);

        String metrics = metrics();

        assertThat(figure(metrics, "optiply_sync_runs_total{outcome=\"complete\",store=\"main\",what=\"products\"}"))
                .isEqualTo(1);
        assertThat(figure(metrics, "optiply_sync_runs_total{outcome=\"failed\",store=\"main\",what=\"products\"}"))
                .isZero();
        for (String outcome : List.of("read", "created", "updated", "skipped", "newly_parked")) {
            assertThat(figure(
                            metrics,
                            "optiply_sync_rows_total{outcome=\"" + outcome + "\",store=\"main\",what=\"products\"}"))
                    .as(outcome)
                    .isEqualTo(((Number) products.get(outcome)).doubleValue());
        }
        assertThat(figure(metrics, "optiply_sync_records{entity=\"products\",status=\"parked\",store=\"main\"}"))
                .isEqualTo(2);
        assertThat(figure(metrics, "optiply_sync_records{entity=\"sell-orders\",status=\"pending\",store=\"main\"}"))
                .isZero();
        assertThat(figure(
                        metrics, "optiply_sync_calls_seconds_count{partner=\"optiply\",status=\"201\",store=\"main\"}"))
                .isEqualTo(answered);
        assertThat(figure(
                        metrics,
                        "optiply_sync_calls_seconds_count{partner=\"bigcommerce\",status=\"200\",store=\"main\"}"))
                .isEqualTo(read);
        assertThat(figure(
                        metrics,
                        "optiply_sync_calls_seconds_count{partner=\"optiply-login\",status=\"200\",store=\"main\"}"))
                .isEqualTo(1);
        assertThat(
                        figure(
                                metrics,
                                "optiply_sync_calls_seconds_bucket{partner=\"optiply\",status=\"201\",store=\"main\",le=\"30.0\"}"))
                .isEqualTo(answered);
        assertThat(figure(metrics, "optiply_sync_last_complete_run_age_seconds{store=\"main\",what=\"products\"}"))
                .isBetween(0.0, 60.0);
        assertThat(figure(metrics, "optiply_sync_quota_left{store=\"main\"}")).isPositive();
        assertThat(figure(metrics, "optiply_sync_troubles{kind=\"parked\",store=\"main\"}"))
                .isEqualTo(1);
        assertThat(figure(metrics, "optiply_sync_database_up{store=\"main\"}")).isEqualTo(1);
    }

    @Test
    void callsWithoutAnAnswerAreCountedToo() throws Exception {
        shell.with("bigcommerce.url", "http://127.0.0.1:9").with("bigcommerce.retry.attempts", "1");
        running();
        program.run("products", false);

        String metrics = metrics();

        assertThat(figure(
                        metrics,
                        "optiply_sync_calls_seconds_count{partner=\"bigcommerce\",status=\"none\",store=\"main\"}"))
                .isEqualTo(2);
        assertThat(figure(metrics, "optiply_sync_runs_total{outcome=\"failed\",store=\"main\",what=\"products\"}"))
                .isEqualTo(1);
        assertThat(figure(metrics, "optiply_sync_troubles{kind=\"run-failed\",store=\"main\"}"))
                .isEqualTo(1);
    }

    @Test
    void neitherASecretNorAnIdNorAnythingOfADocumentStandsInATag() throws Exception {
        running();
        program.run("products", false);
        program.run("sell-orders", false);

        String metrics = metrics();

        for (var key : Settings.keys()) {
            if (key.secret() && shell.values().get(key.name()) != null) {
                assertThat(metrics).as(key.name()).doesNotContain(shell.values().get(key.name()));
            }
        }
        Map<String, Set<String>> tags = new HashMap<>();
        metrics.lines().filter(line -> line.startsWith("optiply_sync_")).forEach(line -> {
            Matcher label = LABEL.matcher(line);
            while (label.find()) {
                tags.computeIfAbsent(label.group(1), any -> new TreeSet<>()).add(label.group(2));
            }
        });
        assertThat(tags.keySet())
                .containsExactlyInAnyOrder("store", "what", "outcome", "entity", "status", "partner", "kind", "le");
        tags.forEach((tag, values) -> assertThat(values).as(tag).hasSizeLessThan(25));
        assertThat(tags.get("status")).allMatch(status -> status.matches("[1-5]\\d\\d|none|pending|in_doubt|parked"));
    }

    @Test
    void theFiguresAreAsWellGuardedAsThePage() throws Exception {
        shell.with("operator.password", "sesame");
        running();

        assertThat(get("/metrics").statusCode()).isEqualTo(401);
        assertThat(get(
                                "/metrics",
                                "Authorization",
                                "Basic " + Base64.getEncoder().encodeToString("prometheus:sesame".getBytes()))
                        .statusCode())
                .isEqualTo(200);
        assertThat(get("/health/ready").statusCode())
                .as("what an orchestrator asks needs no password")
                .isEqualTo(200);
    }

    @Test
    void itIsReadyUntilARunIsLateAndAgainAfterOne() throws Exception {
        shell.with("clocks.enabled", "true").with("sync.products.cron", "0/5 * * * * ?");
        running();
        program.run("products", false);

        HttpResponse<String> ready = get("/health/ready");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).isEqualTo("{\"ready\":true}");
        await().atMost(Duration.ofSeconds(20)).until(() -> get("/health/ready").statusCode() == 503);
        assertThat(get("/health/ready").body())
                .startsWith("{\"ready\":false,\"reasons\":[\"no complete run of products since ");
        assertThat(get("/health/live").body()).isEqualTo("{\"live\":true}");

        program.run("products", false);
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void itIsNotReadyWithoutItsDatabaseButLives() throws Exception {
        running();
        program.wiring().database().close();

        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health/ready").body()).contains("the database cannot be reached");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(figure(metrics(), "optiply_sync_database_up{store=\"main\"}"))
                .isZero();
    }

    @Test
    void dashboardAndRulesNameOnlyFiguresThatARunningProgramShows() throws Exception {
        running();
        program.run("products", false);
        program.run("sell-orders", false);
        String metrics = metrics();
        List<String> expressions = new ArrayList<>(
                rules().stream().map(rule -> rule.get("expr").toString()).toList());
        int ofRules = expressions.size();
        JsonNode dashboard = Json.mapper().readTree(Files.readString(Path.of("ops/grafana-dashboard.json")));
        dashboard.findValues("expr").forEach(expression -> expressions.add(expression.asText()));
        dashboard.at("/templating/list").findValues("query").forEach(query -> expressions.add(query.toString()));

        assertThat(ofRules).isGreaterThan(8);
        assertThat(expressions).hasSizeGreaterThan(ofRules + 8);
        for (String expression : expressions) {
            Matcher name = NAME.matcher(expression);
            while (name.find()) {
                assertThat(metrics.lines()).as(expression).anyMatch(line -> line.startsWith(name.group() + "{"));
            }
            Matcher selector = SELECTOR.matcher(expression);
            while (selector.find()) {
                Matcher label = LABEL.matcher(selector.group(2));
                while (label.find()) {
                    assertThat(metrics.lines())
                            .as(expression)
                            .anyMatch(line ->
                                    line.startsWith(selector.group(1) + "{") && line.contains(label.group(1) + "=\""));
                }
            }
        }
        // A kind of trouble that is spelt otherwise would never come.
        for (Map<String, Object> rule : rules()) {
            Matcher kind = Pattern.compile("kind=\"([^\"]+)\"")
                    .matcher(rule.get("expr").toString());
            while (kind.find()) {
                assertThat(metrics).contains("optiply_sync_troubles{kind=\"" + kind.group(1) + "\"");
            }
        }
    }

    @Test
    void everyRuleSaysInASentenceWhatToDo() throws Exception {
        Set<Object> names = new TreeSet<>();
        for (Map<String, Object> rule : rules()) {
            assertThat(names.add(rule.get("alert")))
                    .as("%s stands once", rule.get("alert"))
                    .isTrue();
            Map<?, ?> annotations = (Map<?, ?>) rule.get("annotations");
            assertThat(annotations.get("summary").toString()).matches("([A-Z]|\\{\\{).+[^.]");
            assertThat(annotations.get("todo").toString()).matches("[A-Z].+\\.");
            assertThat(((Map<?, ?>) rule.get("labels")).get("severity").toString())
                    .isIn("critical", "warning");
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rules() throws IOException {
        Map<String, Object> file =
                (Map<String, Object>) new Load(LoadSettings.builder().build())
                        .loadFromString(Files.readString(Path.of("ops/prometheus-rules.yaml")));
        List<Map<String, Object>> groups = (List<Map<String, Object>>) file.get("groups");
        return groups.stream()
                .flatMap(group -> ((List<Map<String, Object>>) group.get("rules")).stream())
                .toList();
    }
}
