package com.optiply.sync.settings;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Strikes secrets out of what a partner said before it is written anywhere: those of the settings, and the last tokens
 * that were given to us. A partner's error text may repeat whatever it was sent.
 *
 * <p>Safe for several threads.
 */
public final class Secrets {

    /** A shorter one would make texts unreadable without being much of a secret. */
    private static final int SHORTEST = 4;

    /** Calls under way may still carry one that has been replaced. */
    private static final int TOKENS = 4;

    private final List<Pattern> lasting;
    private final Deque<Pattern> tokens = new ArrayDeque<>();

    public Secrets(Settings settings) {
        // The longest first: another one may be a part of it.
        lasting = Settings.keys().stream()
                .filter(Key::secret)
                .flatMap(key -> settings.optional(key.name()).stream())
                .filter(secret -> secret.length() >= SHORTEST)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Secrets::inAnyForm)
                .toList();
    }

    /** From now on this token is a secret, too. */
    public void token(String token) {
        synchronized (tokens) {
            tokens.addLast(inAnyForm(token));
            if (tokens.size() > TOKENS) {
                tokens.removeFirst();
            }
        }
    }

    /** The text with three asterisks in place of each secret, also where it is written as in JSON or in a URL. */
    public String struckOutOf(String text) {
        List<Pattern> all = new ArrayList<>(lasting);
        synchronized (tokens) {
            all.addAll(tokens);
        }
        String struck = text;
        for (Pattern secret : all) {
            struck = secret.matcher(struck).replaceAll("***");
        }
        return struck;
    }

    private static Pattern inAnyForm(String secret) {
        StringBuilder pattern = new StringBuilder();
        secret.codePoints().mapToObj(Character::toString).forEach(sign -> {
            StringBuilder json = new StringBuilder();
            sign.chars().forEach(unit -> json.append(String.format("\\\\u%04x", unit)));
            StringBuilder url = new StringBuilder();
            for (byte one : sign.getBytes(StandardCharsets.UTF_8)) {
                url.append(String.format("%%%02x", one));
            }
            pattern.append("(?:\\\\?")
                    .append(Pattern.quote(sign))
                    .append("|(?i:")
                    .append(json)
                    .append('|')
                    .append(url)
                    .append(sign.equals(" ") ? "|\\+))" : "))");
        });
        return Pattern.compile(pattern.toString());
    }
}
