package com.optiply.sync;

import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.settings.Settings;
import com.optiply.sync.state.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/** An installation under test: the real program with a real H2 file, against a sandbox's partners. */
public final class Installation implements AutoCloseable {

    private final Map<String, String> values = new LinkedHashMap<>();
    private Path file;
    private Program program;

    private Installation(Map<String, String> values) {
        this.values.putAll(values);
    }

    /** An installation for this sandbox, with its database in a folder of its own; starts with the first run. */
    public static Installation of(Sandbox sandbox) {
        try {
            Path folder = Files.createTempDirectory("installation");
            folder.toFile().deleteOnExit();
            Map<String, String> values = new LinkedHashMap<>(sandbox.settings());
            values.put("database.url", "jdbc:h2:file:" + folder.resolve("data/sync"));
            values.put("retry.initial-delay-ms", "5");
            values.put("retry.max-delay-ms", "20");
            return new Installation(values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets a key; a running program is restarted with the next run. */
    public Installation with(String key, String value) {
        values.put(key, value);
        stop();
        return this;
    }

    /** The settings lie in this file, which can be saved while the program runs. */
    public Installation in(Path settings) {
        file = settings;
        return this;
    }

    /** Saves a key in the settings file; what runs goes on. */
    public void save(String key, String value) {
        values.put(key, value);
        save();
    }

    private void save() {
        String text = values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("\n"));
        try {
            Path aside = Files.writeString(file.resolveSibling("aside"), text + "\n");
            Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Settings settings() {
        if (file == null) {
            return Settings.of(values);
        }
        save();
        return Settings.load(file, true, Map.of(), new Properties());
    }

    public String value(String key) {
        return values.get(key);
    }

    public Program program() {
        if (program == null) {
            program = Program.start(settings(), false);
        }
        return program;
    }

    public Run sync(String what) {
        return program().run(what, false);
    }

    public Run fullSync(String what) {
        return program().run(what, true);
    }

    /** Both kinds, products first; the sell-orders run is the answer. */
    public Run sync() {
        sync("products");
        return sync("sell-orders");
    }

    /** The figure of a run's report. */
    public static long figure(Run run, String name) {
        return ((Number) run.getReport().get(name)).longValue();
    }

    public static long writes(Run run) {
        return figure(run, "created") + figure(run, "updated") + figure(run, "deleted");
    }

    public JdbcTemplate database() {
        return new JdbcTemplate(program().wiring().database().dataSource());
    }

    public void stop() {
        if (program != null) {
            program.close();
            program = null;
        }
    }

    @Override
    public void close() {
        stop();
    }
}
