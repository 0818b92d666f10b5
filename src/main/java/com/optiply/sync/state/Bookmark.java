package com.optiply.sync.state;

import java.time.Instant;

/**
 * Up to when a stream is known.
 *
 * @param knownUntil instant by BigCommerce's clock; null before the first complete reading
 * @param run the run that set it
 * @param cursor JSON of a reading that was cut off, or null
 * @param digest of the settings that decided what was wanted
 */
public record Bookmark(Instant knownUntil, Long run, String cursor, String digest) {
    static final Bookmark NONE = new Bookmark(null, null, null, null);
}
