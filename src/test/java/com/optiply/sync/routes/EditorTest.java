package com.optiply.sync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What can be proved without one that a visual editor opens the route files and changes nothing that it was not told to. */
class EditorTest {

    /** What an editor makes up for a step without an id. */
    private static final Pattern MADE_UP_ID = Pattern.compile(".*-[0-9]{3,4}");

    private static final JsonSchema SCHEMA = schema();
    private static final Set<String> STEPS = steps();

    static Stream<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("routes", "sandbox")) {
            try (Stream<Path> all = Files.list(Path.of(folder))) {
                all.filter(file -> file.toString().endsWith(".camel.yaml")).forEach(files::add);
            }
        }
        return files.stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyRouteFileIsValidByTheYamlDslsOwnSchema(Path file) {
        JsonNode document = new ObjectMapper().valueToTree(load(file));

        // The schema knows no placeholders where it wants a number or a truth value; Camel takes them everywhere.
        assertThat(SCHEMA.validate(document))
                .filteredOn(message -> message.getInstanceNode() == null
                        || !message.getInstanceNode().asText().matches("\\{\\{.+}}"))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyStepIsWrittenInFullAsAnEditorWouldSaveIt(Path file) {
        for (Object item : (List<?>) load(file)) {
            inFull(file.toString(), item);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void noIdLooksMadeUpByAnEditor(Path file) {
        List<String> ids = new ArrayList<>();
        collectIds(load(file), ids);

        assertThat(ids).noneMatch(id -> MADE_UP_ID.matcher(id).matches());
    }

    @ParameterizedTest
    @MethodSource("files")
    void noLineHoldsACommentThatAVisualSaveWouldLose(Path file) throws IOException {
        // Kaoto keeps the comment at the head of a file, and only that.
        assertThat(Files.readAllLines(file).stream().dropWhile(line -> line.startsWith("#")))
                .noneMatch(line -> line.matches("(.*\\s)?#[^\"']*"));
    }

    /** A step is a mapping with its options, never the short form {@code - to: uri}. */
    private static void inFull(String place, Object node) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (key.equals("steps")) {
                    for (Object step : (List<?>) value) {
                        assertThat(step).as(place).isInstanceOf(Map.class);
                        ((Map<?, ?>) step).forEach((name, options) -> {
                            assertThat(STEPS).as(place).contains(name.toString());
                            assertThat(options).as(place + " " + name).isInstanceOf(Map.class);
                        });
                    }
                }
                if (key.equals("uri") && value.toString().contains("?")) {
                    assertThat(value.toString())
                            .as(place + ": parameters stand apart")
                            .doesNotContain("?");
                }
                inFull(place + "/" + key, value);
            });
        } else if (node instanceof List<?> list) {
            list.forEach(each -> inFull(place, each));
        }
    }

    private static void collectIds(Object node, List<String> ids) {
        if (node instanceof Map<?, ?> map) {
            if (map.get("id") instanceof String id) {
                ids.add(id);
            }
            map.values().forEach(value -> collectIds(value, ids));
        } else if (node instanceof List<?> list) {
            list.forEach(each -> collectIds(each, ids));
        }
    }

    private static Object load(Path file) {
        try {
            return new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static JsonNode document() {
        try (InputStream in = EditorTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static JsonSchema schema() {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(document());
    }

    private static Set<String> steps() {
        Set<String> steps = new HashSet<>();
        document()
                .at("/items/definitions/org.apache.camel.model.ProcessorDefinition/properties")
                .fieldNames()
                .forEachRemaining(steps::add);
        return steps;
    }
}
