package com.optiply.sync.operate;

import com.optiply.sync.Json;
import com.optiply.sync.sandbox.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Commands as a person types them, with an application.properties of its own, in this process. */
public final class Shell {

    private static final Object OUT = new Object();

    private final Path config;
    private final Map<String, String> values = new LinkedHashMap<>();

    /** What a command printed, and its exit code. */
    public record Told(int exit, String out, String err) {

        /** The JSON lines. */
        public List<Map<String, Object>> lines() {
            return out.lines().map(Json::document).toList();
        }

        /** The one JSON line in which a value stands. */
        public Map<String, Object> line(String key, Object value) {
            return lines().stream()
                    .filter(line -> value.equals(line.get(key)))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no line with " + key + "=" + value + " in\n" + out));
        }
    }

    public Shell(Sandbox sandbox, Path folder) {
        values.putAll(sandbox.settings());
        values.put("database.url", "jdbc:h2:file:" + folder.resolve("sync"));
        values.put("sell-orders.line-subtotal", "total_ex_tax");
        values.put("retry.initial-delay-ms", "5");
        values.put("retry.max-delay-ms", "20");
        values.put("operator.port", "0");
        values.put("clocks.enabled", "false");
        values.put("log.level", "WARN");
        config = folder.resolve("application.properties");
        write();
    }

    public Shell with(String key, String value) {
        values.put(key, value);
        write();
        return this;
    }

    public Map<String, String> values() {
        return values;
    }

    private void write() {
        Properties properties = new Properties();
        properties.putAll(values);
        try (var out = Files.newBufferedWriter(config)) {
            properties.store(out, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a process of its own, as {@code java -jar} would; without arguments one that runs until it is stopped. */
    public Process start(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=src/main/resources/logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                "com.optiply.sync.App"));
        command.addAll(List.of(arguments));
        command.add("--config");
        command.add(config.toString());
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(config.resolveSibling("process.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command line; {@code --config} is added. */
    public Told run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--config");
        all.add(config.toString());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        synchronized (OUT) {
            PrintStream realOut = System.out;
            PrintStream realErr = System.err;
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
            try {
                int exit = Commands.run(all.toArray(new String[0]));
                return new Told(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
            } finally {
                System.setOut(realOut);
                System.setErr(realErr);
            }
        }
    }
}
