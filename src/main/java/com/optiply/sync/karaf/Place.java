package com.optiply.sync.karaf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.osgi.framework.Bundle;

/** Where the integration's files lie in a container: what a person edits in {@code etc}, the state beside {@code data}. */
final class Place {

    private static final String NAME = "bigcommerce-optiply";

    private final Path routes;
    private final Path state;
    private final Path configuration;

    Place(Path base, Path etc, String pid) {
        this.routes = etc.resolve(NAME).resolve("routes");
        // Not in data/, which a clean start of the container wipes.
        this.state = base.resolve(NAME);
        this.configuration = etc.resolve(pid + ".cfg");
    }

    Path configuration() {
        return configuration;
    }

    /** The given settings and, where they say nothing, where this container keeps things. */
    Map<String, String> completed(Map<String, String> given) {
        Map<String, String> values = new HashMap<>(given);
        String database = state.resolve("sync").toString().replace('\\', '/');
        putIfBlank(values, "database.url", "jdbc:h2:file:" + database);
        putIfBlank(values, "routes.directory", routes.toString());
        putIfBlank(values, "export.directory", state.resolve("streams").toString());
        return values;
    }

    private static void putIfBlank(Map<String, String> values, String key, String value) {
        values.compute(key, (name, given) -> given == null || given.isBlank() ? value : given);
    }

    /**
     * Unpacks routes and configuration on the first start. Later the files belong to those who edit them: a route file
     * that was deleted stays away.
     */
    void unpack(Bundle bundle) throws IOException {
        if (!Files.isDirectory(routes)) {
            Files.createDirectories(routes);
            for (URL route : Collections.list(bundle.findEntries("routes", "*.camel.yaml", false))) {
                String path = route.getPath();
                write(routes.resolve(path.substring(path.lastIndexOf('/') + 1)), bytes(route));
            }
        }
        if (!Files.exists(configuration)) {
            String manual = new String(bytes(bundle.getEntry("karaf/application.properties")), StandardCharsets.UTF_8);
            write(configuration, (head() + manual).getBytes(StandardCharsets.UTF_8));
        }
    }

    private String head() {
        return """
                # In Karaf: this file is read when it is saved, and config:property-set --pid bigcommerce.optiply changes it too.
                # Environment variables go before it; -D does not reach it. Unless they are set here,
                #   database.url      is the H2 file %s
                #   routes.directory  is %s
                #   export.directory  is %s
                # and the log is Karaf's own, so log.level and log.format mean nothing (log:set LEVEL com.optiply.sync does).
                # Karaf itself fills in places written as ${...}: give a value that holds such signs as an environment variable.

                """.formatted(state.resolve("sync"), routes, state.resolve("streams"));
    }

    private static byte[] bytes(URL entry) {
        try (InputStream in = entry.openStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whole or not at all, since the container reads what appears in {@code etc} at once. */
    private static void write(Path file, byte[] content) throws IOException {
        Path unfinished = Files.createTempFile(file.getParent(), ".", ".unfinished");
        Files.write(unfinished, content);
        Files.move(unfinished, file);
    }
}
