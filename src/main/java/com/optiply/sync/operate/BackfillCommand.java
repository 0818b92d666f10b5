package com.optiply.sync.operate;

import com.optiply.sync.settings.Settings;
import java.io.PrintStream;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "backfill",
        description =
                "Reads and delivers the orders that were placed in a past window. The bookmark stays; an interrupted"
                        + " backfill goes on when it is asked for again.",
        mixinStandardHelpOptions = true)
final class BackfillCommand extends Asking {

    @Parameters(paramLabel = "WHAT", description = "sell-orders")
    String what;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "INSTANT",
            description = "Begin of the window, such as 2026-01-31 or 2026-01-31T12:00:00Z.")
    String from;

    @Option(names = "--to", required = true, paramLabel = "INSTANT", description = "End of the window.")
    String to;

    @Override
    String question() {
        return "backfill";
    }

    @Override
    Map<String, Object> about(Settings settings) {
        if (!"sell-orders".equals(what)) {
            throw new WrongUse("only sell-orders have a past to fill in: products are what they are now");
        }
        return Map.of("from", from, "to", to);
    }

    @Override
    void show(Answer answer, PrintStream out) {
        Report.print(answer.lines(), false, out);
    }
}
