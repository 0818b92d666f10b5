package com.optiply.sync.state;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The SQL statements by the name of their file, {@code sql/<name>.sql} on the class path. Safe for several threads. */
final class Statements {

    private static final Map<String, String> TEXTS = new ConcurrentHashMap<>();

    private Statements() {}

    static String named(String name) {
        return TEXTS.computeIfAbsent(name, Statements::read);
    }

    private static String read(String name) {
        String file = "/sql/" + name + ".sql";
        try (InputStream in = Statements.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no statement " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.stripLeading().startsWith("--"))
                    .collect(Collectors.joining("\n"))
                    // routes write parameters as :#name
                    .replace(":#", ":");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
