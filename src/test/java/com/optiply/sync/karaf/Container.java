package com.optiply.sync.karaf;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A plain Karaf container in a folder of its own, on free ports of 127.0.0.1, driven by its own scripts. */
final class Container implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path home;
    private final int sshPort = freePort();
    private Process process;

    Container(Path distribution, Path home) throws IOException {
        this.home = home;
        copy(distribution, home);
        replace("etc/org.apache.karaf.shell.cfg", "sshPort = 8101", "sshPort = " + sshPort);
        replace("etc/org.apache.karaf.shell.cfg", "sshHost = 0.0.0.0", "sshHost = 127.0.0.1");
        replace("etc/org.apache.karaf.management.cfg", "rmiRegistryPort = 1099", "rmiRegistryPort = " + freePort());
        replace("etc/org.apache.karaf.management.cfg", "rmiServerPort = 44444", "rmiServerPort = " + freePort());
        replace("etc/users.properties", "#karaf = ", "karaf = ");
        replace("etc/users.properties", "#_g_", "_g_");
    }

    Path home() {
        return home;
    }

    Path etc(String name) {
        return home.resolve("etc").resolve(name);
    }

    void start() throws IOException {
        process = script("bin/karaf", "server")
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("console.log").toFile())
                .start();
    }

    /** As the service manager of a machine stops it. */
    void stop() {
        end(ProcessHandle::destroy);
    }

    /** As a power cut stops it. */
    void kill() {
        end(ProcessHandle::destroyForcibly);
    }

    /** The script and the Java that it started. */
    private void end(Consumer<ProcessHandle> signal) {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(signal);
        await().atMost(PATIENCE).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    void deploy(Path file) throws IOException {
        // Copied aside and moved, so that the container never sees half of it.
        Path aside = Files.copy(file, home.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        Files.move(aside, deployed(file), StandardCopyOption.REPLACE_EXISTING);
    }

    void undeploy(Path file) throws IOException {
        Files.delete(deployed(file));
    }

    private Path deployed(Path file) {
        return home.resolve("deploy").resolve(file.getFileName());
    }

    /** What a line of the shell did. */
    record Said(int exitCode, String text) {}

    Said shell(String line) {
        try {
            Process client = script("bin/client", "-b", "-a", String.valueOf(sshPort), "-u", "karaf", "-p", "karaf")
                    .redirectErrorStream(true)
                    .start();
            try (OutputStream in = client.getOutputStream()) {
                in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
            String text;
            try (InputStream out = client.getInputStream()) {
                text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            }
            if (!client.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                client.destroyForcibly();
                throw new IllegalStateException("the shell does not come back from " + line);
            }
            return new Said(client.exitValue(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Asks until the shell's answer holds a text. */
    Said awaitShell(String line, String text) {
        Said[] last = {null};
        await().alias(line + " says " + text)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    last[0] = shell(line);
                    return last[0].text().contains(text);
                });
        return last[0];
    }

    /** All threads of the container, after a garbage collection. */
    String threads() throws IOException, InterruptedException {
        String java = process.descendants()
                .filter(handle -> handle.info().command().orElse("").endsWith("java"))
                .map(handle -> String.valueOf(handle.pid()))
                .findFirst()
                .orElseThrow();
        jcmd(java, "GC.run");
        return jcmd(java, "Thread.print");
    }

    private static String jcmd(String pid, String command) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process asked = new ProcessBuilder(jcmd.toString(), pid, command)
                .redirectErrorStream(true)
                .start();
        try (InputStream out = asked.getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            asked.waitFor();
            return text;
        }
    }

    String log() throws IOException {
        Path log = home.resolve("data/log/karaf.log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    private ProcessBuilder script(String name, String... arguments) {
        ProcessBuilder script = new ProcessBuilder(home.resolve(name).toString());
        script.command().addAll(List.of(arguments));
        script.directory(home.toFile());
        script.environment().put("JAVA_HOME", System.getProperty("java.home"));
        script.environment().put("KARAF_HOME", home.toString());
        script.environment().remove("JAVA_OPTS");
        return script;
    }

    private void replace(String file, String old, String text) throws IOException {
        Path path = home.resolve(file);
        String content = Files.readString(path);
        if (!content.contains(old)) {
            throw new IllegalStateException(file + " does not say " + old);
        }
        Files.writeString(path, content.replace(old, text), StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : (Iterable<Path>) all::iterator) {
                Path copy = to.resolve(from.relativize(one).toString());
                if (Files.isDirectory(one)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(one, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
    }
}
