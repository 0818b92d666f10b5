package com.optiply.sync.operate;

import com.optiply.sync.Json;
import com.optiply.sync.settings.Settings;
import com.optiply.sync.state.Database;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The desk of the process that holds the database, asked over its JSON API.
 *
 * <p>Safe for several threads.
 */
final class RemoteDesk implements Asked {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final long ASK_AGAIN_MS = 300;

    private final DeskFile file;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    private volatile List<Map<String, Object>> inHand = List.of();

    private RemoteDesk(DeskFile file) {
        this.file = file;
    }

    static RemoteDesk of(Settings settings, Database.DatabaseHeld held) {
        DeskFile file = DeskFile.read(settings)
                .orElseThrow(() -> new Unreachable(held.getMessage()
                        + ", and it left no word how to ask it. Wait until it has ended, or stop it"));
        if (file.url() == null) {
            throw new Unreachable(held.getMessage() + ": process " + file.pid() + " (" + file.doing()
                    + "), which answers no questions. Wait until it has ended");
        }
        return new RemoteDesk(file);
    }

    @Override
    public Answer ask(String question, Map<String, Object> about) {
        Map<String, Object> told = call("POST", "/api/" + question, Json.text(new LinkedHashMap<>(about)));
        while ("working".equals(told.get("state"))) {
            inHand = lines(told.get("in_hand"));
            pause();
            told = call("GET", "/api/answers/" + told.get("number"), null);
        }
        if (told.get("problem") != null) {
            String problem = told.get("problem").toString();
            if (Integer.valueOf(2).equals(told.get("exit"))) {
                throw new WrongUse(problem);
            }
            throw new Unreachable(problem);
        }
        return new Answer(lines(told.get("lines")), ((Number) told.get("exit")).intValue());
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(ASK_AGAIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreachable("interrupted; the process that holds the database goes on with its work");
        }
    }

    private Map<String, Object> call(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(file.url() + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + file.key())
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return Json.document(client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                    .body());
        } catch (IOException | IllegalArgumentException e) {
            throw new Unreachable("process " + file.pid() + " (" + file.doing() + ") holds the database, and does not"
                    + " answer at " + file.url() + " (" + e + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreachable("interrupted while process " + file.pid() + " was asked");
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> lines(Object lines) {
        return lines instanceof List<?> list ? (List<Map<String, Object>>) list : List.of();
    }

    @Override
    public List<Map<String, Object>> inHand() {
        return inHand;
    }

    /** The process that holds the database cannot be asked, or could not do what was asked; says who and why. */
    static final class Unreachable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreachable(String message) {
            super(message);
        }
    }
}
