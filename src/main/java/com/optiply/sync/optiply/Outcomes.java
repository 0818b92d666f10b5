package com.optiply.sync.optiply;

import com.optiply.sync.PlainWords;
import com.optiply.sync.settings.Secrets;
import com.optiply.sync.state.PendingRecord;
import com.optiply.sync.state.Run;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why a record was not delivered, as the parameters of the statements that write it down. Safe for several threads.
 */
public final class Outcomes {

    private static final Logger LOG = LoggerFactory.getLogger(Outcomes.class);

    /** Shorter than the hour between two runs, so that a record never misses one. */
    private static final Duration WAIT = Duration.ofMinutes(5);

    private static final int RUNS_BEFORE_PARKING = 5;

    private final Clock clock;
    private final Delivery delivery;
    private final Token token;
    private final Secrets secrets;

    public Outcomes(Clock clock, Delivery delivery, Token token, Secrets secrets) {
        this.secrets = secrets;
        this.clock = clock;
        this.delivery = delivery;
        this.token = token;
    }

    /** The run begins to deliver: what an earlier one met is forgotten. */
    public void begin(@Variable("run") Run run) {
        if (run.beginsDelivery()) {
            delivery.begin();
            token.forgive();
        }
    }

    /** Delivery ends; where it ended early, the run has failed, and no record is blamed. */
    public void end(@Variable("run") Run run) {
        if (delivery.hasGivenUp()) {
            run.deliveryFailed(
                    new PartnerSilent("Optiply did not take one of the last calls, whichever record they were about;"
                            + " delivery ended for this run. What is pending waits, the next run goes on"));
        } else if (delivery.isStopping()) {
            run.deliveryFailed(
                    new PartnerSilent("the process stopped in the middle of delivery; the next start goes on"));
        }
    }

    /** Delivery ended early. */
    public static final class PartnerSilent extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PartnerSilent(String message) {
            super(message);
        }
    }

    /** Optiply holds the record since now. */
    public void created(@Variable("record") PendingRecord record, @Variable("run") Run run) {
        count(record, run, record.isAdopted() ? "found" : "created", run.getCounts()::created);
    }

    /** Optiply holds the record's new content; one that was adopted in this run counts as created. */
    public void updated(@Variable("record") PendingRecord record, @Variable("run") Run run) {
        count(record, run, "updated", record.isAdopted() ? run.getCounts()::created : run.getCounts()::updated);
    }

    /** Optiply no longer holds the record. */
    public void deleted(@Variable("record") PendingRecord record, @Variable("run") Run run) {
        count(record, run, "deleted", run.getCounts()::deleted);
    }

    /** A sell-orders run also delivers the products that its lines name; its figures are those of the sell orders. */
    private static void count(PendingRecord record, Run run, String how, Runnable counter) {
        LOG.debug("{} is {} in Optiply as {}", record, how, record.getOptiplyId());
        if (record.getEntity().equals(run.getWhat())) {
            counter.run();
        }
    }

    /** Optiply refused the record for what it is: the parameters of {@code record-parked.sql}. */
    public Map<String, Object> parked(
            @Variable("record") PendingRecord record,
            @Variable("run") Run run,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable failure) {
        String cause;
        String error;
        String answer = null;
        if (failure instanceof HttpOperationFailedException refusal) {
            cause = "optiply-refused-" + refusal.getStatusCode();
            answer = Answers.words(refusal, secrets);
            error = "Optiply refused the record (" + refusal.getStatusCode() + "): " + answer;
        } else if (failure instanceof Envelope.LineWithoutProduct) {
            cause = "line-without-product";
            error = failure.getMessage();
        } else {
            cause = "cannot-be-sent";
            error = PlainWords.of(failure);
        }
        LOG.info("store {} {}: {} is parked ({}): {}", run.getStore(), run, record, cause, error);
        Map<String, Object> row = record.rowWithFailure(cause, error, answer, null);
        // A 5xx proves nothing: also a parked record stays in doubt then.
        row.put(
                "stillInDoubt",
                record.isCreating()
                        && failure instanceof HttpOperationFailedException refusal
                        && refusal.getStatusCode() >= 500);
        return row;
    }

    /** The call failed for a cause that may pass: the parameters of {@code record-postponed.sql}. */
    public Map<String, Object> postponed(
            @Variable("record") PendingRecord record,
            @Variable("run") Run run,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable failure) {
        String answer =
                failure instanceof HttpOperationFailedException refusal ? Answers.words(refusal, secrets) : null;
        String error = PlainWords.of(failure);
        LOG.warn("store {} {}: {} waits for a later round: {}", run.getStore(), run, record, error);
        Instant next = clock.instant().plus(WAIT);
        Map<String, Object> row = record.rowWithFailure(null, error, answer, next);
        // Blamed once a run, and only where Optiply is well otherwise.
        boolean its = !(failure instanceof Delivery.Stopping) && delivery.isPartnerWell();
        row.put("blamed", its && run.blames(record) ? 1 : 0);
        return row;
    }

    /** Whether a record that fails alone has failed in enough runs to be parked. */
    public boolean isHopeless(
            @Variable("record") PendingRecord record, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable failure) {
        return delivery.isPartnerWell()
                && record.getAttempts() >= RUNS_BEFORE_PARKING - 1
                && failure instanceof HttpOperationFailedException refusal
                && refusal.getStatusCode() >= 500;
    }
}
