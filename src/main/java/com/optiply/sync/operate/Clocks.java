package com.optiply.sync.operate;

import com.optiply.sync.settings.Settings;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.TimeZone;
import org.quartz.CronExpression;

/** When the clocks start runs next. */
final class Clocks {

    private Clocks() {}

    /** The next start of a kind of run; null where the clocks do not run. */
    static Instant next(Settings settings, String what) {
        if (!settings.flag("clocks.enabled")) {
            return null;
        }
        List<String> keys = what.equals("products")
                ? List.of("sync.products.cron", "sync.products.full-cron")
                : List.of("sync.sell-orders.cron");
        return keys.stream()
                .map(key -> after(settings.text(key), Instant.now()))
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
    }

    /** The first tick of a clock after an instant. */
    static Instant after(String cron, Instant after) {
        try {
            CronExpression expression = new CronExpression(cron);
            expression.setTimeZone(TimeZone.getTimeZone("UTC"));
            Date next = expression.getNextValidTimeAfter(Date.from(after));
            return next == null ? null : next.toInstant();
        } catch (ParseException e) {
            throw new IllegalStateException("the settings let “" + cron + "” pass, which is no cron expression", e);
        }
    }
}
