package com.optiply.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The zip as somebody who downloads it finds it. */
@Timeout(120)
class DistributionIT {

    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void unpack() throws IOException {
        Path zip;
        try (Stream<Path> built = Files.list(Path.of("target"))) {
            zip = built.filter(file -> file.getFileName().toString().matches("bigcommerce-optiply-.*\\.zip"))
                    .findFirst()
                    .orElseThrow();
        }
        home = folder.resolve(zip.getFileName().toString().replace(".zip", ""));
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (Enumeration<? extends ZipEntry> all = file.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                Path target = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    try (InputStream in = file.getInputStream(entry)) {
                        Files.copy(in, target);
                    }
                }
            }
        }
    }

    @Test
    void itHoldsTheProgramItsRoutesAndWhatRunsItAsAService() throws IOException {
        for (String name : List.of(
                "bigcommerce-optiply.jar",
                "application.properties",
                "bin/bigcommerce-optiply",
                "bigcommerce-optiply.service",
                "Dockerfile",
                "ops/grafana-dashboard.json",
                "ops/prometheus-rules.yaml",
                "README.md",
                "LICENSE")) {
            assertThat(home.resolve(name)).exists();
        }
        try (Stream<Path> own = Files.list(Path.of("routes"))) {
            assertThat(own)
                    .allSatisfy(route -> assertThat(home.resolve("routes").resolve(route.getFileName()))
                            .hasSameBinaryContentAs(route));
        }
    }

    @Test
    void itsStartScriptRunsTheSandboxFromAnyDirectoryAndStartsFasterWithAnArchiveOfItsClasses()
            throws IOException, InterruptedException {
        List<String> sandbox = started("-XX:ArchiveClassesAtExit=lib/classes.jsa", "sandbox", "--once", "--json");

        assertThat(sandbox).hasSize(2).allMatch(line -> line.contains("complete"));
        assertThat(started("-Xlog:class+load", "--version"))
                .anyMatch(line -> line.contains("com.optiply.sync.App ") && line.contains("shared objects file"));
        Files.setLastModifiedTime(home.resolve("bigcommerce-optiply.jar"), FileTime.from(Instant.now()));
        assertThat(started("", "--help"))
                .as("an archive of another jar is left aside without a word")
                .noneMatch(line -> line.contains("archive"));
    }

    private List<String> started(String javaOptions, String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(
                List.of("sh", home.resolve("bin/bigcommerce-optiply").toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder script = new ProcessBuilder(line);
        script.directory(folder.toFile());
        script.environment().put("JAVA_HOME", System.getProperty("java.home"));
        script.environment().put("JAVA_OPTS", javaOptions);
        script.redirectError(folder.resolve("error.txt").toFile());
        script.redirectOutput(folder.resolve("out.txt").toFile());
        Process process = script.start();

        assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();

        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("error.txt")))
                .isZero();
        return Files.readAllLines(folder.resolve("out.txt"));
    }
}
