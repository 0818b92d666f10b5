package com.optiply.sync.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.optiply.sync.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a simulated partner answers, before it is written on the wire.
 *
 * @param body empty for none
 * @param headers beyond those that the partner puts on every answer
 */
public record Answer(int status, String contentType, byte[] body, Map<String, String> headers) {

    private static final byte[] NOTHING = new byte[0];

    /** 204 without a body. */
    static Answer none() {
        return new Answer(204, null, NOTHING, Map.of());
    }

    static Answer json(int status, String contentType, Object document) {
        try {
            return new Answer(status, contentType, Json.mapper().writeValueAsBytes(document), Map.of());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written as JSON", e);
        }
    }

    static Answer text(int status, String text) {
        return new Answer(status, "text/plain", text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    Answer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(status, contentType, body, more);
    }
}
