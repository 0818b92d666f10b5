package com.optiply.sync.optiply;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that Optiply holds of one kind, page by page. It travels as the variable {@code holdings}. What it holds is
 * told in the words and types of a wanted document, so that both can be compared.
 *
 * <p>Used by one thread at a time, but for the counts.
 */
public final class Holdings {

    private static final int PAGE = 100;
    private static final List<String> PRODUCT =
            List.of("name", "skuCode", "eanCode", "price", "unlimitedStock", "stockLevel", "articleCode", "status");
    private static final List<String> SELL_ORDER = List.of("placed", "totalValue");

    /**
     * One object.
     *
     * @param remoteId null where it has none of ours
     * @param ours whether the remote id is our coupling's own, and not one that another coupling left
     */
    public record Held(String id, String uuid, String remoteId, boolean ours, Map<String, Object> document) {}

    private final String entity;
    private final String couplingId;
    private final Map<String, Held> byRemoteId = new TreeMap<>();
    private final List<Held> withoutRemoteId = new ArrayList<>();
    private final Map<String, List<String>> twins = new TreeMap<>();
    private volatile long count;
    private volatile long total = -1;
    private int offset;
    private boolean more = true;

    /** @param entity {@code products} or {@code sell-orders} */
    public Holdings(String entity, String couplingId) {
        this.entity = entity;
        this.couplingId = couplingId;
    }

    /** Whether a further page has to be asked for. */
    public boolean isMore() {
        return more;
    }

    public String getPath() {
        return entity.equals("products") ? "/products" : "/sellOrders";
    }

    public String getQuery() {
        return "sort=id&page%5Blimit%5D=" + PAGE + "&page%5Boffset%5D=" + offset;
    }

    /** Takes a page. */
    public void take(Map<?, ?> answer) throws Answers.UnreadableAnswer {
        if (answer == null || !(answer.get("data") instanceof List<?> rows)) {
            throw new Answers.UnreadableAnswer("Optiply's answer to a listing has no list of data");
        }
        if (answer.get("meta") instanceof Map<?, ?> meta && meta.get("totalResourceCount") instanceof Number number) {
            total = number.longValue();
        }
        for (Object row : rows) {
            if (row instanceof Map<?, ?> resource) {
                add(resource);
            }
        }
        offset += PAGE;
        more = rows.size() == PAGE;
    }

    private void add(Map<?, ?> resource) {
        count++;
        String id = Answers.id(resource);
        String remoteId = LookUp.remoteId(resource, couplingId);
        boolean ours = LookUp.isOurs(resource, couplingId);
        Held held = new Held(id, Answers.uuid(resource), remoteId, ours, document(resource, remoteId));
        if (remoteId == null || id == null) {
            withoutRemoteId.add(held);
            return;
        }
        Held present = byRemoteId.putIfAbsent(remoteId, held);
        if (present != null) {
            twins.computeIfAbsent(remoteId, any -> new ArrayList<>(List.of(present.id())))
                    .add(id);
            if (ours == present.ours() ? new BigInteger(id).compareTo(new BigInteger(present.id())) < 0 : ours) {
                byRemoteId.put(remoteId, held);
            }
        }
    }

    private Map<String, Object> document(Map<?, ?> resource, String remoteId) {
        Map<?, ?> attributes = resource.get("attributes") instanceof Map<?, ?> some ? some : Map.of();
        Map<String, Object> document = new LinkedHashMap<>();
        if (remoteId != null) {
            document.put("remoteId", remoteId);
        }
        for (String attribute : entity.equals("products") ? PRODUCT : SELL_ORDER) {
            Object value = attributes.get(attribute);
            if (value != null && !value.equals("")) {
                document.put(attribute, comparable(attribute, value));
            }
        }
        return document;
    }

    /** Optiply answers money as text, and may answer a status in capitals or a date with fractions (Optiply API, quirks). */
    private static Object comparable(String attribute, Object value) {
        try {
            return switch (attribute) {
                case "price", "totalValue", "stockLevel" -> new BigDecimal(value.toString());
                case "status" -> value.toString().toLowerCase(Locale.ROOT);
                case "placed" ->
                    Instant.parse(value.toString())
                            .truncatedTo(ChronoUnit.SECONDS)
                            .toString();
                default -> value;
            };
        } catch (NumberFormatException | DateTimeParseException e) {
            return value;
        }
    }

    /** The objects with a remote id of ours; of twins the oldest. */
    public Map<String, Held> byRemoteId() {
        return byRemoteId;
    }

    /** The objects that came from elsewhere. */
    public List<Held> withoutRemoteId() {
        return withoutRemoteId;
    }

    /** Remote ids that several objects carry, with the ids of these. */
    public Map<String, List<String>> twins() {
        return twins;
    }

    /** How many objects came so far. */
    public long count() {
        return count;
    }

    /** How many objects there are, as Optiply says; -1 where it does not say. */
    public long total() {
        return total;
    }
}
