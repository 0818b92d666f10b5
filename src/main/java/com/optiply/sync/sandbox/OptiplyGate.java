package com.optiply.sync.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Optiply checks before it looks at the call itself, and the shape of its errors. Safe for several threads.
 */
public final class OptiplyGate {

    static final String MEDIA_TYPE = "application/vnd.api+json";
    private static final Logger LOG = LoggerFactory.getLogger(OptiplyGate.class);

    private final String accountId;
    private final String couplingId;
    private volatile Quota perSecond;

    OptiplyGate(String accountId, String couplingId) {
        this.accountId = accountId;
        this.couplingId = couplingId;
    }

    /** At most so many calls in a second; 0 = no limit. */
    void requestsPerSecond(int calls) {
        perSecond = calls == 0 ? null : new Quota(calls, 1_000);
    }

    /** 429 with {@code Retry-After} if this second has seen enough calls. */
    public void checkRate() {
        Quota quota = perSecond;
        if (quota != null && !quota.take()) {
            throw new Refusal(429, "Too many requests");
        }
    }

    /** 415 unless the call says that it speaks JSON:API; Optiply wants it on every call. */
    public void checkMediaType(Exchange exchange) {
        String type = exchange.getIn().getHeader("Content-Type", "", String.class);
        if (!type.toLowerCase(Locale.ROOT).startsWith(MEDIA_TYPE)) {
            throw new Refusal(415, "Content-Type must be " + MEDIA_TYPE);
        }
    }

    /** Keeps the decoded query as the variable {@code query}. */
    public void readQuery(Exchange exchange) {
        exchange.setVariable("query", Query.parse(exchange.getIn().getHeader(Exchange.HTTP_RAW_QUERY, String.class)));
    }

    /** 400 without, 403 with another's account or coupling; nothing else may stand in the query of a write. */
    public void checkOwner(Exchange exchange) {
        Query query = exchange.getVariable("query", Query.class);
        for (String name : query.names()) {
            if (!name.equals("accountId") && !name.equals("couplingId")) {
                throw new Refusal(400, "unknown parameter " + name);
            }
        }
        owner(query, "accountId", accountId);
        owner(query, "couplingId", couplingId);
    }

    /** 404: no endpoint fits. */
    public void refuse(Exchange exchange) {
        throw new Refusal(404, "no resource at " + exchange.getIn().getHeader(Exchange.HTTP_PATH));
    }

    private static void owner(Query query, String name, String ours) {
        if (!query.has(name)) {
            throw new Refusal(400, name + " is missing");
        }
        if (!ours.equals(query.get(name))) {
            throw new Refusal(403, "no access to " + name + " " + query.get(name));
        }
    }

    /** The answer for the exception that the exchange has caught. */
    public Answer describe(Exchange exchange) {
        Throwable fault = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (fault instanceof Refusal refusal) {
            if (refusal.status() == 401) {
                Map<String, Object> answer = new LinkedHashMap<>();
                answer.put("error", "invalid_token");
                answer.put("error_description", refusal.getMessage());
                return Answer.json(401, "application/json", answer);
            }
            Answer answer = error(refusal.status(), refusal.getMessage());
            Quota quota = perSecond;
            if (refusal.status() == 429 && quota != null) {
                long seconds = TimeUnit.MILLISECONDS.toSeconds(quota.state().resetMs() + 999);
                return answer.with("Retry-After", String.valueOf(Math.max(1, seconds)));
            }
            return answer;
        }
        if (fault instanceof Query.Bad bad) {
            return error(400, bad.parameter() + " " + bad.getMessage());
        }
        LOG.error("the simulated Optiply failed at {}", exchange.getIn().getHeader(Exchange.HTTP_PATH), fault);
        return error(500, "Internal error");
    }

    private static Answer error(int status, String message) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("status", String.valueOf(status));
        error.put("title", title(status));
        error.put("detail", message);
        error.put("meta", Map.of("message", message));
        return Answer.json(status, MEDIA_TYPE, Map.of("errors", List.of(error)));
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 409 -> "Conflict";
            case 413 -> "Payload Too Large";
            case 415 -> "Unsupported Media Type";
            case 422 -> "Unprocessable Entity";
            case 429 -> "Too Many Requests";
            default -> "Internal Server Error";
        };
    }
}
