package com.optiply.sync.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.optiply.sync.Json;
import com.optiply.sync.operate.Shell;
import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.sandbox.Shop.Line;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every secret is a canary: whatever is printed, logged at TRACE, shown, answered, exported or stored, in good days and
 * under faults, it stands nowhere, in none of the forms in which it travels.
 */
class SecretsTest {

    private static final String ACCESS_TOKEN = "canary-access/+=%7B&1";
    private static final String PASSWORD = "canary pass&wörd%+/";
    private static final String WRONG_PASSWORD = "canary wrong&wörd";
    private static final String DATABASE_PASSWORD = "canary;base=1";
    private static final String OPERATOR_PASSWORD = "canary öperator:1";
    private static final List<Fault> FAULTS = List.of(
            Fault.TOO_MANY,
            Fault.S500,
            Fault.S401,
            Fault.HTML,
            Fault.TRUNCATED,
            Fault.RESET_BEFORE,
            Fault.RESET_INSIDE,
            Fault.NO_CONTENT,
            Fault.S422,
            Fault.S503);

    private static final List<String> COMMANDS = List.of(
            "sync",
            "sync --full",
            "sync --dry-run",
            "status",
            "check",
            "parked list",
            "parked show 1015",
            "parked retry --all",
            "parked discard 1017 --reason nobody",
            "explain products 1001",
            "explain sell-orders 210",
            "verify",
            "verify --repair",
            "backfill sell-orders --from 2025-01-01 --to 2026-01-01",
            "export all");

    /** What is asked of a running process goes the same way as the others. */
    private static final Set<String> LONG = Set.of("sync --full", "verify --repair", "export all");

    @TempDir
    Path folder;

    private Sandbox sandbox;
    private FaultyProxy bigcommerce;
    private FaultyProxy optiply;
    private Shell shell;
    private Process running;
    private final Map<String, String> said = new LinkedHashMap<>();

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.start(Sandbox.Size.awkward());
        sandbox.bigcommerceAccessToken(ACCESS_TOKEN);
        sandbox.optiply().password(PASSWORD);
        bigcommerce = new FaultyProxy("bigcommerce", root(sandbox.bigcommerceUrl()));
        optiply = new FaultyProxy("optiply", root(sandbox.optiplyUrl()));
        shell = new Shell(sandbox, folder)
                .with("bigcommerce.url", bigcommerce.url())
                .with("optiply.url", optiply.url() + "/v1")
                .with(
                        "optiply.token-url",
                        optiply.url() + URI.create(sandbox.tokenUrl()).getPath())
                .with("bigcommerce.access-token", ACCESS_TOKEN)
                .with("optiply.password", PASSWORD)
                .with("database.password", DATABASE_PASSWORD)
                .with("operator.password", OPERATOR_PASSWORD)
                .with("bigcommerce.retry.attempts", "1")
                .with("optiply.retry.attempts", "1")
                .with("export.directory", folder.resolve("streams").toString())
                .with(
                        "log.bodies-until",
                        Instant.now().plus(Duration.ofHours(1)).toString())
                .with("log.level", "TRACE");
    }

    @AfterEach
    void stop() throws Exception {
        end();
        bigcommerce.close();
        optiply.close();
        sandbox.close();
    }

    private static URI root(String url) {
        return URI.create(url.replaceAll("(https?://[^/]*).*", "$1"));
    }

    @Test
    void noSecretStandsAnywhereButInTheSettings() throws Exception {
        // Alone: good and bad days, each command.
        run("sync", "--json");
        under(3);
        changes();
        COMMANDS.forEach(command -> run((command + " --json").split(" ")));
        echoes();
        under(0);
        shell.with("optiply.password", WRONG_PASSWORD);
        changes();
        run("sync");
        run("check");
        shell.with("optiply.password", PASSWORD).with("bigcommerce.access-token", "canary-another-token");
        run("sync");
        run("check", "--json");
        shell.with("bigcommerce.access-token", ACCESS_TOKEN);
        badSettings();

        // Beside a running process, whose own log is looked at as well.
        under(4);
        running = shell.start();
        Path desk = folder.resolve("sync.desk.json");
        Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> Files.exists(desk) && Files.readString(desk).contains("http://"));
        String url = Json.document(Files.readString(desk)).get("url").toString();
        changes();
        COMMANDS.stream().filter(command -> !LONG.contains(command)).forEach(command -> run(command.split(" ")));
        page(url, "/");
        for (String question : List.of("status", "parked", "runs", "explain?entity=products&id=1001", "nonsense")) {
            page(url, "/api/" + question);
        }
        page(url, "/desk.js");
        page(url, "/health/live");
        page(url, "/health/ready");
        page(url, "/metrics");
        end();
        assertThat(Files.readString(folder.resolve("process.log")))
                .as("the log is as loud as it was asked to be")
                .contains("DEBUG");

        Set<String> canaries = canaries();
        database();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith("application.properties")) {
                    said.put(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
        }
        assertThat(canaries).hasSizeGreaterThan(20);
        assertThat(said.values()).anySatisfy(text -> assertThat(text).contains("\"email\""));
        for (Map.Entry<String, String> text : said.entrySet()) {
            for (String canary : canaries) {
                int at = text.getValue().indexOf(canary);
                assertThat(at)
                        .as(() -> canary + " in " + text.getKey() + ": …"
                                + text.getValue()
                                        .substring(
                                                Math.max(0, at - 300),
                                                Math.min(text.getValue().length(), at + 100)))
                        .isNegative();
            }
        }
    }

    /** Every so many calls one fails, each time in another way; 0: none does. */
    private void under(int each) {
        for (FaultyProxy proxy : List.of(bigcommerce, optiply)) {
            AtomicInteger calls = new AtomicInteger();
            proxy.plan(call -> {
                int n = calls.incrementAndGet();
                return each > 0 && n % each == 0 ? FAULTS.get(n / each % FAULTS.size()) : Fault.PASS;
            });
        }
    }

    /** Partners whose error answers repeat whatever they are sent, and what else they could know of us. */
    private void echoes() {
        for (FaultyProxy proxy : List.of(bigcommerce, optiply)) {
            proxy.repeats(ACCESS_TOKEN, PASSWORD, sandbox.settings().get("optiply.client-secret"));
        }
        // A write each time, so that the answers are stored; then each of the others, many times.
        bigcommerce.plan(call -> Fault.PASS);
        optiply.plan(call -> call.method().equals("GET") || call.path().contains("/oauth/") ? Fault.PASS : Fault.ECHO);
        for (int i = 0; i < 3; i++) {
            changes();
            run("sync");
        }
        optiply.plan(call -> Fault.ECHO);
        bigcommerce.plan(call -> Fault.ECHO);
        for (int i = 0; i < 6; i++) {
            run("sync", "--json");
        }
        for (String command :
                List.of("check", "verify", "parked list", "status", "explain products 1001", "export orders")) {
            run(command.split(" "));
        }
        assertThat(said.values())
                .anySatisfy(text -> assertThat(text).contains("Optiply refused the record (422): ***"));
    }

    private void changes() {
        long order = sandbox.shop().placeOrder(10, new Line(101, 1001L, 2));
        sandbox.shop().changePrice(1001, order % 90 + ".50");
        sandbox.shop().changePrice(1002, order % 80 + ".50");
        sandbox.shop().setOrderStatus(210, order % 2 == 0 ? 5 : 10);
        sandbox.optiply().refuse("1003", 422, "not welcome");
        sandbox.shop().changePrice(1003, order % 70 + ".50");
    }

    private void badSettings() {
        // A secret that does not keep to the rules, one under a name that is no key, one beside a mistake of another
        // key.
        shell.with("bigcommerce.access-token", "canary token with blanks");
        run("sync");
        shell.with("bigcommerce.access-token", ACCESS_TOKEN).with("optiply.pasword", "canary-misspelt");
        run("status", "--json");
        shell.values().remove("optiply.pasword");
        shell.with("optiply.url", "https://user:canary-in-url@optiply.example/v1");
        run("check");
        shell.with("optiply.url", optiply.url() + "/v1").with("database.password", "canary-not-this-one");
        run("status");
        shell.with("database.password", DATABASE_PASSWORD);
    }

    private void run(String... command) {
        Shell.Told told = shell.run(command);
        said.merge(String.join(" ", command), told.out() + told.err(), String::concat);
    }

    private void page(String url, String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url.replaceFirst("/api/?$", "") + path))
                                .header("Authorization", "Basic " + basic("any", OPERATOR_PASSWORD))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        said.merge("page " + path, answer.headers().map() + answer.body(), String::concat);
    }

    private static String basic(String user, String password) {
        return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private void end() throws InterruptedException {
        if (running != null) {
            running.destroy();
            assertThat(running.waitFor(20, TimeUnit.SECONDS)).isTrue();
            running = null;
        }
    }

    /** Each secret in each form in which it travels, the tokens that Optiply gave out among them. */
    private Set<String> canaries() {
        Set<String> secrets = new LinkedHashSet<>(List.of(
                ACCESS_TOKEN,
                PASSWORD,
                WRONG_PASSWORD,
                DATABASE_PASSWORD,
                OPERATOR_PASSWORD,
                "canary",
                sandbox.settings().get("optiply.client-secret"),
                basic("any", OPERATOR_PASSWORD)));
        secrets.addAll(optiply.secrets());
        Set<String> forms = new LinkedHashSet<>();
        for (String secret : secrets) {
            forms.add(secret);
            forms.add(new String(secret.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
            forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
            forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"));
            forms.add(Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
        }
        return forms;
    }

    private void database() throws SQLException {
        StringBuilder dump = new StringBuilder();
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:h2:file:" + folder.resolve("sync") + ";IFEXISTS=TRUE", "sa", DATABASE_PASSWORD);
                Statement statement = connection.createStatement();
                ResultSet lines = statement.executeQuery("SCRIPT")) {
            while (lines.next()) {
                // The hash of the database's own password is not the password.
                dump.append(lines.getString(1)).append('\n');
            }
        }
        assertThat(dump.toString()).contains("not welcome");
        said.put("the database's dump", dump.toString());
    }
}
