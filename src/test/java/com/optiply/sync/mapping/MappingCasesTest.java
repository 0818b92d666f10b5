package com.optiply.sync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.optiply.sync.Json;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The mapping's rules as pairs of documents, one file a rule: what is given and what is expected, to the letter, key
 * order and decimals included. A new rule is a new file in {@code src/test/resources/mapping}.
 */
class MappingCasesTest {

    @TestFactory
    Stream<DynamicTest> products() {
        return cases("products", document -> {
            ProductMapper mapper = new ProductMapper(texts(document.get("settings")));
            List<Map<String, Object>> actual = new ArrayList<>();
            for (Mapped mapped : mapper.map(object(document.get("given")))) {
                Map<String, Object> each = new LinkedHashMap<>();
                each.put("remoteId", mapped.remoteId());
                each.put("parentId", mapped.parentId());
                each.put("baseVariant", mapped.baseVariant());
                putOutcome(mapped, each);
                actual.add(each);
            }
            return actual;
        });
    }

    @TestFactory
    Stream<DynamicTest> sellOrders() {
        return cases("sell-orders", document -> {
            Map<String, String> settings = texts(document.get("settings"));
            SellOrderMapper mapper = new SellOrderMapper(
                    LineSubtotal.parse(settings.getOrDefault("lineSubtotal", "total_ex_tax*quantity")),
                    UnknownProducts.parse(settings.getOrDefault("unknownProducts", "skip-line")));
            Map<String, Object> given = object(document.get("given"));
            Map<String, Object> order = object(given.get("order"));
            boolean embedded = !given.containsKey("lines");
            Mapped mapped = mapper.map(
                    order,
                    embedded ? SellOrderMapper.embeddedLines(order) : objects(given.get("lines")),
                    held(object(given.get("held"))));
            Map<String, Object> actual = new LinkedHashMap<>();
            actual.put("remoteId", mapped.remoteId());
            putOutcome(mapped, actual);
            if (mapped.mappable()) {
                actual.put("leftOut", mapped.leftOut());
                actual.put("linesExceedTotal", mapped.linesExceedTotal());
            }
            if (embedded) {
                actual.put("complete", SellOrderMapper.embeddedLinesAreComplete(order));
            }
            return actual;
        });
    }

    private static void putOutcome(Mapped mapped, Map<String, Object> actual) {
        if (mapped.mappable()) {
            actual.put("wanted", mapped.wanted());
        } else {
            actual.put("reason", mapped.reason());
        }
    }

    private static ProductLookup held(Map<String, Object> held) {
        Map<String, String> variants = texts(held.get("variants"));
        Map<String, String> baseVariants = texts(held.get("baseVariants"));
        return (variantId, productId) ->
                Optional.ofNullable(variantId == null ? baseVariants.get(productId) : variants.get(variantId));
    }

    private static Stream<DynamicTest> cases(String folder, Outcome outcome) {
        try (Stream<Path> files = Files.list(
                Path.of(MappingCasesTest.class.getResource("/mapping/" + folder).toURI()))) {
            List<Path> sorted = files.sorted().toList();
            assertThat(sorted).hasSizeGreaterThan(20);
            return sorted.stream()
                    .map(file -> DynamicTest.dynamicTest(name(file), file.toUri(), () -> {
                        Map<String, Object> document = Json.document(Files.readString(file));
                        assertThat(pretty(outcome.of(document)))
                                .as(document.get("rule").toString())
                                .isEqualTo(pretty(document.get("expect")));
                    }));
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".json", "");
    }

    private static String pretty(Object value) {
        try {
            return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> object(Object value) {
        return Json.mapper().convertValue(value, new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    private static List<Map<String, Object>> objects(Object value) {
        return Json.mapper().convertValue(value, new TypeReference<List<Map<String, Object>>>() {});
    }

    private static Map<String, String> texts(Object value) {
        return value == null
                ? Map.of()
                : Json.mapper().convertValue(value, new TypeReference<LinkedHashMap<String, String>>() {});
    }

    private interface Outcome {
        Object of(Map<String, Object> document);
    }
}
