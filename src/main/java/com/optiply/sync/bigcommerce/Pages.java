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

    /** The query that asks for the next page of a stream; made of the stream's facts and of how far its reading is. */
    public String query(
            @Variable("reading") Reading reading,
            @Variable("afterParameter") String afterParameter,
            @Variable("sinceParameter") String sinceParameter,
            @Variable("channelParameter") String channelParameter,
            @Variable("idsParameter") String idsParameter,
            @Variable("fixedParameters") String fixedParameters) {
        if (stopping.getAsBoolean()) {
            throw new Stopping("the process stops; reading goes on from here at the next start");
        }
        StringJoiner query = new StringJoiner("&");
        query.add("limit=" + pageSize);
        boolean byId = afterParameter != null && !afterParameter.isEmpty();
        if (!byId) {
            query.add("page=" + reading.getPage());
        } else if (reading.getAfter() != null) {
            query.add(afterParameter + "=" + behind(afterParameter, reading.getAfter()));
        }
        if (!reading.getIds().isEmpty()) {
            query.add(idsParameter + "=" + String.join(",", reading.getIds()));
        } else if (channelId != null && channelParameter != null && !channelParameter.isEmpty()) {
            query.add(channelParameter + "=" + channelId);
        }
        if (reading.getSince() != null && sinceParameter != null && !sinceParameter.isEmpty()) {
            // Always a whole timestamp in UTC: a date without time is completed with the time of the request.
            query.add(sinceParameter + "="
                    + encoded(reading.getSince().truncatedTo(ChronoUnit.SECONDS).toString()));
        }
        if (fixedParameters != null && !fixedParameters.isEmpty()) {
            query.add(fixedParameters);
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
            throw new UnreadableAnswer("BigCommerce answered something that is not JSON: " + e.getOriginalMessage());
        }
    }

    /** The rows of a page; moves the reading on behind it. */
    public List<Map<String, Object>> rows(
            Object answer,
            @Variable("reading") Reading reading,
            @Variable("version") String version,
            @Variable("afterParameter") String afterParameter,
            @Variable("date") String date)
            throws UnreadableAnswer {
        reading.seenClock(clock(date));
        boolean byId = afterParameter != null && !afterParameter.isEmpty();
        return "v3".equals(version) ? v3(answer, reading, byId) : v2(answer, reading);
    }

    private List<Map<String, Object>> v2(Object answer, Reading reading) throws UnreadableAnswer {
        List<Map<String, Object>> rows = answer == null ? List.of() : list(answer);
        reading.took(rows.size(), id(rows, 0), lastId(rows), rows.size() >= pageSize);
        return rows;
    }

    private List<Map<String, Object>> v3(Object answer, Reading reading, boolean byId) throws UnreadableAnswer {
        if (answer == null) {
            throw new NoDocument("BigCommerce answered a list without a document, which says nothing of its rows");
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
                // By id the total counts the rows that are left.
                reading.total(byId ? total : total - reading.getRows());
            }
            if (pages >= 0) {
                more = !rows.isEmpty() && (byId ? pages > 1 : reading.getPage() < pages);
            }
        }
        reading.took(rows.size(), id(rows, 0), lastId(rows), more);
        return rows;
    }

    /** A parent that vanished between its list and the reading of its children: it is skipped, and nothing is left of it. */
    public List<Object> gone(
            @Variable("run") Run run, @Variable("parent") String parent, @Variable("path") String path) {
        LOG.info("{} is gone since its parent {} was listed; it is skipped", path, parent);
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

    private static String id(List<Map<String, Object>> rows, int index) {
        if (rows.isEmpty()) {
            return null;
        }
        Object id = rows.get(index).get("id");
        return id == null ? null : String.valueOf(id);
    }

    /** The highest id of a page; a row whose id cannot be read must not hold up those behind it. */
    private static String lastId(List<Map<String, Object>> rows) {
        long highest = -1;
        for (Map<String, Object> row : rows) {
            Object id = row.get("id");
            if (id instanceof Integer || id instanceof Long) {
                highest = Math.max(highest, ((Number) id).longValue());
            }
        }
        return highest < 0 ? null : Long.toString(highest);
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
