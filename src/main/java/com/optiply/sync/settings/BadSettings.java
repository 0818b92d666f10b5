package com.optiply.sync.settings;

import java.util.List;

/**
 * The settings cannot be used. Holds every problem found, not only the first, each with key, place and cure. The
 * value of a secret or of an unknown key never stands in it, so it may be printed and logged.
 */
public final class BadSettings extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Serializable, as an exception must be: always made by {@code List.copyOf}. */
    @SuppressWarnings("serial")
    private final List<String> problems;

    public BadSettings(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /**
     * One sentence or two for each problem: what is wrong with the file, then the keys in the manual's order; never
     * empty.
     */
    public List<String> problems() {
        return problems;
    }
}
