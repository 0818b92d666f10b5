package com.optiply.sync.state;

import com.optiply.sync.Json;
import com.optiply.sync.mapping.Fingerprint;
import com.optiply.sync.mapping.Mapped;
import com.optiply.sync.optiply.Holdings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Optiply held before this database knew anything, as after the loss of an older one: it is listed once, for each
 * kind of record, before anything is read or created, so that nothing is created twice.
 *
 * <p>Safe for several threads.
 */
public final class HeldRecords {

    private static final Logger LOG = LoggerFactory.getLogger(HeldRecords.class);
    private static final int AT_ONCE = 500;

    private final Database database;
    private final Clock clock;
    private final String couplingId;
    private final Function<Throwable, String> plainWords;

    /** @param plainWords tells a person what a failure means and what to do, without secrets */
    public HeldRecords(Database database, Clock clock, String couplingId, Function<Throwable, String> plainWords) {
        this.database = database;
        this.clock = clock;
        this.couplingId = couplingId;
        this.plainWords = plainWords;
    }

    /** The listing failed. @throws Unknown saying so */
    public void failed(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable failure) {
        throw new Unknown(plainWords.apply(failure), failure);
    }

    /** The kinds which a run delivers and of which it is not known yet what Optiply holds. */
    public List<String> unknown(@Variable("run") Run run) {
        List<String> kinds = run.getWhat().equals(Mapped.SELL_ORDERS)
                ? List.of(Mapped.PRODUCTS, Mapped.SELL_ORDERS)
                : List.of(Mapped.PRODUCTS);
        return kinds.stream().filter(kind -> !isKnown(run, kind)).toList();
    }

    /** @throws Unknown where what Optiply holds is not known, so that nothing may be created */
    public void require(@Variable("run") Run run) {
        if (!unknown(run).isEmpty()) {
            throw new Unknown(
                    "it is not known yet what Optiply holds, so nothing is created there; the next run asks again",
                    null);
        }
    }

    private boolean isKnown(Run run, String kind) {
        Integer count = database.jdbc()
                .queryForObject(Statements.named("count-holdings-learned"), key(run, kind), Integer.class);
        return count != null && count > 0;
    }

    private static Map<String, Object> key(Run run, String kind) {
        return Map.of("store", run.getStore(), "stream", "held-" + kind);
    }

    /** An empty listing of a kind. */
    public Holdings listing(@Body String kind) {
        return new Holdings(kind, couplingId);
    }

    /**
     * Remembers what was listed, of our own coupling. What the database knows already stays as it is.
     *
     * @throws Runs.FencedOff where the lease of delivery is lost
     */
    public void remember(@Body String kind, @Variable("run") Run run, @Variable("holdings") Holdings holdings) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Holdings.Held held : holdings.byRemoteId().values()) {
            if (held.ours()) {
                rows.add(row(kind, run, held));
            }
        }
        for (int from = 0; from < rows.size(); from += AT_ONCE) {
            database.batch("remember-held", rows.subList(from, Math.min(rows.size(), from + AT_ONCE)));
        }
        Map<String, Object> learned = new HashMap<>(key(run, kind));
        learned.put("run", run.getId());
        learned.put("epoch", run.delivery().epoch());
        database.jdbc().update(Statements.named("holdings-learned"), learned);
        if (!isKnown(run, kind)) {
            throw new Runs.FencedOff(
                    "the lease of delivery was lost to another process; this one delivers nothing more");
        }
        if (!rows.isEmpty()) {
            LOG.info("{}: Optiply held {} {} already", run, rows.size(), kind);
        }
        holdings.twins()
                .forEach((remoteId, ids) ->
                        run.note("Optiply holds " + kind + " " + remoteId + " more than once: " + ids));
    }

    private Map<String, Object> row(String kind, Run run, Holdings.Held held) {
        Map<String, Object> row = new HashMap<>();
        row.put("store", run.getStore());
        row.put("entity", kind);
        row.put("remoteId", held.remoteId());
        row.put("optiplyId", held.id());
        row.put("optiplyUuid", held.uuid());
        row.put("document", Json.text(held.document()));
        row.put("fingerprint", Fingerprint.of(held.document()));
        row.put("now", Times.column(clock.instant()));
        row.put("epoch", run.delivery().epoch());
        return row;
    }

    /** It is not known yet what Optiply holds. */
    public static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unknown(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
