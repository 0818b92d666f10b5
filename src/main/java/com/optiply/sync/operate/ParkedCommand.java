package com.optiply.sync.operate;

import com.optiply.sync.Json;
import com.optiply.sync.settings.Settings;
import com.optiply.sync.state.Database;
import com.optiply.sync.state.Overview;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "parked",
        description = "The records that could not be mapped or that Optiply refused.",
        subcommands = ParkedCommand.ListCommand.class,
        mixinStandardHelpOptions = true)
final class ParkedCommand implements Callable<Integer> {

    @Mixin
    Options options;

    @Override
    public Integer call() {
        return list(options);
    }

    @Command(name = "list", description = "Lists them, those parked longest first.", mixinStandardHelpOptions = true)
    static final class ListCommand implements Callable<Integer> {

        @Mixin
        Options options;

        @Override
        public Integer call() {
            return list(options);
        }
    }

    private static int list(Options options) {
        Settings settings = options.settings();
        try (Database database = options.database(settings)) {
            List<Map<String, Object>> parked = new Overview(database).parked(settings.text("store.name"));
            for (Map<String, Object> record : parked) {
                System.out.println(
                        options.json
                                ? Json.text(record)
                                : record.get("entity") + "/" + record.get("remote_id") + "  " + record.get("cause")
                                        + "  " + record.get("reason"));
            }
            if (parked.isEmpty() && !options.json) {
                System.out.println("nothing is parked");
            }
            return 0;
        }
    }
}
