package com.optiply.sync.chaos;

import com.optiply.sync.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Stands between the product and one partner, and lets calls fail as the plan says. It never lets a write that is under
 * way be overtaken by a look-up: what a partner commits after it was looked up is the one limit of the product's promise.
 */
final class FaultyProxy implements AutoCloseable {

    /** Decides what happens to a call. */
    interface Plan {
        Fault decide(Call call);
    }

    record Call(String method, String path, byte[] body) {

        private static final Pattern PLACE =
                Pattern.compile("[?&](page%5Boffset%5D|page|id:greater|id%3Agreater|min_id)=([^&]*)");

        /** What is listed, whichever page of it. */
        String list() {
            return PLACE.matcher(path).replaceAll("");
        }

        boolean isFirstPage() {
            Matcher place = PLACE.matcher(path);
            return !place.find()
                    || place.group(2).equals("0")
                    || place.group(1).equals("page") && place.group(2).equals("1");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private record Answer(int status, Map<String, List<String>> headers, byte[] body) {}

    private static final Pattern TOKEN = Pattern.compile("_token\"\\s*:\\s*\"([^\"]+)");
    private static final List<Integer> ECHOED = List.of(422, 400, 302, 401, 200, 403, 500, 409, 429, 503);
    private static final Set<String> HOP = Set.of(
            "host", "connection", "content-length", "transfer-encoding", "accept-encoding", "expect", "upgrade", "te");

    private final ServerSocket server;
    private final URI target;
    private final ExecutorService threads;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Answer> lastPages = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Plan plan = call -> Fault.PASS;
    private volatile Consumer<Call> afterAnswer = call -> {};
    private volatile boolean dead;
    private final Map<String, List<Long>> times = new HashMap<>();
    private final List<String> told = new ArrayList<>();
    private final Set<String> secrets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger echoes = new AtomicInteger();
    private volatile List<String> repeated = List.of();
    private int writesUnderWay;

    /** @param target scheme, host and port of the partner */
    FaultyProxy(String name, URI target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 100, InetAddress.getByName("127.0.0.1"));
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "proxy-" + name);
            thread.setDaemon(true);
            return thread;
        });
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    /** When each call came that went to this resource with this method, in nanoseconds. */
    List<Long> times(String method, String resource) {
        synchronized (times) {
            return new ArrayList<>(times.getOrDefault(method + " " + resource, List.of()));
        }
    }

    /** What came as {@code Authorization}, without the scheme, and every token that was given out. */
    Set<String> secrets() {
        return secrets;
    }

    /** What is to happen before an answer is passed on. */
    void afterAnswer(Consumer<Call> then) {
        afterAnswer = then;
    }

    void plan(Plan next) {
        plan = next;
        lastPages.clear();
    }

    /** From now on no call gets through and no answer gets back, as if the caller's machine had lost power. */
    void cut() {
        dead = true;
        open.forEach(FaultyProxy::reset);
    }

    /** Takes {@link #cut} back, once every call that had got through is done. */
    void mend() throws InterruptedException {
        awaitWrites();
        dead = false;
    }

    private void tell(Call call, Fault fault) {
        synchronized (times) {
            times.computeIfAbsent(call.method() + " " + call.path().replaceAll("[?].*", ""), any -> new ArrayList<>())
                    .add(System.nanoTime());
        }
        synchronized (told) {
            told.add(
                    LocalTime.now() + " " + fault + " " + call + " " + new String(call.body(), StandardCharsets.UTF_8));
        }
    }

    /** The calls that name this text or are lists. */
    String told(String text) {
        synchronized (told) {
            return told.stream()
                    .filter(line -> line.contains(text) || line.contains("filter") || line.contains("offset"))
                    .map(line -> line.substring(0, Math.min(line.length(), 230)))
                    .collect(Collectors.joining("\n"));
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (!dead) {
                Map<String, List<String>> headers = new HashMap<>();
                Call call = read(in, headers);
                if (call == null || dead || !answer(call, headers, socket)) {
                    break;
                }
            }
            if (dead) {
                reset(socket);
            }
        } catch (IOException | InterruptedException e) {
            reset(socket);
        } finally {
            open.remove(socket);
        }
    }

    /** What every echo says besides. */
    void repeats(String... also) {
        repeated = List.of(also);
    }

    private void echo(Call call, Map<String, List<String>> headers, Socket socket) throws IOException {
        List<String> said = new ArrayList<>(repeated);
        headers.getOrDefault("authorization", List.of()).forEach(said::add);
        headers.getOrDefault("authorization", List.of()).forEach(value -> said.add(value.replaceFirst(".* ", "")));
        said.addAll(headers.getOrDefault("x-auth-token", List.of()));
        int echo = echoes.getAndIncrement();
        int status = ECHOED.get(echo % ECHOED.size());
        String all = String.join(" ", said);
        // A word that is none of JSON's, or a document with an escaped slash.
        String body = status == 200
                ? said.get(echo % said.size())
                : Json.text(Map.of("title", all, "message", all, "errors", List.of(Map.of("detail", all))))
                        .replace("/", "\\/");
        Map<String, List<String>> answered = new HashMap<>();
        answered.put("X-Echo", said);
        answered.put("Date", List.of(all));
        answered.put(
                "Location",
                List.of("https://elsewhere.example/?token=" + URLEncoder.encode(all, StandardCharsets.UTF_8)));
        send(socket, new Answer(status, answered, body.getBytes(StandardCharsets.UTF_8)), all);
    }

    /** Answers a call; false where the connection is of no use any more. */
    private boolean answer(Call call, Map<String, List<String>> headers, Socket socket)
            throws IOException, InterruptedException {
        if (call.method().equals("GET")) {
            awaitWrites();
        }
        headers.getOrDefault("authorization", List.of()).forEach(value -> secrets.add(value.replaceFirst(".* ", "")));
        Fault fault = plan.decide(call);
        tell(call, fault);
        switch (fault) {
            case TOO_MANY -> send(socket, status(429, Map.of(), "{}"));
            case TOO_MANY_WAIT ->
                send(
                        socket,
                        status(
                                429,
                                Map.of(
                                        "Retry-After",
                                        List.of("1"),
                                        "X-Rate-Limit-Time-Reset-Ms",
                                        List.of("300"),
                                        "X-Rate-Limit-Requests-Left",
                                        List.of("0")),
                                "{}"));
            case UNAVAILABLE_WAIT -> send(socket, status(503, Map.of("Retry-After", List.of("1")), ""));
            case TOO_MANY_X_WAIT -> send(socket, status(429, Map.of("X-Retry-After", List.of("2")), "{}"));
            case S408 -> send(socket, status(408, Map.of(), ""));
            case S422 -> send(socket, status(422, Map.of(), "{\"title\":\"no\"}"));
            case S423 -> send(socket, status(423, Map.of(), "{\"title\":\"locked\"}"));
            case S401 -> send(socket, status(401, Map.of(), "{\"title\":\"Unauthorized\"}"));
            case S500 -> send(socket, status(500, Map.of(), "{\"message\":\"internal\"}"));
            case S502 -> send(socket, status(502, Map.of(), "<html>bad gateway</html>"));
            case S503 -> send(socket, status(503, Map.of(), ""));
            case S504 -> send(socket, status(504, Map.of(), "<html>timeout</html>"));
            case ECHO -> echo(call, headers, socket);
            case HTML -> send(socket, status(200, Map.of("Content-Type", List.of("text/html")), "<html>hello</html>"));
            case NO_CONTENT -> send(socket, new Answer(204, Map.of(), new byte[0]));
            case RESET_BEFORE -> {
                reset(socket);
                return false;
            }
            case SILENCE -> {
                closing.await(3, TimeUnit.SECONDS);
                return false;
            }
            case LATE_COMMIT -> {
                begun();
                threads.execute(() -> {
                    try {
                        closing.await(40, TimeUnit.MILLISECONDS);
                        ask(call, headers);
                    } catch (IOException | InterruptedException e) {
                        // then it is lost
                    } finally {
                        ended();
                    }
                });
                reset(socket);
                return false;
            }
            default -> {
                return answered(fault, call, headers, socket);
            }
        }
        return true;
    }

    private boolean answered(Fault fault, Call call, Map<String, List<String>> headers, Socket socket)
            throws IOException, InterruptedException {
        Answer answer;
        boolean writes = !call.method().equals("GET");
        if (writes) {
            begun();
        }
        try {
            answer = ask(call, headers);
        } finally {
            if (writes) {
                ended();
            }
        }
        afterAnswer.accept(call);
        if (dead) {
            return false;
        }
        switch (fault) {
            case S500_WRITTEN -> send(socket, status(500, Map.of(), "{\"message\":\"internal\"}"));
            case RESET_AFTER -> {
                reset(socket);
                return false;
            }
            case SILENCE_WRITTEN -> {
                closing.await(3, TimeUnit.SECONDS);
                return false;
            }
            case RESET_INSIDE -> {
                byte[] all = bytes(answer);
                socket.getOutputStream().write(all, 0, all.length - Math.max(1, answer.body().length / 2));
                socket.getOutputStream().flush();
                reset(socket);
                return false;
            }
            case DRIP -> {
                byte[] all = bytes(answer);
                int piece = Math.max(1, all.length / 5);
                for (int from = 0; from < all.length; from += piece) {
                    socket.getOutputStream().write(all, from, Math.min(piece, all.length - from));
                    socket.getOutputStream().flush();
                    closing.await(10, TimeUnit.MILLISECONDS);
                }
            }
            case TRUNCATED -> {
                byte[] half = new byte[answer.body().length / 2];
                System.arraycopy(answer.body(), 0, half, 0, half.length);
                send(socket, new Answer(answer.status(), answer.headers(), half));
            }
            case REPEATED_PAGE ->
                send(socket, call.isFirstPage() ? answer : lastPages.getOrDefault(call.list(), answer));
            default -> send(socket, answer);
        }
        if (!writes) {
            lastPages.put(call.list(), answer);
        }
        return true;
    }

    private Answer ask(Call call, Map<String, List<String>> headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(target + call.path()))
                .method(
                        call.method(),
                        call.body().length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(call.body()))
                .timeout(Duration.ofSeconds(20));
        headers.forEach((name, values) -> {
            if (!HOP.contains(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        if (call.path().contains("/oauth/")) {
            Matcher token = TOKEN.matcher(new String(answer.body(), StandardCharsets.UTF_8));
            while (token.find()) {
                secrets.add(token.group(1));
            }
        }
        return new Answer(answer.statusCode(), answer.headers().map(), answer.body());
    }

    private static Answer status(int status, Map<String, List<String>> headers, String body) {
        return new Answer(status, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(Socket socket, Answer answer) throws IOException {
        send(socket, answer, "So");
    }

    private static void send(Socket socket, Answer answer, String reason) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes(answer, reason));
        out.flush();
    }

    private static byte[] bytes(Answer answer) {
        return bytes(answer, "So");
    }

    private static byte[] bytes(Answer answer, String reason) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " " + reason + "\r\n");
        answer.headers().forEach((name, values) -> {
            if (!HOP.contains(name.toLowerCase(java.util.Locale.ROOT)) && !name.startsWith(":")) {
                values.forEach(
                        value -> head.append(name).append(": ").append(value).append("\r\n"));
            }
        });
        if (answer.status() != 204) {
            head.append("Content-Length: ").append(answer.body().length).append("\r\n");
        }
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[start.length + answer.body().length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(answer.body(), 0, all, start.length, answer.body().length);
        return all;
    }

    private static Call read(InputStream in, Map<String, List<String>> headers) throws IOException {
        String first = line(in);
        if (first == null || first.isEmpty()) {
            return null;
        }
        String[] parts = first.split(" ");
        int length = 0;
        boolean chunked = false;
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            String name = line.substring(0, colon).strip().toLowerCase(java.util.Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            headers.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
            if (name.equals("content-length")) {
                length = Integer.parseInt(value);
            }
            chunked |= name.equals("transfer-encoding") && value.equalsIgnoreCase("chunked");
        }
        if (!chunked) {
            return new Call(parts[0], parts[1], in.readNBytes(length));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line(in).strip(), 16);
            body.write(in.readNBytes(size));
            line(in);
            if (size == 0) {
                return new Call(parts[0], parts[1], body.toByteArray());
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                return line.toString().stripTrailing();
            }
            line.append((char) c);
        }
        return line.isEmpty() ? null : line.toString();
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // it is gone already
        }
    }

    private synchronized void begun() {
        writesUnderWay++;
    }

    private synchronized void ended() {
        writesUnderWay--;
        notifyAll();
    }

    private synchronized void awaitWrites() throws InterruptedException {
        while (writesUnderWay > 0) {
            wait();
        }
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        server.close();
        open.forEach(FaultyProxy::reset);
        threads.shutdownNow();
    }
}
