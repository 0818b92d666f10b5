package com.optiply.sync.operate;

import com.optiply.sync.settings.Secrets;
import com.optiply.sync.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.io.entity.BufferedHttpEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what is sent to the partners and what they answer to the log, until {@code log.bodies-until} and never longer
 * than a day. No headers, and where a secret should stand in a body, it is struck out; logins go another way and are
 * never written.
 *
 * <p>Safe for several threads.
 */
public final class Bodies {

    private static final Logger LOG = LoggerFactory.getLogger(Bodies.class);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int CUT = 20_000;

    private final Instant until;
    private final Secrets secrets;

    public Bodies(Settings settings, Secrets secrets) {
        this.secrets = secrets;
        Instant latest = Instant.now().plus(LONGEST);
        Instant asked =
                settings.optional("log.bodies-until").map(Instant::parse).orElse(Instant.EPOCH);
        until = asked.isBefore(latest) ? asked : latest;
        if (Instant.now().isBefore(until)) {
            LOG.warn("until {} bodies are written to the log, the data of customers among them", until);
        }
    }

    /** Looks at every call that this client makes. */
    public void watch(HttpClientBuilder client) {
        client.addExecInterceptorFirst("bodies", (request, scope, chain) -> {
            if (!Instant.now().isBefore(until)) {
                return chain.proceed(request, scope);
            }
            String sent = text(request.getEntity());
            var answer = chain.proceed(request, scope);
            if (answer.getEntity() != null) {
                answer.setEntity(new BufferedHttpEntity(answer.getEntity()));
            }
            LOG.info(
                    "{} {} {} → {} {}",
                    request.getMethod(),
                    request.getRequestUri().replaceFirst("\\?.*", ""),
                    sent,
                    answer.getCode(),
                    text(answer.getEntity()));
            return answer;
        });
    }

    private String text(HttpEntity entity) throws IOException {
        if (entity == null || !entity.isRepeatable()) {
            return "";
        }
        String text;
        try {
            text = EntityUtils.toString(entity, StandardCharsets.UTF_8);
        } catch (ParseException e) {
            return "(unreadable)";
        }
        text = secrets.struckOutOf(text).replaceAll("\\p{Cntrl}+", " ");
        return text.length() > CUT ? text.substring(0, CUT) + "…" : text;
    }
}
