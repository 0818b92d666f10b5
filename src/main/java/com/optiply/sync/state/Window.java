package com.optiply.sync.state;

import java.time.Instant;

/** A past window of a stream, by when its rows were created; both ends belong to it. */
public record Window(Instant from, Instant to) {

    /** As the wire and the bookmark write it. */
    @Override
    public String toString() {
        return from + "/" + to;
    }
}
