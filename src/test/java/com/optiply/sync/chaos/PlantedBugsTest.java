package com.optiply.sync.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.optiply.sync.bigcommerce.Quota;
import com.optiply.sync.state.PendingRecord;
import com.optiply.sync.state.PendingRecords;
import com.optiply.sync.state.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** A chaos test that cannot fail proves nothing: here it has to find mistakes that were planted. */
@Tag("planted")
class PlantedBugsTest {

    private static final int SEEDS = Integer.getInteger("chaos.planted-seeds", 25);

    /** Only the bugs whose names hold this text. */
    private static final String NAMED = System.getProperty("chaos.planted", "");

    private static final String DELIVER = "4-deliver.camel.yaml";
    private static final String ERRORS = "errors.camel.yaml";
    private static final String PRODUCTS = "3-sync-products.camel.yaml";
    private static final String SETTLE = "4-settle-doubt.camel.yaml";

    static Stream<PlantedBug> bugs() {
        return all().filter(bug -> bug.toString().contains(NAMED));
    }

    private static Stream<PlantedBug> all() {
        return Stream.of(
                new PlantedBug("the bookmark is a second ahead")
                        .route(
                                PRODUCTS,
                                BOOKMARK,
                                BOOKMARK + AFTER_LOOP + "toD:\n            uri: \"sql:update bookmark set known_until ="
                                        + " dateadd('second', 1, known_until)\"\n"),
                new PlantedBug("a POST is repeated like any other call")
                        .route(ERRORS, POSTPONED_POST, POSTPONED_POST.replace("maximumRedeliveries: 0", REPEATED)),
                new PlantedBug("a record is not marked in doubt before its POST")
                        .bean(camel -> replace(camel, "pendingRecords", new Unmarked(camel))),
                new PlantedBug("what is in doubt is sent again without a look-up")
                        .route(DELIVER, "uri: direct:settle-doubt", "uri: direct:create-in-optiply"),
                new PlantedBug("a look-up takes whatever the filter returned")
                        .route(SETTLE, TAKE, PRETEND + TAKE)
                        .bean(camel -> camel.getRegistry().bind("trustful", new Trustful())),
                new PlantedBug("parking swallows the row")
                        .sql(
                                "record-parked",
                                "status = 'parked'",
                                "status = 'delivered', delivered_fingerprint = fingerprint")
                        .sql("merge-wanted", "'parked'", "'delivered'"),
                new PlantedBug("the cursor moves before the page's wanted state is stored")
                        .route("3-sync-sell-orders.camel.yaml", FIRST_STEP_OF_PAGE, FIRST_STEP_OF_PAGE + PAGE_STORED),
                new PlantedBug("what an incomplete reading has not seen is disabled")
                        .route(
                                PRODUCTS,
                                "              - simple: ${variable.reading.complete}\n                steps:\n                  - to:",
                                "              - simple: ${variable.reading.complete} || true\n                steps:\n                  - to:"),
                new PlantedBug("204 is an error")
                        .route(
                                "2-read-page.camel.yaml",
                                DATE,
                                "        - choice:\n            when:\n              - simple: ${header.CamelHttpResponseCode} == 204\n"
                                        + "                steps:\n                  - throwException:\n"
                                        + "                      exceptionType: java.io.IOException\n"
                                        + "                      message: no content\n" + DATE),
                new PlantedBug("a stale token is kept")
                        .route(
                                ERRORS,
                                "              ref: token\n              method: mayTryAgain",
                                "              ref: never\n              method: test")
                        .bean(camel -> camel.getRegistry().bind("never", new Never())),
                new PlantedBug("a failed child of a split vanishes")
                        .bean(camel -> replace(camel, "gathering", new Forgetful())),
                new PlantedBug("a DELETE is written down and not sent").route(DELIVER, DELETE_CALL, DELETE_NOTED),
                new PlantedBug("the bookmark moves although reading failed")
                        .route("1-start.camel.yaml", NOTE_FAILED, NOTE_FAILED + END_READING),
                new PlantedBug("what Optiply holds is not found out after the loss of the database")
                        .route("1-start.camel.yaml", LEARN, "")
                        .route(DELIVER, REQUIRE, ""),
                new PlantedBug("what a person took out of Optiply is not made anew")
                        .route(ERRORS, FORGET_MAPPING, CALL_IT_UPDATED),
                new PlantedBug("the quota is ignored").bean(camel -> replace(camel, "quota", new Reckless(camel))));
    }

    private static final String LEARN = "              - to:\n                  uri: direct:learn-what-optiply-holds\n";
    private static final String REQUIRE =
            "              - bean:\n                  ref: heldRecords\n                  method: require\n";
    private static final String TAKE = "        - bean:\n            ref: lookUps\n            method: take\n";
    private static final String PRETEND = TAKE.replace("lookUps", "trustful").replace("take", "pretend");
    private static final String AFTER_LOOP = "        - ";
    private static final String BOOKMARK = "        - bean:\n            ref: readings\n            method: end\n";
    private static final String POSTPONED_POST =
            "                uri: direct:park\n      - onException:\n          exception:\n            - java.lang.Exception\n"
                    + "          onExceptionOccurredRef: delivery\n          handled:\n            constant: \"true\"\n"
                    + "          redeliveryPolicy:\n            maximumRedeliveries: 0\n            logExhausted: false\n          steps:\n"
                    + "            - to:\n                uri: direct:postpone\n";
    private static final String REPEATED = "maximumRedeliveries: \"2\"\n            redeliveryDelay: \"1\"";
    private static final String FIRST_STEP_OF_PAGE = "              - to:\n                  uri: direct:orders\n";
    private static final String PAGE_STORED =
            "              - bean:\n                  ref: readings\n                  method: pageStored\n";
    private static final String DATE =
            "        - setVariable:\n            name: date\n            simple: ${header.Date}\n";
    private static final String DELETE_CALL =
            "        - to:\n            uri: direct:call-optiply\n        - to:\n            uri: direct:record-deleted";
    private static final String DELETE_NOTED = "        - to:\n            uri: direct:record-deleted";
    private static final String NOTE_FAILED =
            "                  - to:\n                      uri: direct:note-reading-failed\n";
    private static final String END_READING =
            "                  - bean:\n                      ref: readings\n                      method: end\n";

    private static final String FORGET_MAPPING =
            "            - to:\n                uri: sql:classpath:sql/forget-mapping.sql\n"
                    + "                parameters:\n                  noop: true\n";
    private static final String CALL_IT_UPDATED =
            "            - bean:\n                ref: results\n                method: delivered\n"
                    + "            - bean:\n                ref: outcomes\n                method: updated\n";

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("bugs")
    void theChaosTestFindsAPlantedBug(PlantedBug bug) throws IOException, InterruptedException {
        bug.into(folder);
        List<Long> green = new ArrayList<>();
        String red = null;
        for (long seed = 1; seed <= SEEDS && red == null; seed++) {
            red = ChaosTest.play(seed, bug);
            green.add(seed);
        }
        assertThat(red).as("%s: found by one of the seeds %s", bug, green).isNotNull();
        System.out.println(bug + ": " + red.lines().findFirst().orElse(""));
    }

    /** A name in the registry may stand for several beans of different classes, and the first one is found. */
    private static void replace(CamelContext camel, String name, Object bean) {
        camel.getRegistry().unbind(name);
        camel.getRegistry().bind(name, bean);
    }

    /** Hands out records whose mark of doubt is gone again. */
    public static final class Unmarked {
        private final PendingRecords real;
        private final JdbcTemplate database;

        Unmarked(CamelContext camel) {
            real = camel.getRegistry().lookupByNameAndType("pendingRecords", PendingRecords.class);
            database = new JdbcTemplate(camel.getRegistry().lookupByNameAndType("dataSource", DataSource.class));
        }

        public Iterator<PendingRecord> inDoubt(@Variable("run") Run run, @Variable("entity") String entity) {
            return real.inDoubt(run, entity);
        }

        public boolean isAnyInDoubt(@Variable("run") Run run, @Variable("entity") String entity) {
            return real.isAnyInDoubt(run, entity);
        }

        public Iterator<PendingRecord> pending(@Variable("run") Run run, @Variable("entity") String entity) {
            Iterator<PendingRecord> marked = real.pending(run, entity);
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return marked.hasNext();
                }

                @Override
                public PendingRecord next() {
                    PendingRecord next = marked.next();
                    database.update(
                            "update record set status = 'pending', in_doubt_since = null, delivered = null,"
                                    + " delivered_fingerprint = null where entity = ? and remote_id = ? and status = 'in_doubt'",
                            entity,
                            next.getRemoteId());
                    return next;
                }
            };
        }
    }

    /** Never tries again, and forgets no token. */
    public static final class Never {
        public boolean test() {
            return false;
        }
    }

    /** Hears what is left of the quota, and waits for nothing. */
    public static final class Reckless {
        private final Quota real;

        Reckless(CamelContext camel) {
            real = camel.getRegistry().lookupByNameAndType("quota", Quota.class);
        }

        public void take(@Variable("run") Run run) {
            if (run != null) {
                run.getCounts().bigcommerceCall();
            }
        }

        public void note(Exchange exchange) {
            real.note(exchange);
        }
    }

    /** Takes the first object that a filter returned for the one that was asked for. */
    public static final class Trustful {
        @SuppressWarnings("unchecked")
        public void pretend(@Body Map<String, Object> answer, @Variable("record") PendingRecord record) {
            List<Map<String, Object>> rows = (List<Map<String, Object>>) answer.get("data");
            if (!rows.isEmpty()) {
                Map<String, Object> attributes =
                        (Map<String, Object>) rows.get(0).get("attributes");
                attributes.put("remoteIdMap", Map.of("4711", record.getRemoteId()));
            }
        }
    }

    /** Gathers what there is. */
    static final class Forgetful implements AggregationStrategy {
        @Override
        @SuppressWarnings("unchecked")
        public Exchange aggregate(Exchange gathered, Exchange child) {
            Exchange all = gathered == null ? child : gathered;
            List<Object> bodies =
                    gathered == null ? new ArrayList<>() : all.getMessage().getBody(List.class);
            if (child.getException() == null && child.getMessage().getBody() instanceof List<?> list) {
                bodies.addAll(list);
            } else if (child.getException() == null) {
                bodies.add(child.getMessage().getBody());
            }
            all.setException(null);
            all.getMessage().setBody(bodies);
            return all;
        }
    }
}
