package com.optiply.sync.bench;

import com.optiply.sync.Json;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How fast: partners in one process, the product in another, figures as ratios to the floor (calls × latency ÷
 * concurrency) of the same run. Run by {@code mvn -B verify -Pbench}; {@code -Dbench.cases=first,nothing} picks cases,
 * {@code -Dbench.repeat=N} repeats each and shows medians.
 */
public final class Bench {

    private static final String HEAD = "%-34s %7s %4s %8s %8s %7s %9s %9s %8s %8s %7s %7s%n";
    private static final int CONCURRENCY = 8;
    private static final int QUOTA_RESERVE = 10;

    private final int repeat = Integer.getInteger("bench.repeat", 3);

    private Bench() {}

    /** A child process that answers each line with one line. */
    private static final class Child implements AutoCloseable {
        private final Process process;
        private final PrintStream in;
        private final BufferedReader out;

        Child(String heap, Class<?> main, String... arguments) {
            List<String> line = java(main == Product.class);
            line.addAll(List.of(
                    "-Xmx" + heap,
                    "-cp",
                    System.getProperty("bench.classpath", System.getProperty("java.class.path")),
                    main.getName()));
            line.addAll(Arrays.asList(arguments));
            try {
                process = new ProcessBuilder(line)
                        .redirectError(new File("target/bench-" + main.getSimpleName() + ".log"))
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
            out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        }

        Map<String, Object> answer() {
            try {
                String line = out.readLine();
                if (line == null) {
                    throw new IllegalStateException(
                            "the process " + process.pid() + " ended early; see target/bench-*.log");
                }
                return Json.document(line);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Map<String, Object> ask(String command) {
            in.println(command);
            return answer();
        }

        long peakMb() {
            try {
                return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                        .findFirst()
                        .orElse(-1L);
            } catch (IOException e) {
                return -1;
            }
        }

        @Override
        public void close() {
            in.close();
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                process.destroy();
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The beginning of a command line; the product's has the options of {@code -Dbench.java}. */
    private static List<String> java(boolean product) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        String options = System.getProperty("bench.java", "");
        if (product && !options.isBlank()) {
            line.addAll(Arrays.asList(options.split(" ")));
        }
        return line;
    }

    private record Case(
            String name, int products, int orders, int latency, int optiplyLatency, int quota, String heap) {}

    public static void main(String[] arguments) throws IOException {
        Locale.setDefault(Locale.ROOT);
        new Bench()
                .run(Arrays.asList(System.getProperty("bench.cases", "first,nothing,changed,quota,slow")
                        .split(",")));
    }

    private void run(List<String> cases) throws IOException {
        System.out.printf(
                HEAD,
                "case",
                "latency",
                "conc",
                "wall s",
                "floor s",
                "ratio",
                "records/s",
                "ms CPU/r",
                "peak MB",
                "heap MB",
                "reads",
                "writes");
        if (cases.contains("first") || cases.contains("nothing") || cases.contains("changed")) {
            growth(new Case("2,000 products x 3, 2,000 orders", 2000, 2000, 20, 20, 0, "512m"), repeat);
        }
        if (cases.contains("growth")) {
            growth(new Case("200 x 3, 200", 200, 200, 0, 0, 0, "512m"), repeat);
            growth(new Case("1,000 x 3, 1,000", 1000, 1000, 0, 0, 0, "512m"), repeat);
            growth(new Case("20,000 x 3, 20,000", 20_000, 20_000, 0, 0, 0, "512m"), 1);
        }
        if (cases.contains("slow")) {
            growth(new Case("Optiply slow: 300 x 3, 300", 300, 300, 200, 200, 0, "512m"), 1);
        }
        if (cases.contains("quota")) {
            quota();
        }
        if (cases.contains("small")) {
            growth(new Case("20,000 x 3, 20,000 in 128 MB", 20_000, 20_000, 0, 0, 0, "128m"), 1);
        }
        if (cases.contains("big")) {
            growth(new Case("100,000 x 3, 100,000 in 256 MB", 100_000, 100_000, 0, 0, 0, "256m"), 1);
        }
        if (cases.contains("start")) {
            start();
        }
        if (cases.contains("mapping")) {
            MappingBench.run();
        }
        if (cases.contains("export")) {
            Path folder = Files.createTempDirectory(Path.of("target"), "bench");
            try {
                BigExport.run(folder);
            } finally {
                delete(folder);
            }
        }
    }

    /** A first sync cold, a first sync again in the same process, then one without change and one of 1 % changed. */
    private void growth(Case work, int times) throws IOException {
        Path folder = Files.createTempDirectory(Path.of("target"), "bench");
        try (Child partners = partners(work)) {
            Map<String, Object> settings = settings(partners);
            bare(work, partners, settings);
            List<Map<String, Object>> cold = new ArrayList<>();
            List<Map<String, Object>> warm = new ArrayList<>();
            List<Map<String, Object>> nothing = new ArrayList<>();
            List<Map<String, Object>> changed = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                try (Child product = product(work, folder.resolve("p" + i), settings)) {
                    partners.ask("empty");
                    cold.add(measure(product, partners, "first"));
                    if (work.products() <= 2000) {
                        partners.ask("empty");
                        warm.add(measure(product, partners, "first"));
                    }
                    partners.ask("reset");
                    nothing.add(measure(product, partners, "again"));
                    partners.ask("change");
                    partners.ask("reset");
                    changed.add(measure(product, partners, "again"));
                }
            }
            print(work, "first, cold", cold);
            if (!warm.isEmpty()) {
                print(work, "first, warm", warm);
            }
            print(work, "nothing changed", nothing);
            print(work, "1 % changed", changed);
        } finally {
            delete(folder);
        }
    }

    /** Warms the partners up, and shows what they and this machine let through at best. */
    private static void bare(Case work, Child partners, Map<String, Object> settings) throws IOException {
        int calls = Math.min(8000, 3 * work.products() + work.orders());
        partners.ask("latency 0");
        BareClient.send(settings, 8000, CONCURRENCY);
        partners.ask("empty");
        long before = number(partners.ask("cpu"), "cpuMs");
        double ceiling = BareClient.send(settings, 8000, CONCURRENCY);
        long cpu = number(partners.ask("cpu"), "cpuMs") - before;
        partners.ask("latency " + work.latency());
        partners.ask("empty");
        double seconds = BareClient.send(settings, calls, CONCURRENCY);
        partners.ask("empty");
        System.out.printf(
                "%s: a bare client needs %.2f s for %d POSTs; the partners' ceiling without latency is %.0f calls/s, at %.2f ms CPU a call%n",
                work.name(), seconds, calls, 8000 / ceiling, cpu / 8000.0);
    }

    /** Reading bound by 150 calls per 30 s: pages of 10, so that there is something to read. */
    private void quota() throws IOException {
        Path folder = Files.createTempDirectory(Path.of("target"), "bench");
        Case work = new Case("quota 150 per 30 s", 3000, 10, 5, 5, 150, "512m");
        try (Child partners = partners(work)) {
            Map<String, Object> settings = settings(partners);
            settings.put("bigcommerce.page-size", "10");
            settings.put("bigcommerce.quota-reserve", QUOTA_RESERVE);
            try (Child product = product(work, folder, settings)) {
                Map<String, Object> figures = measure(product, partners, "first");
                print(work, "first", List.of(figures));
                long all = number(figures, "bigcommerce");
                int allowed = work.quota() - QUOTA_RESERVE;
                System.out.printf(
                        "  answered 429: %s of %d; the fullest window used %s of the %d calls that the reserve leaves; at least %d s of windows%n",
                        figures.get("bigcommerce429"),
                        all,
                        figures.get("quotaUsedAtMost"),
                        allowed,
                        (all - 1) / allowed * 30);
            }
        } finally {
            delete(folder);
        }
    }

    /** From {@code java -jar} to the first call to BigCommerce. */
    private void start() throws IOException {
        Path folder = Files.createTempDirectory(Path.of("target"), "bench");
        try (Child partners = partners(new Case("start", 10, 10, 0, 0, 0, "512m"))) {
            Map<String, Object> settings = settings(partners);
            settings.put(
                    "database.url", "jdbc:h2:file:" + folder.toAbsolutePath().resolve("data/sync"));
            Path config = folder.resolve("application.properties");
            Files.write(
                    config,
                    settings.entrySet().stream()
                            .map(one -> one.getKey() + "=" + one.getValue())
                            .toList());
            List<Long> times = new ArrayList<>();
            for (int i = 0; i < repeat; i++) {
                partners.ask("reset");
                long began = System.currentTimeMillis();
                List<String> line = java(true);
                line.addAll(List.of(
                        "-jar", "target/bigcommerce-optiply.jar", "sync", "products", "--config", config.toString()));
                Process sync = new ProcessBuilder(line)
                        .redirectErrorStream(true)
                        .redirectOutput(new File("target/bench-start.log"))
                        .start();
                sync.waitFor();
                times.add(number(partners.ask("figures"), "firstCall") - began);
            }
            times.sort(Comparator.naturalOrder());
            System.out.printf("from java -jar to the first call: %.1f s%n", times.get(times.size() / 2) / 1000.0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            delete(folder);
        }
    }

    private static Child partners(Case work) {
        return new Child(
                "3g",
                Partners.class,
                String.valueOf(work.products()),
                String.valueOf(work.orders()),
                String.valueOf(work.latency()),
                String.valueOf(work.quota()));
    }

    private static Map<String, Object> settings(Child partners) {
        Map<String, Object> settings = new LinkedHashMap<>(partners.answer());
        settings.put("optiply.concurrency", CONCURRENCY);
        settings.put("bigcommerce.concurrency", CONCURRENCY);
        settings.put("bigcommerce.overlap", "PT1S");
        settings.put("sell-orders.line-subtotal", "total_ex_tax");
        settings.put("log.level", "WARN");
        return settings;
    }

    private static Child product(Case work, Path folder, Map<String, Object> settings) {
        return new Child(work.heap(), Product.class, folder.toString(), Json.text(settings));
    }

    private static Map<String, Object> measure(Child product, Child partners, String command) {
        Map<String, Object> figures = new LinkedHashMap<>(product.ask(command));
        figures.putAll(partners.ask("figures"));
        figures.put("peakMb", product.peakMb());
        for (String what : List.of("products", "sell-orders")) {
            Map<?, ?> report = figures.get(what) instanceof Map<?, ?> one ? one : Map.of();
            if (report.get("outcome") != null && !"complete".equals(report.get("outcome"))) {
                System.out.println("  " + what + " ended " + report.get("outcome") + ": " + report.get("message"));
            }
        }
        return figures;
    }

    private static void print(Case work, String step, List<Map<String, Object>> measured) {
        Map<String, Object> median = measured.stream()
                .sorted(Comparator.comparingLong(one -> number(one, "wallMs")))
                .toList()
                .get(measured.size() / 2);
        double wall = number(median, "wallMs") / 1000.0;
        long reads = number(median, "bigcommerce");
        long writes = number(median, "optiply");
        double floor = (reads + writes / (double) CONCURRENCY) * work.latency() / 1000.0;
        System.out.printf(
                HEAD,
                work.name() + ": " + step,
                work.latency() + " ms",
                CONCURRENCY,
                "%.2f".formatted(wall),
                "%.2f".formatted(floor),
                floor > 0.5 ? "%.2f".formatted(wall / floor) : "-",
                writes > 100 ? "%.0f".formatted(writes / wall) : "-",
                writes > 100 ? "%.2f".formatted(number(median, "cpuMs") / (double) writes) : "-",
                median.get("peakMb"),
                median.get("heapMb"),
                reads,
                writes + " (" + median.get("bigcommerceConnections") + "+" + median.get("optiplyConnections")
                        + " connections)");
    }

    private static long number(Map<String, Object> figures, String name) {
        return ((Number) figures.get(name)).longValue();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
