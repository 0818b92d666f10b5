package com.optiply.sync.optiply;

import com.optiply.sync.state.PendingRecord;
import com.optiply.sync.state.Run;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The search for one record in doubt, page by page. It travels as the variable {@code lookUp}.
 *
 * <p>Used by one thread at a time.
 */
public final class LookUp {

    private static final int PAGE = 100;

    /** An object in Optiply. */
    record Found(String id, String uuid) {}

    private final LookUps all;
    private final PendingRecord record;
    private final Run run;
    private final String filter;
    private final Map<String, Found> listed = new HashMap<>();
    private Instant listingBegun;
    private boolean more = true;
    private boolean listing;
    private int offset;
    private String firstOfLastPage;
    private Found found;

    LookUp(LookUps all, PendingRecord record, Run run) {
        this.all = all;
        this.record = record;
        this.run = run;
        this.filter = filter(record);
        if (filter == null) {
            list();
        }
    }

    /** Only attributes that working clients filter by: skuCode and name of products, placed of sell orders. */
    private static String filter(PendingRecord record) {
        Map<String, Object> sent = record.sent() != null ? record.sent() : record.wanted();
        if (sent == null) {
            return null;
        }
        if (record.getEntity().equals("products")) {
            String attribute = sent.get("skuCode") != null ? "skuCode" : "name";
            return sent.get(attribute) instanceof String value ? parameter(attribute, "EQ", value) : null;
        }
        if (!(sent.get("placed") instanceof String placed)) {
            return null;
        }
        try {
            Instant at = Instant.parse(placed);
            return parameter("placed", "GE", at.minusSeconds(1).toString()) + "&"
                    + parameter("placed", "LE", at.plusSeconds(1).toString());
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static String parameter(String attribute, String operator, String value) {
        return "filter%5B" + attribute + "%5D%5B" + operator + "%5D="
                + URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Whether a further page has to be asked for. */
    public boolean isMore() {
        return more;
    }

    /** The query of the next page. */
    public String getQuery() {
        return (listing ? "" : filter + "&") + "sort=id&page%5Blimit%5D=" + PAGE + "&page%5Boffset%5D=" + offset;
    }

    /** Takes a page; afterwards either there is more to ask for, or the record is found or proved to be missing. */
    void take(Map<?, ?> answer) throws Answers.UnreadableAnswer {
        if (answer == null || !(answer.get("data") instanceof List<?> rows)) {
            throw new Answers.UnreadableAnswer("Optiply's answer to a look-up has no list of data");
        }
        String first = rows.isEmpty() || !(rows.get(0) instanceof Map<?, ?> one) ? null : Answers.id(one);
        if (first != null && first.equals(firstOfLastPage)) {
            // What stands on the page that was asked for is not known, so nothing would be proved.
            throw new Answers.UnreadableAnswer("Optiply answered the same page of a look-up again");
        }
        firstOfLastPage = first;
        boolean strangers = false;
        for (Object row : rows) {
            Map<?, ?> resource = row instanceof Map<?, ?> one ? one : Map.of();
            String id = Answers.id(resource);
            String remoteId = remoteId(resource);
            if (id != null && remoteId != null) {
                lowest(listed, remoteId, new Found(id, Answers.uuid(resource)));
            }
            strangers |= !listing && !answersFilter(resource);
        }
        offset += PAGE;
        boolean lastPage = rows.size() < PAGE;
        if (strangers && !listed.containsKey(record.getRemoteId())) {
            // The filter was ignored: nothing is proved by it.
            list();
            return;
        }
        if (!lastPage && !(strangers && listed.containsKey(record.getRemoteId()))) {
            return;
        }
        if (listing) {
            all.listed(run, record, new LookUps.Listing(run.getId(), listingBegun, listed));
        }
        conclude(listed);
    }

    private void list() {
        LookUps.Listing known = all.listing(run, record);
        if (known != null) {
            conclude(known.byRemoteId());
            return;
        }
        listing = true;
        listingBegun = all.now();
        listed.clear();
        offset = 0;
        firstOfLastPage = null;
    }

    private void conclude(Map<String, Found> byRemoteId) {
        more = false;
        found = byRemoteId.get(record.getRemoteId());
        if (found == null) {
            record.notFound();
        } else {
            record.found(found.id());
        }
    }

    /** The oldest one is ours; a younger one with the same remote id is a twin. */
    private void lowest(Map<String, Found> byRemoteId, String remoteId, Found candidate) {
        Found present = byRemoteId.get(remoteId);
        if (present != null && !present.id().equals(candidate.id()) && remoteId.equals(record.getRemoteId())) {
            run.note("Optiply holds " + record + " twice (" + present.id() + " and " + candidate.id() + ")");
        }
        if (present == null || new BigInteger(candidate.id()).compareTo(new BigInteger(present.id())) < 0) {
            byRemoteId.put(remoteId, candidate);
        }
    }

    private String remoteId(Map<?, ?> resource) {
        return remoteId(resource, all.couplingId());
    }

    /** Whether the object carries a remote id of our own coupling. */
    static boolean isOurs(Map<?, ?> resource, String couplingId) {
        return resource.get("attributes") instanceof Map<?, ?> attributes
                && attributes.get("remoteIdMap") instanceof Map<?, ?> map
                && map.get(couplingId) != null;
    }

    /** Our coupling's own entry decides; only where there is none, any other coupling's. */
    static String remoteId(Map<?, ?> resource, String couplingId) {
        if (!(resource.get("attributes") instanceof Map<?, ?> attributes)
                || !(attributes.get("remoteIdMap") instanceof Map<?, ?> map)
                || map.isEmpty()) {
            return null;
        }
        Object ours = map.get(couplingId);
        if (ours != null) {
            return ours.toString();
        }
        Object any = map.values().iterator().next();
        return any == null ? null : any.toString();
    }

    private boolean answersFilter(Map<?, ?> resource) {
        Map<?, ?> attributes = resource.get("attributes") instanceof Map<?, ?> some ? some : Map.of();
        Map<String, Object> sent = record.sent() != null ? record.sent() : record.wanted();
        if (record.getEntity().equals("products")) {
            String attribute = sent.get("skuCode") != null ? "skuCode" : "name";
            Object value = attributes.get(attribute);
            return value != null
                    && value.toString()
                            .strip()
                            .equalsIgnoreCase(sent.get(attribute).toString().strip());
        }
        try {
            Instant asked = Instant.parse(sent.get("placed").toString());
            Instant placed = Instant.parse(String.valueOf(attributes.get("placed")));
            return Math.abs(asked.getEpochSecond() - placed.getEpochSecond()) <= 1;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /** Whether Optiply holds the record. */
    public boolean isFound() {
        return found != null;
    }

    /** The parameters of {@code record-adopted.sql}. */
    public Map<String, Object> adopted() {
        return record.rowWithIds(found.id(), found.uuid());
    }
}
