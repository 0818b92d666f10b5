package com.optiply.sync.bench;

import com.optiply.sync.Json;
import com.optiply.sync.sandbox.Sandbox;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** 200,000 customers, and 20,000 products with three images each, exported by a process that has 128 MB of heap. */
final class BigExport {

    private static final int PRODUCTS = 20_000;
    private static final int CUSTOMERS = 200_000;

    private BigExport() {}

    static void run(Path folder) throws IOException {
        try (Sandbox sandbox = Sandbox.start(new Sandbox.Size(PRODUCTS, 0, 0, 1, 0).regularOnly())) {
            sandbox.shop().generateCustomers(CUSTOMERS);
            Map<String, String> settings = sandbox.settings();
            settings.put(
                    "database.url", "jdbc:h2:file:" + folder.toAbsolutePath().resolve("data/sync"));
            settings.put("log.level", "WARN");
            Path config = Files.writeString(
                    folder.resolve("export.properties"),
                    settings.entrySet().stream()
                            .map(entry -> entry.getKey() + "=" + entry.getValue())
                            .collect(Collectors.joining("\n")));
            Process export = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-cp",
                            System.getProperty("bench.classpath", System.getProperty("java.class.path")),
                            "com.optiply.sync.App",
                            "export",
                            "customers",
                            "product_images",
                            "--json",
                            "--out",
                            folder.resolve("streams").toString(),
                            "--config",
                            config.toString()))
                    .redirectError(new File("target/bench-export.log"))
                    .start();
            String lines = new String(export.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            lines.lines()
                    .map(Json::document)
                    .forEach(line -> System.out.println("export of " + line.get("stream")
                            + " in 128 MB: " + line.get("outcome") + ", " + line.get("rows") + " rows of "
                            + line.get("total")
                            + " in " + line.get("seconds") + " s"));
        }
    }
}
