package com.optiply.sync.operate;

import com.optiply.sync.Json;
import com.optiply.sync.Wiring;
import com.optiply.sync.state.Database;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a machine that watches the process asks: whether it lives, and whether it is ready, which is to say that its
 * database can be reached and no kind of run is later than two intervals of its clock. Needs no password, and tells no
 * more than that.
 *
 * <p>Safe for several threads.
 */
public final class Health {

    private static final Logger LOG = LoggerFactory.getLogger(Health.class);

    private final Troubles troubles;
    private final Database database;

    public Health(Wiring wiring) {
        troubles = new Troubles(wiring);
        database = wiring.database();
    }

    /** 200 as long as the process answers at all. */
    public void live(Exchange exchange) {
        answer(exchange, "live", List.of());
    }

    /** 200, or 503 with the reasons. */
    public void ready(Exchange exchange) {
        List<String> reasons;
        try {
            database.proveReachable();
            reasons = troubles.late().stream().map(Troubles.Trouble::said).toList();
        } catch (RuntimeException e) {
            LOG.debug("the database is away", e);
            reasons = List.of("the database cannot be reached");
        }
        answer(exchange, "ready", reasons);
    }

    private static void answer(Exchange exchange, String word, List<String> reasons) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(word, reasons.isEmpty());
        if (!reasons.isEmpty()) {
            document.put("reasons", reasons);
        }
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, reasons.isEmpty() ? 200 : 503);
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setBody(Json.text(document).getBytes(StandardCharsets.UTF_8));
    }
}
