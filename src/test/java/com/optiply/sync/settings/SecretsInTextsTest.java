package com.optiply.sync.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets in what a partner says. */
class SecretsInTextsTest {

    private final Secrets secrets = new Secrets(settings());

    private static Settings settings() {
        Map<String, String> values = new HashMap<>();
        for (Key key : Settings.keys()) {
            if (key.group() == Key.Group.MUST) {
                values.put(key.name(), "123");
            }
        }
        values.put("optiply.password", "a/b +wör\"d");
        values.put("optiply.client-secret", "the-client");
        values.put("bigcommerce.access-token", "the-client-and-more");
        return Settings.of(values);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b +wör\"d",
                "a\\/b +w\\u00f6r\\\"d",
                "a\\u002Fb \\u002bwör\\u0022d",
                "a%2Fb+%2Bw%C3%B6r%22d",
                "a%2fb%20%2bw%c3%b6r%22d",
                "the-client-and-more"
            })
    void aSecretIsStruckOutInEachFormInWhichItTravels(String form) {
        assertThat(secrets.struckOutOf("you sent “" + form + "”.")).isEqualTo("you sent “***”.");
    }

    @Test
    void onlyTheLastTokensAreRememberedAndWhatIsTooShortStays() {
        for (int token = 1; token <= 6; token++) {
            secrets.token("token-number-" + token);
        }
        assertThat(secrets.struckOutOf("token-number-1 token-number-3 token-number-6 123"))
                .isEqualTo("token-number-1 *** *** 123");
    }
}
