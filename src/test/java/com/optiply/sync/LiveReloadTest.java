package com.optiply.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.optiply.sync.operate.Desk;
import com.optiply.sync.operate.DeskServer;
import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.state.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A route file that is saved while the program runs. */
class LiveReloadTest {

    private static final String LINE_TOTALS = "total_ex_tax";
    private static final String ORDERS = "3-sync-sell-orders.camel.yaml";
    private static final String DELIVER = "4-deliver.camel.yaml";
    private static final String ERRORS = "errors.camel.yaml";

    @TempDir
    Path routes;

    private Sandbox sandbox;
    private Installation installation;
    private Program program;

    @BeforeEach
    void start() throws IOException {
        try (Stream<Path> own = Files.list(Path.of("routes"))) {
            for (Path file : own.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
        sandbox = Sandbox.start(new Sandbox.Size(12, 12, 3, 7, 0));
        installation = Installation.of(sandbox)
                .with("sell-orders.line-subtotal", LINE_TOTALS)
                .with("routes.directory", routes.toString());
        program = installation.program();
    }

    @AfterEach
    void stop() {
        installation.close();
        sandbox.close();
    }

    @Test
    void anEditIsInEffectWithinTwoSeconds() {
        installation.sync();
        edit(ORDERS, "${body[status_id]} == 10", "${body[status_id]} in '2,10'");
        inEffect(ORDERS);

        installation.sync("products");
        installation.fullSync("sell-orders");

        assertThat(sandbox.optiply().content()).isEqualTo(Expected.of(sandbox.shop(), Set.of(2, 10), LINE_TOTALS));
    }

    @Test
    void anEditInMidRunWaitsUntilTheRunHasEnded() {
        sandbox.optiplyLatency(30);
        CompletableFuture<Run> run = CompletableFuture.supplyAsync(() -> installation.sync("products"));
        await().until(() -> sandbox.optiply().writes() > 5);
        edit(DELIVER, "- route:\n    id: deliver\n", "- route:\n    id: deliver\n    precondition: \"true\"\n");
        describe(DELIVER, "Edited.");

        while (!run.isDone()) {
            boolean there = descriptions().contains("Edited.");
            assertThat(there && !run.isDone())
                    .as("the old route as long as the run is in hand")
                    .isFalse();
        }
        inEffect(DELIVER);
        assertThat(run.join().getReport()).containsEntry("outcome", "complete");
        assertThat(sandbox.optiply().twins()).isEmpty();
    }

    @Test
    void aBrokenFileLeavesWhatRanAndIsComplainedOfWithLineAndReasonUntilItIsMended() {
        Map<String, String> broken = Map.of(
                "- route:\n    id: x\n   from: [",
                "line 3: ",
                "- route:\n    id: x\n    from:\n      uri: direct:x\n      steps:\n        - tto: log:x\n",
                "line 6: Unknown node id: tto",
                "- route:\n    id: x\n    from:\n      uri: direct:x\n      steps:\n        - to:\n            uri: log:x\n"
                        + "        - bean:\n            ref: nobody\n",
                "line 8: No bean could be found in the registry for: nobody",
                "- route:\n    id: deliver\n    from:\n      uri: direct:x\n      steps:\n        - to:\n            uri: log:x\n",
                "the route id deliver stands twice",
                "- route:\n    id: x\n    routeConfigurationId: nobody\n    from:\n      uri: direct:x\n      steps:\n"
                        + "        - to:\n            uri: log:x\n",
                "names the route configuration nobody, which is in no file");
        broken.forEach((text, reason) -> {
            String before = read(ORDERS);
            write(ORDERS, text);
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(program.wiring().routeProblems())
                            .hasEntrySatisfying(ORDERS, said -> assertThat(said)
                                    .startsWith(routes.resolve(ORDERS).toString())
                                    .contains(reason)));
            assertThat(new Desk(program.wiring(), program::camel).status().get("routes_not_in_effect"))
                    .asString()
                    .contains(ORDERS);
            assertThat(installation.sync("sell-orders").getReport()).containsEntry("outcome", "complete");
            write(ORDERS, before);
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> program.wiring().routeProblems().isEmpty());
        });
        allRoutesRun();
    }

    @Test
    void aBrokenFileDoesNotKeepAGoodOneFromTakingEffect() {
        write(ORDERS, "- nonsense");
        describe(DELIVER, "Edited.");

        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            assertThat(descriptions()).contains("Edited.");
            assertThat(program.wiring().routeProblems()).containsOnlyKeys(ORDERS);
        });
        allRoutesRun();
    }

    @Test
    void aRenamedRouteReplacesTheOldOneAndNoOtherRouteOfItsFileStops() {
        edit(DELIVER, "id: park\n", "id: set-aside\n");
        inEffect(DELIVER);

        assertThat(program.camel().getRoute("park")).isNull();
        assertThat(program.camel()
                        .getRouteController()
                        .getRouteStatus("set-aside")
                        .isStarted())
                .isTrue();
        allRoutesRun();
    }

    @Test
    void aDeletedFilesRoutesStopAndANewFilesRoutesStart() {
        String text = "- route:\n    id: greet\n    from:\n      uri: direct:greet\n      steps:\n"
                + "        - setBody:\n            constant: hello\n";
        write("9-greet.camel.yaml", text);
        await().atMost(Duration.ofSeconds(5)).until(() -> program.camel().getRoute("greet") != null);
        assertThat(program.camel()
                        .createFluentProducerTemplate()
                        .to("direct:greet")
                        .request(String.class))
                .isEqualTo("hello");

        delete("9-greet.camel.yaml");
        await().atMost(Duration.ofSeconds(5)).until(() -> program.camel().getRoute("greet") == null);
        allRoutesRun();
    }

    @Test
    void anEditOfTheErrorsFileReachesRunningRoutes() {
        installation.with("optiply.retry.attempts", "3");
        program = installation.program();
        installation.sync("products");
        sandbox.optiply().refuse("1001", 500, "out of order");
        sandbox.shop().renameProduct(101, "renamed");
        sandbox.calls().reset();
        installation.sync("products");
        assertThat(sandbox.calls().optiply().status(500)).isEqualTo(4);

        write(ERRORS, read(ERRORS).replace("\"{{optiply.retry.attempts}}\"", "\"0\""));
        inEffect(ERRORS);
        sandbox.calls().reset();
        installation.sync("products");

        assertThat(sandbox.calls().optiply().status(500)).isEqualTo(1);
        allRoutesRun();
    }

    @Test
    void noClockFiresBecauseOfAReloadAndAllOfThemRunAfterIt() {
        installation.with("sync.products.cron", "0 0 3 1 1 ?");
        program = installation.program();
        program.startClocks();
        List<String> clocks = running("quartz");
        assertThat(clocks).isNotEmpty();
        write(ERRORS, read(ERRORS) + "\n");
        edit("1-start.camel.yaml", "Starts a products run by its clock", "Edited, starts a products run by its clock");
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(descriptions()).anyMatch(text -> text.startsWith("Edited")));

        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(running("quartz")).containsExactlyInAnyOrderElementsOf(clocks));
        assertThat(sandbox.calls().bigcommerce().total()).isZero();
    }

    @Test
    void theOperatorsPageAndApiAnswerAfterAllRoutesWereReplaced() {
        installation.with("operator.port", "0");
        program = installation.program();
        DeskServer desk = program.openDesk();
        write(ERRORS, read(ERRORS) + "\n");
        inEffect(ERRORS);

        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        for (String path : List.of("", "desk.js", "api/status", "metrics", "health/ready")) {
            HttpRequest asked =
                    HttpRequest.newBuilder(URI.create(desk.url() + path)).build();
            // The last routes may start a moment after the first ones.
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(client.send(asked, HttpResponse.BodyHandlers.discarding())
                                    .statusCode())
                            .as(path)
                            .isEqualTo(200));
        }
    }

    @Test
    void withReloadSwitchedOffNothingHappens() {
        installation.with("routes.reload", "false");
        program = installation.program();
        describe(DELIVER, "Edited.");

        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(4)).until(() -> !descriptions()
                .contains("Edited."));
    }

    /** Waits until what a file holds now is what runs. */
    private void inEffect(String name) {
        String mark = "In effect " + System.nanoTime() + ".";
        if (name.equals(ERRORS)) {
            // It has no route that could be asked: the files are taken into use together.
            describe(DELIVER, mark);
        } else {
            describe(name, mark);
        }
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(descriptions()).contains(mark));
        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(
                        () -> assertThat(program.wiring().routeProblems()).isEmpty());
    }

    private void allRoutesRun() {
        assertThat(program.camel().getRoutes().stream()
                        .filter(route -> route.getEndpoint().getEndpointUri().startsWith("direct"))
                        .filter(route -> !program.camel()
                                .getRouteController()
                                .getRouteStatus(route.getRouteId())
                                .isStarted()))
                .isEmpty();
        long written = names().stream()
                .flatMap(name -> read(name).lines())
                .filter(line -> line.equals("- route:"))
                .count();
        if (program.wiring().routeProblems().isEmpty()) {
            assertThat(program.camel().getRoutes()).hasSize((int) written);
        }
    }

    private List<String> running(String scheme) {
        return program.camel().getRoutes().stream()
                .filter(route -> route.getEndpoint().getEndpointUri().startsWith(scheme))
                .map(route -> route.getRouteId())
                .filter(id ->
                        program.camel().getRouteController().getRouteStatus(id).isStarted())
                .toList();
    }

    private List<String> descriptions() {
        return program.camel().getRoutes().stream().map(Route::getDescription).toList();
    }

    private void describe(String name, String description) {
        write(name, described(read(name), description));
    }

    private static String described(String text, String description) {
        return text.replaceFirst("    description: .*", "    description: " + description);
    }

    private void edit(String name, String old, String text) {
        assertThat(read(name)).contains(old);
        write(name, read(name).replace(old, text));
    }

    private List<String> names() {
        try {
            return List.copyOf(SavedFiles.read(routes).keySet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read(String name) {
        try {
            return Files.readString(routes.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String name, String text) {
        try {
            Path aside = Files.writeString(routes.resolve(name + ".new"), text);
            Files.move(aside, routes.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void delete(String name) {
        try {
            Files.deleteIfExists(routes.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
