package com.optiply.sync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.optiply.sync.Installation;
import com.optiply.sync.Program;
import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.settings.Key;
import com.optiply.sync.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What the route files promise to whoever reads them: names, descriptions, both ends of every {@code direct:}, documented keys. */
class ArchitectureTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^}:]+)(?::[^}]*)?}}");
    private static final Pattern KEBAB = Pattern.compile("[a-z]+([-_][a-z]+)*");
    private static final Set<String> DERIVED = Set.of("optiply.settling-ms", "alerts.enabled");

    private final List<Map<String, Object>> routes = new ArrayList<>();
    private final Set<String> configurations = new HashSet<>();
    private final List<Path> files = new ArrayList<>();

    ArchitectureTest() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("routes"))) {
            all.filter(file -> file.toString().endsWith(".camel.yaml")).sorted().forEach(files::add);
        }
        for (Path file : files) {
            for (Object item :
                    (List<?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file))) {
                Map<?, ?> one = (Map<?, ?>) item;
                if (one.get("route") != null) {
                    routes.add(map(one.get("route")));
                }
                if (one.get("routeConfiguration") != null) {
                    configurations.add(
                            map(one.get("routeConfiguration")).get("id").toString());
                }
            }
        }
    }

    @Test
    void everyRouteHasASpeakingIdAndOneSentenceOfDescription() {
        Set<Object> ids = new HashSet<>();
        for (Map<String, Object> route : routes) {
            String id = String.valueOf(route.get("id"));
            assertThat(KEBAB.matcher(id).matches()).as(id).isTrue();
            assertThat(ids.add(id)).as("id %s stands once", id).isTrue();
            assertThat(String.valueOf(route.get("description")))
                    .as(id)
                    .matches("[A-Z].*\\.")
                    .doesNotContain("\n");
        }
    }

    @Test
    void aRoutesIdIsItsDirectName() {
        for (Map<String, Object> route : routes) {
            String from = String.valueOf(map(route.get("from")).get("uri"));
            if (from.startsWith("direct:")) {
                assertThat(from).isEqualTo("direct:" + route.get("id"));
            }
        }
    }

    @Test
    void everyDirectTargetHasExactlyOneFromAndEveryFromIsCalled() {
        List<String> froms = new ArrayList<>();
        Set<String> targets = new TreeSet<>();
        for (Map<String, Object> route : routes) {
            froms.add(String.valueOf(map(route.get("from")).get("uri")));
            collectTargets(map(route.get("from")).get("steps"), targets);
        }
        for (Path file : files) {
            Matcher used = Pattern.compile("uri: (direct:[a-z_-]+)").matcher(read(file));
            while (used.find()) {
                targets.add(used.group(1));
            }
        }
        Set<String> called = new TreeSet<>(targets);
        // The one exception: an export calls its stream, or that one's parents, by a name that was checked.
        assertThat(called.stream().filter(target -> target.contains("$")))
                .containsExactly("direct:${variable.export.parents}", "direct:${variable.export.stream}");
        called.removeIf(target -> target.contains("$"));
        assertThat(froms).doesNotHaveDuplicates();
        assertThat(froms.stream().filter(from -> from.startsWith("direct:"))).containsAll(called);
    }

    @Test
    void everyNamedRouteConfigurationIsThereSinceCamelIgnoresAWrongName() {
        for (Map<String, Object> route : routes) {
            Object named = route.get("routeConfigurationId");
            if (named != null) {
                assertThat(configurations).containsAll(List.of(named.toString().split(",")));
            }
        }
    }

    @Test
    void everyRouteThatCallsOutNamesItsRedeliveryOrLeavesItToItsCaller() {
        for (Map<String, Object> route : routes) {
            String text = route.toString();
            if (text.contains("{{bigcommerce.url}}") || text.contains("{{optiply.url}}")) {
                assertThat(route.get("routeConfigurationId") != null || text.contains("noErrorHandler"))
                        .as("%s names its redelivery", route.get("id"))
                        .isTrue();
            }
            if (text.contains("direct:call-bigcommerce") || text.contains("direct:call-optiply")) {
                boolean itself = route.get("from").toString().contains("uri=direct:call-");
                assertThat(itself || route.get("routeConfigurationId") != null)
                        .as("%s names its route configuration", route.get("id"))
                        .isTrue();
            }
        }
    }

    @Test
    void everyKeyInTheRoutesIsDocumented() {
        Set<String> documented = new HashSet<>(DERIVED);
        Settings.keys().stream().map(Key::name).forEach(documented::add);
        documented.addAll(List.of(
                "sell-orders.delete-status-ids",
                "bigcommerce.timeout-ms",
                "optiply.timeout-ms",
                "bigcommerce.overlap-ms"));
        for (Path file : files) {
            Matcher used = PLACEHOLDER.matcher(read(file));
            while (used.find()) {
                assertThat(documented).as(file.toString()).contains(used.group(1));
            }
        }
    }

    @Test
    void noFileHoldsACommentThatAVisualEditorWouldLose() {
        for (Path file : files) {
            assertThat(read(file).lines().filter(line -> line.strip().startsWith("#")))
                    .as(file.toString())
                    .isEmpty();
        }
    }

    @Test
    void theRoutesLoadAndAllOfThemButClocksAndPageRun() {
        try (Sandbox sandbox = Sandbox.start(Sandbox.Size.awkward());
                Installation installation = Installation.of(sandbox)) {
            Program program = installation.program();
            assertThat(program.camel().getRoutes()).hasSize(routes.size());
            assertThat(program.camel().getRoutes())
                    .filteredOn(route -> !route.getEndpoint().getEndpointUri().matches("(quartz|platform-http):.*"))
                    .allMatch(route -> program.camel()
                            .getRouteController()
                            .getRouteStatus(route.getRouteId())
                            .isStarted());
        }
    }

    private static void collectTargets(Object node, Set<String> targets) {
        if (node instanceof Map<?, ?> map) {
            Object uri = map.get("uri");
            if (uri != null && uri.toString().startsWith("direct:")) {
                targets.add(uri.toString());
            }
            map.values().forEach(value -> collectTargets(value, targets));
        } else if (node instanceof List<?> list) {
            list.forEach(value -> collectTargets(value, targets));
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
