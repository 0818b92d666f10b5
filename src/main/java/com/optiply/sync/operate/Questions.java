package com.optiply.sync.operate;

import com.optiply.sync.Json;
import com.optiply.sync.PlainWords;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/**
 * The desk over HTTP. A question that is answered soon is answered at once; for long work there is a number to ask
 * again with.
 *
 * <p>Safe for several threads.
 */
public final class Questions implements AutoCloseable {

    private static final long SOON_MS = 1500;
    private static final int REMEMBERED = 100;

    /** Questions that change nothing may be asked by GET. */
    private static final Set<String> READING =
            Set.of("status", "samples", "pending", "parked", "show", "explain", "check");

    private final Asked desk;
    private final AtomicLong numbers = new AtomicLong();
    private final ConcurrentSkipListMap<Long, CompletableFuture<Answer>> asked = new ConcurrentSkipListMap<>();
    private final ExecutorService pool = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "desk");
        thread.setDaemon(true);
        return thread;
    });

    public Questions(Asked desk) {
        this.desk = desk;
    }

    /** What goes back: the status and the document. */
    public record Reply(int status, Map<String, Object> document) {}

    /** Answers a question, or says under which number it is being worked at. */
    public Reply ask(
            @Header("question") String question,
            @Header(Exchange.HTTP_METHOD) String method,
            @Header(Exchange.HTTP_RAW_QUERY) String query,
            @Body byte[] body)
            throws InterruptedException {
        if ("GET".equals(method) && !READING.contains(question)) {
            return problem(405, 2, "“" + question + "” may change something: ask it by POST");
        }
        Map<String, Object> about;
        try {
            about = "GET".equals(method)
                    ? parameters(query)
                    : body == null || body.length == 0
                            ? Map.of()
                            : Json.document(new String(body, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return problem(400, 2, e.getMessage());
        }
        long number = numbers.incrementAndGet();
        CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> desk.ask(question, about), pool);
        asked.put(number, answer);
        while (asked.size() > REMEMBERED && asked.firstEntry().getValue().isDone()) {
            asked.pollFirstEntry();
        }
        return told(number, answer);
    }

    /** What has become of a question. */
    public Reply of(@Header("number") String number) throws InterruptedException {
        CompletableFuture<Answer> answer = number.matches("[0-9]{1,18}") ? asked.get(Long.parseLong(number)) : null;
        return answer == null
                ? problem(404, 3, "there is no question " + number + " any more")
                : told(Long.parseLong(number), answer);
    }

    private Reply told(long number, CompletableFuture<Answer> answer) throws InterruptedException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("number", number);
        try {
            Answer told = answer.get(SOON_MS, TimeUnit.MILLISECONDS);
            document.put("state", "answered");
            document.put("exit", told.exitCode());
            document.put("lines", told.lines());
            return new Reply(200, document);
        } catch (TimeoutException e) {
            document.put("state", "working");
            document.put("in_hand", desk.inHand());
            return new Reply(202, document);
        } catch (ExecutionException e) {
            return e.getCause() instanceof WrongUse wrong
                    ? problem(400, 2, wrong.getMessage())
                    : problem(500, 3, PlainWords.of(e.getCause()));
        }
    }

    private static Reply problem(int status, int exit, String words) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("state", "failed");
        document.put("exit", exit);
        document.put("problem", words);
        return new Reply(status, document);
    }

    /** Parameters of an address; one that comes twice is a list. */
    private static Map<String, Object> parameters(String query) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (query == null || query.isEmpty()) {
            return parameters;
        }
        for (String pair : query.split("&")) {
            String[] nameAndValue = pair.split("=", 2);
            String name = URLDecoder.decode(nameAndValue[0], StandardCharsets.UTF_8);
            String value = nameAndValue.length < 2 ? "" : URLDecoder.decode(nameAndValue[1], StandardCharsets.UTF_8);
            parameters.merge(name, value, (one, other) -> {
                List<Object> both = new ArrayList<>(one instanceof List<?> list ? list : List.of(one));
                both.add(other);
                return both;
            });
        }
        return parameters;
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
