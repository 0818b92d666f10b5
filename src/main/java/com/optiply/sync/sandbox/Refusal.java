package com.optiply.sync.sandbox;

import java.util.Map;

/** A simulated partner says no: the status and the words of the answer, which each partner puts into its own shape. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, String> fields;

    Refusal(int status, String message) {
        this(status, message, Map.of());
    }

    /** With the fault of each field by its name, as BigCommerce lists them. */
    Refusal(int status, String message, Map<String, String> fields) {
        // no stack trace: a refusal is an everyday answer, and filling one in costs more than the call itself
        super(message, null, false, false);
        this.status = status;
        this.fields = fields;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** Faults by field name; empty where no field is to blame. */
    public Map<String, String> fields() {
        return fields;
    }
}
