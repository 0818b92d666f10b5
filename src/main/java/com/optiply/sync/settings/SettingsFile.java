package com.optiply.sync.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * Reads a properties file in UTF-8 and remembers on which line each key stands. The rules are those of {@link
 * Properties#load}, which reads each entry here, except that what it passes over in silence is a problem: a key that
 * stands twice, an entry without a separator, a lone backslash. A lone backslash would vanish from a password; at the
 * end of a line it would draw the next line, perhaps a secret, into a value that may be printed. So an entry is
 * always one line.
 */
final class SettingsFile {

    /** One key of the file: its value and its line, counted from 1. */
    record Entry(String value, int line) {}

    /** An odd number of backslashes before the end, or before a letter that has no need of one. */
    private static final Pattern LONE_BACKSLASH = Pattern.compile("(?<!\\\\)(\\\\\\\\)*\\\\([^\\\\:=#! u]|$)");

    private static final Pattern SEPARATED = Pattern.compile("(\\\\.|[^=: \\t\\\\])*[=: \\t].*");

    private SettingsFile() {}

    /** The entries in their order; what is wrong with the file itself goes to {@code problems}, never with a value. */
    static Map<String, Entry> read(Path file, List<String> problems) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        List<String> lines;
        try {
            // A byte order mark, as some editors write it, would become part of the first key.
            lines = Files.readString(file).replaceFirst("^\uFEFF", "").lines().toList();
        } catch (CharacterCodingException e) {
            problems.add(file + " is not UTF-8 text: save it with the encoding UTF-8");
            return entries;
        } catch (IOException e) {
            problems.add(file + " cannot be read (" + e.getClass().getSimpleName()
                    + "): check that it is a file and that this user may read it");
            return entries;
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#") && !line.startsWith("!")) {
                take(file, i + 1, line, entries, problems);
            }
        }
        return entries;
    }

    private static void take(Path file, int number, String line, Map<String, Entry> entries, List<String> problems) {
        String name = line.split("[=:\\s]", 2)[0];
        String place = Keys.named(name) == null ? file + ":" + number : name + " (" + file + ":" + number + ")";
        if (LONE_BACKSLASH.matcher(line).find()) {
            problems.add(place + " holds a single backslash: write it twice (in a path / will do),"
                    + " and write each value on one line");
            return;
        }
        if (!SEPARATED.matcher(line).matches()) {
            problems.add(place + " is not key=value: write it so, or begin the line with # if it is a comment");
            return;
        }
        Properties one = new Properties();
        try {
            one.load(new StringReader(line));
        } catch (IllegalArgumentException | IOException e) {
            problems.add(place + " holds a malformed unicode escape: write \\u and four hexadecimal digits;"
                    + " write a backslash that is meant as such twice");
            return;
        }
        for (String key : one.stringPropertyNames()) {
            Entry earlier = entries.get(key);
            if (earlier != null) {
                problems.add((Keys.named(key) == null ? "A key" : key) + " stands twice in " + file + ", on lines "
                        + earlier.line() + " and " + number + ": take one of them out");
            } else {
                entries.put(key, new Entry(one.getProperty(key), number));
            }
        }
    }
}
