package com.optiply.sync.optiply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.optiply.sync.Json;
import com.optiply.sync.settings.Secrets;
import com.optiply.sync.state.Run;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.apache.camel.http.base.HttpOperationFailedException;

/**
 * Optiply's access token: one for all workers. OAuth2 password grant with Basic client authentication; renewed at 80 %
 * of its life, at most 300 s before its end (the life is what {@code expires_in} says, in seconds).
 *
 * <p>It calls HTTP itself and not through a route, because a login happens in the middle of another call, under a lock.
 *
 * <p>Safe for several threads; {@link #bearer} blocks while one of them logs in.
 */
public final class Token {

    /** Wrong credentials are tried once more, since a login server may be wrong once. */
    private static final int TRIES = 2;

    private static final int TRANSIENT_TRIES = 4;
    private static final String REFUSED_AT = "refusedAt";
    private static final Duration LATEST_RENEWAL = Duration.ofSeconds(300);

    private final URI url;
    private final String basic;
    private final String form;
    private final Duration timeout;
    private final Duration firstWait;
    private final ObjLongConsumer<String> observer;
    private final Secrets secrets;
    private Held held;
    private CredentialsRefused refused;

    private record Held(String token, String scope, long fetchedAt, long renewAt) {}

    /**
     * @param firstWait before a login that got no answer is tried again; doubles each time
     * @param observer is told of every login: the answer's status, or {@code none}, and the nanoseconds that it took
     * @param secrets is told of every token
     */
    public Token(
            String url,
            String clientId,
            String clientSecret,
            String username,
            String password,
            Duration timeout,
            Duration firstWait,
            ObjLongConsumer<String> observer,
            Secrets secrets) {
        this.url = URI.create(url);
        this.basic = "Basic "
                + Base64.getEncoder().encodeToString((clientId + ":" + clientSecret).getBytes(StandardCharsets.UTF_8));
        this.form = "grant_type=password&username=" + encoded(username) + "&password=" + encoded(password);
        this.timeout = timeout;
        this.firstWait = firstWait;
        this.observer = observer;
        this.secrets = secrets;
    }

    /** A client for the time of one login: nobody can close it in Java 17, but its threads end once nobody holds it. */
    private HttpClient client() {
        return HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /**
     * The token for a call; logs in where there is none or it is to be renewed.
     *
     * @throws CredentialsRefused where Optiply does not accept the credentials
     * @throws LoginUnavailable where no answer was to be had
     */
    public synchronized String bearer(@Variable("run") Run run) throws LoginUnavailable, InterruptedException {
        if (held == null || System.nanoTime() - held.renewAt() >= 0) {
            if (refused != null) {
                throw refused;
            }
            held = login(run);
            secrets.token(held.token());
        }
        return held.token();
    }

    /** What the present token allows, in Optiply's own words; empty where there is none or Optiply does not say. */
    public synchronized String scope() {
        return held == null ? "" : held.scope();
    }

    /** A run begins: credentials that were refused before may be right by now. */
    public synchronized void forgive() {
        refused = null;
    }

    /**
     * A call was refused. After a 401 forgets the token that the call carried, unless a newer one is there already.
     *
     * @return whether the call was refused with 401 and may be tried again: not where its token was fetched after its
     *     own first 401
     */
    public synchronized boolean mayTryAgain(
            Exchange exchange,
            @Variable("token") String used,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) HttpOperationFailedException refusal) {
        if (refusal.getStatusCode() != 401) {
            return false;
        }
        // A property, because a condition is looked at with a copy of the exchange whose variables are thrown away.
        Long firstRefusal = exchange.getProperty(REFUSED_AT, Long.class);
        long now = System.nanoTime();
        boolean current = held != null && held.token().equals(used);
        boolean again = firstRefusal == null || !current || held.fetchedAt() - firstRefusal < 0;
        if (current) {
            held = null;
        }
        if (firstRefusal == null) {
            exchange.setProperty(REFUSED_AT, now);
        }
        return again;
    }

    private Held login(Run run) throws LoginUnavailable, InterruptedException {
        String said = "";
        int refusals = 0;
        Duration wait = firstWait;
        for (int attempt = 1; attempt <= TRANSIENT_TRIES; attempt++) {
            if (run != null) {
                run.getCounts().optiplyCall();
            }
            HttpRequest request = HttpRequest.newBuilder(url)
                    .timeout(timeout)
                    .header("Authorization", basic)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Accept", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(form))
                    .build();
            long begun = System.nanoTime();
            String status = "none";
            try {
                HttpResponse<String> answer =
                        client().send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
                status = String.valueOf(answer.statusCode());
                if (answer.statusCode() == 200) {
                    return read(answer.body());
                }
                said = "it answered " + answer.statusCode();
                if (answer.statusCode() == 400 || answer.statusCode() == 401 || answer.statusCode() == 403) {
                    if (++refusals == TRIES) {
                        refused = new CredentialsRefused("Optiply does not accept the login (" + answer.statusCode()
                                + "); check optiply.username, optiply.password, optiply.client-id and"
                                + " optiply.client-secret");
                        throw refused;
                    }
                    continue;
                }
            } catch (IOException e) {
                said = e.getClass().getSimpleName();
            } finally {
                observer.accept(status, System.nanoTime() - begun);
            }
            if (attempt < TRANSIENT_TRIES) {
                Thread.sleep(wait.toMillis());
                wait = wait.multipliedBy(2);
            }
        }
        throw new LoginUnavailable("Optiply gives no token (" + said
                + "); nothing was sent, the next run goes on. If it stays so, check optiply.token-url");
    }

    private static Held read(String body) throws IOException {
        Map<?, ?> answer;
        try {
            answer = Json.mapper().readValue(body, Map.class);
        } catch (JsonProcessingException e) {
            throw new IOException("a token answer that is not JSON");
        }
        if (!(answer.get("access_token") instanceof String token) || token.isBlank()) {
            throw new IOException("a token answer without access_token");
        }
        Duration life = answer.get("expires_in") instanceof Number seconds
                ? Duration.ofSeconds(Math.max(1, seconds.longValue()))
                : Duration.ofHours(1);
        Duration margin = life.dividedBy(5);
        if (margin.compareTo(LATEST_RENEWAL) > 0) {
            margin = LATEST_RENEWAL;
        }
        long now = System.nanoTime();
        return new Held(
                token,
                answer.get("scope") instanceof String scope ? scope : "",
                now,
                now + life.minus(margin).toNanos());
    }

    /** Optiply does not accept the credentials: the run ends, and a person has to act. */
    public static final class CredentialsRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CredentialsRefused(String message) {
            super(message);
        }
    }

    /** No token was to be had; nothing was sent. */
    public static final class LoginUnavailable extends Exception {
        private static final long serialVersionUID = 1L;

        LoginUnavailable(String message) {
            super(message);
        }
    }
}
