package com.optiply.sync.state;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Forgets old runs whenever one ends, so that their table does not grow without end. What is still asked for stays: the
 * last run of each kind, mode and outcome, and those that bookmarks name. Safe for several threads.
 */
public final class OldRuns implements Consumer<Run> {

    private static final Logger LOG = LoggerFactory.getLogger(OldRuns.class);

    private final Database database;
    private final Clock clock;
    private final Duration kept;

    /** @param kept how long a run is remembered, from its begin */
    public OldRuns(Database database, Clock clock, Duration kept) {
        this.database = database;
        this.clock = clock;
        this.kept = kept;
    }

    /** A run has ended: forgets the old ones of its store, unless it failed. Never throws, since that is no matter of the run's. */
    @Override
    public void accept(Run ended) {
        if ("failed".equals(ended.getReport().get("outcome"))) {
            // The database may be away, and nobody should wait for it twice.
            return;
        }
        try {
            int forgotten = database.jdbc()
                    .update(
                            Statements.named("delete-old-runs"),
                            Map.of(
                                    "store",
                                    ended.getStore(),
                                    "before",
                                    Times.column(clock.instant().minus(kept))));
            LOG.debug("{} old runs are forgotten", forgotten);
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("old runs could not be forgotten, the next run tries again: {}", e.getMessage());
        }
    }
}
