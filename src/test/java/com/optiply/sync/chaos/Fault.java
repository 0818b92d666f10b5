package com.optiply.sync.chaos;

/** What can happen to a call between us and a partner. */
enum Fault {
    /** Nothing: the partner is asked and its answer passed on. */
    PASS,
    /** 429 without any header; the partner never sees the call. */
    TOO_MANY,
    /** 429 that names its wait; the partner never sees the call. */
    TOO_MANY_WAIT,
    TOO_MANY_X_WAIT,
    /** 503 that names its wait. */
    UNAVAILABLE_WAIT,
    S408,
    S422,
    S423,
    S500,
    S502,
    S503,
    S504,
    /** 500 although the partner did what it was asked. */
    S500_WRITTEN,
    S401,
    /** The connection is reset; the partner never sees the call. */
    RESET_BEFORE,
    /** The connection is reset in the middle of the partner's answer. */
    RESET_INSIDE,
    /** The partner does what it was asked; its answer is lost. */
    RESET_AFTER,
    /** The answer is lost, and the partner does what it was asked only a little later. */
    LATE_COMMIT,
    /** Nobody ever answers; the partner never sees the call. */
    SILENCE,
    /** The partner does what it was asked, and nobody ever answers. */
    SILENCE_WRITTEN,
    /** The answer comes in small pieces. */
    DRIP,
    /** Half of the document, as if it were all of it. */
    TRUNCATED,
    /** The error page of something in between. */
    HTML,
    /** Another error each time; its status line, headers and body repeat all that came, credentials too. */
    ECHO,
    /** 204 for what has a body. */
    NO_CONTENT,
    /** The answer that this list gave to the call before. */
    REPEATED_PAGE,
}
