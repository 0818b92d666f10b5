package com.optiply.sync.bigcommerce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page readers of both versions of BigCommerce's API. */
class PagesTest {

    private static final String DATE = "Tue, 03 Mar 2026 21:40:11 GMT";
    private static final StreamFacts V2 = facts("path", "/v2/rows", "afterParameter", "min_id");
    private static final StreamFacts V3 = facts("path", "/v3/rows", "afterParameter", "id:greater");
    private static final StreamFacts V3_BY_PAGE = facts("path", "/v3/rows");

    private final Pages pages = new Pages(2, "7", () -> false);

    private static StreamFacts facts(String... said) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        for (int i = 0; i < said.length; i += 2) {
            exchange.setVariable(said[i], said[i + 1]);
        }
        return StreamFacts.takenFrom(exchange);
    }

    private Reading read(StreamFacts facts, int status, String body) throws Exception {
        Reading reading = Reading.since(null);
        pages.rows(pages.parse(stream(body), status), reading, facts, null, DATE);
        return reading;
    }

    private static InputStream stream(String body) {
        return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "[{\"id\":1}]"})
    void aV2ListEndsWithAnEmptyBodyAnEmptyListOrAShortPage(String body) throws Exception {
        assertThat(read(V2, 200, body).isMore()).isFalse();
    }

    @Test
    void aV2ListEndsWith204() throws Exception {
        assertThat(read(V2, 204, "").isMore()).isFalse();
    }

    @Test
    void aFullV2PageMayHaveAnotherBehindIt() throws Exception {
        Reading reading = read(V2, 200, "[{\"id\":4},{\"id\":9}]");

        assertThat(reading.isMore()).isTrue();
        assertThat(pages.query(
                        reading,
                        facts(
                                "path", "/v2/rows",
                                "afterParameter", "min_id",
                                "channelParameter", "channel_id",
                                "fixedParameters", "sort=id")))
                .isEqualTo("limit=2&min_id=10&channel_id=7&sort=id");
    }

    @Test
    void aV3ListByIdEndsWhereNoFurtherPageIsLeftAndNeedsNoEmptyPageToKnow() throws Exception {
        String page = "{\"data\":[{\"id\":4},{\"id\":9}],\"meta\":{\"pagination\":{\"total\":%d,\"total_pages\":%d}}}";

        assertThat(read(V3, 200, page.formatted(2, 1)).isMore()).isFalse();
        Reading more = read(V3, 200, page.formatted(3, 2));
        assertThat(more.isMore()).isTrue();
        assertThat(pages.query(more, V3)).isEqualTo("limit=2&id:greater=9");
    }

    @Test
    void aV3ListByPageGoesOnUntilItsLastPage() throws Exception {
        Reading reading = Reading.since(null);
        String page = "{\"data\":[{\"id\":%d},{\"id\":%d}],\"meta\":{\"pagination\":{\"total\":4,\"total_pages\":2}}}";

        pages.rows(pages.parse(stream(page.formatted(1, 2)), 200), reading, V3_BY_PAGE, null, DATE);
        assertThat(reading.isMore()).isTrue();
        assertThat(pages.query(reading, V3_BY_PAGE)).isEqualTo("limit=2&page=2");
        pages.rows(pages.parse(stream(page.formatted(3, 4)), 200), reading, V3_BY_PAGE, null, DATE);
        assertThat(reading.isMore()).isFalse();
        assertThat(reading.getTotal()).isEqualTo(4);
    }

    @Test
    void aPageThatComesAgainEndsTheReadingWithAnErrorAndNotInACircle() throws Exception {
        Reading reading = Reading.since(null);
        String page = "[{\"id\":4},{\"id\":9}]";
        pages.rows(pages.parse(stream(page), 200), reading, V2, null, DATE);

        assertThatThrownBy(() -> pages.rows(pages.parse(stream(page), 200), reading, V2, null, DATE))
                .isInstanceOf(Reading.RepeatedPage.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>busy</html>",
                "{\"data\":[{\"id\":1},",
                "{\"data\":[]}{\"data\":[]}",
                "{\"data\":[],\"data\":[]}",
                "{}",
                "[1,2]",
                "\"text\""
            })
    void whatIsNoPageIsAFaultOfTheCall(String body) {
        assertThatThrownBy(() -> read(V3, 200, body)).isInstanceOf(Pages.UnreadableAnswer.class);
    }

    @Test
    void aRowWithoutAReadableIdDoesNotHoldUpThoseBehindIt() throws Exception {
        Reading reading = read(V2, 200, "[{\"id\":8},{\"id\":\"x\"}]");

        assertThat(reading.getAfter()).isEqualTo("8");
    }

    @Test
    void theWatermarkIsBigCommercesClockAtTheFirstAnswer() throws Exception {
        assertThat(read(V2, 200, "[]").getWatermark()).isEqualTo(Instant.parse("2026-03-03T21:40:11Z"));
    }

    @Test
    void sinceIsAWholeTimestampInUtc() {
        Reading reading = Reading.since(Instant.parse("2026-03-03T21:40:11.987Z"));

        assertThat(pages.query(
                        reading,
                        facts("path", "/v2/rows", "afterParameter", "min_id", "sinceParameter", "min_date_modified")))
                .isEqualTo("limit=2&min_date_modified=2026-03-03T21%3A40%3A11Z");
    }

    @Test
    void rowsByIdAreAskedForWhateverTheirChannel() {
        assertThat(pages.query(
                        Reading.ofIds(List.of("3", "4")),
                        facts(
                                "path",
                                "/v3/rows",
                                "afterParameter",
                                "id:greater",
                                "channelParameter",
                                "channel_id:in",
                                "idsParameter",
                                "id:in")))
                .isEqualTo("limit=2&id:in=3,4");
    }

    @Test
    void moneyIsReadExactly() throws Exception {
        Object answer = pages.parse(stream("[{\"id\":1,\"price\":0.10000000000000000001}]"), 200);

        assertThat(answer.toString()).contains("0.10000000000000000001");
    }

    @Test
    void aProcessThatStopsAsksForNoFurtherPage() {
        Pages stopping = new Pages(2, null, () -> true);

        assertThatThrownBy(() -> stopping.query(Reading.since(null), V2)).isInstanceOf(Pages.Stopping.class);
    }

    @Test
    void aListWithoutPagesIsAskedOnceAndWithoutLimit() throws Exception {
        StreamFacts one = facts("path", "/v3/rows", "pages", "one");
        Reading reading = Reading.since(null);

        assertThat(pages.query(reading, one)).isEmpty();
        pages.rows(
                pages.parse(stream("{\"data\":[{\"id\":1},{\"id\":2}],\"meta\":{}}"), 200), reading, one, null, DATE);
        assertThat(reading.isMore()).isFalse();
    }

    @Test
    void ofAStreamThatCannotBeAskedForAChannelTheRowsOfOthersAreLeftOut() throws Exception {
        String rows = "[{\"id\":1,\"channel_id\":7},{\"id\":2,\"channel_id\":8},{\"id\":3,\"channel_ids\":[8,7]},"
                + "{\"id\":4,\"channel_ids\":[8],\"origin_channel_id\":7},{\"id\":5,\"origin_channel_id\":\"7\"},{\"id\":6}]";

        assertThat(pages.rows(pages.parse(stream(rows), 200), Reading.since(null), V2, null, DATE))
                .extracting(row -> row.get("id"))
                .containsExactly(1, 3, 5, 6);
    }
}
