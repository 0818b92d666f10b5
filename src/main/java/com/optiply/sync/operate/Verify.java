package com.optiply.sync.operate;

import com.optiply.sync.PlainWords;
import com.optiply.sync.Program;
import com.optiply.sync.Wiring;
import com.optiply.sync.optiply.Holdings;
import com.optiply.sync.state.Run;
import com.optiply.sync.state.StateCopy;
import com.optiply.sync.state.Undelivered;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;

/**
 * Compares both sides: the shop, read and mapped anew, against what Optiply lists now. It is a dry run over a copy of
 * the state that says of Optiply what Optiply itself says; so what that dry run would send is what differs.
 */
final class Verify {

    static final List<String> KINDS = List.of("products", "sell-orders");

    private final Wiring wiring;
    private final CamelContext camel;
    private final String store;
    private final List<Map<String, Object>> lines = new ArrayList<>();
    private final Map<String, Holdings> listings = new LinkedHashMap<>();
    private final List<Undelivered> different = new ArrayList<>();
    private final Watched watched;
    private boolean failed;

    /** Is told what is under way, for the progress that a person sees. */
    interface Watched {
        void listing(Holdings listing);

        void begun(Rehearsal rehearsal);

        void ended(Rehearsal rehearsal);
    }

    Verify(Wiring wiring, CamelContext camel, Watched watched) {
        this.wiring = wiring;
        this.camel = camel;
        this.store = wiring.settings().text("store.name");
        this.watched = watched;
    }

    /** @param repair whether what is missing or different is to be sent */
    Answer answer(boolean repair) {
        wiring.runs().whileNothingIsDelivered(store, lease -> {
            compare();
            if (repair && !failed) {
                mend();
            }
            return null;
        });
        int exitCode = failed ? 3 : lines.stream().anyMatch(line -> line.get("difference") != null) ? 1 : 0;
        if (repair && !failed && !different.isEmpty()) {
            for (String kind : KINDS) {
                Run run = Program.run(camel, "run-" + kind, Map.of("full", true));
                lines.add(run.getReport());
                exitCode = Math.max(exitCode, run.getExitCode());
            }
        }
        return new Answer(lines, exitCode);
    }

    private void compare() {
        try {
            for (String kind : KINDS) {
                Holdings listing = new Holdings(kind, wiring.settings().text("optiply.coupling-id"));
                listings.put(kind, listing);
                watched.listing(listing);
                new Partners(camel).list(listing);
            }
        } catch (Exception e) {
            fail("Optiply could not be listed: " + PlainWords.of(e));
            return;
        }
        // What is gone from the shop is a difference, however much it is: nothing is disabled here.
        try (Rehearsal rehearsal =
                new Rehearsal(wiring, wiring.settings().with(Map.of("products.max-disabled-share", "1")))) {
            watched.begun(rehearsal);
            compare(rehearsal);
            watched.ended(rehearsal);
        }
    }

    private void compare(Rehearsal rehearsal) {
        Map<String, Set<String>> unknown = takeOverWhatOptiplyHolds(rehearsal.state());
        Map<String, Run> runs = new LinkedHashMap<>();
        for (String kind : KINDS) {
            Run run = rehearsal.read(kind, true);
            runs.put(kind, run);
            if ("failed".equals(run.getReport().get("outcome"))) {
                fail(kind + ": " + run.getReport().get("message"));
            }
        }
        if (!failed) {
            differences(rehearsal.state(), unknown);
            runs.forEach((kind, run) -> lines.add(figures(kind, run)));
        }
    }

    private void fail(String message) {
        failed = true;
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("store", store);
        line.put("outcome", "failed");
        line.put("message", message);
        lines.add(line);
    }

    private Map<String, Set<String>> takeOverWhatOptiplyHolds(StateCopy state) {
        Map<String, Set<String>> unknown = new LinkedHashMap<>();
        state.forgetBookmarks();
        listings.forEach((kind, listing) -> {
            Set<String> ofKind = unknown.computeIfAbsent(kind, any -> new HashSet<>());
            state.holdsNothing(kind);
            for (Holdings.Held held : listing.byRemoteId().values()) {
                if (!state.holds(kind, held.remoteId(), held.id(), held.document())) {
                    ofKind.add(held.remoteId());
                }
            }
        });
        return unknown;
    }

    private void differences(StateCopy state, Map<String, Set<String>> unknown) {
        for (Undelivered record : state.undelivered()) {
            switch (record.verb()) {
                case "park" -> {
                    Map<String, Object> line = line(record.entity(), record.remoteId());
                    line.put("parked", record.cause());
                    line.put("reason", record.error());
                    lines.add(line);
                }
                case "create" -> differs(record, "missing");
                case "update" -> differs(record, "different");
                case "delete" -> differs(record, "should-not-be-there");
                default -> {
                    boolean enabledOrOrder = record.entity().equals("sell-orders")
                            || "enabled"
                                    .equals(
                                            record.held() == null
                                                    ? null
                                                    : record.held().get("status"));
                    if (unknown.get(record.entity()).contains(record.remoteId()) && enabledOrOrder) {
                        differs(record, "not-wanted-by-the-shop");
                    }
                }
            }
        }
        listings.forEach((kind, listing) -> {
            listing.twins().forEach((remoteId, ids) -> {
                Map<String, Object> line = line(kind, remoteId);
                line.put("difference", "twins");
                line.put("optiply_ids", ids);
                lines.add(line);
            });
            for (Holdings.Held held : listing.withoutRemoteId()) {
                Map<String, Object> line = line(kind, null);
                line.put("difference", "without-remote-id");
                line.put("optiply_id", held.id());
                line.put("document", held.document());
                lines.add(line);
            }
        });
    }

    private void differs(Undelivered record, String how) {
        Map<String, Object> line = line(record.entity(), record.remoteId());
        line.put("difference", how);
        line.put("optiply_id", record.optiplyId());
        if (how.equals("different")) {
            line.put("changes", record.changes());
        }
        lines.add(line);
        if (!how.equals("not-wanted-by-the-shop")) {
            different.add(record);
        }
    }

    private Map<String, Object> line(String entity, String remoteId) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("store", store);
        line.put("entity", entity);
        line.put("remote_id", remoteId);
        return line;
    }

    private Map<String, Object> figures(String kind, Run run) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("store", store);
        line.put("what", kind);
        line.put("outcome", "complete");
        line.put("read", run.getReport().get("read"));
        line.put("in_optiply", listings.get(kind).count());
        line.put("differences", count(kind, "difference"));
        line.put("parked", count(kind, "parked"));
        return line;
    }

    private long count(String kind, String key) {
        return lines.stream()
                .filter(line -> kind.equals(line.get("entity")) && line.get(key) != null)
                .count();
    }

    /** The state says from now on what Optiply was seen to hold; the run that follows sends what differs. */
    private void mend() {
        for (Undelivered record : different) {
            Holdings.Held held = listings.get(record.entity()).byRemoteId().get(record.remoteId());
            StateCopy.mend(
                    wiring.database(),
                    store,
                    record.entity(),
                    record.remoteId(),
                    held == null ? null : held.id(),
                    held == null ? null : held.document());
        }
    }
}
