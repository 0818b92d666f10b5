package com.optiply.sync.operate;

import com.optiply.sync.optiply.Holdings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.http.base.HttpOperationFailedException;

/** The partners as the desk asks them: through routes, which make the calls. Safe for several threads. */
final class Partners {

    private final CamelContext camel;

    Partners(CamelContext camel) {
        this.camel = camel;
    }

    /** What a partner answered. @param date the partner's clock, as its answer gives it */
    record Said(Object body, String date) {}

    /** Asks BigCommerce. @throws Exception what the call ended with */
    Said bigcommerce(String path, String query) throws Exception {
        return ask("ask-bigcommerce", path, query);
    }

    /** Asks Optiply. @throws Exception what the call ended with */
    Said optiply(String path, String query) throws Exception {
        return ask("ask-optiply", path, query);
    }

    private Said ask(String route, String path, String query) throws Exception {
        Exchange asked = request(route, exchange -> {
            exchange.setVariable("path", path);
            exchange.setVariable("query", query);
        });
        return new Said(asked.getMessage().getBody(), asked.getVariable("date", String.class));
    }

    /** The rows of an answer of either version of BigCommerce's API. */
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> rows(String path, String query) throws Exception {
        Object body = bigcommerce(path, query).body();
        Object rows = body instanceof Map<?, ?> document ? document.get("data") : body;
        return rows instanceof List<?> list ? (List<Map<String, Object>>) list : List.of();
    }

    /** One document; null where there is none. */
    @SuppressWarnings("unchecked")
    Map<String, Object> document(String path, String query) throws Exception {
        try {
            Object body = bigcommerce(path, query).body();
            return body instanceof Map<?, ?> document ? (Map<String, Object>) document : null;
        } catch (HttpOperationFailedException e) {
            if (e.getStatusCode() == 404) {
                return null;
            }
            throw e;
        }
    }

    /** Fills the listing with everything that Optiply holds of its kind. */
    void list(Holdings holdings) throws Exception {
        request("list-in-optiply", exchange -> exchange.setVariable("holdings", holdings));
    }

    /** Calls a route; the exchange is the answer. @throws Exception what the route ended with */
    Exchange request(String route, Consumer<Exchange> prepare) throws Exception {
        try (ProducerTemplate template = camel.createProducerTemplate()) {
            Exchange ended = template.request("direct:" + route, prepare::accept);
            if (ended.getException() != null) {
                throw ended.getException();
            }
            return ended;
        } catch (IOException e) {
            throw e instanceof java.net.SocketException ? e : new UncheckedIOException(e);
        }
    }
}
