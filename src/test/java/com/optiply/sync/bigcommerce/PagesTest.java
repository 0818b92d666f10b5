package com.optiply.sync.bigcommerce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page readers of both versions of BigCommerce's API. */
class PagesTest {

    private static final String DATE = "Tue, 03 Mar 2026 21:40:11 GMT";
    private static final String BY_ID = "min_id";
    private static final String BY_PAGE = "";

    private final Pages pages = new Pages(2, "7", () -> false);

    private Reading read(String version, String after, int status, String body) throws Exception {
        Reading reading = Reading.since(null);
        pages.rows(pages.parse(stream(body), status), reading, version, after, DATE);
        return reading;
    }

    private static InputStream stream(String body) {
        return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "[{\"id\":1}]"})
    void aV2ListEndsWithAnEmptyBodyAnEmptyListOrAShortPage(String body) throws Exception {
        assertThat(read("v2", BY_ID, 200, body).isMore()).isFalse();
    }

    @Test
    void aV2ListEndsWith204() throws Exception {
        assertThat(read("v2", BY_ID, 204, "").isMore()).isFalse();
    }

    @Test
    void aFullV2PageMayHaveAnotherBehindIt() throws Exception {
        Reading reading = read("v2", BY_ID, 200, "[{\"id\":4},{\"id\":9}]");

        assertThat(reading.isMore()).isTrue();
        assertThat(pages.query(reading, BY_ID, "", "channel_id", "", "sort=id"))
                .isEqualTo("limit=2&min_id=10&channel_id=7&sort=id");
    }

    @Test
    void aV3ListByIdEndsWhereNoFurtherPageIsLeftAndNeedsNoEmptyPageToKnow() throws Exception {
        String page = "{\"data\":[{\"id\":4},{\"id\":9}],\"meta\":{\"pagination\":{\"total\":%d,\"total_pages\":%d}}}";

        assertThat(read("v3", "id:greater", 200, page.formatted(2, 1)).isMore()).isFalse();
        Reading more = read("v3", "id:greater", 200, page.formatted(3, 2));
        assertThat(more.isMore()).isTrue();
        assertThat(pages.query(more, "id:greater", "", "", "", "")).isEqualTo("limit=2&id:greater=9");
    }

    @Test
    void aV3ListByPageGoesOnUntilItsLastPage() throws Exception {
        Reading reading = Reading.since(null);
        String page = "{\"data\":[{\"id\":%d},{\"id\":%d}],\"meta\":{\"pagination\":{\"total\":4,\"total_pages\":2}}}";

        pages.rows(pages.parse(stream(page.formatted(1, 2)), 200), reading, "v3", BY_PAGE, DATE);
        assertThat(reading.isMore()).isTrue();
        assertThat(pages.query(reading, BY_PAGE, "", "", "", "")).isEqualTo("limit=2&page=2");
        pages.rows(pages.parse(stream(page.formatted(3, 4)), 200), reading, "v3", BY_PAGE, DATE);
        assertThat(reading.isMore()).isFalse();
        assertThat(reading.getTotal()).isEqualTo(4);
    }

    @Test
    void aPageThatComesAgainEndsTheReadingWithAnErrorAndNotInACircle() throws Exception {
        Reading reading = Reading.since(null);
        String page = "[{\"id\":4},{\"id\":9}]";
        pages.rows(pages.parse(stream(page), 200), reading, "v2", BY_ID, DATE);

        assertThatThrownBy(() -> pages.rows(pages.parse(stream(page), 200), reading, "v2", BY_ID, DATE))
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
        assertThatThrownBy(() -> read("v3", "id:greater", 200, body)).isInstanceOf(Pages.UnreadableAnswer.class);
    }

    @Test
    void aRowWithoutAReadableIdDoesNotHoldUpThoseBehindIt() throws Exception {
        Reading reading = read("v2", BY_ID, 200, "[{\"id\":8},{\"id\":\"x\"}]");

        assertThat(reading.getAfter()).isEqualTo("8");
    }

    @Test
    void theWatermarkIsBigCommercesClockAtTheFirstAnswer() throws Exception {
        assertThat(read("v2", BY_ID, 200, "[]").getWatermark()).isEqualTo(Instant.parse("2026-03-03T21:40:11Z"));
    }

    @Test
    void sinceIsAWholeTimestampInUtc() {
        Reading reading = Reading.since(Instant.parse("2026-03-03T21:40:11.987Z"));

        assertThat(pages.query(reading, BY_ID, "min_date_modified", "", "", ""))
                .isEqualTo("limit=2&min_date_modified=2026-03-03T21%3A40%3A11Z");
    }

    @Test
    void rowsByIdAreAskedForWhateverTheirChannel() {
        assertThat(pages.query(Reading.ofIds(List.of("3", "4")), "id:greater", "", "channel_id:in", "id:in", ""))
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

        assertThatThrownBy(() -> stopping.query(Reading.since(null), BY_ID, "", "", "", ""))
                .isInstanceOf(Pages.Stopping.class);
    }
}
