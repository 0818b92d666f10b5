package com.optiply.sync.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Optiply's logins: OAuth2 password grant with Basic client authentication, {@code grant_type} in the query or in the
 * form. A new login leaves older tokens as they are. Safe for several threads.
 */
public final class OptiplyTokens {

    private final String basic;
    private final String username;
    private final Map<String, Long> endsNanos = new ConcurrentHashMap<>();
    private volatile String password;
    private volatile int lifeSeconds = 86_399;
    private int logins;
    private int refusedLogins;

    OptiplyTokens(String clientId, String clientSecret, String username, String password) {
        this.basic = "Basic "
                + Base64.getEncoder().encodeToString((clientId + ":" + clientSecret).getBytes(StandardCharsets.UTF_8));
        this.username = username;
        this.password = password;
    }

    /** The life of tokens given out from now on. */
    void life(int seconds) {
        lifeSeconds = seconds;
    }

    /** No token given out so far is good any more. */
    void invalidateAll() {
        endsNanos.clear();
    }

    /** Only this password is good from now on; tokens given out stay good. */
    void password(String newPassword) {
        password = newPassword;
    }

    /** Logins that gave a token. */
    synchronized int logins() {
        return logins;
    }

    /** Logins that were refused. */
    synchronized int refusedLogins() {
        return refusedLogins;
    }

    /** {@code POST /api/auth/oauth/token}. */
    public Answer login(Exchange exchange) {
        Message in = exchange.getIn();
        Query query = Query.parse(in.getHeader(Exchange.HTTP_RAW_QUERY, String.class));
        String grant = query.has("grant_type") ? query.get("grant_type") : in.getHeader("grant_type", String.class);
        String type = in.getHeader("Content-Type", "", String.class);
        if (!type.startsWith("application/x-www-form-urlencoded")) {
            return fault(415, "unsupported_media_type", "Content type '" + type + "' not supported");
        }
        if (!basic.equals(in.getHeader("Authorization"))) {
            refusedLogin();
            return fault(401, "unauthorized", "Full authentication is required to access this resource");
        }
        if (!"password".equals(grant)) {
            refusedLogin();
            return fault(400, "unsupported_grant_type", "Unsupported grant type: " + grant);
        }
        if (!username.equals(in.getHeader("username")) || !password.equals(in.getHeader("password"))) {
            refusedLogin();
            return fault(
                    401, "unauthorized", "UserDetailsService returned null, which is an interface contract violation");
        }
        String token = UUID.randomUUID().toString();
        endsNanos.put(token, System.nanoTime() + TimeUnit.SECONDS.toNanos(lifeSeconds));
        synchronized (this) {
            logins++;
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("access_token", token);
        answer.put("token_type", "bearer");
        answer.put("refresh_token", UUID.randomUUID().toString());
        answer.put("expires_in", lifeSeconds);
        answer.put("scope", "read write delete");
        return Answer.json(200, "application/json", answer);
    }

    /** 401 unless the call carries a token that is still good. */
    public void check(Exchange exchange) {
        String authorization = exchange.getIn().getHeader("Authorization", "", String.class);
        String token = authorization.startsWith("Bearer ") ? authorization.substring(7) : "";
        Long ends = endsNanos.get(token);
        if (ends == null || System.nanoTime() - ends >= 0) {
            throw new Refusal(401, "Invalid access token");
        }
    }

    private synchronized void refusedLogin() {
        refusedLogins++;
    }

    private static Answer fault(int status, String error, String description) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("error", error);
        answer.put("error_description", description);
        return Answer.json(status, "application/json", answer);
    }
}
