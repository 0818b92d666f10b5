package com.optiply.sync.operate;

import com.optiply.sync.settings.Settings;
import com.optiply.sync.state.Database;

/** Opens the database for a command that only looks. */
final class Databases {

    private Databases() {}

    static Database open(Settings settings) {
        return Database.open(
                settings.text("database.url"),
                settings.text("database.user"),
                settings.optional("database.password").orElse(""),
                2);
    }
}
