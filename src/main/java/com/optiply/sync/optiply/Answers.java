package com.optiply.sync.optiply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.optiply.sync.Json;
import com.optiply.sync.settings.Secrets;
import com.optiply.sync.state.PendingRecord;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Variable;
import org.apache.camel.http.base.HttpOperationFailedException;

/** What Optiply's answers mean. Safe for several threads. */
public final class Answers {

    private static final int LONGEST = 2000;

    /** Parses an answer: a document, or null for an empty body. */
    public Map<?, ?> parse(InputStream body) throws IOException, UnreadableAnswer {
        byte[] bytes = body == null ? new byte[0] : body.readAllBytes();
        if (bytes.length == 0) {
            return null;
        }
        try {
            return Json.mapper().readValue(bytes, Map.class);
        } catch (JsonProcessingException e) {
            throw new UnreadableAnswer("Optiply answered something that is not a JSON document");
        }
    }

    /** The result of a POST: the parameters of {@code record-delivered.sql}. */
    public Map<String, Object> created(Map<?, ?> answer, @Variable("record") PendingRecord record)
            throws UnreadableAnswer {
        Map<?, ?> data = answer != null && answer.get("data") instanceof Map<?, ?> resource ? resource : Map.of();
        String id = id(data);
        if (id == null) {
            throw new UnreadableAnswer("Optiply's answer to a POST names no id");
        }
        return record.rowWithIds(id, uuid(data));
    }

    /** The id of a resource, which comes as text or number; null where there is none. */
    static String id(Map<?, ?> resource) {
        Object id = resource.get("id");
        String text = id == null ? "" : id.toString().trim();
        return text.matches("[0-9]{1,38}") ? text : null;
    }

    static String uuid(Map<?, ?> resource) {
        return resource.get("attributes") instanceof Map<?, ?> attributes
                        && attributes.get("uuid") instanceof String uuid
                ? uuid
                : null;
    }

    /** Optiply's own words in a refusal, as short as a person reads them, and without secrets that it may repeat. */
    static String words(HttpOperationFailedException refusal, Secrets secrets) {
        String body = refusal.getResponseBody();
        if (body == null || body.isBlank() || body.equals("null")) {
            return "no words";
        }
        List<String> said = new ArrayList<>();
        try {
            Map<?, ?> document = Json.mapper().readValue(body, Map.class);
            if (document.get("errors") instanceof List<?> errors) {
                for (Object error : errors) {
                    said.add(error instanceof Map<?, ?> one ? words(one) : String.valueOf(error));
                }
            } else {
                said.add(words(document));
            }
        } catch (JsonProcessingException e) {
            said.add(body);
        }
        String words = secrets.struckOutOf(String.join("; ", said));
        return words.length() > LONGEST ? words.substring(0, LONGEST) + "…" : words;
    }

    private static String words(Map<?, ?> error) {
        if (error.get("meta") instanceof Map<?, ?> meta && meta.get("message") != null) {
            return meta.get("message").toString();
        }
        for (String key : List.of("detail", "message", "error_description", "error", "title")) {
            if (error.get(key) != null) {
                return error.get(key).toString();
            }
        }
        return Json.text(error);
    }

    /** An answer that cannot be read. After a POST it leaves the record in doubt. */
    public static final class UnreadableAnswer extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableAnswer(String message) {
            super(message);
        }
    }
}
