package com.optiply.sync.operate;

import com.optiply.sync.settings.Settings;
import java.nio.file.Path;

/** Where the database is. */
final class Databases {

    private static final String H2_FILE = "jdbc:h2:file:";

    private Databases() {}

    /** The H2 file without its ending; null where the database is no file of this machine. */
    static Path file(Settings settings) {
        String url = settings.text("database.url");
        if (!url.startsWith(H2_FILE)) {
            return null;
        }
        String file = url.substring(H2_FILE.length());
        int options = file.indexOf(';');
        return Path.of(options < 0 ? file : file.substring(0, options));
    }

    /** The small file beside it that says how to ask the process that holds it; null where there is no such file. */
    static Path deskFile(Settings settings) {
        Path file = file(settings);
        return file == null ? null : file.resolveSibling(file.getFileName() + ".desk.json");
    }
}
