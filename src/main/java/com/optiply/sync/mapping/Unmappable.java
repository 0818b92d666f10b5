package com.optiply.sync.mapping;

/** Carries a reason from the field where it arose to the row it belongs to; never leaves this package. */
final class Unmappable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Reason reason;

    Unmappable(String cause, String sentence) {
        // No stack trace: a bad row is an expected answer here, and a shop may have thousands of them.
        super(sentence, null, false, false);
        this.reason = new Reason(cause, sentence);
    }

    Reason reason() {
        return reason;
    }
}
