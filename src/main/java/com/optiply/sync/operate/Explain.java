package com.optiply.sync.operate;

import com.optiply.sync.PlainWords;
import com.optiply.sync.Wiring;
import com.optiply.sync.bigcommerce.SellOrders.Draft;
import com.optiply.sync.mapping.LeftOutLine;
import com.optiply.sync.mapping.Mapped;
import com.optiply.sync.settings.Settings;
import com.optiply.sync.state.Overview;
import com.optiply.sync.state.PendingRecord;
import com.optiply.sync.state.Run;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;

/**
 * The whole story of one record in sentences: what the shop says of it now, what is wanted and by which rule, what was
 * sent, what Optiply answered, what happens next. Decisions are made by the routes and mappers that a run uses; here they
 * are only put into words.
 *
 * <p>Used by one thread at a time.
 */
final class Explain {

    private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,17}");

    private final Settings settings;
    private final Overview overview;
    private final Partners partners;
    private final CamelContext camel;
    private final String store;
    private final List<String> story = new ArrayList<>();
    private String verdict;

    Explain(Wiring wiring, CamelContext camel) {
        this.settings = wiring.settings();
        this.overview = new Overview(wiring.database());
        this.camel = camel;
        this.partners = new Partners(camel);
        this.store = settings.text("store.name");
    }

    /** @param id of a sell order the order id; of a product the variant id or the SKU */
    Answer answer(String entity, String id) {
        return switch (entity) {
            case "sell-orders" -> Answer.of(List.of(order(id)));
            case "products" -> products(id);
            default -> throw new WrongUse("“" + entity + "” is neither products nor sell-orders");
        };
    }

    // ---- products

    private Answer products(String id) {
        if (overview.record(store, "products", id) != null) {
            return Answer.of(List.of(product(id)));
        }
        List<String> bySku = overview.productsBySku(store, id);
        if (!bySku.isEmpty()) {
            List<Map<String, Object>> lines = new ArrayList<>();
            for (String remoteId : bySku) {
                story.clear();
                verdict = null;
                say("SKU " + id + " is that of variant " + remoteId + ".");
                lines.add(product(remoteId));
            }
            return Answer.of(lines);
        }
        return Answer.of(List.of(neverSeenProduct(id)));
    }

    private Map<String, Object> product(String remoteId) {
        Map<String, Object> record = overview.record(store, "products", remoteId);
        Map<?, ?> wanted = map(record.get("wanted"));
        say("Product " + remoteId + quoted(wanted.get("name")) + " was first seen on " + record.get("first_seen_at")
                + "; what is wanted of it changed last on " + record.get("changed_at") + ".");
        told(record);
        if (wanted.get("status") != null && "disabled".equals(wanted.get("status"))) {
            say("It is wanted as disabled: the shop does not offer it (its availability is not “available”), or it is"
                    + " gone from the shop. Disabled products are kept in Optiply, never deleted.");
            if ("there".equals(verdict)) {
                verdict = "disabled";
            }
        }
        return line("products", remoteId, record);
    }

    private Map<String, Object> neverSeenProduct(String id) {
        say("Product " + id + " was never read by this integration.");
        try {
            Map<String, Object> variant = variant(id);
            if (variant == null) {
                verdict = "not-in-bigcommerce";
                say("BigCommerce knows neither a variant with the id " + id + " nor one with the SKU " + id
                        + ": it was deleted there, or the id is that of a product and not of a variant.");
                return line("products", id, null);
            }
            String remoteId = String.valueOf(variant.get("id"));
            if (!remoteId.equals(id)) {
                say("In BigCommerce, SKU " + id + " is that of variant " + remoteId + ".");
            }
            Map<String, Object> known = overview.record(store, "products", remoteId);
            if (known != null) {
                return product(remoteId);
            }
            ruleForProduct(String.valueOf(variant.get("product_id")), remoteId);
            return line("products", remoteId, null);
        } catch (Exception e) {
            return unanswered("products", id, e);
        }
    }

    private Map<String, Object> variant(String id) throws Exception {
        List<Map<String, Object>> found =
                ID.matcher(id).matches() ? partners.rows("/v3/catalog/variants", "id:in=" + id) : List.of();
        if (found.isEmpty()) {
            found = partners.rows("/v3/catalog/variants", "sku=" + encoded(id));
        }
        return found.isEmpty() ? null : found.get(0);
    }

    private void ruleForProduct(String productId, String remoteId) throws Exception {
        List<Map<String, Object>> found = ID.matcher(productId).matches()
                ? partners.rows("/v3/catalog/products", "id:in=" + productId + "&include=variants,channels")
                : List.of();
        if (found.isEmpty()) {
            verdict = "not-in-bigcommerce";
            say("BigCommerce does not list its product " + productId + " any more.");
            return;
        }
        Map<String, Object> product = found.get(0);
        say("BigCommerce has it, as a variant of product " + productId + quoted(product.get("name"))
                + ", changed last on " + product.get("date_modified") + ".");
        String channel = settings.optional("bigcommerce.channel-id").orElse(null);
        if (channel != null
                && product.get("channels") instanceof List<?> channels
                && channels.stream().noneMatch(one -> channel.equals(String.valueOf(one)))) {
            verdict = "other-channel";
            say("It is in the channels " + channels + " and not in channel " + channel
                    + ", the only one that is read (bigcommerce.channel-id).");
            return;
        }
        if (beforeStart(product.get("date_modified"), "products")) {
            return;
        }
        Run aside = Run.aside(store, "products");
        for (Object one : partners.request("map-products", exchange -> {
                    exchange.getMessage().setBody(List.of(product));
                    exchange.setVariable("run", aside);
                    exchange.setVariable("reading", com.optiply.sync.bigcommerce.Reading.since(null));
                })
                .getMessage()
                .getBody(List.class)) {
            Mapped mapped = (Mapped) one;
            if (mapped.remoteId().equals(remoteId) && !mapped.mappable()) {
                verdict = "not-read-yet";
                say("It will be parked when it is read, for it cannot be mapped: "
                        + mapped.reason().sentence());
                next("products");
                return;
            }
        }
        verdict = "not-read-yet";
        say("No rule leaves it out.");
        next("products");
    }

    // ---- sell orders

    private Map<String, Object> order(String id) {
        Map<String, Object> record = overview.record(store, "sell-orders", id);
        if (record == null) {
            say("Order " + id + " was never stored: either it was never read, or the rules left it alone each time.");
        } else {
            say("Order " + id + " was first seen on " + record.get("first_seen_at")
                    + "; what is wanted of it changed last on " + record.get("changed_at") + ".");
            told(record);
            waitsForProducts(record);
        }
        if (!ID.matcher(id).matches()) {
            verdict = verdict == null ? "not-in-bigcommerce" : verdict;
            say("“" + id + "” is no order id of BigCommerce.");
            return line("sell-orders", id, record);
        }
        try {
            Map<String, Object> order = partners.document(
                    "/v2/orders/" + id, "include=consignments.line_items&consignment_structure=object");
            if (order == null) {
                verdict = verdict == null ? "not-in-bigcommerce" : verdict;
                say("BigCommerce has no order " + id + ".");
            } else {
                ruleForOrder(id, order, record == null);
            }
        } catch (Exception e) {
            if (record == null) {
                return unanswered("sell-orders", id, e);
            }
            say("BigCommerce could not be asked how it stands there now: " + PlainWords.of(e));
        }
        return line("sell-orders", id, record);
    }

    private void ruleForOrder(String id, Map<String, Object> order, boolean neverStored) throws Exception {
        int statusId = whole(order.get("status_id"));
        String status = Settings.orderStatus(statusId);
        say("In BigCommerce its status is now " + status
                + (Boolean.TRUE.equals(order.get("is_deleted")) ? ", archived" : "") + ", its channel "
                + order.get("channel_id") + ", changed last on " + order.get("date_modified") + ".");
        String channel = settings.optional("bigcommerce.channel-id").orElse(null);
        if (channel != null && !channel.equals(String.valueOf(order.get("channel_id")))) {
            rule(
                    neverStored,
                    "other-channel",
                    "Only orders of channel " + channel + " are read (bigcommerce.channel-id).");
            return;
        }
        Run aside = Run.aside(store, "sell-orders");
        Object routed = partners.request("route-by-status", exchange -> {
                    exchange.getMessage().setBody(order);
                    exchange.setVariable("run", aside);
                })
                .getMessage()
                .getBody();
        if (!(routed instanceof Draft draft)) {
            leftAlone(statusId, status, Boolean.TRUE.equals(order.get("is_deleted")), neverStored);
            return;
        }
        if (draft.absent()) {
            rule(
                    neverStored,
                    "delete-status",
                    "An order with the status " + status + " is not to be in Optiply (sell-orders.delete-statuses)."
                            + (neverStored ? " Since Optiply never held it, there is nothing to delete." : ""));
            return;
        }
        if (neverStored && beforeStart(order.get("date_modified"), "sell-orders")) {
            return;
        }
        say(
                statusId == 10
                        ? "A Completed order is wanted in Optiply."
                        : "It is wanted in Optiply, since sell-orders.all-statuses is true.");
        mapped(draft, neverStored);
    }

    private void mapped(Draft draft, boolean neverStored) {
        Run aside = Run.aside(store, "sell-orders");
        com.optiply.sync.bigcommerce.SellOrders sellOrders =
                camel.getRegistry().lookupByNameAndType("sellOrders", com.optiply.sync.bigcommerce.SellOrders.class);
        List<Draft> drafts = List.of(draft);
        Mapped mapped =
                sellOrders.map(drafts, aside, sellOrders.known(drafts, aside)).get(0);
        for (LeftOutLine line : mapped.leftOut()) {
            say("Its line" + quoted(line.name()) + " is left out: " + line.why()
                    + (line.productUnknown()
                            ? " (product " + line.productId() + ", variant " + line.variantId() + ")"
                            : "")
                    + ".");
        }
        if (!neverStored) {
            return;
        }
        verdict = "not-read-yet";
        if (!mapped.mappable()) {
            say("It will be parked when it is read, for it cannot be mapped: "
                    + mapped.reason().sentence());
        }
        next("sell-orders");
    }

    private void leftAlone(int statusId, String status, boolean archived, boolean neverStored) {
        if (statusId == 0) {
            rule(
                    neverStored,
                    "incomplete",
                    "An Incomplete order was never placed; it is left alone, whatever the settings.");
        } else if (archived) {
            rule(neverStored, "archived", "An archived order is left alone, unless its status is one that deletes.");
        } else {
            rule(
                    neverStored,
                    "wrong-status",
                    "Orders with the status " + status + " are left alone: only Completed ones are sent, and those of "
                            + settings.text("sell-orders.delete-statuses")
                            + " deleted. With sell-orders.all-statuses=true it would be sent.");
        }
    }

    private void rule(boolean decides, String kind, String sentence) {
        if (decides) {
            verdict = kind;
        }
        say(sentence + (decides || !kind.equals("wrong-status") ? "" : " What Optiply holds of it stays as it is."));
    }

    private void waitsForProducts(Map<String, Object> record) {
        if (!"pending".equals(record.get("status")) || record.get("optiply_id") != null) {
            return;
        }
        for (Map<String, Object> line : PendingRecord.lines(wantedOf(record))) {
            Map<String, Object> product = overview.record(store, "products", String.valueOf(line.get("product")));
            if (product == null || product.get("optiply_id") != null) {
                continue;
            }
            String status = String.valueOf(product.get("status"));
            if (status.equals("pending") || status.equals("in_doubt")) {
                verdict = "waits-for-product";
                say("It waits for product " + line.get("product") + ", which is " + words(status)
                        + " and has to be in Optiply first.");
            } else {
                say("Its line of product " + line.get("product") + " will be left out, since that product is "
                        + words(status) + ".");
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> wantedOf(Map<String, Object> record) {
        return (Map<String, Object>) record.get("wanted");
    }

    // ---- what the database tells of any record

    private void told(Map<String, Object> record) {
        String status = String.valueOf(record.get("status"));
        Object optiplyId = record.get("optiply_id");
        boolean absent = Boolean.TRUE.equals(record.get("absent"));
        if (optiplyId != null) {
            say("Optiply holds it as " + optiplyId + ", written last on " + record.get("delivered_at") + ".");
        }
        switch (status) {
            case "delivered" -> {
                if (absent) {
                    verdict = "deleted";
                    say(
                            record.get("delivered_at") == null
                                    ? "It is not wanted in Optiply, by its status or because it is gone from the shop, and"
                                            + " was never there."
                                    : "It is not wanted in Optiply, by its status or because it is gone from the shop; it"
                                            + " was deleted there on " + record.get("delivered_at") + ".");
                } else {
                    verdict = "there";
                    say("What Optiply holds is what is wanted: there is nothing to do.");
                }
            }
            case "pending" -> {
                verdict = "pending";
                say(
                        absent
                                ? "It is to be deleted in Optiply."
                                : optiplyId == null
                                        ? "It is to be created in Optiply."
                                        : "It is to be updated in Optiply.");
                if (record.get("error") != null) {
                    say("The last attempt failed: " + record.get("error"));
                }
                if (record.get("next_attempt_at") != null) {
                    say("It is not tried again by the clock before " + record.get("next_attempt_at")
                            + "; `sync` by hand tries it at once.");
                }
                next(String.valueOf(record.get("entity")));
            }
            case "in_doubt" -> {
                verdict = "in-doubt";
                say("It was sent to Optiply on " + record.get("in_doubt_since")
                        + ", and no answer came that says whether it was written. It is looked up in Optiply before anything"
                        + " is sent again.");
                if (record.get("error") != null) {
                    say("What came in place of an answer: " + record.get("error"));
                }
                next(String.valueOf(record.get("entity")));
            }
            case "parked" -> {
                verdict = "parked";
                say("It is parked (" + record.get("cause") + "): " + record.get("error"));
                if (record.get("answer") != null) {
                    say("Optiply's own words: " + record.get("answer"));
                }
                say("It is tried again as soon as the shop changes it, or by `parked retry " + record.get("entity")
                        + "/" + record.get("remote_id") + "`. To give it up: `parked discard`.");
            }
            case "discarded" -> {
                verdict = "discarded";
                say("It was discarded on " + record.get("discarded_at")
                        + (record.get("discard_reason") == null ? "" : ": “" + record.get("discard_reason") + "”")
                        + ". Before that it was parked (" + record.get("cause") + "): " + record.get("error"));
                say("It stays silent until the shop changes it.");
            }
            default -> say("Its status is " + status + ".");
        }
        if (!status.equals("discarded") && record.get("discarded_at") != null) {
            say("It was discarded before, on " + record.get("discarded_at")
                    + (record.get("discard_reason") == null ? "." : ": “" + record.get("discard_reason") + "”."));
        }
    }

    private boolean beforeStart(Object modified, String what) {
        Instant start = settings.optional("bigcommerce.start-date")
                .map(text -> text.length() == 10
                        ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                        : Instant.parse(text))
                .orElse(null);
        Instant at = instant(modified);
        if (start == null || at == null || !at.isBefore(start)) {
            return false;
        }
        verdict = "before-start-date";
        say("It was changed last before bigcommerce.start-date (" + start + "), and what is older is not read"
                + (what.equals("products")
                        ? ", except by a complete reading (`sync products --full`)."
                        : ", except by `backfill sell-orders`."));
        return true;
    }

    private void next(String what) {
        Instant next = Clocks.next(settings, what);
        say(
                next == null
                        ? "The next run of " + what + " is started by hand."
                        : "The next run of " + what + " begins at " + next + ".");
    }

    private Map<String, Object> unanswered(String entity, String id, Exception failure) {
        verdict = "unknown";
        say("BigCommerce could not be asked: " + PlainWords.of(failure));
        return line(entity, id, null);
    }

    private void say(String sentence) {
        story.add(sentence);
    }

    private Map<String, Object> line(String entity, String remoteId, Map<String, Object> record) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("store", store);
        line.put("entity", entity);
        line.put("remote_id", remoteId);
        line.put("verdict", Objects.requireNonNullElse(verdict, "unknown"));
        line.put("in_optiply", record != null && record.get("optiply_id") != null);
        line.put("story", List.copyOf(story));
        line.put("record", record);
        return line;
    }

    private static String words(String status) {
        return status.equals("in_doubt") ? "in doubt" : status;
    }

    private static String quoted(Object name) {
        return name == null || name.toString().isBlank() ? "" : " “" + name + "”";
    }

    private static Map<?, ?> map(Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static int whole(Object number) {
        try {
            return number == null ? -1 : new BigDecimal(number.toString()).intValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            return -1;
        }
    }

    private static Instant instant(Object date) {
        if (date == null) {
            return null;
        }
        for (DateTimeFormatter format :
                List.of(DateTimeFormatter.ISO_OFFSET_DATE_TIME, DateTimeFormatter.RFC_1123_DATE_TIME)) {
            try {
                return OffsetDateTime.parse(date.toString(), format).toInstant();
            } catch (DateTimeParseException e) {
                // The other version of the API writes the other format.
                continue;
            }
        }
        return null;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
