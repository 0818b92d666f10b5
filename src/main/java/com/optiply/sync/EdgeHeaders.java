package com.optiply.sync;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;

/**
 * What passes between Camel and a partner. Lets no header that could steer Camel in from outside, in whatever letter case it is written: a partner's answer must
 * not be able to set our redelivery counter or the next call's address.
 */
public final class EdgeHeaders extends HttpHeaderFilterStrategy {

    private static final Set<String> WITHOUT_BODY = Set.of("GET", "DELETE");

    /**
     * Both partners want {@code Content-Type} on every call (BigCommerce: on the GET of order lines); Camel by itself sends
     * it with bodies only.
     */
    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        boolean typeWithoutBody = name.equalsIgnoreCase(Exchange.CONTENT_TYPE)
                && WITHOUT_BODY.contains(exchange.getMessage().getHeader(Exchange.HTTP_METHOD, "", String.class));
        return !typeWithoutBody && super.applyFilterToCamelHeaders(name, value, exchange);
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return name.toLowerCase(Locale.ROOT).startsWith("camel")
                || super.applyFilterToExternalHeaders(name, value, exchange);
    }
}
