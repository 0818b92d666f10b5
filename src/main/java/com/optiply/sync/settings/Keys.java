package com.optiply.sync.settings;

import static com.optiply.sync.settings.Key.Group.MUST;
import static com.optiply.sync.settings.Key.Group.OFTEN;
import static com.optiply.sync.settings.Key.Group.SELDOM;

import com.optiply.sync.mapping.ProductMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every key there is, in the order of the manual. A new key is one line here and one block in application.properties.
 */
final class Keys {

    static final String PRODUCTS_MAP = "products.map.";

    private static final Map<String, Key> ALL = new LinkedHashMap<>();

    static {
        Kind text = Kind.text();
        Kind token = Kind.matching("[!-~]+", "letters, digits and signs without blanks");
        Kind digits = Kind.matching("\\d{1,18}", "digits");

        must(
                "bigcommerce.store-hash",
                Kind.matching("[a-z0-9]+", "small letters and digits"),
                "The store's hash: what follows /stores/ in the store's API path.");
        mustSecret("bigcommerce.access-token", token, "Access token of the store's API account.");
        must(
                "optiply.client-id",
                Kind.matching("[!-9;-~]+", "letters, digits and signs without blanks or colons"),
                "Client id that Optiply gave to this integration.");
        mustSecret("optiply.client-secret", token, "Secret of that client.");
        must("optiply.username", text, "Name of the Optiply user in whose name records are written.");
        mustSecret("optiply.password", text, "Password of that user.");
        must("optiply.account-id", digits, "Id of the Optiply account that receives the records.");
        must("optiply.coupling-id", digits, "Id of the coupling in Optiply that stands for this integration.");

        often(
                "store.name",
                Kind.matching("[A-Za-z0-9._-]{1,50}", "1 to 50 letters, digits, dots, dashes or underscores"),
                "main",
                "What this store is called in the database, in logs and in metrics.");
        often("bigcommerce.channel-id", digits, null, "Only products and orders of this sales channel are read.");
        often(
                "bigcommerce.start-date",
                Kind.instant(),
                null,
                "The first read asks only for what was changed at or after this moment.");
        often("sync.products.cron", Kind.cron(), "0 0 * * * ?", "When the changed products are read and delivered.");
        often("sync.sell-orders.cron", Kind.cron(), "0 10 * * * ?", "When the changed orders are read and delivered.");
        often(
                "sync.products.full-cron",
                Kind.cron(),
                "0 30 2 * * ?",
                "When all products are read, so that those deleted in the shop are found.");
        often(
                "sell-orders.all-statuses",
                Kind.flag(),
                "false",
                "Sends orders of every status (except Incomplete), not only Completed ones.");
        often(
                "sell-orders.delete-statuses",
                Kind.statuses(),
                "Cancelled,Refunded,Declined",
                "An order of one of these statuses is deleted in Optiply.");
        often(
                "sell-orders.line-subtotal",
                Kind.choice("total_ex_tax*quantity", "total_ex_tax"),
                "total_ex_tax*quantity",
                "How the subtotal of a line is calculated from BigCommerce's figures.");
        often(
                "sell-orders.lines",
                Kind.choice("embedded", "endpoint"),
                "embedded",
                "Whether an order's lines are taken from the order page or by one call for each order.");
        often(
                "sell-orders.unknown-products",
                Kind.choice("skip-line", "park"),
                "skip-line",
                "What happens to a line whose product Optiply cannot know.");
        for (String attribute : ProductMapper.attributes()) {
            often(
                    PRODUCTS_MAP + attribute,
                    Kind.productPointer(attribute),
                    null,
                    "Where an attribute of the Optiply product is read from, in place of its usual source.");
        }
        often("export.streams", Kind.streams(), null, "Which streams the export clock writes.");
        often("export.cron", Kind.cron(), "0 0 4 * * ?", "When the streams above are exported.");
        often("export.directory", Kind.directory(), "data/streams", "Where exported streams are written.");

        seldom("bigcommerce.url", Kind.url(), "https://api.bigcommerce.com", "Where BigCommerce's API is.");
        seldom("bigcommerce.page-size", Kind.number(1, 250), "250", "How many rows one read asks for.");
        seldom("bigcommerce.concurrency", Kind.number(1, 40), "4", "How many reads are under way at once.");
        seldom(
                "bigcommerce.retry.attempts",
                Kind.number(0, 20),
                "6",
                "How often a failed read is repeated before its run fails.");
        seldom(
                "bigcommerce.quota-reserve",
                Kind.number(0, 100_000),
                "10",
                "How many calls of each rate-limit window are left to the store's other apps.");
        seldom(
                "bigcommerce.overlap",
                Kind.duration("P30D"),
                "PT10M",
                "How far before its bookmark a read begins, so that no late change is missed.");
        seldom("bigcommerce.timeout", Kind.duration("PT10M"), "PT30S", "How long one read may take.");
        seldom("optiply.url", Kind.url(), "https://api.optiply.com/v1", "Where Optiply's API is.");
        seldom(
                "optiply.token-url",
                Kind.url(),
                "https://dashboard.optiply.nl/api/auth/oauth/token",
                "Where Optiply's access tokens are fetched.");
        seldom("optiply.concurrency", Kind.number(1, 64), "4", "How many calls to Optiply are under way at once.");
        seldom(
                "optiply.requests-per-second",
                Kind.number(0, 1000),
                "0",
                "How many calls to Optiply begin in one second at most; 0 = no limit of our own.");
        seldom(
                "optiply.retry.attempts",
                Kind.number(0, 20),
                "5",
                "How often a failed call to Optiply is repeated before its record waits for a later round.");
        seldom("optiply.timeout", Kind.duration("PT10M"), "PT30S", "How long one call to Optiply may take.");
        seldom(
                "products.max-disabled-share",
                Kind.share(),
                "0.05",
                "Brake: which share of the enabled products one complete read may disable.");
        seldom(
                "retry.initial-delay-ms",
                Kind.number(1, 600_000),
                "1000",
                "Milliseconds before the first repetition; each further wait is longer.");
        seldom(
                "retry.max-delay-ms",
                Kind.number(1, 3_600_000),
                "60000",
                "Milliseconds that no wait between two repetitions exceeds, unless the partner asks for more.");
        seldom("database.url", Kind.jdbcUrl(), "jdbc:h2:file:./data/sync", "Where the state is kept.");
        seldom("database.user", text, "sa", "User of the database.");
        add(new Key("database.password", SELDOM, text, null, "Password of the database's user.", true));
        seldom("runs.kept-days", Kind.number(1, 3650), "90", "How many days what a run did is remembered.");
        seldom(
                "operator.host",
                Kind.matching("[A-Za-z0-9.:_-]+", "host name or address"),
                "127.0.0.1",
                "Address on which the operator's page and the JSON API listen.");
        seldom(
                "operator.port",
                Kind.number(0, 65_535),
                "8080",
                "Port of the operator's page and the JSON API; 0 = any free one.");
        add(new Key(
                "operator.password",
                SELDOM,
                text,
                null,
                "Password of the operator's page and the JSON API; must be set if others can reach operator.host.",
                true));
        seldom(
                "operator.names",
                Kind.matching("[A-Za-z0-9._-]+(,[A-Za-z0-9._-]+)*", "host names, separated by commas"),
                null,
                "Further host names under which the operator's page is reached, such as a proxy's.");
        seldom("log.level", Kind.choice("ERROR", "WARN", "INFO", "DEBUG", "TRACE"), "INFO", "How much is logged.");
        seldom("log.format", Kind.choice("text", "json"), "text", "How a log line is written.");
        seldom(
                "log.bodies-until",
                Kind.instant(),
                null,
                "Until when bodies that go to the partners and come from them are logged.");
        seldom(
                "routes.directory",
                Kind.directory(),
                "routes",
                "Where the route files are; the program's own copies are used where there is no such directory.");
        seldom(
                "routes.reload",
                Kind.flag(),
                "true",
                "Whether a route file or a setting that is saved takes effect while the program runs.");
        seldom("clocks.enabled", Kind.flag(), "true", "Whether the clocks run; false leaves the runs to commands.");
    }

    private Keys() {}

    static List<Key> all() {
        return List.copyOf(ALL.values());
    }

    /** The key of that name, or null. */
    static Key named(String name) {
        return ALL.get(name);
    }

    /** True if some key begins with the same word up to its first dot: {@code optiply.}, {@code sync.} ... */
    static boolean hasFamilyOf(String name) {
        String family = name.substring(0, name.indexOf('.') + 1);
        return !family.isEmpty() && ALL.keySet().stream().anyMatch(key -> key.startsWith(family));
    }

    private static void must(String name, Kind kind, String meaning) {
        add(new Key(name, MUST, kind, null, meaning, false));
    }

    private static void mustSecret(String name, Kind kind, String meaning) {
        add(new Key(name, MUST, kind, null, meaning, true));
    }

    private static void often(String name, Kind kind, String standard, String meaning) {
        add(new Key(name, OFTEN, kind, standard, meaning, false));
    }

    private static void seldom(String name, Kind kind, String standard, String meaning) {
        add(new Key(name, SELDOM, kind, standard, meaning, false));
    }

    private static void add(Key key) {
        ALL.put(key.name(), key);
    }
}
