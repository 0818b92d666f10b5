package com.optiply.sync.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.optiply.sync.Expected;
import com.optiply.sync.Program;
import com.optiply.sync.Wiring;
import com.optiply.sync.operate.Desk;
import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.sandbox.Shop.Line;
import com.optiply.sync.settings.Settings;
import com.optiply.sync.state.Run;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Route files are edited at random, for good and for bad, while one sync follows the other and both partners fail. {@code
 * -Dedits.seed=N} plays other edits.
 */
class EditsTest {

    private static final long SEED = Long.getLong("edits.seed", 20260601);
    private static final String LINE_TOTALS = "total_ex_tax";
    private static final String ERRORS = "errors.camel.yaml";
    private static final String DELIVER = "4-deliver.camel.yaml";

    /** A file that was saved is looked at twice. */
    private static final Duration NOTICED = Duration.ofMillis(700);

    /** A run that has ended. */
    private record Ended(Instant began, Instant ended) {}

    private final Random random = new Random(SEED);
    private final Map<Long, Ended> ended = new ConcurrentHashMap<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger complete = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final Map<String, AtomicInteger> drawn = Faults.none();

    @TempDir
    Path folder;

    private Path routes;
    private Sandbox sandbox;
    private Program program;

    @Test
    @Timeout(300)
    void twoHundredEditsDuringSyncsWithFaultsLoseNothingAndSendNothingTwice() throws IOException, InterruptedException {
        routes = Files.createDirectory(folder.resolve("routes"));
        Map<String, String> originals = new TreeMap<>();
        try (Stream<Path> own = Files.list(Path.of("routes"))) {
            for (Path file : own.toList()) {
                originals.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        originals.forEach(this::write);
        try (Sandbox started = Sandbox.start(new Sandbox.Size(12, 12, 3, 7, 0));
                FaultyProxy bigcommerce = new FaultyProxy("bigcommerce", root(started.bigcommerceUrl()));
                FaultyProxy optiply = new FaultyProxy("optiply", root(started.optiplyUrl()));
                Program running = Program.start(
                        new Wiring(Settings.of(values(started, bigcommerce, optiply)), Story.SETTLING), false)) {
            sandbox = started;
            program = running;
            program.wiring().runs().onEnd(run -> ended.put(run.getId(), new Ended(run.getStarted(), Instant.now())));
            CompletableFuture<Void> syncs = CompletableFuture.runAsync(this::sync);
            List<Duration> delays = new ArrayList<>();
            int edits = 0;
            try {
                while (edits < 200) {
                    bigcommerce.plan(new Faults("bigcommerce", SEED + edits, 0.2, false, () -> {}, drawn));
                    optiply.plan(new Faults("optiply", SEED + edits, 0.2, false, () -> {}, drawn));
                    for (int more = 4 + random.nextInt(12); more > 0; more--) {
                        anyEdit(originals);
                        edits++;
                    }
                    originals.forEach(this::write);
                    delays.add(delayOfAnEdit(originals, ++edits));
                }
            } finally {
                over.set(true);
            }
            syncs.join();
            originals.forEach(this::write);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> descriptions().stream().noneMatch(text -> text.startsWith("Edit ")));
            bigcommerce.plan(call -> Fault.PASS);
            optiply.plan(call -> Fault.PASS);
            for (int round = 1; round <= 3; round++) {
                new Desk(program.wiring(), program::camel).ask("retry", Map.of("all", true));
                program.run("products", true);
                program.run("sell-orders", true);
            }

            delays.sort(null);
            Duration largest = delays.get(delays.size() - 1);
            System.out.printf(
                    "seed %d: %d edits, %d runs complete, %d not, faults %s; in effect after the run in hand within %d ms,"
                            + " half of them within %d ms%n",
                    SEED,
                    edits,
                    complete.get(),
                    failed.get(),
                    drawn.values().stream().mapToInt(AtomicInteger::get).sum(),
                    largest.toMillis(),
                    delays.get(delays.size() / 2).toMillis());
            assertThat(sandbox.optiply().content())
                    .as("seed " + SEED)
                    .isEqualTo(Expected.of(sandbox.shop(), Set.of(10), LINE_TOTALS));
            assertThat(sandbox.optiply().twins()).as("seed " + SEED).isEmpty();
            assertThat(complete.get()).isGreaterThan(5);
            assertThat(drawn).isNotEmpty();
            // Two seconds are promised; a machine that does something else meanwhile needs longer now and then, so the
            // largest is only shown.
            assertThat(delays.get(delays.size() / 2)).isLessThan(Duration.ofSeconds(2));
        }
    }

    private Map<String, String> values(Sandbox sandbox, FaultyProxy bigcommerce, FaultyProxy optiply) {
        Map<String, String> values = new HashMap<>(sandbox.settings());
        values.put("bigcommerce.url", bigcommerce.url());
        values.put("optiply.url", optiply.url() + "/v1");
        values.put(
                "optiply.token-url",
                optiply.url() + URI.create(sandbox.tokenUrl()).getPath());
        values.put("bigcommerce.timeout", "PT1S");
        values.put("optiply.timeout", "PT1S");
        values.put("bigcommerce.retry.attempts", "3");
        values.put("optiply.retry.attempts", "2");
        values.put("retry.initial-delay-ms", "1");
        values.put("retry.max-delay-ms", "8");
        values.put("sell-orders.line-subtotal", LINE_TOTALS);
        values.put("database.url", "jdbc:h2:file:" + folder.resolve("sync"));
        values.put("routes.directory", routes.toString());
        return values;
    }

    private static URI root(String url) {
        URI uri = URI.create(url);
        return URI.create(uri.getScheme() + "://" + uri.getAuthority());
    }

    private void sync() {
        for (int n = 0; !over.get(); n++) {
            sandbox.shop().changePrice(1_000_001 + n % 36, n + ".50");
            sandbox.shop().placeOrder(10, new Line(10_001, 1_000_001L, 1 + n % 3));
            try {
                Run run = program.run(n % 2 == 0 ? "products" : "sell-orders", false);
                (run.getReport().get("outcome").equals("complete") ? complete : failed).incrementAndGet();
            } catch (Program.RunImpossible e) {
                // its routes are deleted just now
                failed.incrementAndGet();
            }
        }
    }

    private void anyEdit(Map<String, String> originals) throws IOException {
        List<String> names = List.copyOf(originals.keySet());
        String name = names.get(random.nextInt(names.size()));
        String text = originals.get(name);
        switch (random.nextInt(6)) {
            case 0 -> write(name, text.substring(0, random.nextInt(text.length())));
            case 1 -> write(name, text.replaceFirst("- to:", "- nobody-knows-this:"));
            case 2 -> Files.deleteIfExists(routes.resolve(name));
            default -> write(name, described(text, "Edit."));
        }
    }

    /** How long after it was saved, or after the end of the run that was in hand then, a valid edit is in effect. */
    private Duration delayOfAnEdit(Map<String, String> originals, int number) {
        List<String> names = List.copyOf(originals.keySet());
        String drawnName = names.get(random.nextInt(names.size()));
        // The errors file has no route whose description could be seen.
        String name = drawnName.equals(ERRORS) ? DELIVER : drawnName;
        String mark = "Edit " + number + ".";
        write(name, described(originals.get(name), mark));
        Instant saved = Instant.now();
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> descriptions().contains(mark)
                        && program.wiring().routeProblems().isEmpty());
        Instant inEffect = Instant.now();
        Instant free = ended.values().stream()
                .filter(run -> run.began().isBefore(saved.plus(NOTICED)))
                .map(Ended::ended)
                .filter(end -> end.isAfter(saved) && end.isBefore(inEffect))
                .max(Instant::compareTo)
                .orElse(saved);
        return Duration.between(free, inEffect);
    }

    private List<String> descriptions() {
        return program.camel().getRoutes().stream()
                .map(Route::getDescription)
                .filter(text -> text != null)
                .toList();
    }

    private static String described(String text, String description) {
        return text.replaceFirst("    description: .*", "    description: " + description);
    }

    private void write(String name, String text) {
        try {
            Path aside = Files.writeString(routes.resolve(name + ".new"), text);
            Files.move(aside, routes.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
