package com.optiply.sync;

import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;

/**
 * What passes between Camel and a partner. Lets no header that could steer Camel in from outside, in whatever letter case it is written: a partner's answer must
 * not be able to set our redelivery counter or the next call's address.
 */
public final class EdgeHeaders extends HttpHeaderFilterStrategy {

    /** BigCommerce wants {@code Content-Type} also on the GET of order lines (orders v2 specification); Camel sends it with bodies only. */
    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        boolean typeOfGet = name.equalsIgnoreCase(Exchange.CONTENT_TYPE)
                && "GET".equals(exchange.getMessage().getHeader(Exchange.HTTP_METHOD, String.class));
        return !typeOfGet && super.applyFilterToCamelHeaders(name, value, exchange);
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return name.toLowerCase(Locale.ROOT).startsWith("camel")
                || super.applyFilterToExternalHeaders(name, value, exchange);
    }
}
