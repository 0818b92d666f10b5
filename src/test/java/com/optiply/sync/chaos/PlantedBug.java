package com.optiply.sync.chaos;

import com.optiply.sync.Wiring;
import com.optiply.sync.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/**
 * The product with one known mistake: edited copies of route and SQL files, or another bean. The product itself has no
 * switch for any of it.
 */
final class PlantedBug implements Story.Build {

    private static final Path ROUTES = Path.of("routes");
    private static final Path SQL = Path.of("src/main/resources/sql");

    private final String name;
    private final Map<Path, String> files = new LinkedHashMap<>();
    private Consumer<CamelContext> beans = camel -> {};

    PlantedBug(String name) {
        this.name = name;
        try (Stream<Path> routes = Files.list(ROUTES)) {
            routes.forEach(route -> files.put(route.getFileName(), text(route)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces a text of a route file, which must be there. */
    PlantedBug route(String file, String text, String by) {
        return change(Path.of(file), text, by);
    }

    /** Takes the lines from one that begins with {@code from} up to before {@code to} out of a route file. */
    PlantedBug without(String file, String from, String to) {
        String all = files.get(Path.of(file));
        int begin = all.indexOf(from);
        int end = all.indexOf(to, begin + from.length());
        if (begin < 0 || end < 0) {
            throw new IllegalStateException(file + " has no longer what is to be taken out: " + from);
        }
        files.put(Path.of(file), all.substring(0, begin) + all.substring(end));
        return this;
    }

    /** Lets the routes use an edited copy of a statement. */
    PlantedBug sql(String statement, String text, String by) {
        Path copy = Path.of(statement + ".sql");
        files.put(copy, text(SQL.resolve(copy)));
        return change(copy, text, by);
    }

    PlantedBug bean(Consumer<CamelContext> binding) {
        beans = binding;
        return this;
    }

    private PlantedBug change(Path file, String text, String by) {
        String all = files.get(file);
        if (!all.contains(text)) {
            throw new IllegalStateException(file + " has no longer the text that is to be changed: " + text);
        }
        files.put(file, all.replace(text, by));
        return this;
    }

    /** Writes the edited files into a folder, to be named as routes.directory. */
    PlantedBug into(Path folder) {
        files.forEach((file, text) -> {
            String written = text;
            if (file.toString().endsWith(".yaml")) {
                for (Path other : files.keySet()) {
                    if (other.toString().endsWith(".sql")) {
                        written = written.replace(
                                "sql:classpath:sql/" + other, "sql:file:" + folder.toAbsolutePath() + "/" + other);
                    }
                }
            }
            try {
                Files.writeString(folder.resolve(file), written);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        this.folder = folder;
        return this;
    }

    private Path folder;

    @Override
    public Map<String, String> settings() {
        return Map.of("routes.directory", folder.toString());
    }

    @Override
    public Wiring wiring(Settings settings, CrashPoint crashPoint) {
        return new Story.ChaosWiring(settings, crashPoint) {
            @Override
            public void bind(CamelContext camel) {
                super.bind(camel);
                beans.accept(camel);
            }
        };
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
