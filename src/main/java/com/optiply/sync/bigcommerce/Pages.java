package com.optiply.sync.bigcommerce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.optiply.sync.Json;
import com.optiply.sync.state.Run;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The next page: how BigCommerce is asked for it and what its answer means, for both versions of its API.
 *
 * <p>v3 answers {@code {data, meta.pagination}}; v2 answers a bare array and ends with 204, an empty body, {@code []} or
 * a short page (BigCommerce API reference, orders v2 and catalog v3). Streams that can be read by id go on behind the
 * last id, so that rows which appear, move or vanish between two pages lose nothing; the others by page number.
 *
 * <p>Safe for several threads.
 */
public final class Pages {

    private static final Logger LOG = LoggerFactory.getLogger(Pages.class);

    private final int pageSize;
    private final String channelId;
    private final BooleanSupplier stopping;

    /** @param channelId null: all channels */
    public Pages(int pageSize, String channelId, BooleanSupplier stopping) {
        this.pageSize = pageSize;
        this.channelId = channelId;
        this.stopping = stopping;
    }

    /**
     * Takes what the stream's block has said off the exchange, into the variable {@code facts}. A path that this run knows
     * to be replaced is replaced.
     */
    public void takeFacts(Exchange exchange) {
        StreamFacts facts = StreamFacts.takenFrom(exchange);
        Run run = exchange.getVariable("run", Run.class);
        boolean replaced = facts.isReplaceable() && run != null && run.isReplaced(facts.knownAs());
        exchange.setVariable("facts", replaced ? facts.successor() : facts);
    }

    /** BigCommerce does not know the path: its successor is asked ({@code onRedeliveryRef}). */
    public static void askSuccessor(Exchange exchange) {
        exchange.setVariable(
                "facts", exchange.getVariable("facts", StreamFacts.class).successor());
    }

    /** The query that asks for the next page of a stream; made of the stream's facts and of how far its reading is. */
    public String query(@Variable("reading") Reading reading, @Variable("facts") StreamFacts facts) {
        if (stopping.getAsBoolean()) {
            throw new Stopping("the process stops; reading goes on from here at the next start");
        }
        StringJoiner query = new StringJoiner("&");
        if (!facts.isOnePage()) {
            query.add("limit=" + pageSize);
            if (!facts.isById()) {
                query.add("page=" + reading.getPage());
            } else if (reading.getAfter() != null) {
                query.add(facts.afterParameter + "=" + behind(facts.afterParameter, reading.getAfter()));
            }
        }
        if (!reading.getIds().isEmpty()) {
            for (String parameter : facts.idsParameter.split("&")) {
                query.add(parameter + "=" + String.join(",", reading.getIds()));
            }
        } else if (channelId != null && facts.channelParameter != null) {
            query.add(facts.channelParameter + "=" + channelId);
        }
        if (reading.getSince() != null && facts.sinceParameter != null) {
            // Always a whole timestamp in UTC: a date without time is completed with the time of the request.
            query.add(facts.sinceParameter + "="
                    + encoded(reading.getSince().truncatedTo(ChronoUnit.SECONDS).toString()));
        }
        if (reading.getWindow() != null) {
            // Only orders have a past to fill in, and these are their filters (orders.v2).
            query.add("min_date_created=" + encoded(reading.getWindow().from().toString()));
            query.add("max_date_created=" + encoded(reading.getWindow().to().toString()));
        }
        if (facts.fixedParameters != null) {
            query.add(facts.fixedParameters);
        }
        return query.toString();
    }

    /** {@code min_id} includes the id it names, {@code id:greater} does not. */
    private static String behind(String afterParameter, String lastId) {
        return afterParameter.startsWith("min") ? String.valueOf(Long.parseLong(lastId) + 1) : lastId;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /**
     * Parses an answer of BigCommerce.
     *
     * @return a list (v2), a document (v3), or null for an empty body
     * @throws UnreadableAnswer where the body is not JSON: a fault of the call, which may be repeated
     */
    public Object parse(InputStream body, @Header(Exchange.HTTP_RESPONSE_CODE) Integer status)
            throws UnreadableAnswer, IOException {
        if (body == null || (status != null && status == 204)) {
            return null;
        }
        byte[] bytes = body.readAllBytes();
        if (bytes.length == 0) {
            return null;
        }
        try {
            return Json.mapper().readValue(bytes, Object.class);
        } catch (JsonProcessingException e) {
            // Jackson repeats a word that it does not know, and that may be a secret.
            String said = e.getOriginalMessage().startsWith("Unrecognized token")
                    ? "a word that is none of JSON's"
                    : e.getOriginalMessage();
            throw new UnreadableAnswer("BigCommerce answered something that is not JSON: " + said);
        }
    }

    /** The rows of a page; moves the reading on behind it. */
    public List<Map<String, Object>> rows(
            Object answer,
            @Variable("reading") Reading reading,
            @Variable("facts") StreamFacts facts,
            @Variable("run") Run run,
            @Variable("date") String date)
            throws UnreadableAnswer {
        reading.seenClock(clock(date));
        List<Map<String, Object>> rows = facts.isV3() ? v3(answer, reading, facts) : v2(answer, reading, facts);
        if (facts.isSuccessor()) {
            if (run != null && run.replaced(facts.knownAs())) {
                LOG.info(
                        "{}: BigCommerce does not have {}; {} is read in its place",
                        run,
                        facts.knownAs(),
                        facts.getPath());
            }
            rows.forEach(row -> row.putIfAbsent("id", row.get(facts.key())));
        }
        return facts.channelParameter == null && channelId != null ? ofTheChannel(rows) : rows;
    }

    private List<Map<String, Object>> v2(Object answer, Reading reading, StreamFacts facts) throws UnreadableAnswer {
        List<Map<String, Object>> rows = answer == null ? List.of() : list(answer);
        took(rows, rows.size() >= pageSize, reading, facts);
        return rows;
    }

    private List<Map<String, Object>> v3(Object answer, Reading reading, StreamFacts facts) throws UnreadableAnswer {
        if (answer == null) {
            if (!facts.isOfParent()) {
                throw new NoDocument("BigCommerce answered a list without a document, which says nothing of its rows");
            }
            // A product without images, an order without transactions: the parent is there and has none.
            took(List.of(), false, reading, facts);
            return List.of();
        }
        if (!(answer instanceof Map<?, ?> document) || !document.containsKey("data")) {
            throw new UnreadableAnswer("BigCommerce answered a page without “data”");
        }
        List<Map<String, Object>> rows = list(document.get("data"));
        boolean more = rows.size() >= pageSize;
        if (document.get("meta") instanceof Map<?, ?> meta && meta.get("pagination") instanceof Map<?, ?> pagination) {
            long total = whole(pagination.get("total"));
            long pages = whole(pagination.get("total_pages"));
            if (total >= 0) {
                reading.total(total, facts.isById());
            }
            if (pages >= 0) {
                more = !rows.isEmpty() && (facts.isById() ? pages > 1 : reading.getPage() < pages);
            }
        }
        took(rows, more, reading, facts);
        return rows;
    }

    private static void took(List<Map<String, Object>> rows, boolean more, Reading reading, StreamFacts facts) {
        String first = rows.isEmpty() ? null : text(rows.get(0).get(facts.key()));
        reading.took(rows.size(), first, lastId(rows, facts.key()), more && !facts.isOnePage());
    }

    /** For a stream that cannot be asked for a channel: leaves out the rows that say they are only another's. */
    private List<Map<String, Object>> ofTheChannel(List<Map<String, Object>> rows) {
        return rows.stream().filter(this::mayBeOfTheChannel).toList();
    }

    private boolean mayBeOfTheChannel(Map<String, Object> row) {
        if (row.get("channel_ids") instanceof List<?> channels && !channels.isEmpty()) {
            return channels.stream().map(Pages::text).anyMatch(channelId::equals);
        }
        for (String field : List.of("channel_id", "origin_channel_id")) {
            if (row.get(field) != null) {
                return channelId.equals(text(row.get(field)));
            }
        }
        return true;
    }

    /** A parent that vanished between its list and the reading of its children: it is skipped, and nothing is left of it. */
    public List<Object> gone(
            @Variable("run") Run run, @Variable("parent") String parent, @Variable("facts") StreamFacts facts) {
        LOG.info("{} is gone since its parent {} was listed; it is skipped", facts.getPath(), parent);
        if (run != null) {
            run.getCounts().skipped();
        }
        return List.of();
    }

    /** A v3 list that persists in having no document: no rows, and no proof that there are none. */
    public List<Object> nothing(@Variable("reading") Reading reading) {
        reading.provedNothing();
        return List.of();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Object answer) throws UnreadableAnswer {
        if (answer instanceof List<?> rows && rows.stream().allMatch(Map.class::isInstance)) {
            return (List<Map<String, Object>>) answer;
        }
        throw new UnreadableAnswer("BigCommerce answered something that is not a list of rows");
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    /**
     * The highest id of a page; a row whose id cannot be read must not hold up those behind it. Nor may one whose id lies
     * far beyond BigCommerce's own (32 bits) make us leap over them: it counts only where the page has no other.
     */
    private static String lastId(List<Map<String, Object>> rows, String key) {
        long highest = -1;
        long beyond = -1;
        for (Map<String, Object> row : rows) {
            Object id = row.get(key);
            if (id instanceof Integer whole) {
                highest = Math.max(highest, whole);
            } else if (id instanceof Long whole) {
                beyond = Math.max(beyond, whole);
            }
        }
        long last = highest < 0 ? beyond : highest;
        return last < 0 ? null : Long.toString(last);
    }

    private static long whole(Object number) {
        return number instanceof Number some ? new BigDecimal(some.toString()).longValue() : -1;
    }

    /** BigCommerce's clock as its {@code Date} header gives it; null where it cannot be read. */
    public static Instant clock(String date) {
        if (date == null) {
            return null;
        }
        try {
            return DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** The process stops. */
    public static final class Stopping extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopping(String message) {
            super(message);
        }
    }

    /** A v3 list without a document. */
    public static final class NoDocument extends UnreadableAnswer {
        private static final long serialVersionUID = 1L;

        NoDocument(String message) {
            super(message);
        }
    }

    /** An answer that cannot be read: a fault of the call, not of the record. */
    public static class UnreadableAnswer extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableAnswer(String message) {
            super(message);
        }
    }
}
