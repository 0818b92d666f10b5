package com.optiply.sync.operate;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import com.optiply.sync.settings.Settings;
import org.slf4j.LoggerFactory;

/** Sets the log up as {@code log.level} and {@code log.format} say. All of it goes to standard error. */
public final class Logs {

    private Logs() {}

    static void setUp(Settings settings) {
        level(settings);
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        if ("json".equals(settings.text("log.format"))) {
            Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
            ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
            console.setContext(context);
            console.setTarget("System.err");
            JsonEncoder encoder = new JsonEncoder();
            encoder.setContext(context);
            encoder.setWithFormattedMessage(true);
            encoder.setWithMessage(false);
            encoder.setWithArguments(false);
            encoder.setWithContext(false);
            encoder.setWithSequenceNumber(false);
            encoder.setWithNanoseconds(false);
            encoder.start();
            console.setEncoder(encoder);
            console.start();
            root.detachAndStopAllAppenders();
            root.addAppender(console);
        }
    }

    /** How much is logged from here on; nothing is done inside somebody else's program, whose log is theirs. */
    public static void level(Settings settings) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            level(context, Level.toLevel(settings.text("log.level")));
        }
    }

    /**
     * Ours as asked; Camel's only where more than INFO is asked for, since it has a line for everything, and never TRACE, for
     * there it prints what beans return and what is set as a header: tokens.
     */
    static void level(LoggerContext context, Level level) {
        context.getLogger("com.optiply.sync").setLevel(level);
        context.getLogger("org.apache.camel").setLevel(level.isGreaterOrEqual(Level.INFO) ? Level.WARN : Level.DEBUG);
    }
}
