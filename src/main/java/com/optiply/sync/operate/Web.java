package com.optiply.sync.operate;

import com.optiply.sync.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** The operator's page as files, and what is answered over HTTP. Safe for several threads. */
public final class Web {

    private static final Map<String, String> FILES = Map.of(
            "/", "index.html",
            "/desk.css", "desk.css",
            "/desk.js", "desk.js",
            "/icon.svg", "icon.svg");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private final Gate gate;

    public Web(Gate gate) {
        this.gate = gate;
    }

    /** Writes a reply of the JSON API. */
    public void write(@Body Questions.Reply reply, Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, reply.status());
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setBody(Json.text(reply.document()).getBytes(StandardCharsets.UTF_8));
    }

    /** Answers with a file of the page; with the token in it, which only a page of our own can read. */
    public void file(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        String file = FILES.get(message.getHeader(Exchange.HTTP_PATH, "/", String.class));
        message.removeHeaders("*");
        if (file == null) {
            message.setHeader(Exchange.HTTP_RESPONSE_CODE, 404);
            message.setHeader(Exchange.CONTENT_TYPE, "text/plain; charset=utf-8");
            message.setBody("there is nothing here; the page is at /");
            return;
        }
        String text;
        try (InputStream in = Web.class.getResourceAsStream("/web/" + file)) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        message.setHeader(Exchange.CONTENT_TYPE, TYPES.get(file.substring(file.lastIndexOf('.') + 1)));
        message.setBody(text.replace("{{token}}", gate.token()).getBytes(StandardCharsets.UTF_8));
    }
}
