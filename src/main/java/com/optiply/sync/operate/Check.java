package com.optiply.sync.operate;

import com.optiply.sync.PlainWords;
import com.optiply.sync.Wiring;
import com.optiply.sync.bigcommerce.Pages;
import com.optiply.sync.optiply.Token;
import com.optiply.sync.settings.Settings;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.http.base.HttpOperationFailedException;

/**
 * Is everything well that a run needs? One line for each thing: ok, warning or failed, what it means, what to do.
 *
 * <p>Used by one thread at a time.
 */
final class Check {

    private static final long LITTLE_SPACE = 1L << 30;
    private static final long NO_SPACE = 100L << 20;
    private static final Duration CLOCK_WARNING = Duration.ofSeconds(60);

    private final Wiring wiring;
    private final Settings settings;
    private final Partners partners;
    private final Token token;
    private final List<Map<String, Object>> lines = new ArrayList<>();
    private boolean bigcommerceRefusesToken;

    Check(Wiring wiring, CamelContext camel) {
        this.wiring = wiring;
        this.settings = wiring.settings();
        this.partners = new Partners(camel);
        this.token = camel.getRegistry().lookupByNameAndType("token", Token.class);
    }

    Answer answer() {
        database();
        disk();
        bigcommerce();
        optiply();
        return answer(lines);
    }

    static Answer answer(List<Map<String, Object>> lines) {
        return new Answer(lines, lines.stream().anyMatch(line -> "failed".equals(line.get("result"))) ? 3 : 0);
    }

    static Map<String, Object> line(String store, String check, String result, String said, String todo) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("store", store);
        line.put("check", check);
        line.put("result", result);
        line.put("said", said);
        line.put("todo", todo);
        return line;
    }

    private void ok(String check, String said) {
        lines.add(line(settings.text("store.name"), check, "ok", said, null));
    }

    private void warning(String check, String said, String todo) {
        lines.add(line(settings.text("store.name"), check, "warning", said, todo));
    }

    private void failed(String check, String said, String todo) {
        lines.add(line(settings.text("store.name"), check, "failed", said, todo));
    }

    // ---- the database

    private void database() {
        try {
            wiring.database().proveWritable();
            ok("database", "reachable and writable");
        } catch (RuntimeException e) {
            failed("database", PlainWords.of(e), "see that it runs, that its user may write, and that it has space");
        }
    }

    private void disk() {
        Path file = Databases.file(settings);
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        try {
            FileStore disk = Files.getFileStore(folder);
            long free = disk.getUsableSpace();
            String said = (free >> 20) + " MB are free in " + folder;
            if (free < NO_SPACE) {
                failed("disk", said, "make room: without it the database cannot be written");
            } else if (free < LITTLE_SPACE) {
                warning("disk", said, "make room before it is used up");
            } else {
                ok("disk", said);
            }
        } catch (IOException e) {
            warning("disk", "the free space of " + folder + " cannot be told (" + e + ")", "look at it yourself");
        }
    }

    // ---- BigCommerce

    private interface Probe {
        String ask() throws Exception;
    }

    private void bigcommerce() {
        List<String> exported = settings.list("export.streams");
        permission("products", "products", true, () -> {
            List<Map<String, Object>> rows = partners.rows("/v3/catalog/products", "limit=1");
            return "may be read" + (rows.isEmpty() ? "; there are none" : "");
        });
        if (bigcommerceRefusesToken) {
            return;
        }
        List<Map<String, Object>> orders = new ArrayList<>();
        permission("orders", "orders", true, () -> {
            orders.addAll(partners.rows("/v2/orders", "limit=1"));
            return "may be read" + (orders.isEmpty() ? "; there are none" : "");
        });
        permission("transactions", "order transactions", exported.contains("transactions"), () -> {
            if (orders.isEmpty()) {
                return "there is no order to ask for transactions with";
            }
            partners.rows("/v3/orders/" + orders.get(0).get("id") + "/transactions", "");
            return "may be read";
        });
        permission("customers", "customers", exported.contains("customers"), () -> {
            partners.rows("/v3/customers", "limit=1");
            return "may be read";
        });
        permission("coupons", "marketing", exported.contains("coupons"), () -> {
            partners.rows("/v2/coupons", "limit=1");
            return "may be read";
        });
        store();
        channel();
        clock();
        quota();
    }

    private void permission(String what, String scope, boolean needed, Probe probe) {
        String check = "bigcommerce " + what;
        try {
            ok(check, probe.ask());
        } catch (Exception e) {
            int status = e instanceof HttpOperationFailedException refusal ? refusal.getStatusCode() : 0;
            String said = PlainWords.of(e);
            bigcommerceRefusesToken |= status == 401;
            String todo = status == 403 || status == 401
                    ? "give the API account the scope “" + scope + " (read-only)”, or make a new token"
                    : "try again; where it stays so, ask BigCommerce";
            if (needed) {
                failed(check, said, todo);
            } else {
                warning(check, said + ". No enabled stream needs it", todo + ", if it is to be exported");
            }
        }
    }

    private void store() {
        String check = "bigcommerce store";
        try {
            Map<String, Object> store = partners.document("/v2/store", "");
            if (store == null) {
                warning(check, "the store tells nothing of itself", "look at currency and tax settings yourself");
                return;
            }
            String zone = store.get("timezone") instanceof Map<?, ?> one ? String.valueOf(one.get("name")) : "unknown";
            ok(
                    check,
                    store.get("name") + " (" + store.get("plan_name") + "), currency " + store.get("currency")
                            + ", time zone " + zone + "; orders are sent with their time in UTC");
            if (Boolean.TRUE.equals(store.get("is_price_entered_with_tax"))) {
                warning(
                        "bigcommerce tax",
                        "prices of the catalog are entered with tax, and Optiply counts without",
                        "have prices entered without tax, or point products.map.price to a field that is without");
            } else {
                ok("bigcommerce tax", "prices of the catalog are entered without tax, as Optiply counts");
            }
            if (store.get("decimal_places") instanceof Number places && places.intValue() > 2) {
                warning(
                        "bigcommerce currency",
                        "its amounts have " + places + " decimals, and Optiply takes 2",
                        "know that prices and totals are rounded");
            }
            if (!"live".equals(store.get("status"))) {
                warning(
                        check,
                        "the store's status is “" + store.get("status") + "”",
                        "see that this is the right store");
            }
        } catch (Exception e) {
            warning(
                    check,
                    PlainWords.of(e) + ". Currency and tax settings are not known",
                    "give the API account the scope “information & settings (read-only)” to have them checked");
        }
    }

    private void channel() {
        String channel = settings.optional("bigcommerce.channel-id").orElse(null);
        if (channel == null) {
            ok("bigcommerce channel", "all channels are read (bigcommerce.channel-id is not set)");
            return;
        }
        String check = "bigcommerce channel";
        try {
            List<Map<String, Object>> channels = partners.rows("/v3/channels", "");
            Map<String, Object> ours = channels.stream()
                    .filter(one -> channel.equals(String.valueOf(one.get("id"))))
                    .findFirst()
                    .orElse(null);
            if (ours == null) {
                failed(
                        check,
                        "the store has no channel " + channel,
                        "set bigcommerce.channel-id to one of "
                                + channels.stream()
                                        .map(one -> one.get("id") + " (" + one.get("name") + ")")
                                        .toList());
            } else {
                ok(check, channel + " is “" + ours.get("name") + "”, " + ours.get("status"));
            }
        } catch (Exception e) {
            warning(
                    check,
                    PlainWords.of(e) + ". Whether channel " + channel + " exists is not known",
                    "give the API account the scope “channel settings (read-only)” to have it checked");
        }
    }

    private void clock() {
        try {
            Instant theirs = Pages.clock(partners.bigcommerce("/v2/time", "").date());
            if (theirs == null) {
                warning(
                        "clock",
                        "BigCommerce's answers name no time (Date header), so no bookmark can move",
                        "see what stands between here and BigCommerce");
                return;
            }
            Duration difference = Duration.between(theirs, Instant.now()).abs();
            String said = "differs by " + difference.toSeconds() + " s from BigCommerce's";
            if (difference.compareTo(CLOCK_WARNING) > 0) {
                warning(
                        "clock",
                        said + "; bookmarks go by BigCommerce's clock and are right all the same",
                        "set this machine's clock (NTP): the clocks that start runs go by it");
            } else {
                ok("clock", said);
            }
        } catch (Exception e) {
            warning("clock", "could not be compared: " + PlainWords.of(e), "try again");
        }
    }

    private void quota() {
        long quota = wiring.quota().quota();
        if (quota < 0) {
            warning(
                    "bigcommerce quota",
                    "BigCommerce's answers do not say how many calls are left (X-Rate-Limit-* headers)",
                    "nothing, unless something between here and BigCommerce takes them out");
        } else {
            ok(
                    "bigcommerce quota",
                    wiring.quota().left() + " of " + quota + " calls are left in this window; "
                            + settings.text("bigcommerce.quota-reserve") + " are left to other apps");
        }
    }

    // ---- Optiply

    private void optiply() {
        token.forgive();
        try {
            token.bearer(null);
            ok("optiply login", "accepted");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } catch (Exception e) {
            failed("optiply login", PlainWords.of(e), "correct them where the settings are");
            return;
        }
        account();
        for (String resource : List.of("products", "sellOrders")) {
            read(resource);
        }
        String scope = token.scope();
        if (scope.isBlank()) {
            ok("optiply write", "Optiply does not say what the login may write; the first delivery will show");
        } else if (scope.toLowerCase(java.util.Locale.ROOT).contains("write")) {
            ok("optiply write", "the login may “" + scope + "”");
        } else {
            warning(
                    "optiply write",
                    "the login may “" + scope + "”, which does not name writing",
                    "ask Optiply for a user that may write");
        }
    }

    private void account() {
        String ours = settings.text("optiply.account-id");
        try {
            Object body = partners.optiply("/accounts", "").body();
            List<String> ids = new ArrayList<>();
            if (body instanceof Map<?, ?> answer && answer.get("data") instanceof List<?> accounts) {
                accounts.forEach(one -> ids.add(String.valueOf(one instanceof Map<?, ?> map ? map.get("id") : one)));
            }
            if (ids.contains(ours)) {
                ok("optiply account", ours + " belongs to the login");
            } else {
                failed(
                        "optiply account",
                        "the login's accounts are " + ids + ", and " + ours + " is not among them",
                        "correct optiply.account-id, or take a user of that account");
            }
        } catch (Exception e) {
            warning("optiply account", "could not be asked: " + PlainWords.of(e), "try again; it may still be right");
        }
    }

    private void read(String resource) {
        String check = "optiply " + resource;
        String coupling = settings.text("optiply.coupling-id");
        try {
            Object body = partners.optiply("/" + resource, "sort=id&page%5Blimit%5D=1&page%5Boffset%5D=0")
                    .body();
            Map<?, ?> map = remoteIdMap(body);
            if (map == null || map.isEmpty()) {
                ok(check, "may be read");
            } else if (map.containsKey(coupling)) {
                ok(check, "may be read; coupling " + coupling + " is in use");
            } else {
                warning(
                        check,
                        "may be read; the first one belongs to another coupling (" + map.keySet() + ") than "
                                + coupling,
                        "see that optiply.coupling-id is the one that Optiply gave to this integration");
            }
        } catch (Exception e) {
            failed(check, PlainWords.of(e), "ask Optiply for a user that may read and write " + resource);
        }
    }

    private static Map<?, ?> remoteIdMap(Object body) {
        if (body instanceof Map<?, ?> answer
                && answer.get("data") instanceof List<?> rows
                && !rows.isEmpty()
                && rows.get(0) instanceof Map<?, ?> first
                && first.get("attributes") instanceof Map<?, ?> attributes
                && attributes.get("remoteIdMap") instanceof Map<?, ?> map) {
            return map;
        }
        return null;
    }
}
