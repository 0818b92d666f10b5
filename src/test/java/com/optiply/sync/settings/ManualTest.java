package com.optiply.sync.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The manual, application.properties at the top of the project, and the keys of the program say the same. */
class ManualTest {

    private static final Path MANUAL = Path.of("application.properties");
    private static final Pattern KEY = Pattern.compile("(#?)([a-z][A-Za-z.-]*)=(.*)");
    private static final Pattern PART = Pattern.compile("# ====  \\d\\. ([A-Z]+)  =+");

    /** One key of the manual. */
    private record Documented(Key.Group group, boolean active, String value, String comment) {}

    private static final Map<String, Documented> DOCUMENTED = new LinkedHashMap<>();

    @BeforeAll
    static void readTheManual() throws Exception {
        Key.Group group = null;
        StringBuilder comment = new StringBuilder();
        boolean afterKey = false;
        for (String line : Files.readAllLines(MANUAL)) {
            Matcher part = PART.matcher(line);
            Matcher key = KEY.matcher(line);
            if (part.matches()) {
                group = Key.Group.valueOf(part.group(1));
            } else if (key.matches()) {
                afterKey = true;
                assertThat(DOCUMENTED).as("each key stands once").doesNotContainKey(key.group(2));
                DOCUMENTED.put(
                        key.group(2),
                        new Documented(
                                group,
                                key.group(1).isEmpty(),
                                key.group(3),
                                comment.toString().replaceAll("\\s+", " ")));
            } else if (line.startsWith("# ")) {
                if (afterKey) {
                    comment.setLength(0);
                    afterKey = false;
                }
                comment.append(line.substring(1));
            } else {
                comment.setLength(0);
            }
        }
    }

    @Test
    void everyKeyIsDocumentedAndEveryDocumentedKeyExistsInTheSameOrder() {
        assertThat(DOCUMENTED.keySet())
                .containsExactlyElementsOf(
                        Settings.keys().stream().map(Key::name).toList());
    }

    @Test
    void everyKeyStandsInItsPartWithItsDefault() {
        for (Key key : Settings.keys()) {
            Documented documented = DOCUMENTED.get(key.name());
            assertThat(documented.group()).as(key.name()).isEqualTo(key.group());
            assertThat(documented.active())
                    .as(key.name() + " is to be filled in")
                    .isEqualTo(key.group() == Key.Group.MUST);
            assertThat(documented.value()).as(key.name()).isEqualTo(key.standard() == null ? "" : key.standard());
        }
    }

    @Test
    void everyKeyIsExplainedByItsMeaningAndItsAllowedValues() {
        for (Key key : Settings.keys()) {
            String comment = DOCUMENTED.get(key.name()).comment().toLowerCase(Locale.ROOT);
            assertThat(comment).as(key.name()).contains(key.meaning().toLowerCase(Locale.ROOT));
            if (key.kind().allowed().startsWith("Quartz cron")) {
                assertThat(comment).contains("quartz cron");
            } else if (!key.kind().allowed().equals("text")) {
                assertThat(comment).as(key.name()).contains(key.kind().allowed().toLowerCase(Locale.ROOT));
            }
            assertThat(comment.contains("secret.")).as(key.name()).isEqualTo(key.secret());
        }
    }

    @Test
    void theManualNamesTheKeysThatNeedNoRestart() throws Exception {
        String manual = Files.readString(MANUAL).replace("\n# ", " ");
        String passage = manual.substring(
                manual.indexOf("Saved while the program runs"),
                manual.indexOf("The log and `status` name any other key"));
        for (Key key : Settings.keys()) {
            boolean named = Pattern.compile("[a-z][a-z.*-]*[a-z*]")
                    .matcher(passage)
                    .results()
                    .anyMatch(word ->
                            key.name().matches(word.group().replace(".", "\\.").replace("*", ".+")));
            assertThat(key.isLive()).as(key.name()).isEqualTo(named);
        }
    }

    @Test
    void everyDefaultIsAllowed() {
        for (Key key : Settings.keys()) {
            if (key.standard() != null) {
                assertThat(key.kind().reader().apply(key.standard()))
                        .as(key.name())
                        .isEqualTo(key.standard());
            }
        }
    }

    @Test
    void aNewcomerWhoFilledInNothingIsAskedForTheMustKeysAndNothingElse() {
        List<String> must = Settings.keys().stream()
                .filter(key -> key.group() == Key.Group.MUST)
                .map(Key::name)
                .toList();
        try {
            Settings.load(MANUAL, true, Map.of(), new Properties());
        } catch (BadSettings e) {
            assertThat(e.problems()).hasSameSizeAs(must);
            assertThat(e).hasMessageContainingAll(must.toArray(String[]::new));
            return;
        }
        assertThat(must).as("refused").isEmpty();
    }
}
