package com.optiply.sync.operate;

import com.optiply.sync.PlainWords;
import com.optiply.sync.Program;
import com.optiply.sync.Wiring;
import com.optiply.sync.bigcommerce.Streams;
import com.optiply.sync.optiply.Holdings;
import com.optiply.sync.state.Overview;
import com.optiply.sync.state.ParkedRecords;
import com.optiply.sync.state.ParkedRecords.Selection;
import com.optiply.sync.state.Retried;
import com.optiply.sync.state.Run;
import com.optiply.sync.state.Window;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;

/**
 * The operator's desk: every question that the commands and the page ask. Its answers can be written as JSON as they
 * are, and are the same whoever asks.
 *
 * <p>Safe for several threads.
 */
public final class Desk implements Asked {

    private static final List<String> KINDS = List.of("products", "sell-orders");

    private final Wiring wiring;
    private final Supplier<CamelContext> camel;
    private final Overview overview;
    private final ParkedRecords parked;
    private final String store;
    private final Troubles troubles;
    private volatile Samples samples;
    private final Set<Rehearsal> rehearsals = ConcurrentHashMap.newKeySet();
    private final Map<String, Holdings> listings = new ConcurrentHashMap<>();

    /** @param camel gives the context that holds the routes; asked for only where an answer needs them */
    public Desk(Wiring wiring, Supplier<CamelContext> camel) {
        this.wiring = wiring;
        this.camel = camel;
        this.store = wiring.settings().text("store.name");
        this.overview = new Overview(wiring.database());
        this.troubles = new Troubles(wiring);
        this.parked = new ParkedRecords(wiring.database(), Clock.systemUTC());
    }

    /** From here on figures are kept for the page's chart. */
    void keepSamples() {
        samples = new Samples(wiring);
    }

    @Override
    public void close() {
        if (samples != null) {
            samples.close();
        }
    }

    @Override
    public Answer ask(String question, Map<String, Object> about) {
        Given given = new Given(about);
        return switch (question) {
            case "status" -> Answer.of(List.of(status()));
            case "samples" -> Answer.of(samples == null ? List.of() : samples.last());
            case "pending" -> Answer.of(overview.pending(store));
            case "parked" -> Answer.of(parked.list(store, given.selectionOrAll()));
            case "show" -> show(given.selectionOrAll());
            case "retry" -> retry(given.selection());
            case "discard" -> discard(given.selection(), given.text("reason"));
            case "explain" -> explain(given.mustText("entity"), given.mustText("id"));
            case "check" -> check();
            case "sync" -> sync(given.kinds(), given.flag("full"));
            case "dry-run" -> dryRun(given.kinds(), given.flag("full"), given.texts("settings"));
            case "backfill" -> backfill(given.instant("from"), given.instant("to"));
            case "export" -> export(given.list("streams"), given.text("since"), given.text("out"));
            case "verify" -> verify(given.flag("repair"));
            default -> throw new WrongUse("“" + question + "” is no question that the desk knows");
        };
    }

    /** Everything that the page and {@code status} show. */
    public Map<String, Object> status() {
        Map<String, Object> status = new LinkedHashMap<>(overview.status(store));
        Instant now = Instant.now();
        Map<String, Object> clocks = new LinkedHashMap<>();
        clocks.put("products", text(Clocks.next(wiring.settings(), "products")));
        clocks.put("sell-orders", text(Clocks.next(wiring.settings(), "sell-orders")));
        status.put("next", clocks);
        Map<String, Object> quota = new LinkedHashMap<>();
        quota.put("left", wiring.quota().left() < 0 ? null : wiring.quota().left());
        quota.put("quota", wiring.quota().quota() < 0 ? null : wiring.quota().quota());
        status.put("quota", quota);
        status.put("in_hand", inHand());
        status.put("routes_not_in_effect", List.copyOf(wiring.routeProblems().values()));
        status.put("settings_not_in_effect", wiring.settingsProblems());
        status.put("restart_needed", wiring.restartNeeded());
        status.put(
                "troubles",
                troubles.of(status).stream().map(Troubles.Trouble::shown).toList());
        status.put("now", now.toString());
        return status;
    }

    private static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }

    @Override
    public List<Map<String, Object>> inHand() {
        List<Map<String, Object>> all = new ArrayList<>();
        List<Run> runs = new ArrayList<>(wiring.runs().inHand());
        rehearsals.forEach(rehearsal -> runs.addAll(rehearsal.inHand()));
        for (Run run : runs) {
            all.add(inHand(run));
        }
        listings.forEach((kind, listing) -> {
            if (listing.isMore()) {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("what", kind + " in Optiply");
                line.put("mode", "listing");
                line.put("rows", listing.count());
                line.put("rows_expected", listing.total() < 0 ? null : listing.total());
                all.add(line);
            }
        });
        return all;
    }

    private static Map<String, Object> inHand(Run run) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("run", run.getId());
        line.put("what", run.getWhat());
        line.put("mode", run.isRehearsal() ? "dry-run" : run.getMode().word());
        line.put("started", run.getStarted().toString());
        double seconds = Duration.between(run.getStarted(), Instant.now()).toMillis() / 1000.0;
        line.put("seconds", seconds);
        line.put("stream", run.getStream());
        line.put("rows", rows(run));
        line.put("rows_expected", run.getTotal());
        line.put("delivering", run.getBacklog() > 0);
        long delivered = run.getCounts().delivered();
        line.put("delivered", delivered);
        line.put("backlog", run.getBacklog());
        line.put("seconds_left", secondsLeft(run, delivered));
        line.put("counts", run.getCounts().shown());
        return line;
    }

    /** At the pace of the half in hand, for what is left of it; null as long as that is no more than a guess. */
    private static Long secondsLeft(Run run, long delivered) {
        boolean delivering = run.getBacklog() > 0;
        Instant since = delivering ? run.getDeliveringSince() : run.getStarted();
        double seconds = Duration.between(since, Instant.now()).toMillis() / 1000.0;
        long done = delivering ? delivered : rows(run);
        long all = delivering ? run.getBacklog() : run.getTotal() == null ? -1 : run.getTotal();
        return done > 0 && all > done ? Math.round(seconds * (all - done) / done) : null;
    }

    private static long rows(Run run) {
        return run.getStream() == null ? run.getRowsRead() : run.getCounts().readSoFar();
    }

    // ---- runs

    private Answer sync(List<String> kinds, boolean full) {
        List<Map<String, Object>> lines = new ArrayList<>();
        int exitCode = 0;
        for (String kind : kinds) {
            exitCode = Math.max(exitCode, run("run-" + kind, kind, Map.of("full", full), lines));
        }
        return new Answer(lines, exitCode);
    }

    private int run(String route, String kind, Map<String, Object> variables, List<Map<String, Object>> lines) {
        try {
            Run run = Program.run(camel.get(), route, variables);
            lines.add(new LinkedHashMap<>(run.getReport()));
            return run.getExitCode();
        } catch (Program.RunImpossible e) {
            lines.add(Program.failed(wiring.settings(), kind, e.getMessage()));
            return 3;
        }
    }

    private Answer dryRun(List<String> kinds, boolean full, Map<String, String> changed) {
        try (Rehearsal rehearsal = new Rehearsal(wiring, wiring.settings().with(changed))) {
            rehearsals.add(rehearsal);
            try {
                return DryRun.of(rehearsal, kinds, full);
            } finally {
                rehearsals.remove(rehearsal);
            }
        }
    }

    private Answer backfill(Instant from, Instant to) {
        if (!from.isBefore(to)) {
            throw new WrongUse("the window ends (" + to + ") before it begins (" + from + ")");
        }
        List<Map<String, Object>> lines = new ArrayList<>();
        int exitCode = run("run-sell-orders", "sell-orders", Map.of("window", new Window(from, to)), lines);
        return new Answer(lines, exitCode);
    }

    private Answer export(List<String> asked, String since, String directory) {
        List<String> streams;
        try {
            streams = camel.get()
                    .getRegistry()
                    .lookupByNameAndType("streams", Streams.class)
                    .named(asked);
        } catch (Streams.NoSuchStream e) {
            throw new WrongUse(e.getMessage());
        }
        List<Map<String, Object>> lines = new ArrayList<>();
        int exitCode = 0;
        for (String stream : streams) {
            Map<String, Object> variables = new LinkedHashMap<>();
            variables.put("stream", stream);
            variables.put("since", since == null ? null : Instant.parse(since));
            variables.put("directory", directory == null ? null : Path.of(directory));
            variables.put("full", since == null);
            exitCode = Math.max(exitCode, run("export-stream", "export", variables, lines));
            lines.get(lines.size() - 1).putIfAbsent("stream", stream);
        }
        return new Answer(lines, exitCode);
    }

    private Answer verify(boolean repair) {
        try {
            return new Verify(wiring, camel.get(), new Verify.Watched() {
                        @Override
                        public void listing(Holdings listing) {
                            listings.put(listing.getPath().substring(1), listing);
                        }

                        @Override
                        public void begun(Rehearsal rehearsal) {
                            rehearsals.add(rehearsal);
                        }

                        @Override
                        public void ended(Rehearsal rehearsal) {
                            rehearsals.remove(rehearsal);
                        }
                    })
                    .answer(repair);
        } finally {
            listings.clear();
        }
    }

    // ---- single records

    private Answer explain(String entity, String id) {
        return new Explain(wiring, camel.get()).answer(entity, id);
    }

    private Answer check() {
        return new Check(wiring, camel.get()).answer();
    }

    private Answer show(Selection selection) {
        List<Map<String, Object>> records = parked.show(store, selection);
        known(selection, records);
        return Answer.of(records);
    }

    private static void known(Selection selection, List<Map<String, Object>> records) {
        List<String> unknown = selection.unknown(records);
        if (!unknown.isEmpty()) {
            throw new WrongUse(String.join(", ", unknown) + (unknown.size() == 1 ? " is not parked" : " are not parked")
                    + "; see `parked list`");
        }
    }

    private Answer discard(Selection selection, String reason) {
        List<Map<String, Object>> records = parked.list(store, selection);
        known(selection, records);
        parked.discard(store, records, reason);
        List<Map<String, Object>> lines = new ArrayList<>();
        for (Map<String, Object> record : records) {
            Map<String, Object> line = brief(record, "discarded");
            line.put("discard_reason", reason);
            lines.add(line);
        }
        return Answer.of(lines);
    }

    private Answer retry(Selection selection) {
        List<Map<String, Object>> records = parked.list(store, selection);
        known(selection, records);
        List<Map<String, Object>> lines = new ArrayList<>();
        int exitCode = 0;
        for (Map.Entry<String, List<String>> entity :
                ParkedRecords.byEntity(records).entrySet()) {
            List<Map<String, Object>> run = new ArrayList<>();
            Retried retried = retried(entity.getKey(), entity.getValue(), records);
            int code = run("retry-" + entity.getKey(), entity.getKey(), Map.of("retried", retried), run);
            // Others of the kind may stand parked: that says nothing of those that were retried.
            exitCode = Math.max(exitCode, code == 1 ? 0 : code);
            if ("failed".equals(run.get(0).get("outcome"))) {
                lines.addAll(run);
            }
        }
        for (Map<String, Object> record : records) {
            Map<String, Object> now =
                    overview.record(store, (String) record.get("entity"), (String) record.get("remote_id"));
            String status = now == null ? "gone" : String.valueOf(now.get("status"));
            Map<String, Object> line = brief(record, status);
            if (status.equals("parked")) {
                exitCode = Math.max(exitCode, 1);
                line.put("cause", now.get("cause"));
                line.put("reason", now.get("error"));
            } else if (now != null) {
                line.put("absent", now.get("absent"));
                line.put("optiply_id", now.get("optiply_id"));
            }
            lines.add(line);
        }
        return new Answer(lines, exitCode);
    }

    private static Retried retried(String entity, List<String> remoteIds, List<Map<String, Object>> records) {
        Set<String> sources = new LinkedHashSet<>();
        for (Map<String, Object> record : records) {
            Object source = entity.equals("products") ? record.get("parent_id") : record.get("remote_id");
            if (entity.equals(record.get("entity"))
                    && source != null
                    && source.toString().matches("[0-9]{1,18}")) {
                sources.add(source.toString());
            }
        }
        return new Retried(entity, remoteIds, List.copyOf(sources));
    }

    private static Map<String, Object> brief(Map<String, Object> record, String status) {
        Map<String, Object> line = new LinkedHashMap<>();
        for (String key : List.of("store", "entity", "remote_id")) {
            line.put(key, record.get(key));
        }
        line.put("status", status);
        return line;
    }

    /** What a person was told, in words that say what to do; for answers over HTTP. */
    static String words(Exception failure) {
        return PlainWords.of(failure);
    }

    /** What a question is about, as JSON or an address gave it. */
    private record Given(Map<String, Object> about) {

        String text(String name) {
            Object value = about.get(name);
            return value == null || value.toString().isBlank() ? null : value.toString();
        }

        String mustText(String name) {
            String value = text(name);
            if (value == null) {
                throw new WrongUse("“" + name + "” is missing");
            }
            return value;
        }

        boolean flag(String name) {
            return Boolean.parseBoolean(String.valueOf(about.get(name)));
        }

        Instant instant(String name) {
            String value = mustText(name);
            try {
                return value.length() == 10
                        ? java.time.LocalDate.parse(value)
                                .atStartOfDay(java.time.ZoneOffset.UTC)
                                .toInstant()
                        : java.time.OffsetDateTime.parse(value).toInstant();
            } catch (java.time.format.DateTimeParseException e) {
                throw new WrongUse("“" + value + "” is no instant: write 2026-01-31 or 2026-01-31T12:00:00Z");
            }
        }

        List<String> list(String name) {
            Object value = about.get(name);
            if (value == null) {
                return List.of();
            }
            return value instanceof List<?> list
                    ? list.stream().map(String::valueOf).toList()
                    : List.of(value.toString());
        }

        Map<String, String> texts(String name) {
            Map<String, String> texts = new LinkedHashMap<>();
            if (about.get(name) instanceof Map<?, ?> map) {
                map.forEach((key, value) -> texts.put(key.toString(), value == null ? "" : value.toString()));
            }
            return texts;
        }

        List<String> kinds() {
            List<String> asked = list("what");
            if (!KINDS.containsAll(asked)) {
                throw new WrongUse(asked + ": only products and sell-orders are synced");
            }
            return KINDS.stream()
                    .filter(kind -> asked.isEmpty() || asked.contains(kind))
                    .toList();
        }

        Selection selectionOrAll() {
            Selection selection = new Selection(list("ids"), text("cause"), flag("all"));
            return selection.ids().isEmpty() && selection.cause() == null ? Selection.ALL : selection;
        }

        Selection selection() {
            Selection selection = new Selection(list("ids"), text("cause"), flag("all"));
            if (selection.ids().isEmpty() && selection.cause() == null && !selection.all()) {
                throw new WrongUse("name records by id, or by --cause, or take --all");
            }
            return selection;
        }
    }
}
