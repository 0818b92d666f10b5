package com.optiply.sync.karaf;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.component.mock.MockComponent;

/**
 * A container's Camel: a features file with the names of camel-karaf's, made of Camel's own jars and what they call. Each
 * jar is a bundle of its own, as there, so that Camel's parts are scattered over many class loaders.
 */
final class CamelFeatures {

    private static final Path JARS = Path.of("target/lib");
    private static final String VERSION = "4.18.0";
    private static final String CORE = "camel-core";
    private static final List<String> COMPONENTS = List.of(
            "camel-http",
            "camel-jackson",
            "camel-mock",
            "camel-platform-http-main",
            "camel-quartz",
            "camel-sql",
            "camel-yaml-dsl");
    /** The container logs by itself, and no job of ours lies in a database. */
    private static final String NOT_THERE = "(slf4j-api|logback|c3p0|mchange).*";

    private CamelFeatures() {}

    /** Writes the features file of all the jars that a bundle does not hold itself. */
    static Path write(Path file, Path bundle) throws IOException {
        Map<String, List<Path>> features = new LinkedHashMap<>();
        features.put(CORE, new ArrayList<>());
        COMPONENTS.forEach(component -> features.put(component, new ArrayList<>()));
        List<Path> jars = new ArrayList<>(jarsNotIn(bundle));
        // One that no route of ours names.
        jars.add(jarOf(MockComponent.class));
        for (Path jar : jars) {
            String name = jar.getFileName().toString();
            String feature = COMPONENTS.stream()
                    .filter(component -> name.equals(component + "-" + VERSION + ".jar"))
                    .findFirst()
                    .orElse(CORE);
            features.get(feature).add(jar);
        }
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
                .append("<features xmlns=\"http://karaf.apache.org/xmlns/features/v1.6.0\" name=\"camel\">\n");
        for (Map.Entry<String, List<Path>> feature : features.entrySet()) {
            xml.append("<feature name=\"%s\" version=\"%s\">\n".formatted(feature.getKey(), VERSION));
            if (!feature.getKey().equals(CORE)) {
                xml.append("<feature>%s</feature>\n".formatted(CORE));
            }
            for (Path jar : feature.getValue()) {
                xml.append("<bundle>%s</bundle>\n".formatted(location(jar)));
            }
            xml.append("</feature>\n");
        }
        return Files.writeString(file, xml.append("</features>\n"));
    }

    private static Path jarOf(Class<?> type) {
        return Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    private static List<Path> jarsNotIn(Path bundle) throws IOException {
        try (JarFile held = new JarFile(bundle.toFile());
                Stream<Path> jars = Files.list(JARS)) {
            return jars.filter(jar -> held.getEntry("lib/" + jar.getFileName()) == null)
                    .filter(jar -> !jar.getFileName().toString().matches(NOT_THERE))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }

    /** A jar that is no bundle becomes one, which exports all it has and finds what else there is. */
    private static String location(Path jar) throws IOException {
        String location = jar.toAbsolutePath().toUri().toString();
        try (JarFile opened = new JarFile(jar.toFile())) {
            if (opened.getManifest().getMainAttributes().getValue("Bundle-SymbolicName") != null) {
                return location;
            }
        }
        String name = jar.getFileName().toString().replace(".jar", "");
        String exports = name.startsWith("camel-") ? "*;version=" + VERSION : "*";
        return "wrap:%s$Bundle-SymbolicName=%s&amp;Export-Package=%s".formatted(location, name, exports);
    }
}
