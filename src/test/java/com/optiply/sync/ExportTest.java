package com.optiply.sync;

import static com.optiply.sync.Installation.figure;
import static org.assertj.core.api.Assertions.assertThat;

import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.state.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams as files, compared with what the simulated shop holds. */
class ExportTest {

    private static final List<String> ELEVEN = List.of(
            "category_trees",
            "categories",
            "coupons",
            "customers",
            "orders",
            "products",
            "product_images",
            "variants",
            "order_lines",
            "refunds",
            "transactions");

    @TempDir
    Path folder;

    private Sandbox sandbox;
    private Installation installation;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(new Sandbox.Size(30, 40, 3, 7, 0));
        // Small pages, so that every stream has several.
        installation = Installation.of(sandbox).with("bigcommerce.page-size", "7");
    }

    @AfterEach
    void stop() {
        installation.close();
        sandbox.close();
    }

    @Test
    void theFilesHoldExactlyTheShop() {
        assertThat(installation.program().streams().named(List.of("all"))).containsExactlyElementsOf(ELEVEN);
        ShopReader shop = new ShopReader(sandbox);
        for (String stream : ELEVEN) {
            Run run = export(stream);

            assertThat(run.getReport())
                    .as(stream)
                    .containsEntry("what", "export")
                    .containsEntry("stream", stream)
                    .containsEntry("outcome", "complete")
                    .containsEntry("file", folder.resolve(stream + ".jsonl").toString());
            assertThat(run.getExitCode()).isZero();
            List<String> rows = file(stream);
            assertThat(rows).as(stream).isNotEmpty().containsExactlyInAnyOrderElementsOf(lines(shop.rows(stream)));
            assertThat(figure(run, "rows")).isEqualTo(rows.size());
            if (run.getReport().get("total") != null) {
                assertThat(figure(run, "total")).isEqualTo(rows.size());
            }
        }
        assertThat(files()).hasSize(ELEVEN.size());
    }

    private Run export(String stream) {
        return export(stream, null);
    }

    private Run export(String stream, Instant since) {
        return installation.program().export(stream, since, folder);
    }

    private List<String> files() {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> file(String stream) {
        try {
            return lines(Files.readAllLines(folder.resolve(stream + ".jsonl")).stream()
                    .map(Json::document)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rows as texts that are equal where the rows mean the same: keys in one order, numbers in one spelling. */
    private static List<String> lines(List<Map<String, Object>> rows) {
        return rows.stream().map(row -> normal(row).toString()).toList();
    }

    private static Object normal(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, one) -> sorted.put(key.toString(), normal(one)));
            return new LinkedHashMap<>(sorted);
        }
        if (value instanceof List<?> list) {
            List<Object> all = new ArrayList<>();
            list.forEach(one -> all.add(normal(one)));
            return all;
        }
        if (value instanceof Number number) {
            return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
        }
        return value == null ? "null" : value;
    }
}
