package com.optiply.sync.sandbox;

import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * What BigCommerce checks before it looks at the call itself: quota, store, token, {@code Accept}. Statuses as in
 * BigCommerce's list of status codes (docs/start/about/status-codes.mdx). Safe for several threads.
 */
public final class BigCommerceGate {

    private final String storeHash;
    private final Quota quota;
    private volatile String accessToken;

    BigCommerceGate(String storeHash, String accessToken, Quota quota) {
        this.storeHash = storeHash;
        this.accessToken = accessToken;
        this.quota = quota;
    }

    void accessToken(String token) {
        accessToken = token;
    }

    /** Counts the call against the store's quota; 429 if the window is used up. */
    public void takeFromQuota() {
        if (!quota.take()) {
            throw new Refusal(429, "Too many requests");
        }
    }

    /** 403 for another store's hash in the path, 401 for a missing or wrong {@code X-Auth-Token}. */
    public void checkToken(Exchange exchange) {
        Message in = exchange.getIn();
        String hash = in.getHeader("hash", String.class);
        if (hash != null && !hash.equals(storeHash)) {
            throw new Refusal(403, "You don't have access to this store");
        }
        if (!accessToken.equals(in.getHeader("X-Auth-Token"))) {
            throw new Refusal(401, "X-Auth-Token header is missing or wrong");
        }
    }

    /** 406 unless JSON is accepted: without {@code Accept} the v2 API answers XML, which nobody here wants. */
    public void checkAccept(Exchange exchange) {
        String accept = String.valueOf(exchange.getIn().getHeader("Accept")).toLowerCase(Locale.ROOT);
        if (!accept.contains("application/json") && !accept.contains("*/*")) {
            throw new Refusal(406, "Accept: application/json is missing");
        }
    }

    /** Keeps the decoded query as the variable {@code query}. */
    public void readQuery(Exchange exchange) {
        exchange.setVariable("query", Query.parse(exchange.getIn().getHeader(Exchange.HTTP_RAW_QUERY, String.class)));
    }

    /** 405 where only another method is known, else 404: no endpoint fits. */
    public void refuse(Exchange exchange) {
        boolean read = "GET".equals(exchange.getIn().getHeader(Exchange.HTTP_METHOD));
        throw read
                ? new Refusal(404, "The requested resource was not found.")
                : new Refusal(405, "This sandbox only reads");
    }
}
