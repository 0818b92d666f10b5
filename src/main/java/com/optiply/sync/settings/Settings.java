package com.optiply.sync.settings;

import com.optiply.sync.mapping.ProductMapper;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The checked settings of one process: once one of these exists, every value in it can be used as it is. The keys,
 * their meaning and their defaults are those of {@code application.properties}.
 *
 * <p>Immutable, so safe for several threads. {@link #toString()} shows no secret.
 */
public final class Settings {

    private static final Path STANDARD_FILE = Path.of("application.properties");

    private static final List<String> DECIDING_PRODUCTS = List.of("bigcommerce.channel-id", "bigcommerce.start-date");
    private static final List<String> DECIDING_SELL_ORDERS = List.of(
            "bigcommerce.channel-id",
            "bigcommerce.start-date",
            "sell-orders.all-statuses",
            "sell-orders.line-subtotal",
            "sell-orders.unknown-products");

    /** A value as somebody gave it, and where. */
    private record Given(String value, String place) {}

    /** What was read, so that it can be read again. */
    private record Source(Path file, boolean fileMustExist, Map<String, String> environment, Properties system) {}

    /** Key to value in the spelling the program uses, defaults included; no entry for a key without value. */
    private final Map<String, String> values;

    /** null: they came from no file of ours. */
    private final Source source;

    private Settings(Map<String, String> values, Source source) {
        this.values = values;
        this.source = source;
    }

    /**
     * Reads the settings: {@code -Dkey=value} goes before the environment, the environment before the file.
     *
     * @param file the properties file in UTF-8; null: application.properties in the working directory
     * @param fileMustExist true where a person named the file: then it is a problem if it is not there
     * @param environment the environment; names that are no key's are ignored, so are empty values
     * @param system the system properties; names that are no key's are ignored
     * @throws BadSettings with all the problems there are
     */
    public static Settings load(Path file, boolean fileMustExist, Map<String, String> environment, Properties system) {
        Path path = file == null ? STANDARD_FILE : file;
        List<String> problems = new ArrayList<>();
        Map<String, Given> given = new LinkedHashMap<>();
        boolean exists = Files.exists(path);
        if (!exists && fileMustExist) {
            throw new BadSettings(List.of("There is no file " + path + ": name one that exists after --config"));
        }
        if (exists) {
            Map<String, SettingsFile.Entry> entries = SettingsFile.read(path, problems);
            if (entries.isEmpty() && !problems.isEmpty()) {
                // Nothing could be read: to call every key missing would hide why.
                throw new BadSettings(problems);
            }
            entries.forEach((name, entry) -> {
                if (Keys.named(name) == null) {
                    problems.add(unknown(name, path + ":" + entry.line()));
                } else {
                    given.put(name, new Given(entry.value(), path + ":" + entry.line()));
                }
            });
        }
        fromEnvironment(environment, given);
        for (Key key : Keys.all()) {
            String property = system.getProperty(key.name());
            if (property != null && key.secret()) {
                problems.add(
                        key.name() + " was given as -D, where everybody on this machine can read it: write it into "
                                + path + " or set the environment variable " + key.environmentName());
                // The refusal is the whole problem; do not call the key missing as well.
                given.putIfAbsent(key.name(), null);
            } else if (property != null) {
                given.put(key.name(), new Given(property, "-D" + key.name()));
            }
        }
        int before = problems.size();
        Settings settings = new Settings(
                check(given, path, problems), new Source(path, fileMustExist, Map.copyOf(environment), system));
        if (!exists && problems.size() > before) {
            problems.add(
                    before,
                    "There is no " + path.getFileName() + " in "
                            + path.toAbsolutePath().normalize().getParent()
                            + ": start in the directory that holds it, or name it with --config FILE");
        }
        return orRefuse(settings, problems);
    }

    /**
     * Settings from a map of keys, for tests, the sandbox and embedding: the same checks, nothing else is looked at.
     */
    public static Settings of(Map<String, String> values) {
        return of(values, STANDARD_FILE, "given", Map.of());
    }

    /**
     * Settings from what a container has read of a file: the environment goes before it.
     *
     * @param file what to name where a key is missing or wrong
     */
    public static Settings of(Map<String, String> values, Path file, Map<String, String> environment) {
        return of(values, file, file.toString(), environment);
    }

    private static Settings of(Map<String, String> values, Path file, String place, Map<String, String> environment) {
        List<String> problems = new ArrayList<>();
        Map<String, Given> given = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (Keys.named(name) == null) {
                problems.add(unknown(name, place));
            } else {
                given.put(name, new Given(value, place));
            }
        });
        fromEnvironment(environment, given);
        return orRefuse(new Settings(check(given, file, problems), null), problems);
    }

    private static void fromEnvironment(Map<String, String> environment, Map<String, Given> given) {
        for (Key key : Keys.all()) {
            String variable = environment.get(key.environmentName());
            if (variable != null && !variable.isBlank()) {
                given.put(key.name(), new Given(variable, "environment variable " + key.environmentName()));
            }
        }
    }

    /** These settings with some values changed; the same checks. */
    public Settings with(Map<String, String> changes) {
        Map<String, String> changed = new LinkedHashMap<>(values);
        changed.putAll(changes);
        return of(changed);
    }

    /** The file that the settings were read from, whether it is there or not; empty where they came otherwise. */
    public Optional<Path> file() {
        return Optional.ofNullable(source).map(Source::file);
    }

    /**
     * What the same file, environment and command line say now.
     *
     * @throws BadSettings with all the problems there are
     * @throws IllegalStateException where the settings came from no file
     */
    public Settings readAgain() {
        if (source == null) {
            throw new IllegalStateException("these settings came from no file");
        }
        return load(source.file(), source.fileMustExist(), source.environment(), source.system());
    }

    /** The keys whose values are not those of other settings, in the order of the manual. */
    public List<Key> differing(Settings other) {
        return Keys.all().stream()
                .filter(key -> !Objects.equals(values.get(key.name()), other.values.get(key.name())))
                .toList();
    }

    /** These settings with those values of others that take effect while the program runs. */
    public Settings takingLive(Settings others) {
        Map<String, String> taken = new LinkedHashMap<>(values);
        for (Key key : differing(others)) {
            if (key.isLive()) {
                // null takes the key away
                taken.compute(key.name(), (name, value) -> others.values.get(name));
            }
        }
        return new Settings(taken, source);
    }

    /** The values of the keys that decide what Optiply should hold; none of them is a secret. An unset key is empty. */
    public Map<String, String> deciding() {
        Map<String, String> deciding = new TreeMap<>();
        for (Key key : Keys.all()) {
            boolean decides = DECIDING_PRODUCTS.contains(key.name())
                    || DECIDING_SELL_ORDERS.contains(key.name())
                    || key.name().equals("sell-orders.delete-statuses")
                    || key.name().startsWith(Keys.PRODUCTS_MAP);
            if (decides) {
                deciding.put(key.name(), values.getOrDefault(key.name(), ""));
            }
        }
        return deciding;
    }

    /** Whether a host can be reached from this machine only. */
    public static boolean isLoopback(String host) {
        return Kind.isLoopback(host);
    }

    /** The words of an order status by its id, as BigCommerce names it; the id itself where there is no such status. */
    public static String orderStatus(int id) {
        return id >= 0 && id < OrderStatuses.NAMES.size() ? OrderStatuses.NAMES.get(id) : "status " + id;
    }

    /** Every key there is, in the order of the manual. */
    public static List<Key> keys() {
        return Keys.all();
    }

    /** The value of a key that always has one; fails for an optional key without value. */
    public String text(String key) {
        return optional(key).orElseThrow(() -> new IllegalStateException(key + " has no value"));
    }

    /** A whole number; the unit is the key's. */
    public int number(String key) {
        return Integer.parseInt(text(key));
    }

    /** A decimal number, exact. */
    public BigDecimal decimal(String key) {
        return new BigDecimal(text(key));
    }

    /** True or false. */
    public boolean flag(String key) {
        return Boolean.parseBoolean(text(key));
    }

    /** A duration longer than zero. */
    public Duration duration(String key) {
        return Duration.parse(text(key));
    }

    /** The value of a key that may have none; fails for a name that is no key. */
    public Optional<String> optional(String key) {
        if (Keys.named(key) == null) {
            throw new IllegalArgumentException(key + " is no key of application.properties");
        }
        return Optional.ofNullable(values.get(key));
    }

    /** The words of a comma list; empty where the key has no value. */
    public List<String> list(String key) {
        return optional(key).map(Kind::words).orElse(List.of());
    }

    /** The attributes that are re-pointed and the JSON pointer of each: {@code products.map.*} without the prefix. */
    public Map<String, String> productMap() {
        Map<String, String> map = new LinkedHashMap<>();
        for (String attribute : ProductMapper.attributes()) {
            optional(Keys.PRODUCTS_MAP + attribute).ifPresent(pointer -> map.put(attribute, pointer));
        }
        return map;
    }

    /**
     * What {@code {{key}}} stands for in the routes: every key but the secrets (Camel logs each value that it resolves;
     * a route takes a secret from the bean {@code settings}), empty where it has no value. Derived from them: {@code
     * sell-orders.delete-status-ids}, the ids of the status names ({@code 5,4,6}), and for each duration {@code
     * <key>-ms}, its milliseconds.
     */
    public Properties asCamelProperties() {
        Properties properties = new Properties();
        for (Key key : Keys.all()) {
            if (key.secret()) {
                continue;
            }
            String value = values.getOrDefault(key.name(), "");
            // Camel resolves what it resolved once more: braces that belong to a value have to be escaped.
            properties.setProperty(key.name(), value.replace("{{", "\\{{").replace("}}", "\\}}"));
        }
        for (String key : List.of("bigcommerce.overlap", "bigcommerce.timeout", "optiply.timeout")) {
            properties.setProperty(key + "-ms", Long.toString(duration(key).toMillis()));
        }
        properties.setProperty(
                "sell-orders.delete-status-ids",
                deleteStatusIds().map(String::valueOf).collect(Collectors.joining(",")));
        return properties;
    }

    /** Every key with its value for log and status; of secrets only whether they are set. */
    public Map<String, String> shown() {
        Map<String, String> shown = new LinkedHashMap<>();
        for (Key key : Keys.all()) {
            String value = values.get(key.name());
            shown.put(key.name(), value == null ? "(not set)" : key.secret() ? "(set)" : value);
        }
        return shown;
    }

    /**
     * A digest of the settings that decide what Optiply should hold. Where it differs from the one of an earlier run,
     * all of the shop has to be read again.
     *
     * @param what {@code products} or {@code sell-orders}
     * @return 64 hexadecimal digits; order and letter case of the status names do not matter
     */
    public String decidingDigest(String what) {
        Map<String, String> deciding = new TreeMap<>();
        switch (what) {
            case "products" -> {
                DECIDING_PRODUCTS.forEach(key -> deciding.put(key, values.getOrDefault(key, "")));
                productMap().forEach((attribute, pointer) -> deciding.put(Keys.PRODUCTS_MAP + attribute, pointer));
            }
            case "sell-orders" -> {
                DECIDING_SELL_ORDERS.forEach(key -> deciding.put(key, values.getOrDefault(key, "")));
                deciding.put(
                        "sell-orders.delete-statuses",
                        deleteStatusIds().sorted().toList().toString());
            }
            default -> throw new IllegalArgumentException("products or sell-orders, not " + what);
        }
        try {
            byte[] text = deciding.toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The settings without their secrets. */
    @Override
    public String toString() {
        return "Settings" + shown();
    }

    private Stream<Integer> deleteStatusIds() {
        return list("sell-orders.delete-statuses").stream().map(OrderStatuses::id);
    }

    /** Takes each given value to the program's spelling, adds the defaults, and looks at what belongs together. */
    private static Map<String, String> check(Map<String, Given> given, Path file, List<String> problems) {
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, String> places = new LinkedHashMap<>();
        for (Key key : Keys.all()) {
            Given one = given.get(key.name());
            if (one == null || one.value() == null || one.value().isBlank()) {
                withoutValue(key, given, file, problems).ifPresent(standard -> values.put(key.name(), standard));
                continue;
            }
            // A blank at the end of a password may be meant; elsewhere it never is.
            String value = key.secret() ? one.value() : one.value().strip();
            String named = key.name() + (key.secret() ? "" : " = " + Kind.shown(value)) + " (" + one.place() + ")";
            try {
                if (value.codePoints().anyMatch(Character::isISOControl)) {
                    throw new IllegalArgumentException("take the line break or other control character out of it");
                }
                values.put(key.name(), key.kind().reader().apply(value));
                places.put(key.name(), named);
            } catch (IllegalArgumentException e) {
                problems.add(named + ": " + e.getMessage());
            }
        }
        together(values, places, given, problems);
        return values;
    }

    /** What holds for a key that nobody gave a value: its default, nothing, or a problem. */
    private static Optional<String> withoutValue(Key key, Map<String, Given> given, Path file, List<String> problems) {
        Given empty = given.get(key.name());
        if (key.group() == Key.Group.MUST && (empty != null || !given.containsKey(key.name()))) {
            problems.add(key.name() + (empty == null ? " is missing. " : " (" + empty.place() + ") is empty. ")
                    + key.meaning() + " Write it into " + file + " or set the environment variable "
                    + key.environmentName());
        }
        if (key.standard() == null) {
            return Optional.empty();
        }
        if (empty != null) {
            problems.add(key.name() + " (" + empty.place()
                    + ") has no value: write one, or take the key out to have its default, " + key.standard());
        }
        return Optional.of(key.kind().reader().apply(key.standard()));
    }

    /** The checks that need more than one key. */
    private static void together(
            Map<String, String> values, Map<String, String> places, Map<String, Given> given, List<String> problems) {
        String host = values.get("operator.host");
        Given password = given.get("operator.password");
        boolean open = !values.containsKey("operator.password")
                && (password == null || password.value().isBlank());
        // A password that was refused has been reported; it is not missing.
        boolean refused = password == null && given.containsKey("operator.password");
        if (host != null && !Kind.isLoopback(host) && open && !refused) {
            problems.add(places.get("operator.host")
                    + ": others can reach that address, so set operator.password as well," + " or write 127.0.0.1");
        }
        String first = values.get("retry.initial-delay-ms");
        String most = values.get("retry.max-delay-ms");
        if (first != null && most != null && Integer.parseInt(first) > Integer.parseInt(most)) {
            String named = places.getOrDefault("retry.initial-delay-ms", places.get("retry.max-delay-ms"));
            problems.add(named + ": the first wait, " + first + " ms, is longer than the longest, " + most
                    + " ms: raise retry.max-delay-ms or lower retry.initial-delay-ms");
        }
    }

    private static Settings orRefuse(Settings settings, List<String> problems) {
        if (!problems.isEmpty()) {
            throw new BadSettings(problems);
        }
        return settings;
    }

    /**
     * What to say about a name that is no key. The name is repeated only where somebody clearly meant a key: a secret
     * that got onto a line of its own looks like a name, too.
     */
    private static String unknown(String name, String place) {
        Optional<String> near = Spelling.nearest(name);
        boolean meant = near.isPresent() || (name.matches("[\\w.-]{1,60}") && Keys.hasFamilyOf(name));
        return (meant ? name + " (" + place + ")" : "What stands at " + place) + " is not a key of this program"
                + near.map(key -> ": did you mean " + key + "?")
                        .orElse(
                                name.startsWith(Keys.PRODUCTS_MAP)
                                        ? ": the attributes are " + String.join(", ", ProductMapper.attributes())
                                        : ": take it out");
    }
}
