package com.optiply.sync.bigcommerce;

import java.util.List;
import org.apache.camel.Exchange;

/**
 * What a stream's block says of it (routes/2-streams.camel.yaml), and which of its two paths is asked. It travels as the
 * variable {@code facts} through the reading of one page. A block may say, each as a variable of this name:
 *
 * <ul>
 *   <li>{@code path}: where BigCommerce has it; /v2 or /v3 decides what a page looks like
 *   <li>{@code successor}: the path that is asked where BigCommerce answers 404 to the first one
 *   <li>{@code successorKey}: what the successor calls the id of a row
 *   <li>{@code parents}: the stream that it lies below; its paths then name {@code ${variable.parent}}
 *   <li>{@code pages}: {@code one} where all rows come in a single answer that knows no page and no limit
 *   <li>{@code afterParameter}: asks for the rows behind an id; without it pages go by number
 *   <li>{@code sinceParameter}: asks for the rows changed since; without it every row is read each time
 *   <li>{@code channelParameter}: asks for a channel; without it the rows that name only others are left out
 *   <li>{@code idsParameter}: asks for rows by id
 *   <li>{@code fixedParameters}: what every query says besides
 *   <li>{@code personal}: {@code true} where rows are about people; the clock's {@code all} leaves them out
 * </ul>
 *
 * Immutable.
 */
public final class StreamFacts {

    /** What a block may say; {@code parent} is the caller's. */
    static final List<String> NAMES = List.of(
            "path",
            "successor",
            "successorKey",
            "parents",
            "pages",
            "afterParameter",
            "sinceParameter",
            "channelParameter",
            "idsParameter",
            "fixedParameters",
            "personal");

    private final String path;
    private final String successor;
    private final String successorKey;
    private final String knownAs;
    private final boolean onePage;
    private final boolean succeeded;
    final String afterParameter;
    final String sinceParameter;
    final String channelParameter;
    final String idsParameter;
    final String fixedParameters;

    /**
     * Takes the facts off the exchange, so that nothing of them is left over for the next block; what a block has not
     * said is null.
     */
    static StreamFacts takenFrom(Exchange exchange) {
        StreamFacts facts = new StreamFacts(exchange);
        NAMES.forEach(exchange::removeVariable);
        return facts;
    }

    private StreamFacts(Exchange exchange) {
        path = said(exchange, "path");
        if (path == null) {
            throw new IllegalStateException("a stream's block says no path (routes/2-streams.camel.yaml)");
        }
        successor = said(exchange, "successor");
        successorKey = said(exchange, "successorKey");
        String parent = said(exchange, "parent");
        knownAs = parent == null ? path : path.replace("/" + parent + "/", "/{id}/");
        onePage = "one".equals(said(exchange, "pages"));
        succeeded = false;
        afterParameter = said(exchange, "afterParameter");
        sinceParameter = said(exchange, "sinceParameter");
        channelParameter = said(exchange, "channelParameter");
        idsParameter = said(exchange, "idsParameter");
        fixedParameters = said(exchange, "fixedParameters");
    }

    private StreamFacts(StreamFacts before) {
        path = before.successor;
        successor = null;
        successorKey = before.successorKey;
        knownAs = before.knownAs;
        onePage = before.onePage;
        succeeded = true;
        afterParameter = before.afterParameter;
        sinceParameter = before.sinceParameter;
        channelParameter = before.channelParameter;
        idsParameter = before.idsParameter;
        fixedParameters = before.fixedParameters;
    }

    private static String said(Exchange exchange, String name) {
        String value = exchange.getVariable(name, String.class);
        return value == null || value.isEmpty() ? null : value;
    }

    /** The path to ask. */
    public String getPath() {
        return path;
    }

    /** Whether there is another path to ask where BigCommerce does not know this one. */
    public boolean isReplaceable() {
        return successor != null;
    }

    /** The same stream at its successor's path. */
    StreamFacts successor() {
        return new StreamFacts(this);
    }

    /** Whether the successor is asked in place of the first path. */
    boolean isSuccessor() {
        return succeeded;
    }

    /** The first path, the same for all parents. */
    String knownAs() {
        return knownAs;
    }

    /** What a row's id is called here. */
    String key() {
        return succeeded && successorKey != null ? successorKey : "id";
    }

    boolean isV3() {
        return path.startsWith("/v3/");
    }

    /** Whether the rows lie below one parent. */
    boolean isOfParent() {
        return !knownAs.equals(path);
    }

    boolean isOnePage() {
        return onePage;
    }

    boolean isById() {
        return afterParameter != null;
    }
}
