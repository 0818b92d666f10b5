package com.optiply.sync.operate;

/** What was asked for cannot be meant; the message says what to ask instead. */
public final class WrongUse extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public WrongUse(String message) {
        super(message);
    }
}
