package com.optiply.sync.operate;

import com.optiply.sync.Json;
import com.optiply.sync.Wiring;
import com.optiply.sync.state.AlertBook;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Notices what turns bad with the store, and what is good again, and hands each over once, also where the process starts
 * anew or several of them share a database. Only that the database is away is remembered in memory, by each process for
 * itself.
 *
 * <p>Safe for several threads.
 */
public final class Alerts {

    private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

    /** What may be well by the next run without anybody's doing. Where it stays so, the store is late. */
    private static final Set<String> UNTOLD = Set.of("run-partial", "restart-needed");

    private static final String DATABASE = "database";
    private static final int LOOKS_WITHOUT_DATABASE = 2;

    private final String store;
    private final Troubles troubles;
    private final AlertBook book;
    private final Map<AlertBook.Entry, String> complained = new HashMap<>();
    private int failedLooks;
    private AlertBook.Entry databaseAway;

    public Alerts(Wiring wiring) {
        store = wiring.settings().text("store.name");
        troubles = new Troubles(wiring);
        book = new AlertBook(wiring.database(), Clock.systemUTC(), machine());
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "here";
        }
    }

    /** A piece of news, as the variable {@code alert} carries it. */
    public static final class Alert {

        private final String store;
        private final AlertBook.Entry entry;
        private final String todo;

        Alert(String store, AlertBook.Entry entry, String todo) {
            this.store = store;
            this.entry = entry;
            this.todo = todo;
        }

        public String getStore() {
            return store;
        }

        /** Whether it turned bad; else it is good again. */
        public boolean isBad() {
            return entry.bad();
        }

        /** {@code run-failed}, {@code late} ...: as {@link Troubles.Trouble#kind}. */
        public String getKind() {
            return entry.kind();
        }

        /** A kind of run, or a file. */
        public String getWhat() {
            return entry.what();
        }

        /** The whole message in words: what is wrong, and what to do. */
        public String getText() {
            return "store " + store + ": "
                    + (isBad()
                            ? entry.said() + ". What to do: " + todo
                            : "good again after " + words(Duration.between(entry.since(), Instant.now())) + ". It was: "
                                    + entry.said());
        }

        /** The message as Slack, Mattermost, Google Chat and others take it: {@code {"text": ...}}. */
        public String getChat() {
            return Json.text(Map.of("text", getText()));
        }

        private static String words(Duration duration) {
            long minutes = duration.toMinutes();
            return minutes < 1
                    ? duration.toSeconds() + " s"
                    : minutes < 120
                            ? minutes + " min"
                            : minutes < 2 * 24 * 60 ? minutes / 60 + " h" : minutes / 60 / 24 + " days";
        }
    }

    /** What nobody was told yet. Each is to be given back by {@link #told} or {@link #notTold}. */
    public List<Alert> news() {
        List<Alert> news = new ArrayList<>();
        try {
            Map<String, String> todo = new HashMap<>();
            List<AlertBook.Entry> now = new ArrayList<>();
            for (Troubles.Trouble trouble : troubles.now()) {
                if (!UNTOLD.contains(trouble.kind())) {
                    boolean here = trouble.kind().endsWith("-file");
                    now.add(new AlertBook.Entry(here, trouble.kind(), trouble.what(), trouble.said(), null, true));
                    todo.put(trouble.kind() + "\n" + trouble.what(), trouble.todo());
                }
            }
            for (AlertBook.Entry entry : book.news(store, now)) {
                news.add(new Alert(store, entry, todo.get(entry.kind() + "\n" + entry.what())));
            }
            databaseIsBack(news);
        } catch (DataAccessException | TransactionException e) {
            databaseIsAway(e, news);
        }
        return news;
    }

    private synchronized void databaseIsBack(List<Alert> news) {
        failedLooks = 0;
        if (databaseAway != null) {
            AlertBook.Entry entry = databaseAway;
            news.add(
                    0,
                    new Alert(
                            store,
                            new AlertBook.Entry(true, DATABASE, DATABASE, entry.said(), entry.since(), false),
                            null));
        }
    }

    private synchronized void databaseIsAway(Exception failure, List<Alert> news) {
        LOG.debug("the database is away", failure);
        if (++failedLooks >= LOOKS_WITHOUT_DATABASE && databaseAway == null) {
            news.add(new Alert(
                    store,
                    new AlertBook.Entry(
                            true, DATABASE, DATABASE, "the database cannot be reached", Instant.now(), true),
                    "see to it that database.url can be reached; nothing runs until then, and nothing is lost"));
        }
    }

    /** Somebody was told. */
    public void told(@Variable("alert") Alert alert) {
        if (alert.getKind().equals(DATABASE)) {
            synchronized (this) {
                databaseAway = alert.isBad() ? alert.entry : null;
            }
        } else {
            book.told(store, alert.entry);
        }
        synchronized (complained) {
            complained.remove(alert.entry);
        }
    }

    /** It could not be told, which is complained of once; the next look tries again. */
    public void notTold(
            @Variable("alert") Alert alert, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        // No more than this: the address of a webhook is a secret, and messages name it.
        String reason = failure instanceof HttpOperationFailedException refusal
                ? "the answer was " + refusal.getStatusCode()
                : failure.getClass().getSimpleName();
        synchronized (complained) {
            if (!reason.equals(complained.put(alert.entry, reason))) {
                LOG.warn(
                        "an alert could not be handed over ({}) and is tried again by and by: {}",
                        reason,
                        alert.getText());
            }
        }
        if (!alert.getKind().equals(DATABASE)) {
            book.notTold(store, alert.entry);
        }
    }
}
