package com.optiply.sync.sandbox;

import com.optiply.sync.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A client that sends exactly what a test says. */
final class Http {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Http() {}

    static HttpResponse<String> bigcommerce(Sandbox sandbox, String pathAndQuery) {
        return send(toBigcommerce(sandbox, pathAndQuery).build());
    }

    /** With every header that BigCommerce asks for. */
    static HttpRequest.Builder toBigcommerce(Sandbox sandbox, String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create(sandbox.bigcommerceUrl() + "/stores/sandbox" + pathAndQuery))
                .header("X-Auth-Token", sandbox.settings().get("bigcommerce.access-token"))
                .header("Accept", "application/json")
                .header("Content-Type", "application/json");
    }

    static HttpResponse<String> optiply(
            Sandbox sandbox, String token, String method, String pathAndQuery, String body) {
        return send(toOptiply(sandbox, token, pathAndQuery)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build());
    }

    /** With every header that Optiply asks for. */
    static HttpRequest.Builder toOptiply(Sandbox sandbox, String token, String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create(sandbox.optiplyUrl() + pathAndQuery))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/vnd.api+json");
    }

    static String login(Sandbox sandbox) {
        Map<String, String> s = sandbox.settings();
        HttpResponse<String> answer = login(
                sandbox,
                s.get("optiply.client-id") + ":" + s.get("optiply.client-secret"),
                s.get("optiply.username"),
                s.get("optiply.password"));
        return (String) Json.document(answer.body()).get("access_token");
    }

    static HttpResponse<String> login(Sandbox sandbox, String client, String username, String password) {
        String basic = Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8));
        return send(HttpRequest.newBuilder(URI.create(sandbox.tokenUrl() + "?grant_type=password"))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=" + encoded(username) + "&password=" + encoded(password)))
                .build());
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static HttpClient client() {
        return CLIENT;
    }

    /** The {@code data} of a v3 or JSON:API list. */
    static List<Map<String, Object>> data(HttpResponse<String> answer) {
        return Documents.list(Json.document(answer.body()).get("data")).stream()
                .map(Documents::map)
                .toList();
    }

    /** The rows of a v2 list. */
    static List<Map<String, Object>> rows(HttpResponse<String> answer) {
        return Documents.list(Json.document("{\"rows\":" + answer.body() + "}").get("rows")).stream()
                .map(Documents::map)
                .toList();
    }
}
