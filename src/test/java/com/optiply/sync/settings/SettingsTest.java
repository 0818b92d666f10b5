package com.optiply.sync.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.camel.impl.DefaultCamelContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final String SECRET = "s3cr3t-Wrd";
    private static final Map<String, String> NO_ENVIRONMENT = Map.of();

    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    bigcommerce.store-hash | Abc-1 | small letters and digits
                    bigcommerce.store-hash | stores/abc | small letters and digits
                    optiply.client-id | a:b | without blanks or colons
                    optiply.account-id | 12a | write digits
                    optiply.coupling-id | -5 | write digits
                    store.name | my store | 1 to 50 letters
                    store.name | aaaaaaaaaabbbbbbbbbbaaaaaaaaaabbbbbbbbbbaaaaaaaaaabbbbbbbbbb | 1 to 50 letters
                    bigcommerce.channel-id | one | write digits
                    bigcommerce.start-date | 01.02.2025 | 2025-01-01T00:00:00Z
                    bigcommerce.start-date | 2025-02-30 | 2025-01-01T00:00:00Z
                    bigcommerce.start-date | 2025-01-01T00:00:00 | 2025-01-01T00:00:00Z
                    bigcommerce.start-date | 2025-01-01T00:00:00+01:00 | in UTC, with Z
                    sync.products.cron | hourly | Quartz cron of six or seven fields
                    sync.products.cron | 0 * * * * | Quartz cron of six or seven fields
                    sync.products.cron | 0 0 * * * * | Quartz cron of six or seven fields
                    sync.products.cron | 0 61 * * * ? | Quartz cron of six or seven fields
                    sync.sell-orders.cron | 0 0 0 1 1 ? 2020 | it never fires again
                    sync.products.full-cron | 0 0 0 30 2 ? | it never fires again
                    sell-orders.all-statuses | yes | true or false
                    sell-orders.all-statuses | TRUE | true or false
                    sell-orders.delete-statuses | Cancelled,Canceled | Awaiting Fulfillment
                    sell-orders.delete-statuses | , | at least one status
                    sell-orders.line-subtotal | total_inc_tax | total_ex_tax*quantity or total_ex_tax
                    sell-orders.lines | both | embedded or endpoint
                    sell-orders.unknown-products | skip | skip-line or park
                    products.map.eanCode | upc | begins with /product/ or /variant/
                    products.map.eanCode | /products/upc | begins with /product/ or /variant/
                    products.map.eanCode | /variant/ean | no such field of a variant
                    products.map.eanCode | /product/sku/ | empty part
                    products.map.status | /variant/purchasing_disabled | take another field
                    export.streams | Customers | small letters
                    export.streams | all,customers | either all
                    bigcommerce.url | api.bigcommerce.com | https://host/path
                    bigcommerce.url | http://api.bigcommerce.com | only to this machine
                    bigcommerce.url | http://localhost.example.com | only to this machine
                    bigcommerce.url | ftp://localhost | only to this machine
                    bigcommerce.url | https://a b | https://host/path
                    optiply.url | https://api.optiply.com/v1?x=1 | what follows ?
                    optiply.url | https://api.optiply.com/v1#x | what follows ?
                    bigcommerce.page-size | 0 | whole number, 1 to 250
                    bigcommerce.page-size | 251 | whole number, 1 to 250
                    bigcommerce.page-size | 2.5 | whole number, 1 to 250
                    bigcommerce.page-size | 99999999999999999999 | whole number, 1 to 250
                    optiply.concurrency | four | whole number, 1 to 64
                    optiply.concurrency | +4 | whole number, 1 to 64
                    operator.port | 70000 | whole number, 0 to 65535
                    bigcommerce.overlap | 10 | PT10M
                    bigcommerce.overlap | PT0S | longer than 0
                    bigcommerce.overlap | PT-5M | longer than 0
                    bigcommerce.overlap | PT0.0001S | longer than 0
                    optiply.timeout | PT1H | up to PT10M
                    optiply.timeout | PT99999999999999999H | PT30S
                    products.max-disabled-share | 5% | decimal number from 0 to 1
                    products.max-disabled-share | 1.01 | decimal number from 0 to 1
                    products.max-disabled-share | -0.1 | decimal number from 0 to 1
                    database.url | jdbc:mysql://localhost/sync | jdbc:postgresql://host:5432/database
                    database.url | jdbc:h2:file:data/sync | jdbc:h2:file:./data/sync
                    database.url | jdbc:h2:~/sync | jdbc:h2:file:./data/sync
                    log.level | LOUD | ERROR or WARN or INFO
                    log.format | xml | text or json
                    operator.host | 0.0.0.0 | set operator.password
                    operator.host | a b | host name or address
                    """)
    void aValueThatCannotBeUsedIsNamedWithItsKeyItsPlaceAndTheCure(String key, String value, String cure) {
        List<String> problems = problemsOf(with(key, value));

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0)).contains(key, '"' + value + '"', "(given)", cure);
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    bigcommerce.start-date | 2025-01-01 | 2025-01-01T00:00:00Z
                    bigcommerce.start-date | 2025-01-01T08:30:00Z | 2025-01-01T08:30:00Z
                    sync.products.cron | 0  0/15 * ? * MON-FRI | 0 0/15 * ? * MON-FRI
                    sell-orders.delete-statuses | cancelled , REFUNDED, Cancelled | Cancelled,Refunded
                    export.streams | customers, refunds | customers,refunds
                    export.streams | all | all
                    bigcommerce.url | https://proxy.example.com/bc/ | https://proxy.example.com/bc
                    bigcommerce.url | http://127.0.0.1:8123/ | http://127.0.0.1:8123
                    bigcommerce.url | http://127.9.9.9 | http://127.9.9.9
                    optiply.url | http://[::1]:99/v1 | http://[::1]:99/v1
                    optiply.url | http://localhost/v1// | http://localhost/v1
                    bigcommerce.page-size | 0050 | 50
                    log.level | debug | DEBUG
                    products.map.eanCode | /variant/gtin | /variant/gtin
                    products.max-disabled-share | 1 | 1
                    database.url | jdbc:h2:mem:x;DB_CLOSE_DELAY=-1 | jdbc:h2:mem:x;DB_CLOSE_DELAY=-1
                    database.url | jdbc:h2:file:../x;CACHE_SIZE=1 | jdbc:h2:file:../x;CACHE_SIZE=1
                    database.url | jdbc:h2:file:C:/data/sync | jdbc:h2:file:C:/data/sync
                    database.url | jdbc:postgresql://db:5432/sync?ssl=true | jdbc:postgresql://db:5432/sync?ssl=true
                    """)
    void aValueIsUsedInOneSpelling(String key, String value, String used) {
        assertThat(Settings.of(with(key, value)).text(key)).isEqualTo(used);
    }

    @Test
    void theKindsOfValueAreReadAsWhatTheyAre() {
        Settings settings = Settings.of(filledIn());

        assertThat(settings.number("bigcommerce.page-size")).isEqualTo(250);
        assertThat(settings.flag("sell-orders.all-statuses")).isFalse();
        assertThat(settings.flag("clocks.enabled")).isTrue();
        assertThat(settings.duration("bigcommerce.overlap")).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.decimal("products.max-disabled-share")).isEqualTo(new BigDecimal("0.05"));
        assertThat(settings.list("sell-orders.delete-statuses")).containsExactly("Cancelled", "Refunded", "Declined");
        assertThat(settings.list("export.streams")).isEmpty();
        assertThat(settings.optional("bigcommerce.channel-id")).isEmpty();
        assertThat(settings.text("optiply.password")).isEqualTo(SECRET);
        assertThatThrownBy(() -> settings.text("bigcommerce.channel-id")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> settings.optional("no.key")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theCommandLineGoesBeforeTheEnvironmentAndTheEnvironmentBeforeTheFile() throws Exception {
        Path file = file("bigcommerce.page-size=10\nbigcommerce.concurrency=2\nstore.name=file\nlog.level=ERROR\n");
        Map<String, String> environment = Map.of(
                "BIGCOMMERCE_PAGE_SIZE",
                "20",
                "STORE_NAME",
                "environment",
                "LOG_LEVEL",
                "",
                "PATH",
                "/bin",
                "LOG_LEVELS",
                "x");
        Properties system = new Properties();
        system.setProperty("bigcommerce.page-size", "30");
        system.setProperty("bigcommerce.page-sise", "40");

        Settings settings = Settings.load(file, true, environment, system);

        assertThat(settings.number("bigcommerce.page-size")).isEqualTo(30);
        assertThat(settings.text("store.name")).isEqualTo("environment");
        assertThat(settings.number("bigcommerce.concurrency")).isEqualTo(2);
        assertThat(settings.text("log.level")).isEqualTo("ERROR");
    }

    @Test
    void everyKeyCanComeFromTheEnvironmentAlone() {
        Map<String, String> environment = new HashMap<>();
        filledIn().forEach((key, value) -> environment.put(Keys.named(key).environmentName(), value));
        environment.put("PRODUCTS_MAP_EANCODE", "/variant/gtin");
        environment.put("DATABASE_PASSWORD", SECRET);

        Settings settings = Settings.load(directory.resolve("absent"), false, environment, new Properties());

        assertThat(settings.text("bigcommerce.access-token")).isEqualTo(SECRET);
        assertThat(settings.text("database.password")).isEqualTo(SECRET);
        assertThat(settings.productMap()).containsExactly(Map.entry("eanCode", "/variant/gtin"));
        assertThat(Settings.keys()).extracting(Key::environmentName).doesNotHaveDuplicates();
    }

    @Test
    void aSecretOnTheCommandLineIsRefusedAndNotPrinted() throws Exception {
        for (Key key : Settings.keys().stream().filter(Key::secret).toList()) {
            Properties system = new Properties();
            system.setProperty(key.name(), SECRET);

            BadSettings bad = refusal(() -> Settings.load(file(""), true, NO_ENVIRONMENT, system));

            assertThat(bad.problems()).hasSize(1);
            assertThat(bad).hasMessageContainingAll(key.name(), "-D", key.environmentName());
            assertThat(bad.toString()).doesNotContain(SECRET);
        }
    }

    @Test
    void allProblemsAreReportedAtOnceEachWithItsLine() throws Exception {
        Path file = directory.resolve("bad.properties");
        Files.writeString(file, """
                # a comment
                bigcommerce.store-hash=
                bigcommerce.page-size=1000
                  log.level : LOUD
                """);
        Map<String, String> environment = Map.of("OPERATOR_PORT", "http");
        Properties system = new Properties();
        system.setProperty("log.format", "xml");

        assertThat(refusal(() -> Settings.load(file, true, environment, system)).problems())
                .anySatisfy(problem -> assertThat(problem)
                        .contains("bigcommerce.store-hash (" + file + ":2) is empty", "BIGCOMMERCE_STORE_HASH"))
                .anySatisfy(problem -> assertThat(problem)
                        .contains("optiply.password is missing. Password of that user.", "OPTIPLY_PASSWORD"))
                .anySatisfy(
                        problem -> assertThat(problem).contains("bigcommerce.page-size = \"1000\" (" + file + ":3)"))
                .anySatisfy(problem -> assertThat(problem).contains("log.level = \"LOUD\" (" + file + ":4)"))
                .anySatisfy(problem -> assertThat(problem).contains("\"http\" (environment variable OPERATOR_PORT)"))
                .anySatisfy(problem -> assertThat(problem).contains("\"xml\" (-Dlog.format)"))
                .hasSize(12);
    }

    @ParameterizedTest
    @CsvSource({
        "bigcommerce.page-sise, bigcommerce.page-size",
        "bigcomerce.access-token, bigcommerce.access-token",
        "OPTIPLY_PASSWORD, optiply.password",
        "optiply.Client_Id, optiply.client-id",
        "sync.sellorders.cron, sync.sell-orders.cron",
        "products.map.ean-code, products.map.eanCode",
    })
    void anUnknownKeyStopsTheStartAndTheNearSpellingIsNamedButNotTheValue(String typo, String meant) throws Exception {
        BadSettings bad =
                refusal(() -> Settings.load(file(typo + "=" + SECRET), true, NO_ENVIRONMENT, new Properties()));

        assertThat(bad.problems()).hasSize(1);
        assertThat(bad).hasMessageContainingAll(typo, ":9)", "did you mean " + meant + "?");
        assertThat(bad.toString()).doesNotContain(SECRET);
    }

    @Test
    void anUnknownKeyWithoutNearSpellingIsToBeTakenOut() throws Exception {
        assertThat(refusal(() -> Settings.load(file("optiply.colour=x"), true, NO_ENVIRONMENT, new Properties())))
                .hasMessageContainingAll("optiply.colour", "take it out");
        assertThat(refusal(() -> Settings.load(file("products.map.colour=/x"), true, NO_ENVIRONMENT, new Properties())))
                .hasMessageContainingAll("products.map.colour", "the attributes are name, skuCode");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SECRET,
                SECRET + "=",
                "eyJ." + SECRET + ".x=",
                SECRET + " x",
                SECRET + "\\",
                "\\u00 " + SECRET,
                SECRET + "=\\u12"
            })
    void aLineThatIsNoKeyMayBeACutOffSecretAndIsNotPrinted(String line) throws Exception {
        BadSettings bad = refusal(() -> Settings.load(file(line), true, NO_ENVIRONMENT, new Properties()));

        assertThat(bad.problems()).hasSize(1);
        assertThat(bad).hasMessageContaining(":9");
        assertThat(bad.toString()).doesNotContain(SECRET);
    }

    @Test
    void aKeyThatStandsTwiceIsRefusedWithBothLines() throws Exception {
        assertThat(refusal(() -> Settings.load(
                        file("log.level=INFO\n\nlog.level=INFO"), true, NO_ENVIRONMENT, new Properties())))
                .hasMessageContainingAll("log.level stands twice", "lines 9 and 11");
    }

    @ParameterizedTest
    @CsvSource({
        "export.directory=C:\\data\\streams, single backslash",
        "export.directory=C:\\users, malformed unicode escape",
        "export.directory=data\\, single backslash",
        "operator.password=pass\\word, single backslash",
        "store.name=a\\u00zz, malformed unicode escape",
    })
    void aBackslashThatWouldVanishIsReportedWithItsKeyAndLineButNotItsValue(String line, String part) throws Exception {
        String key = line.substring(0, line.indexOf('='));

        BadSettings bad = refusal(() -> Settings.load(file(line), true, NO_ENVIRONMENT, new Properties()));

        assertThat(bad.problems()).hasSize(1);
        assertThat(bad)
                .hasMessageContainingAll(key + " (", ":9)", part)
                .hasMessageNotContaining(line.substring(key.length() + 1));
    }

    @Test
    void theFileIsReadAsUtf8WithItsEscapes() throws Exception {
        String password = "operator.password=pä\\\\ss=w\\u00f6rd #1\\u0020  ";
        Path file = file("\uFEFF" + password + "\r\nexport.directory = exporté \r\n");

        Settings settings = Settings.load(file, true, NO_ENVIRONMENT, new Properties());

        assertThat(settings.text("operator.password")).isEqualTo("pä\\ss=wörd #1 ");
        assertThat(settings.text("export.directory")).isEqualTo("exporté");
    }

    @Test
    void aFileThatCannotBeReadIsSaidSo() throws Exception {
        Path latin = directory.resolve("latin.properties");
        Files.write(latin, "optiply.username=pä".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(refusal(() -> Settings.load(latin, true, NO_ENVIRONMENT, new Properties()))
                        .problems())
                .singleElement()
                .asString()
                .contains("is not UTF-8");
        assertThat(refusal(() -> Settings.load(directory, true, NO_ENVIRONMENT, new Properties())))
                .hasMessageContaining("cannot be read");
        assertThat(refusal(() -> Settings.load(directory.resolve("absent"), true, NO_ENVIRONMENT, new Properties())))
                .hasMessageContainingAll("There is no file", "--config");
    }

    @Test
    void aPersonInTheWrongDirectoryIsToldSo() {
        Path absent = directory.resolve("application.properties");

        List<String> problems = refusal(() -> Settings.load(absent, false, NO_ENVIRONMENT, new Properties()))
                .problems();

        assertThat(problems.get(0)).contains("There is no application.properties in " + directory, "--config");
        assertThat(problems).hasSize(9);
    }

    @Test
    void anEmptyValueIsRefusedWhereItCouldBeTakenForSwitchedOff() {
        assertThat(problemsOf(with("sell-orders.delete-statuses", "")))
                .singleElement()
                .asString()
                .contains("has no value", "Cancelled,Refunded,Declined");
        assertThat(Settings.of(with("bigcommerce.channel-id", " ")).optional("bigcommerce.channel-id"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "a\u0000b", "a\u0085b"})
    void controlCharactersAreRefusedInEveryValue(String value) {
        for (Key key : Settings.keys()) {
            List<String> problems = problemsOf(with(key.name(), value));
            assertThat(problems).as(key.name()).hasSize(1);
            assertThat(problems.get(0))
                    .contains(key.name(), "control character")
                    .doesNotContain("\n", "\r");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bigcommerce.url, https://me:s3cr3t-Wrd@api.bigcommerce.com",
        "optiply.url, https://api.optiply.com/v1?access_token=s3cr3t-Wrd",
        "optiply.token-url, me:s3cr3t-Wrd@dashboard.optiply.nl",
        "database.url, jdbc:postgresql://me:s3cr3t-Wrd@db/sync",
        "database.url, jdbc:postgresql://db/sync?user=me&password=s3cr3t-Wrd",
        "database.url, jdbc:h2:file:./data/sync;USER=sa;PASSWORD=s3cr3t-Wrd",
    })
    void credentialsInAnAddressAreRefusedAndNotPrinted(String key, String value) {
        List<String> problems = problemsOf(with(key, value));

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0)).contains(key).doesNotContain(SECRET);
    }

    @Test
    void anAddressThatOthersCanReachNeedsAPassword() {
        Map<String, String> open = with("operator.host", "0.0.0.0");
        open.put("operator.password", " ");
        assertThat(problemsOf(open)).hasSize(1);

        open.put("operator.password", SECRET);
        assertThat(Settings.of(open).text("operator.host")).isEqualTo("0.0.0.0");
        assertThat(Settings.of(with("operator.host", "::1")).text("operator.host"))
                .isEqualTo("::1");
    }

    @Test
    void theFirstWaitIsNotLongerThanTheLongest() {
        assertThat(problemsOf(with("retry.initial-delay-ms", "90000")))
                .singleElement()
                .asString()
                .contains("retry.initial-delay-ms = \"90000\" (given)", "60000 ms");
        assertThat(problemsOf(with("retry.max-delay-ms", "500")))
                .singleElement()
                .asString()
                .contains("retry.max-delay-ms = \"500\" (given)", "1000 ms");
    }

    @Test
    void secretsAreNeverShown() {
        Map<String, String> all = filledIn();
        all.put("operator.password", SECRET);
        all.put("database.password", SECRET);
        Settings settings = Settings.of(all);

        assertThat(settings.toString()).doesNotContain(SECRET);
        assertThat(settings.shown())
                .containsEntry("operator.password", "(set)")
                .containsEntry("bigcommerce.channel-id", "(not set)")
                .containsEntry("bigcommerce.page-size", "250")
                .doesNotContainValue(SECRET)
                .hasSameSizeAs(Settings.keys());
        for (Key key : Settings.keys().stream().filter(Key::secret).toList()) {
            assertThat(String.join("\n", problemsOf(with(key.name(), SECRET + "\n"))))
                    .contains(key.name())
                    .doesNotContain(SECRET);
        }
    }

    @Test
    void theSecretsAreThese() {
        assertThat(Settings.keys().stream().filter(Key::secret).map(Key::name))
                .containsExactly(
                        "bigcommerce.access-token",
                        "optiply.client-secret",
                        "optiply.password",
                        "database.password",
                        "operator.password");
    }

    @Test
    void theRoutesFindEveryKeyButTheSecretsAndWhatIsDerived() {
        Settings settings = Settings.of(with("sell-orders.delete-statuses", "Cancelled,Refunded,Declined"));
        Properties properties = settings.asCamelProperties();

        assertThat(properties.stringPropertyNames())
                .containsAll(Settings.keys().stream()
                        .filter(key -> !key.secret())
                        .map(Key::name)
                        .collect(Collectors.toSet()));
        assertThat(properties.stringPropertyNames())
                .doesNotContainAnyElementsOf(Settings.keys().stream()
                        .filter(Key::secret)
                        .map(Key::name)
                        .toList());
        assertThat(properties)
                .containsEntry("bigcommerce.channel-id", "")
                .containsEntry("sell-orders.delete-status-ids", "5,4,6")
                .containsEntry("optiply.timeout-ms", "30000")
                .containsEntry("bigcommerce.overlap-ms", "600000");
    }

    @Test
    void theFifteenStatusesHaveBigCommercesIds() {
        assertThat(OrderStatuses.NAMES).hasSize(15);
        assertThat(OrderStatuses.id("Incomplete")).isZero();
        assertThat(OrderStatuses.id("Refunded")).isEqualTo(4);
        assertThat(OrderStatuses.id("Cancelled")).isEqualTo(5);
        assertThat(OrderStatuses.id("Declined")).isEqualTo(6);
        assertThat(OrderStatuses.id("Completed")).isEqualTo(10);
        assertThat(OrderStatuses.id("Partially Refunded")).isEqualTo(14);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a{{b}}c${d}", "a{{b", "b}}{a", "a{{?b}}"})
    void aValueWithBracesReachesTheRoutesAsItIs(String value) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.getPropertiesComponent()
                    .setInitialProperties(
                            Settings.of(with("optiply.username", value)).asCamelProperties());
            assertThat(camel.resolvePropertyPlaceholders("{{optiply.username}}"))
                    .isEqualTo(value);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "products, bigcommerce.channel-id, 3",
        "products, bigcommerce.start-date, 2025-01-01",
        "products, products.map.eanCode, /variant/gtin",
        "sell-orders, bigcommerce.channel-id, 3",
        "sell-orders, bigcommerce.start-date, 2025-01-01",
        "sell-orders, sell-orders.all-statuses, true",
        "sell-orders, sell-orders.delete-statuses, Cancelled",
        "sell-orders, sell-orders.line-subtotal, total_ex_tax",
        "sell-orders, sell-orders.unknown-products, park",
    })
    void aSettingThatDecidesWhatIsWantedChangesTheDigest(String what, String key, String value) {
        assertThat(Settings.of(with(key, value)).decidingDigest(what))
                .matches("[0-9a-f]{64}")
                .isNotEqualTo(Settings.of(filledIn()).decidingDigest(what));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    products | sell-orders.all-statuses | true
                    sell-orders | products.map.eanCode | /variant/gtin
                    sell-orders | sell-orders.lines | endpoint
                    sell-orders | sell-orders.delete-statuses | declined, Refunded,Cancelled
                    products | optiply.concurrency | 8
                    """)
    void anyOtherSettingLeavesTheDigestAsItIs(String what, String key, String value) {
        assertThat(Settings.of(with(key, value)).decidingDigest(what))
                .isEqualTo(Settings.of(filledIn()).decidingDigest(what));
    }

    @Test
    void theLanguageOfTheMachineChangesNothing() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertThat(Keys.named("bigcommerce.timeout").environmentName()).isEqualTo("BIGCOMMERCE_TIMEOUT");
            assertThat(Settings.of(with("log.level", "info")).text("log.level")).isEqualTo("INFO");
        } finally {
            Locale.setDefault(before);
        }
    }

    private static Map<String, String> filledIn() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("bigcommerce.store-hash", "abc123");
        values.put("bigcommerce.access-token", SECRET);
        values.put("optiply.client-id", "client");
        values.put("optiply.client-secret", SECRET);
        values.put("optiply.username", "sync@example.com");
        values.put("optiply.password", SECRET);
        values.put("optiply.account-id", "98");
        values.put("optiply.coupling-id", "4711");
        return values;
    }

    private static Map<String, String> with(String key, String value) {
        Map<String, String> values = filledIn();
        values.put(key, value);
        return values;
    }

    /** A file with everything that must be there on its first eight lines; what is under test begins on line 9. */
    private Path file(String more) throws Exception {
        StringBuilder text = new StringBuilder(more.startsWith("\uFEFF") ? "\uFEFF" : "");
        filledIn()
                .forEach((key, value) ->
                        text.append(key).append('=').append(value).append('\n'));
        return Files.writeString(directory.resolve("test.properties"), text + more.replace("\uFEFF", ""));
    }

    private static List<String> problemsOf(Map<String, String> values) {
        return refusal(() -> Settings.of(values)).problems();
    }

    private static BadSettings refusal(ThrowingCallable call) {
        BadSettings bad = catchThrowableOfType(BadSettings.class, call);
        assertThat(bad).as("the settings are refused").isNotNull();
        return bad;
    }
}
