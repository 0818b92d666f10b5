package com.optiply.sync.optiply;

import com.optiply.sync.state.PendingRecord;
import com.optiply.sync.state.Run;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * Looks up in Optiply what is in doubt. A filter narrows the search, but a result counts only by its own
 * {@code remoteIdMap}; where Optiply is seen to ignore the filter, everything is listed, once for all the records whose
 * calls were long enough before (no client is known to filter by remoteId; Optiply API, filters).
 *
 * <p>Safe for several threads.
 */
public final class LookUps {

    private final String couplingId;
    private final Clock clock;
    private final Duration settling;
    private final Map<String, Listing> listings = new ConcurrentHashMap<>();

    /** @param settling how long Optiply gets to show what it has committed */
    public LookUps(String couplingId, Clock clock, Duration settling) {
        this.couplingId = couplingId;
        this.clock = clock;
        this.settling = settling;
    }

    /** All objects of one kind by remote id, as they stood from {@code begun} on. */
    record Listing(long run, Instant begun, Map<String, LookUp.Found> byRemoteId) {}

    /** A new look-up of a record in doubt. */
    public LookUp of(@Variable("record") PendingRecord record, @Variable("run") Run run) {
        return new LookUp(this, record, run);
    }

    /** A page of everything that Optiply holds of one kind. */
    public void hold(@Body Map<?, ?> answer, @Variable("holdings") Holdings holdings) throws Answers.UnreadableAnswer {
        holdings.take(answer);
    }

    /** Takes a page of answers into a look-up. */
    public void take(@Body Map<?, ?> answer, @Variable("lookUp") LookUp lookUp) throws Answers.UnreadableAnswer {
        lookUp.take(answer);
    }

    String couplingId() {
        return couplingId;
    }

    Instant now() {
        return clock.instant();
    }

    Listing listing(Run run, PendingRecord record) {
        Listing listing = listings.get(key(run, record));
        boolean fresh = listing != null
                && listing.run() == run.getId()
                && !listing.begun().isBefore(record.getInDoubtSince().plus(settling));
        return fresh ? listing : null;
    }

    void listed(Run run, PendingRecord record, Listing listing) {
        listings.put(key(run, record), listing);
    }

    private static String key(Run run, PendingRecord record) {
        return run.getStore() + "/" + record.getEntity();
    }
}
