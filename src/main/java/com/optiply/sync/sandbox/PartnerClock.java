package com.optiply.sync.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;

/**
 * A simulated partner's own clock: this machine's time plus an offset, or a fixed instant. It stamps the {@code Date}
 * header and every {@code date_modified}, so that a test can let the partner's clock be wrong or stand still.
 *
 * <p>Safe for several threads.
 */
public final class PartnerClock implements InstantSource {

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Duration offset = Duration.ZERO;
    private Instant frozen;

    /** The partner's present time. */
    @Override
    public synchronized Instant instant() {
        return frozen != null ? frozen : Instant.now().plus(offset);
    }

    /** The present time cut to the second, the resolution of every date that a partner shows. */
    public Instant second() {
        return instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Moves the clock by this much (negative: back), also while it stands still. */
    public synchronized void shift(Duration by) {
        if (frozen != null) {
            frozen = frozen.plus(by);
        } else {
            offset = offset.plus(by);
        }
    }

    /** Lets the clock stand still at this instant. */
    public synchronized void freeze(Instant at) {
        frozen = Objects.requireNonNull(at);
    }

    /** Lets a clock that stood still run on from where it stood. */
    public synchronized void run() {
        if (frozen != null) {
            offset = Duration.between(Instant.now(), frozen);
            frozen = null;
        }
    }

    /** The present time as the value of a {@code Date} header (RFC 9110, IMF-fixdate). */
    String httpDate() {
        return HTTP_DATE.format(instant());
    }
}
