package com.optiply.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The one JSON mapper of the house. Decimals stay exact ({@link java.math.BigDecimal}, never double); a key that stands
 * twice in one object and text behind the document are errors, because either means that somebody's figure would be lost.
 * Documents are {@code Map<String, Object>} so that routes can look into them ({@code ${body[status_id]}}).
 *
 * <p>Safe for several threads.
 */
public final class Json {

    private static final TypeReference<LinkedHashMap<String, Object>> DOCUMENT = new TypeReference<>() {};

    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private Json() {}

    /** The shared strict mapper; never reconfigure it. */
    public static ObjectMapper mapper() {
        return STRICT;
    }

    /** Reads one JSON object; its key order is kept. Fails on anything that is not exactly one object. */
    public static Map<String, Object> document(String text) {
        try {
            return STRICT.readValue(text, DOCUMENT);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a JSON object: " + e.getOriginalMessage(), e);
        }
    }

    /** Writes any document on one line, keys in the order in which the map holds them. */
    public static String text(Object document) {
        try {
            return STRICT.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }
}
