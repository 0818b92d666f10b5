package com.optiply.sync.chaos;

import com.optiply.sync.Json;
import com.optiply.sync.Program;
import com.optiply.sync.Wiring;
import com.optiply.sync.sandbox.OptiplyAccount.FilterMode;
import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.sandbox.Shop;
import com.optiply.sync.settings.Settings;
import com.optiply.sync.state.ParkedRecords;
import com.optiply.sync.state.Run;
import com.optiply.sync.state.Runs;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * One shop's story, drawn from a seed: it changes, it is synced under faults, the process dies now and then; in the end
 * faults stop, and at most three runs later Optiply must hold what it should.
 */
final class Story implements AutoCloseable {

    static final Duration SETTLING = Duration.ofMillis(100);

    private static final List<String> KINDS = List.of("products", "sell-orders");
    private static final int MOST_GONE = 8;

    /** BigCommerce's quota where it is scarce: so many calls in so many milliseconds, and so many of them for others. */
    private static final int SCARCE_CALLS = 8;

    private static final int SCARCE_MS = 250;
    private static final int LEFT_TO_OTHERS = 3;

    /** How the product under test is put together; a planted bug is another one than {@link #AS_IT_IS}. */
    interface Build {
        Wiring wiring(Settings settings, CrashPoint crashPoint);

        default Map<String, String> settings() {
            return Map.of();
        }
    }

    static final Build AS_IT_IS = ChaosWiring::new;

    /** The wiring with points at which the process can die. */
    static class ChaosWiring extends Wiring {
        private final CrashPoint crashPoint;

        ChaosWiring(Settings settings, CrashPoint crashPoint) {
            super(settings, SETTLING);
            this.crashPoint = crashPoint;
        }

        @Override
        public void bind(CamelContext camel) {
            super.bind(camel);
            camel.getCamelContextExtension().addInterceptStrategy(crashPoint);
        }
    }

    /** The promise is broken. */
    static final class Red extends Exception {
        private static final long serialVersionUID = 1L;

        Red(String message) {
            super(message);
        }
    }

    private final long seed;
    private final Random random;
    private final Build build;
    private final Sandbox sandbox;
    private final FaultyProxy bigcommerce;
    private final FaultyProxy optiply;
    private final Truth truth;
    private final Map<String, String> values;
    private final Path folder;
    private final CrashPoint crashPoint = new CrashPoint();
    private final List<String> told = new ArrayList<>();
    private final Set<Long> newVariants = new TreeSet<>();
    private final boolean scarce;
    private Program program;
    private int databases;
    private int gone;
    private int step;

    Story(long seed, Build build) throws IOException {
        this.seed = seed;
        this.build = build;
        this.random = new Random(seed);
        random.nextInt();
        this.sandbox = Sandbox.start(new Sandbox.Size(6, 12, 3, seed, 0));
        sandbox.shop().clock().freeze(Instant.now().truncatedTo(ChronoUnit.SECONDS));
        sandbox.optiply().filterMode(FilterMode.values()[random.nextInt(FilterMode.values().length)]);
        this.scarce = seed % 4 == 0;
        if (scarce) {
            sandbox.quota(25, 300);
        }
        this.bigcommerce = new FaultyProxy("bigcommerce", URI.create(sandbox.bigcommerceUrl()));
        this.optiply = new FaultyProxy("optiply", URI.create(root(sandbox.optiplyUrl())));
        this.folder = Files.createTempDirectory("chaos");
        this.values = new LinkedHashMap<>(sandbox.settings());
        String concurrency = random.nextInt(3) == 0 ? "1" : "4";
        String rule = random.nextBoolean() ? "total_ex_tax" : "total_ex_tax*quantity";
        values.put("bigcommerce.url", "http://127.0.0.1:" + bigcommerce.port());
        values.put("optiply.url", "http://127.0.0.1:" + optiply.port() + "/v1");
        values.put(
                "optiply.token-url",
                "http://127.0.0.1:" + optiply.port()
                        + URI.create(sandbox.tokenUrl()).getPath());
        values.put("bigcommerce.page-size", String.valueOf(scarce ? 2 : 5 + random.nextInt(20)));
        values.put("bigcommerce.quota-reserve", String.valueOf(LEFT_TO_OTHERS));
        values.put("bigcommerce.concurrency", concurrency);
        values.put("optiply.concurrency", concurrency);
        values.put("bigcommerce.overlap", "PT1S");
        values.put("bigcommerce.timeout", "PT1S");
        values.put("optiply.timeout", "PT1S");
        values.put("bigcommerce.retry.attempts", "3");
        values.put("optiply.retry.attempts", "2");
        values.put("retry.initial-delay-ms", "1");
        values.put("retry.max-delay-ms", "8");
        values.put("sell-orders.line-subtotal", rule);
        values.putAll(build.settings());
        database(folder.resolve("db0"));
        this.truth = new Truth(sandbox, rule);
        tell("concurrency " + concurrency + ", " + rule);
    }

    private static String root(String url) {
        URI uri = URI.create(url);
        return uri.getScheme() + "://" + uri.getAuthority();
    }

    private void database(Path at) {
        values.put("database.url", "jdbc:h2:file:" + at.resolve("sync"));
    }

    void play() throws Red, IOException, InterruptedException {
        int steps = 3 + random.nextInt(3);
        for (step = 1; step <= steps; step++) {
            step();
        }
        end();
    }

    // ---- a step under faults

    private void step() throws Red, IOException, InterruptedException {
        sandbox.shop()
                .clock()
                .shift(Duration.ofSeconds(List.of(0, 1, 2, 300, 7200).get(random.nextInt(5))));
        for (int changes = step == 1 ? 0 : random.nextInt(8); changes > 0; changes--) {
            change();
        }
        int weather = random.nextInt(10);
        double share = weather < 2 ? 0 : weather < 8 ? random.nextDouble() * 0.4 : 0.03;
        boolean optiplyAway = weather == 8;
        boolean bigcommerceAway = weather == 9;
        boolean lively = random.nextInt(3) == 0;
        boolean crash = random.nextInt(3) == 0;
        boolean anyStep = random.nextBoolean();
        int crashStep = random.nextInt(1000);
        int crashTime = 1 + (int) (Math.pow(random.nextDouble(), 2) * (anyStep ? 6000 : 8));
        tell("step " + step + ": share of faults " + Math.round(share * 100) + " %"
                + (optiplyAway ? ", Optiply away" : "") + (bigcommerceAway ? ", BigCommerce away" : "")
                + (lively ? ", the shop changes meanwhile" : "")
                + (crash ? ", may die" : ""));
        AtomicInteger pages = new AtomicInteger();
        Runnable life = () -> {
            if (lively && pages.incrementAndGet() % 3 == 0) {
                changeMeanwhile();
            }
        };
        Map<String, AtomicInteger> drawn = Faults.none();
        long stepSeed = seed * 1000 + step;
        bigcommerce.plan(new Faults("bigcommerce", stepSeed, share, bigcommerceAway, life, drawn));
        optiply.plan(new Faults("optiply", stepSeed, share, optiplyAway, () -> {}, drawn));
        start();
        Path snapshot = folder.resolve("snapshot" + step + ".zip");
        if (crash) {
            Runs runs = program.wiring().runs();
            DataSource database = program.wiring().database().dataSource();
            Runnable dying = () -> {
                bigcommerce.cut();
                optiply.cut();
                // Who waits within a step for a step that never comes would live on.
                runs.inHand().forEach(runs::endReading);
                // A connection of its own: what this thread has not committed is lost.
                try (Connection connection = database.getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("BACKUP TO '" + snapshot + "'");
                } catch (SQLException e) {
                    throw new IllegalStateException("no copy of the database", e);
                }
            };
            if (anyStep) {
                crashPoint.before(crashTime, dying);
            } else {
                crashPoint.before(crashStep, crashTime, dying);
            }
        }
        boolean full = random.nextInt(3) == 0;
        for (String kind : KINDS) {
            Run run = run(kind, full && kind.equals("products"));
            if (crashPoint.where() == null) {
                after(run, full, lively);
            }
        }
        String died = crashPoint.where();
        crashPoint.never();
        tell("  faults " + drawn);
        if (died != null) {
            tell("  died before " + died);
            stop();
            // Where the copy could not be made in time, the process died with its database as it stands.
            if (Files.exists(snapshot)) {
                restore(snapshot);
            }
            bigcommerce.mend();
            optiply.mend();
            noTwins();
        } else if (random.nextInt(3) == 0) {
            stop();
        }
        if (program == null && random.nextInt(6) == 0) {
            tell("  the database is lost");
            database(Files.createDirectories(folder.resolve("db" + ++databases)));
        }
        truth.look();
    }

    /** What must hold after any run, whatever happened in it. */
    private void after(Run run, boolean full, boolean lively) throws Red {
        noTwins();
        bookmarksAreNotAhead();
        if (run == null) {
            return;
        }
        truth.look();
        Map<String, Object> report = run.getReport();
        String outcome = String.valueOf(report.get("outcome"));
        boolean goesOn = String.valueOf(report.get("message")).contains("cut off");
        if (outcome.equals("complete")) {
            if (number(report, "read")
                    != number(report, "unchanged")
                            + number(report, "changed")
                            + number(report, "skipped")
                            + number(report, "newly_parked")) {
                throw new Red("a complete run whose reading does not balance: " + report);
            }
            if (run.getExitCode() > 1) {
                throw new Red("a complete run with exit code " + run.getExitCode() + ": " + report);
            }
            if (!lively && !goesOn) {
                String wrong =
                        run.getWhat().equals("products") ? truth.firstWrongProduct(full) : truth.firstWrongOrder();
                if (wrong != null) {
                    throw new Red("a run said complete, but " + wrong + ": " + report);
                }
            }
        } else if (run.getExitCode() == 0 && number(report, "pending") > 0) {
            throw new Red("exit code 0 with pending records: " + report);
        }
    }

    private Run run(String kind, boolean full) {
        try {
            Run run = program.run(kind, full);
            tell("  " + kind + (full ? " --full" : "") + ": " + run.getReport());
            return run;
        } catch (Program.RunImpossible e) {
            tell("  " + kind + " could not begin: " + e.getMessage());
            return null;
        }
    }

    // ---- the end without faults

    private void end() throws Red, IOException, InterruptedException {
        bigcommerce.plan(call -> Fault.PASS);
        optiply.plan(call -> Fault.PASS);
        sandbox.shop().clock().shift(Duration.ofHours(1));
        sandbox.calls().reset();
        if (scarce) {
            sandbox.quota(SCARCE_CALLS, SCARCE_MS);
        }
        for (String remoteId : truth.refused()) {
            if (truth.products().containsKey(remoteId)) {
                sandbox.shop().changePrice(Long.parseLong(remoteId), newPrice());
            }
        }
        truth.shopChanged();
        start();
        String wrong = "nothing ran";
        int writes = 0;
        for (int round = 1; round <= 3; round++) {
            boolean full = round == 2;
            tell("end, run " + round + " of each kind");
            writes = sandbox.optiply().writes();
            List<Run> runs = new ArrayList<>();
            for (String kind : KINDS) {
                Run run = run(kind, full && kind.equals("products"));
                if (run == null) {
                    throw new Red("a run without faults could not begin");
                }
                after(run, full, false);
                runs.add(run);
            }
            wrong = round == 1 ? null : wrongAtTheEnd(runs);
            if (round == 1) {
                voidTokens();
            }
            if (round == 2 && wrong != null) {
                tell("  not yet: " + wrong);
            }
        }
        if (wrong == null && sandbox.optiply().writes() != writes) {
            wrong = (sandbox.optiply().writes() - writes) + " writes were made although nothing had changed";
        }
        int refusals = sandbox.calls().bigcommerce().status(429);
        if (wrong == null && refusals * 100 > sandbox.calls().bigcommerce().total()) {
            wrong = refusals + " of " + sandbox.calls().bigcommerce().total() + " calls were over the quota";
        }
        if (wrong == null && scarce && sandbox.quotaUsedAtMost() > SCARCE_CALLS - LEFT_TO_OTHERS) {
            wrong = sandbox.quotaUsedAtMost() + " of " + SCARCE_CALLS + " calls of a window were made, and "
                    + LEFT_TO_OTHERS + " were to be left to others";
        }
        if (wrong != null) {
            throw new Red("three runs after the last fault " + wrong);
        }
    }

    /** What was logged in with is good no more, and there is something to send. */
    private void voidTokens() {
        sandbox.optiply().invalidateTokens();
        truth.products().keySet().stream()
                .filter(remoteId -> !truth.refused().contains(remoteId))
                .findFirst()
                .ifPresent(remoteId -> sandbox.shop().changePrice(Long.parseLong(remoteId), newPrice()));
        truth.shopChanged();
        tell("tokens are void, and a price changes");
    }

    private String wrongAtTheEnd(List<Run> runs) {
        String wrong = truth.firstWrongProduct(true);
        if (wrong == null) {
            wrong = truth.firstWrongOrder();
        }
        if (wrong == null) {
            wrong = wrongParked();
        }
        for (Run run : runs) {
            boolean parked = number(run.getReport(), "parked") > 0;
            if (wrong == null
                    && (run.getExitCode() != (parked ? 1 : 0)
                            || !run.getReport().get("outcome").equals("complete"))) {
                wrong = "the figures of a run without faults: exit code " + run.getExitCode() + ", " + run.getReport();
            }
        }
        return wrong;
    }

    private String wrongParked() {
        Set<String> parked = new TreeSet<>();
        for (Map<String, Object> one : new ParkedRecords(program.wiring().database(), Clock.systemUTC())
                .list("main", ParkedRecords.Selection.ALL)) {
            parked.add(one.get("entity") + " " + one.get("remote_id"));
        }
        Set<String> poisoned = new TreeSet<>();
        truth.unmappable().forEach(id -> poisoned.add("products " + id));
        truth.refused().stream()
                .filter(id -> truth.products().containsKey(id))
                .forEach(id -> poisoned.add("products " + id));
        return parked.equals(poisoned) ? null : "parked is " + parked + " but poisoned is " + poisoned;
    }

    // ---- what must hold at any time

    private void noTwins() throws Red {
        List<String> twins = sandbox.optiply().twins();
        if (!twins.isEmpty()) {
            throw new Red("Optiply holds twins: " + twins + "\n"
                    + optiply.told(twins.get(0).replaceAll(".* ", "")));
        }
    }

    /** What the shop changed before the bookmark is stored as wanted (or parked). */
    private void bookmarksAreNotAhead() throws Red {
        JdbcTemplate database = new JdbcTemplate(program.wiring().database().dataSource());
        Map<String, Instant> known = new HashMap<>();
        database.query("select stream, known_until from bookmark where known_until is not null", row -> {
            known.put(
                    row.getString(1),
                    row.getObject(2, java.time.OffsetDateTime.class).toInstant());
        });
        Map<String, String> stored = new HashMap<>();
        Map<String, String> statuses = new HashMap<>();
        database.query("select entity, remote_id, wanted, absent, status from record", row -> {
            String key = row.getString(1) + " " + row.getString(2);
            stored.put(key, row.getBoolean(4) ? null : row.getString(3));
            statuses.put(key, row.getString(5));
        });
        Instant productsKnown = known.getOrDefault("products", Instant.MIN);
        for (Map<String, Object> product : sandbox.shop().products()) {
            Instant modified = DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(
                    product.get("date_modified").toString(), Instant::from);
            if (!modified.isBefore(productsKnown)) {
                continue;
            }
            for (Object variant : (List<?>) product.get("variants")) {
                String id = String.valueOf(((Map<?, ?>) variant).get("id"));
                String key = "products " + id;
                Object expected = truth.products().get(id);
                if (expected != null
                        ? !expected.equals(wanted(stored.get(key))) && !"parked".equals(statuses.get(key))
                        : !"parked".equals(statuses.get(key))) {
                    throw new Red("the bookmark " + productsKnown + " is ahead of product " + id + ", changed at "
                            + modified + ": stored is " + stored.get(key) + ", " + statuses.get(key)
                            + ", but the shop has " + expected);
                }
            }
        }
        Instant ordersKnown = known.getOrDefault("sell-orders", Instant.MIN);
        for (Map<String, Object> order : sandbox.shop().orders()) {
            Instant modified = DateTimeFormatter.RFC_1123_DATE_TIME.parse(
                    order.get("date_modified").toString(), Instant::from);
            String id = String.valueOf(order.get("id"));
            if (!modified.isBefore(ordersKnown) || !truth.orders().containsKey(id)) {
                continue;
            }
            Map<String, Object> wanted = wanted(stored.get("sell-orders " + id));
            if (wanted == null
                    || !wanted.get("totalValue")
                            .equals(((Map<?, ?>) truth.orders().get(id)).get("totalValue"))) {
                throw new Red("the bookmark " + ordersKnown + " is ahead of order " + id + ", changed at " + modified
                        + ": stored is " + wanted);
            }
        }
    }

    private static Map<String, Object> wanted(String stored) {
        if (stored == null) {
            return null;
        }
        Map<String, Object> wanted = new TreeMap<>(Json.document(stored));
        wanted.remove("remoteId");
        wanted.replaceAll((key, value) ->
                value instanceof BigDecimal decimal ? decimal.setScale(2).toPlainString() : value);
        for (String money : List.of("price", "totalValue")) {
            if (wanted.get(money) instanceof Integer whole) {
                wanted.put(money, new BigDecimal(whole).setScale(2).toPlainString());
            }
        }
        return wanted;
    }

    // ---- the shop's life

    private void change() {
        Shop shop = sandbox.shop();
        List<Map<String, Object>> products = shop.products();
        // A few records change often.
        Map<String, Object> product = products.get(random.nextInt(random.nextBoolean() ? 4 : products.size()));
        long productId = ((Number) product.get("id")).longValue();
        List<?> variants = (List<?>) product.get("variants");
        long variantId = ((Number) ((Map<?, ?>) variants.get(random.nextInt(variants.size()))).get("id")).longValue();
        List<Map<String, Object>> orders = shop.orders();
        long orderId = ((Number)
                        orders.get(orders.size() - 1 - random.nextInt(random.nextBoolean() ? 3 : orders.size()))
                                .get("id"))
                .longValue();
        switch (random.nextInt(20)) {
            case 0, 1 -> {
                shop.changePrice(variantId, price("products " + variantId));
                tell("  price of variant " + variantId);
            }
            case 2, 3 -> {
                shop.changeStock(variantId, random.nextInt(100) - 5);
                tell("  stock of variant " + variantId);
            }
            case 4 -> {
                shop.renameProduct(productId, "Renamed " + random.nextInt(1000));
                tell("  name of product " + productId);
            }
            case 5 -> {
                shop.changeVariant(
                        variantId, variant -> variant.put("sku", "".equals(variant.get("sku")) ? "S" + variantId : ""));
                tell("  sku of variant " + variantId);
            }
            case 6 -> {
                shop.changeProduct(
                        productId,
                        p -> p.put(
                                "availability", "available".equals(p.get("availability")) ? "disabled" : "available"));
                tell("  availability of product " + productId);
            }
            case 7 -> {
                long added = shop.addProduct("Added " + random.nextInt(1000), newPrice(), 1 + random.nextInt(3), 5);
                for (Object variant : (List<?>) shop.product(added).get("variants")) {
                    newVariants.add(((Number) ((Map<?, ?>) variant).get("id")).longValue());
                }
                tell("  new product " + added);
            }
            case 8 -> {
                if (gone + variants.size() <= MOST_GONE) {
                    gone += variants.size();
                    variants.forEach(one -> truth.accept(String.valueOf(((Map<?, ?>) one).get("id"))));
                    shop.deleteProduct(productId);
                    tell("  product " + productId + " deleted");
                }
            }
            case 9 -> {
                if (gone < MOST_GONE && variants.size() > 1) {
                    gone++;
                    truth.accept(String.valueOf(variantId));
                    shop.removeVariant(variantId);
                    tell("  variant " + variantId + " removed");
                }
            }
            case 10 -> {
                boolean good = truth.products().containsKey(String.valueOf(variantId));
                shop.changePrice(variantId, good ? "99999999.00" : price("products " + variantId));
                tell("  variant " + variantId + (good ? " poisoned" : " cured, unless its stock is missing"));
            }
            case 11, 12 -> {
                long placed = shop.placeOrder(
                        random.nextInt(3) > 0 ? 10 : 11, new Shop.Line(productId, variantId, 1 + random.nextInt(3)));
                tell("  new order " + placed);
            }
            case 13, 14 -> {
                int status = List.of(10, 10, 5, 4, 6, 11).get(random.nextInt(6));
                shop.setOrderStatus(orderId, status);
                tell("  order " + orderId + " gets status " + status);
            }
            case 15 -> {
                shop.changeOrderTotal(orderId, price("sell-orders " + orderId));
                tell("  total of order " + orderId);
            }
            case 16 -> refuseOrAccept(variantId);
            case 17 -> {
                sandbox.optiply().invalidateTokens();
                tell("  tokens are void");
            }
            case 18 -> takeOutNewProduct();
            default -> takeOutOrder();
        }
        truth.shopChanged();
    }

    private void refuseOrAccept(long variantId) {
        Shop shop = sandbox.shop();
        if (truth.refused().isEmpty()) {
            if (truth.products().containsKey(String.valueOf(variantId))) {
                truth.refuse(String.valueOf(variantId));
                shop.changePrice(variantId, newPrice());
                tell("  Optiply refuses variant " + variantId);
            }
        } else {
            String accepted = truth.refused().iterator().next();
            truth.accept(accepted);
            if (truth.products().containsKey(accepted)) {
                shop.changePrice(Long.parseLong(accepted), newPrice());
            }
            tell("  Optiply takes variant " + accepted + " again");
        }
    }

    /** A person takes a product out of Optiply; it is made anew as soon as the shop changes it. */
    private void takeOutNewProduct() {
        for (long variantId : newVariants) {
            String remoteId = String.valueOf(variantId);
            if (truth.products().containsKey(remoteId)
                    && !truth.refused().contains(remoteId)
                    && takenOut("products", remoteId)) {
                sandbox.shop().changePrice(variantId, newPrice());
                newVariants.remove(variantId);
                return;
            }
        }
    }

    /** The same for a sell order. */
    private void takeOutOrder() {
        for (String remoteId : truth.orders().keySet()) {
            if (random.nextInt(3) == 0 && takenOut("sell-orders", remoteId)) {
                sandbox.shop().changeOrderTotal(Long.parseLong(remoteId), newPrice());
                return;
            }
        }
    }

    private boolean takenOut(String entity, String remoteId) {
        List<Map<String, Object>> there = sandbox.optiply().byRemoteId(entity, remoteId);
        if (there.isEmpty()) {
            return false;
        }
        sandbox.optiply().remove(((Number) there.get(0).get("id")).longValue());
        truth.takenOut(entity + " " + remoteId);
        tell("  a person takes " + entity + " " + remoteId + " out of Optiply, and the shop changes it");
        return true;
    }

    /** What a shop does while its pages are read. */
    private synchronized void changeMeanwhile() {
        Shop shop = sandbox.shop();
        List<Map<String, Object>> products = shop.products();
        Map<String, Object> product = products.get(random.nextInt(products.size()));
        List<?> variants = (List<?>) product.get("variants");
        long variantId = ((Number) ((Map<?, ?>) variants.get(random.nextInt(variants.size()))).get("id")).longValue();
        switch (random.nextInt(4)) {
            case 0, 1 -> {
                shop.changePrice(variantId, price("products " + variantId));
                tell("  meanwhile: price of variant " + variantId);
            }
            case 2 -> tell("  meanwhile: new product " + shop.addProduct("Meanwhile", newPrice(), 1, 3));
            default ->
                tell("  meanwhile: new order "
                        + shop.placeOrder(10, new Shop.Line(((Number) product.get("id")).longValue(), variantId, 2)));
        }
        truth.shopChanged();
    }

    /**
     * Often one that was there before: what changes back must not be mistaken for what was delivered. Not where a person
     * took the record out of Optiply: it is made anew only where it differs from what was delivered.
     */
    private String price(String record) {
        if (random.nextInt(3) > 0 && !truth.isTakenOut(record)) {
            return random.nextBoolean() ? "10.00" : "20.00";
        }
        return newPrice();
    }

    private String newPrice() {
        return BigDecimal.valueOf(10_001 + 10L * random.nextInt(100_000), 2).toPlainString();
    }

    // ---- the program

    private void start() {
        if (program == null) {
            program = Program.start(build.wiring(Settings.of(values), crashPoint.ofNewProgram()), false);
        }
    }

    private void stop() {
        if (program != null) {
            program.close();
            program = null;
        }
    }

    /** The database as it was when the process died. */
    private void restore(Path snapshot) throws IOException {
        Path at = Files.createDirectories(folder.resolve("db" + ++databases));
        try (InputStream file = Files.newInputStream(snapshot);
                ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Files.copy(zip, at.resolve(Path.of(entry.getName()).getFileName()));
            }
        }
        database(at);
    }

    private static long number(Map<String, Object> report, String figure) {
        return report.get(figure) instanceof Number number ? number.longValue() : 0;
    }

    private synchronized void tell(String line) {
        told.add(line);
    }

    /** What happened so far. */
    synchronized String told() {
        return String.join("\n", told);
    }

    @Override
    public void close() throws IOException {
        try {
            stop();
        } finally {
            bigcommerce.close();
            optiply.close();
            sandbox.close();
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path emptied, IOException failure) throws IOException {
                Files.delete(emptied);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
