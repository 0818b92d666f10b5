package com.optiply.sync.operate;

import com.optiply.sync.Json;
import com.optiply.sync.settings.Settings;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Stands before everything that the process serves. Looks at the request's own headers, before anything else does: the
 * {@code Host} must be a name of this machine (else a stranger's web page could ask in the name of a person's browser, by
 * DNS rebinding); where there is a password, it must come; and what may change something must bring the page's token,
 * which no stranger's web page can read.
 *
 * <p>Safe for several threads.
 */
public final class Gate implements Handler<RoutingContext> {

    /** The header that carries the page's token. */
    static final String TOKEN = "X-Operator-Token";

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-fA-F:.%]+]");

    private final String host;
    private final boolean loopback;
    private final String password;
    private final String key = random();
    private final String token = random();
    private final Set<String> names = new TreeSet<>();
    private volatile int port;

    public Gate(Settings settings) {
        host = settings.text("operator.host").toLowerCase(Locale.ROOT);
        loopback = Settings.isLoopback(host);
        password = settings.optional("operator.password").orElse(null);
        if (loopback) {
            names.addAll(List.of("localhost", "127.0.0.1", "[::1]", host));
        } else {
            names.add(host);
            names.add("localhost");
            names.addAll(settings.list("operator.names"));
            try {
                InetAddress own = InetAddress.getLocalHost();
                names.add(own.getHostName().toLowerCase(Locale.ROOT));
                names.add(own.getCanonicalHostName().toLowerCase(Locale.ROOT));
            } catch (UnknownHostException e) {
                org.slf4j.LoggerFactory.getLogger(Gate.class).debug("this machine does not know its name", e);
            }
        }
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    void listensAt(int listening) {
        port = listening;
    }

    /** What a command on this machine shows instead of a password. */
    String key() {
        return key;
    }

    /** What the page shows with whatever may change something. */
    String token() {
        return token;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        response.putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cache-Control", "no-store")
                .putHeader(
                        "Content-Security-Policy",
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                                + " form-action 'none'; frame-ancestors 'none'; base-uri 'none'");
        if (request.path().startsWith("/health/")) {
            context.next();
        } else if (!isOurs(host(request))) {
            refuse(
                    response,
                    421,
                    "this is not one of the names under which the operator's page is to be found; see operator.names");
        } else if (same("Bearer " + key, request.getHeader("Authorization"))) {
            context.next();
        } else if (password != null && !isPassword(request.getHeader("Authorization"))) {
            response.putHeader("WWW-Authenticate", "Basic realm=\"bigcommerce-optiply\", charset=\"UTF-8\"");
            refuse(response, 401, "the operator's password (operator.password) is missing or wrong");
        } else if (mayChange(request.method()) && !same(token, request.getHeader(TOKEN))) {
            refuse(response, 403, "the page's token (" + TOKEN + ") is missing or old: load the page again");
        } else {
            context.next();
        }
    }

    /** As HTTP/1.1 names it, or HTTP/2, which some clients take to without being asked. */
    private static String host(HttpServerRequest request) {
        String header = request.getHeader("Host");
        HostAndPort authority = request.authority();
        return header != null || authority == null ? header : authority.host() + ":" + authority.port();
    }

    private static boolean mayChange(HttpMethod method) {
        return !method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD);
    }

    private boolean isOurs(String header) {
        if (header == null) {
            return false;
        }
        String value = header.toLowerCase(Locale.ROOT);
        int colon = value.lastIndexOf(':');
        boolean hasPort = colon > value.lastIndexOf(']');
        String name = hasPort ? value.substring(0, colon) : value;
        if (loopback) {
            String itsPort = hasPort ? value.substring(colon + 1) : "80";
            return names.contains(name) && itsPort.equals(String.valueOf(port));
        }
        // By its address nobody can be led astray: rebinding needs a name.
        return names.contains(name) || ADDRESS.matcher(name).matches();
    }

    private boolean isPassword(String header) {
        if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return false;
        }
        try {
            String userAndPassword =
                    new String(Base64.getDecoder().decode(header.substring(6).trim()), StandardCharsets.UTF_8);
            return same(password, userAndPassword.substring(userAndPassword.indexOf(':') + 1));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Takes as long whichever character differs. */
    private static boolean same(String one, String other) {
        return other != null
                && MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static void refuse(HttpServerResponse response, int status, String words) {
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(Json.text(Map.of("state", "failed", "exit", 3, "problem", words)));
    }
}
