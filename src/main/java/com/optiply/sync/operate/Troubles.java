package com.optiply.sync.operate;

import com.optiply.sync.Wiring;
import com.optiply.sync.settings.Settings;
import com.optiply.sync.state.Overview;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is not well with a store: what the page shows at one glance, what readiness goes by, and what alerts are about.
 *
 * <p>Safe for several threads.
 */
public final class Troubles {

    private static final List<String> KINDS = List.of("products", "sell-orders");

    private final Wiring wiring;
    private final Overview overview;
    private final String store;
    private final Instant since = Instant.now();

    public Troubles(Wiring wiring) {
        this.wiring = wiring;
        this.overview = new Overview(wiring.database());
        this.store = wiring.settings().text("store.name");
    }

    /**
     * One thing that is not well.
     *
     * @param kind {@code credentials-refused}, {@code run-failed}, {@code run-partial}, {@code late}, {@code brake},
     *     {@code parked}, {@code route-file}, {@code settings-file} or {@code restart-needed}
     * @param what what it is about: a kind of run, or a file
     * @param said what is wrong, in words
     * @param todo what to do about it, in words
     */
    public record Trouble(String kind, String what, String said, String todo) {

        Map<String, Object> shown() {
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("kind", kind);
            shown.put("what", what);
            shown.put("said", said);
            shown.put("todo", todo);
            return shown;
        }
    }

    /** All there are now. */
    public List<Trouble> now() {
        return of(overview.status(store));
    }

    /** Those that a status shows. */
    List<Trouble> of(Map<String, Object> status) {
        List<Trouble> troubles = new ArrayList<>();
        for (String kind : KINDS) {
            lastRun(kind, status, troubles);
        }
        troubles.addAll(late());
        ((Map<?, ?>) status.get("undelivered")).forEach((kind, counts) -> {
            long parked = ((Number) ((Map<?, ?>) counts).get("parked")).longValue();
            if (parked > 0) {
                troubles.add(new Trouble(
                        "parked",
                        kind.toString(),
                        parked + " "
                                + (parked == 1 ? kind.toString().replaceFirst("s$", "") + " stands" : kind + " stand")
                                + " parked",
                        "see `parked list`; mend the cause in the shop, then retry, or discard"));
            }
        });
        wiring.routeProblems()
                .forEach((file, problem) -> troubles.add(new Trouble(
                        "route-file",
                        file,
                        "what was saved of a route file is not in effect: " + problem,
                        "mend the file; what ran before goes on until then")));
        if (!wiring.settingsProblems().isEmpty()) {
            troubles.add(new Trouble(
                    "settings-file",
                    "settings",
                    "what was saved of the settings is not in effect: " + String.join("; ", wiring.settingsProblems()),
                    "mend the file; the settings before go on until then"));
        }
        if (!wiring.restartNeeded().isEmpty()) {
            troubles.add(new Trouble(
                    "restart-needed",
                    "settings",
                    "settings were changed that take effect with the next start: "
                            + String.join(", ", wiring.restartNeeded()),
                    "start again when it suits"));
        }
        return troubles;
    }

    private static void lastRun(String kind, Map<String, Object> status, List<Trouble> troubles) {
        for (Object one : (List<?>) status.get("runs")) {
            Map<?, ?> run = (Map<?, ?>) one;
            if (!kind.equals(run.get("what")) || run.get("outcome") == null) {
                continue;
            }
            String message = String.valueOf(run.get("message"));
            boolean brake = run.get("counts") instanceof Map<?, ?> counts && Boolean.TRUE.equals(counts.get("brake"));
            if (brake) {
                troubles.add(new Trouble("brake", kind, message, "see whether so many products are really gone"));
            } else if ("failed".equals(run.get("outcome"))) {
                boolean credentials = message.contains("does not accept");
                troubles.add(new Trouble(
                        credentials ? "credentials-refused" : "run-failed",
                        kind,
                        "the last run of " + kind + " failed: " + message,
                        credentials
                                ? "set the right credentials and start again"
                                : "see `check`; the next run goes on"));
            } else if ("partial".equals(run.get("outcome"))) {
                troubles.add(new Trouble(
                        "run-partial",
                        kind,
                        "the last run of " + kind + " left something undone"
                                + (run.get("message") == null ? "" : ": " + message),
                        "see `status`; the next run goes on"));
            }
            return;
        }
    }

    /** Kinds of which no complete run has begun for more than two intervals of their clock. */
    List<Trouble> late() {
        List<Trouble> late = new ArrayList<>();
        Settings settings = wiring.settings();
        if (!settings.flag("clocks.enabled")) {
            return late;
        }
        Map<String, Instant> last = overview.lastComplete(store);
        Map<String, Instant> first = overview.firstBegun(store);
        for (String kind : KINDS) {
            String cron = settings.text("sync." + kind + ".cron");
            Instant from = last.getOrDefault(kind, first.getOrDefault(kind, since));
            Instant one = Clocks.after(cron, from);
            Instant second = one == null ? null : Clocks.after(cron, one);
            if (second != null && Instant.now().isAfter(second)) {
                late.add(new Trouble(
                        "late",
                        kind,
                        "no complete run of " + kind + " since " + from,
                        "see `status` for what the last runs met"));
            }
        }
        return late;
    }
}
