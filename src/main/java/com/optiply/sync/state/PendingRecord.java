package com.optiply.sync.state;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One record on its way to Optiply. It travels through the delivering routes as the variable {@code record}, and gives
 * them the parameters of the statements that write down what became of it.
 *
 * <p>Used by one thread at a time.
 */
public final class PendingRecord {

    private final Run run;
    private final Clock clock;
    private final String entity;
    private final String remoteId;
    private final String parentId;
    private final Map<String, Object> wanted;
    private final String wantedText;
    private final boolean absent;
    private final String fingerprint;
    private final Map<String, Object> sent;
    private final String sentFingerprint;
    private final int attempts;
    private final Instant inDoubtSince;
    private final Map<String, String> productIds;
    private String optiplyId;
    private boolean inDoubt;
    private boolean adopted;
    private boolean marked;

    PendingRecord(
            Run run,
            Clock clock,
            String entity,
            String remoteId,
            String parentId,
            Map<String, Object> wanted,
            String wantedText,
            boolean absent,
            String fingerprint,
            Map<String, Object> sent,
            String sentFingerprint,
            String optiplyId,
            Instant inDoubtSince,
            int attempts,
            Map<String, String> productIds) {
        this.run = run;
        this.clock = clock;
        this.entity = entity;
        this.remoteId = remoteId;
        this.parentId = parentId;
        this.wanted = wanted;
        this.wantedText = wantedText;
        this.absent = absent;
        this.fingerprint = fingerprint;
        this.sent = sent;
        this.sentFingerprint = sentFingerprint;
        this.optiplyId = optiplyId;
        this.inDoubtSince = inDoubtSince;
        this.inDoubt = inDoubtSince != null;
        this.attempts = attempts;
        this.productIds = productIds;
    }

    /** What is to be done with the record: {@code settle}, {@code create}, {@code update}, {@code delete} or {@code nothing}. */
    public String getVerb() {
        if (inDoubt) {
            return "settle";
        }
        if (absent) {
            return optiplyId == null ? "nothing" : "delete";
        }
        if (optiplyId == null) {
            return "create";
        }
        return fingerprint.equals(sentFingerprint) ? "nothing" : "update";
    }

    public String getEntity() {
        return entity;
    }

    /** Optiply's name of the resource. */
    public String getResource() {
        return entity.equals("products") ? "products" : "sellOrders";
    }

    public String getRemoteId() {
        return remoteId;
    }

    public String getParentId() {
        return parentId;
    }

    public String getOptiplyId() {
        return optiplyId;
    }

    /** The document that Optiply should hold, naming products by remote id; null where it should hold nothing. */
    public Map<String, Object> wanted() {
        return wanted;
    }

    /** The document that was sent last, in doubt or delivered; may be null. */
    public Map<String, Object> sent() {
        return sent;
    }

    /** Optiply's id of the product with this remote id; null where Optiply does not hold it. */
    public String productId(String productRemoteId) {
        return productIds.get(productRemoteId);
    }

    public boolean isInDoubt() {
        return inDoubt;
    }

    /** Whether its call is a POST. */
    public boolean isCreating() {
        return optiplyId == null && !absent;
    }

    /** Whether its mark of doubt stands in the database, so that the POST may go out. */
    public boolean isMarked() {
        return marked;
    }

    void markWritten() {
        marked = true;
    }

    public boolean isAdopted() {
        return adopted;
    }

    public int getAttempts() {
        return attempts;
    }

    public Instant getInDoubtSince() {
        return inDoubtSince;
    }

    /** A look-up found the record's object in Optiply. */
    public void found(String id) {
        optiplyId = id;
        inDoubt = false;
        adopted = true;
    }

    /** A look-up proved that Optiply holds nothing of this record. */
    public void notFound() {
        inDoubt = false;
        optiplyId = null;
    }

    /** Parameters that every result names: key, epoch, time. */
    public Map<String, Object> getRow() {
        Map<String, Object> row = new HashMap<>();
        row.put("store", run.getStore());
        row.put("entity", entity);
        row.put("remoteId", remoteId);
        row.put("epoch", run.getDeliveryEpoch());
        row.put("now", Times.column(clock.instant()));
        row.put("sent", wantedText);
        row.put("sentFingerprint", fingerprint);
        row.put("optiplyId", optiplyId);
        row.put("optiplyUuid", null);
        return row;
    }

    /** {@link #getRow()} with the ids that Optiply answered. */
    public Map<String, Object> rowWithIds(String id, String uuid) {
        optiplyId = id;
        Map<String, Object> row = getRow();
        row.put("optiplyUuid", uuid);
        return row;
    }

    /** {@link #getRow()} with why the record was not delivered. */
    public Map<String, Object> rowWithFailure(String cause, String error, String answer, Instant nextAttemptAt) {
        Map<String, Object> row = getRow();
        row.put("cause", cause);
        row.put("error", error);
        row.put("answer", answer);
        row.put("nextAttemptAt", Times.column(nextAttemptAt));
        return row;
    }

    /** The lines of a wanted sell order. */
    @SuppressWarnings("unchecked")
    public static List<Map<String, Object>> lines(Map<String, Object> wanted) {
        Object lines = wanted == null ? null : wanted.get("orderLines");
        return lines == null ? List.of() : (List<Map<String, Object>>) lines;
    }

    @Override
    public String toString() {
        return entity + " " + remoteId;
    }
}
