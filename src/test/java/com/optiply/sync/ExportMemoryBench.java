package com.optiply.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.optiply.sync.sandbox.Sandbox;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Big streams in little memory: a benchmark, so no build runs it by itself ({@code -Dtest=ExportMemoryBench}). */
class ExportMemoryBench {

    @TempDir
    Path folder;

    @Test
    void twoHundredThousandCustomersAndSixtyThousandImagesPassThrough128Megabytes() throws Exception {
        try (Sandbox sandbox = Sandbox.start(new Sandbox.Size(20_000, 0, 0, 1, 0).regularOnly())) {
            sandbox.shop().generateCustomers(200_000);
            Map<String, String> values = sandbox.settings();
            values.put("database.url", "jdbc:h2:file:" + folder.resolve("data/sync"));
            Path config = Files.writeString(
                    folder.resolve("my.properties"),
                    values.entrySet().stream()
                            .map(entry -> entry.getKey() + "=" + entry.getValue())
                            .collect(Collectors.joining("\n")));
            Path out = folder.resolve("out");
            Process export = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "com.optiply.sync.App",
                            "export",
                            "customers",
                            "product_images",
                            "--json",
                            "--out",
                            out.toString(),
                            "--config",
                            config.toString()))
                    .redirectError(new File(folder.toFile(), "err"))
                    .redirectOutput(new File(folder.toFile(), "lines"))
                    .start();
            try {
                assertThat(export.waitFor(15, TimeUnit.MINUTES)).isTrue();
                assertThat(export.exitValue()).isZero();
            } finally {
                export.destroyForcibly();
                System.out.println(Files.readString(folder.resolve("lines")));
                System.out.println(Files.readString(folder.resolve("err")));
            }
            assertThat(lines(out.resolve("customers.jsonl"))).isEqualTo(200_000);
            assertThat(lines(out.resolve("product_images.jsonl"))).isEqualTo(60_000);
        }
    }

    private static long lines(Path file) throws Exception {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        }
    }
}
