package com.optiply.sync.settings;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the key that somebody meant. */
final class Spelling {

    private Spelling() {}

    /**
     * The key nearest to what was written, or none when nothing is near (more than a quarter of its letters differ).
     */
    static Optional<String> nearest(String written) {
        String plain = plain(written);
        return Keys.all().stream()
                .map(Key::name)
                .min(Comparator.comparingInt(name -> distance(plain, plain(name))))
                .filter(name -> distance(plain, plain(name)) * 4 <= name.length());
    }

    /** Letter case and the choice of separator are never what was meant. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '.').replace('_', '.');
    }

    /** Levenshtein: how many letters must be put in, taken out or exchanged to make one of the other. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            int diagonal = i;
            for (int j = 0; j <= b.length(); j++) {
                int exchanged = i == 0 || j == 0 ? i + j : diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = i == 0 || j == 0 ? i + j : Math.min(exchanged, 1 + Math.min(diagonal, row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
