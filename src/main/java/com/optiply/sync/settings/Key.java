package com.optiply.sync.settings;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One setting as {@code application.properties} documents it.
 *
 * @param name as it stands in the file, such as {@code bigcommerce.page-size}
 * @param group which part of the manual it stands in
 * @param kind what its value may look like
 * @param standard the value that holds where none is given; null where there is none
 * @param meaning one sentence with the unit; stands word for word in the manual
 * @param secret true: never printed, and refused as {@code -D} because others can read a command line
 */
public record Key(String name, Group group, Kind kind, String standard, String meaning, boolean secret) {

    private static final Pattern LIVE =
            Pattern.compile("products\\.map\\..+|sell-orders\\..+|.+[.-]cron|.+\\.concurrency|log\\.level");

    /** How often a person meets the key; the manual's three parts. */
    public enum Group {
        /** Without it the program does not start. */
        MUST,
        OFTEN,
        SELDOM
    }

    /** The environment variable that sets this key: upper case, dots and dashes as underscores. */
    public String environmentName() {
        return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** Whether a new value takes effect while the program runs; else it needs a restart. */
    public boolean isLive() {
        return LIVE.matcher(name).matches();
    }
}
