package com.optiply.sync.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a refusal into BigCommerce's shapes: the v3 API answers an object with {@code title}, the v2 API an array, and
 * category trees answer a 401 as plain text. Immutable.
 */
public final class BigCommerceErrors {

    private static final Logger LOG = LoggerFactory.getLogger(BigCommerceErrors.class);
    private static final String TYPE = "https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes";

    BigCommerceErrors() {}

    /** The answer for the exception that the exchange has caught. */
    public Answer describe(Exchange exchange) {
        Throwable fault = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        String path = exchange.getIn().getHeader(Exchange.HTTP_PATH, "", String.class);
        boolean v2 = path.contains("/v2/");
        if (fault instanceof Refusal refusal) {
            return refusal(refusal, path, v2);
        }
        if (fault instanceof Query.Bad bad) {
            Map<String, String> fields = Map.of(bad.parameter(), bad.getMessage());
            return v2
                    ? v2(400, "The field '" + bad.parameter() + "' is invalid: it " + bad.getMessage())
                    : v3(422, "Invalid field(s): " + bad.parameter(), fields);
        }
        LOG.error("the simulated BigCommerce failed at {}", path, fault);
        return v2 ? v2(500, "Internal error") : v3(500, "Internal error", Map.of());
    }

    private static Answer refusal(Refusal refusal, String path, boolean v2) {
        if (refusal.status() == 401 && path.endsWith("/v3/catalog/trees")) {
            return Answer.text(401, "Unauthorized");
        }
        return v2
                ? v2(refusal.status(), refusal.getMessage())
                : v3(refusal.status(), refusal.getMessage(), refusal.fields());
    }

    private static Answer v2(int status, String message) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("status", status);
        error.put("message", message);
        return Answer.json(status, "application/json", List.of(error));
    }

    private static Answer v3(int status, String title, Map<String, String> fields) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("status", status);
        error.put("title", title);
        error.put("type", TYPE);
        if (fields.isEmpty()) {
            error.put("instance", "");
        } else {
            error.put("errors", fields);
        }
        return Answer.json(status, "application/json", error);
    }
}
