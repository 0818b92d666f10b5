package com.optiply.sync.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What shops really send, and what nobody should: a table of values and of what becomes of each. */
class BadInputTest {

    private static final String DIGITS_30 = "123456789012345678901234567890";
    private static final ProductMapper PRODUCTS = new ProductMapper(Map.of());
    private static final SellOrderMapper SELL_ORDERS =
            new SellOrderMapper(LineSubtotal.TOTAL_EX_TAX_TIMES_QUANTITY, UnknownProducts.SKIP_LINE);
    private static final ProductLookup ALL_HELD = (variantId, productId) -> Optional.ofNullable(variantId);

    static Stream<Arguments> prices() {
        return Stream.of(
                arguments(null, "21.00"),
                arguments("", "price-unreadable"),
                arguments(" ", "price-unreadable"),
                arguments("0.0000", "0.00"),
                arguments("-0", "0.00"),
                arguments("-5", "price-out-of-range"),
                arguments("-0.001", "price-out-of-range"),
                arguments("1e400", "price-out-of-range"),
                arguments("1e1000000000", "price-out-of-range"),
                arguments("1e99999999999", "price-unreadable"),
                arguments("1e-400", "0.00"),
                arguments("1e3", "1000.00"),
                arguments(DIGITS_30, "price-out-of-range"),
                arguments(new BigInteger(DIGITS_30), "price-out-of-range"),
                arguments("0." + "1".repeat(900), "0.11"),
                arguments("1".repeat(65536), "price-unreadable"),
                arguments("1,50", "price-unreadable"),
                arguments("1.234,50", "price-unreadable"),
                arguments("€ 5", "price-unreadable"),
                arguments("0x10", "price-unreadable"),
                arguments("NaN", "price-unreadable"),
                arguments(".5", "price-unreadable"),
                arguments("5.", "price-unreadable"),
                arguments("\u0661\u0662", "price-unreadable"),
                arguments("9999999.99", "9999999.99"),
                arguments("9999999.994", "price-out-of-range"),
                arguments(new BigDecimal("9999999.995"), "price-out-of-range"),
                arguments(10, "10.00"),
                arguments(Long.MAX_VALUE, "price-out-of-range"),
                arguments(Double.NaN, "price-unreadable"),
                arguments(true, "price-unreadable"),
                arguments(List.of(5), "price-unreadable"),
                arguments(Map.of("amount", 5), "price-unreadable"),
                arguments("{{secret}}", "price-unreadable"),
                arguments("${bean:x}", "price-unreadable"));
    }

    @ParameterizedTest
    @MethodSource("prices")
    void aPriceIsExactOrTheProductIsParked(Object value, String outcome) {
        Mapped mapped = product("calculated_price", value);
        assertThat(
                        mapped.mappable()
                                ? mapped.wanted().get("price").toString()
                                : mapped.reason().cause())
                .isEqualTo(outcome);
    }

    static Stream<Arguments> stocks() {
        return Stream.of(
                arguments(null, "stock-missing"),
                arguments("", "stock-unreadable"),
                arguments(0, "0"),
                arguments("-12", "-12"),
                arguments(new BigDecimal("7.0"), "7"),
                arguments(new BigDecimal("7.9"), "stock-not-whole"),
                arguments(9_999_999, "9999999"),
                arguments(-9_999_999, "-9999999"),
                arguments(10_000_000, "stock-out-of-range"),
                arguments(-10_000_000, "stock-out-of-range"),
                arguments(new BigDecimal("1e6"), "1000000"),
                arguments("1e400", "stock-out-of-range"),
                arguments("1e-400", "stock-not-whole"),
                arguments(DIGITS_30, "stock-out-of-range"),
                arguments(false, "stock-unreadable"),
                arguments(List.of(), "stock-unreadable"));
    }

    @ParameterizedTest
    @MethodSource("stocks")
    void aStockLevelIsExactOrTheProductIsParked(Object value, String outcome) {
        Mapped mapped = product("inventory_level", value);
        assertThat(
                        mapped.mappable()
                                ? mapped.wanted().get("stockLevel").toString()
                                : mapped.reason().cause())
                .isEqualTo(outcome);
    }

    static Stream<Arguments> names() {
        String emoji = "\uD83D\uDE00";
        return Stream.of(
                arguments("\u05E9\u05DC\u05D5\u05DD \u202Eabc", "\u05E9\u05DC\u05D5\u05DD \u202Eabc"),
                arguments("<script>alert(1)</script>", "<script>alert(1)</script>"),
                arguments("' OR 1=1 --", "' OR 1=1 --"),
                arguments("{{secret}}", "{{secret}}"),
                arguments("${bean:x}", "${bean:x}"),
                arguments("../../etc", "../../etc"),
                arguments("a\r\nX-Header: b", "aX-Header: b"),
                arguments("a\u0000b", "ab"),
                arguments("\uDC00a\uD800", "\uFFFDa\uFFFD"),
                arguments("x".repeat(65536), "x".repeat(255)),
                arguments(emoji.repeat(300), emoji.repeat(255)),
                arguments("x".repeat(254) + emoji + "y", "x".repeat(254) + emoji),
                arguments(1984, "1984"),
                arguments(null, "name-missing"),
                arguments("", "name-missing"),
                arguments("\r\n\u00A0\u3000", "name-missing"),
                arguments(true, "text-unreadable"),
                arguments(new BigDecimal("1.5"), "text-unreadable"),
                arguments(Map.of(), "text-unreadable"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void aNameStaysTextOrTheProductIsParked(Object value, String outcome) {
        Map<String, Object> row = productRow();
        row.put("name", value);
        Mapped mapped = only(row);
        assertThat(
                        mapped.mappable()
                                ? mapped.wanted().get("name").toString()
                                : mapped.reason().cause())
                .isEqualTo(outcome);
    }

    static Stream<Arguments> codes() {
        return Stream.of(
                arguments("", "none"),
                arguments(" \t", "none"),
                arguments(null, "none"),
                arguments(" A-1 ", "A-1"),
                arguments(4711, "4711"),
                arguments("A\u0000\r\nB", "AB"),
                arguments("\uD83D\uDE00".repeat(255), "\uD83D\uDE00".repeat(255)),
                arguments("x".repeat(256), "text-too-long"),
                arguments("x".repeat(65536), "text-too-long"),
                arguments(List.of("A"), "text-unreadable"),
                arguments(new BigInteger("1" + "0".repeat(400)), "text-unreadable"));
    }

    @ParameterizedTest
    @MethodSource("codes")
    void aCodeIsWholeOrTheProductIsParked(Object value, String outcome) {
        Mapped mapped = product("sku", value);
        assertThat(
                        mapped.mappable()
                                ? mapped.wanted()
                                        .getOrDefault("skuCode", "none")
                                        .toString()
                                : mapped.reason().cause())
                .isEqualTo(outcome);
    }

    static Stream<Arguments> ids() {
        return Stream.of(
                arguments(1, "1"),
                arguments("118", "118"),
                arguments(9007199254740993L, "9007199254740993"),
                arguments(Long.MAX_VALUE, "9223372036854775807"),
                arguments("9223372036854775807", "9223372036854775807"),
                arguments("9223372036854775808", "unusable"),
                arguments(new BigInteger(DIGITS_30), "unusable"),
                arguments(0, "unusable"),
                arguments("0", "unusable"),
                arguments("007", "unusable"),
                arguments(-1, "unusable"),
                arguments("-1", "unusable"),
                arguments("+1", "unusable"),
                arguments(" 1", "unusable"),
                arguments("abc", "unusable"),
                arguments("1/../2", "unusable"),
                arguments("\u0661", "unusable"),
                arguments(new BigDecimal("1.0"), "unusable"),
                arguments(new BigDecimal("9007199254740993.5"), "unusable"),
                arguments(null, "unusable"),
                arguments("", "unusable"),
                arguments(true, "unusable"),
                arguments(List.of(1), "unusable"));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void anIdIsExactOrTheRowIsParkedUnderAKeyOfItsOwn(Object value, String outcome) {
        Map<String, Object> order = orderRow();
        order.put("id", value);
        for (Mapped mapped :
                List.of(product("id", value), SELL_ORDERS.map(order, List.of(), ALL_HELD), SELL_ORDERS.absent(order))) {
            if (outcome.equals("unusable")) {
                assertThat(mapped.reason().cause()).isEqualTo("id-unusable");
                assertThat(mapped.remoteId()).matches("unreadable-[0-9a-f]{16}");
            } else {
                assertThat(mapped.mappable()).isTrue();
                assertThat(mapped.remoteId()).isEqualTo(outcome);
            }
        }
    }

    static Stream<Arguments> quantities() {
        return Stream.of(
                arguments(0, "left out"),
                arguments("0", "left out"),
                arguments(1, "1"),
                arguments("3", "3"),
                arguments(new BigDecimal("2.0"), "2"),
                arguments(Integer.MAX_VALUE, "2147483647"),
                arguments(2147483648L, "quantity-out-of-range"),
                arguments("1e400", "quantity-out-of-range"),
                arguments(DIGITS_30, "quantity-out-of-range"),
                arguments(-1, "quantity-negative"),
                arguments(new BigDecimal("-0.5"), "quantity-negative"),
                arguments(new BigDecimal("1.5"), "quantity-not-whole"),
                arguments("1e-400", "quantity-not-whole"),
                arguments("1,5", "quantity-unreadable"),
                arguments(null, "quantity-unreadable"),
                arguments("", "quantity-unreadable"),
                arguments("two", "quantity-unreadable"),
                arguments(true, "quantity-unreadable"));
    }

    @ParameterizedTest
    @MethodSource("quantities")
    void aQuantityIsExactOrTheOrderIsParked(Object value, String outcome) {
        Mapped mapped = order(line("quantity", value));
        if (outcome.equals("left out")) {
            assertThat(mapped.wanted().get("orderLines")).isEqualTo(List.of());
            assertThat(mapped.leftOut()).singleElement().satisfies(line -> assertThat(line.productUnknown())
                    .isFalse());
        } else {
            assertThat(
                            mapped.mappable()
                                    ? soldLine(mapped).get("quantity").toString()
                                    : mapped.reason().cause())
                    .isEqualTo(outcome);
        }
    }

    static Stream<Arguments> amounts() {
        return Stream.of(
                arguments("0.0000", "0.00"),
                arguments("-5", "-5.00"),
                arguments(new BigDecimal("12.345"), "12.35"),
                arguments("99999999999999999.99", "99999999999999999.99"),
                arguments("1e-1000000000", "0.00"),
                arguments("99999999999999999.995", "-out-of-range"),
                arguments("100000000000000000", "-out-of-range"),
                arguments("1e400", "-out-of-range"),
                arguments("1e1000000000", "-out-of-range"),
                arguments(DIGITS_30, "-out-of-range"),
                arguments(null, "-unreadable"),
                arguments("", "-unreadable"),
                arguments("1,50", "-unreadable"),
                arguments(Double.POSITIVE_INFINITY, "-unreadable"),
                arguments(Map.of(), "-unreadable"));
    }

    @ParameterizedTest
    @MethodSource("amounts")
    void totalAndSubtotalAreExactOrTheOrderIsParked(Object value, String outcome) {
        Map<String, Object> row = orderRow();
        row.put("total_ex_tax", value);
        Mapped total = SELL_ORDERS.map(row, List.of(), ALL_HELD);
        Mapped subtotal = order(line("total_ex_tax", value));
        WantedRules.check(total);
        if (outcome.startsWith("-") && !outcome.startsWith("-5")) {
            assertThat(total.reason().cause()).isEqualTo("total" + outcome);
            assertThat(subtotal.reason().cause()).isEqualTo("subtotal" + outcome);
        } else {
            assertThat(total.wanted().get("totalValue")).hasToString(outcome);
            assertThat(soldLine(subtotal).get("subtotalValue")).hasToString(outcome);
        }
    }

    static Stream<Arguments> dates() {
        return Stream.of(
                arguments("Tue, 03 Mar 2026 21:40:11 +0000", "2026-03-03T21:40:11Z"),
                arguments("3 Mar 2026 21:40:11 +0000", "2026-03-03T21:40:11Z"),
                arguments("Tue, 03 Mar 2026 21:40:11 GMT", "2026-03-03T21:40:11Z"),
                arguments("Sun, 29 Mar 2026 02:30:00 +0100", "2026-03-29T01:30:00Z"),
                arguments("Sun, 25 Oct 2026 02:30:00 +0200", "2026-10-25T00:30:00Z"),
                arguments("Thu, 31 Dec 2026 23:59:59 -0800", "2027-01-01T07:59:59Z"),
                arguments("2026-03-30T07:15:02+00:00", "2026-03-30T07:15:02Z"),
                arguments("2026-03-30T07:15:02Z", "2026-03-30T07:15:02Z"),
                arguments("2026-03-30T07:15:02.999-0400", "2026-03-30T11:15:02Z"),
                arguments("Thu, 29 Feb 2024 00:00:00 +0000", "2024-02-29T00:00:00Z"),
                arguments("Thu, 01 Jan 1970 00:00:00 +0000", "1970-01-01T00:00:00Z"),
                arguments("Thu, 31 Dec 2099 23:59:59 +0000", "2099-12-31T23:59:59Z"),
                arguments("0001-01-01T00:00:00Z", "date-out-of-range"),
                arguments("Mon, 01 Jan 0001 00:00:00 +0000", "date-out-of-range"),
                arguments("2999-01-01T00:00:00+00:00", "date-out-of-range"),
                arguments("Fri, 01 Jan 2100 00:00:00 +0000", "date-out-of-range"),
                arguments("Mon, 30 Feb 2026 10:00:00 +0000", "date-unreadable"),
                arguments("30 Feb 2026 10:00:00 +0000", "date-unreadable"),
                arguments("2026-02-30T10:00:00Z", "date-unreadable"),
                arguments("Wed, 03 Mar 2026 21:40:11 +0000", "date-unreadable"),
                arguments("Tue, 03 Mar 2026 21:40:11", "date-unreadable"),
                arguments("2026-03-03T21:40:11", "date-unreadable"),
                arguments("2026-03-03", "date-unreadable"),
                arguments("2026-03-03 21:40:11+00:00", "date-unreadable"),
                arguments("-999999999-01-01T00:00:00+18:00", "date-unreadable"),
                arguments("+999999999-12-31T23:59:59-18:00", "date-unreadable"),
                arguments("", "date-unreadable"),
                arguments(null, "date-unreadable"),
                arguments(1772574011, "date-unreadable"),
                arguments("yesterday, around noon", "date-unreadable"),
                arguments("x".repeat(65536), "date-unreadable"));
    }

    @ParameterizedTest
    @MethodSource("dates")
    void aDateIsExactOrTheOrderIsParked(Object value, String outcome) {
        Map<String, Object> row = orderRow();
        row.put("date_created", value);
        Mapped mapped = SELL_ORDERS.map(row, List.of(), ALL_HELD);
        WantedRules.check(mapped);
        assertThat(
                        mapped.mappable()
                                ? mapped.wanted().get("placed")
                                : mapped.reason().cause())
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @MethodSource("dates")
    void aDateOfChangeThatCannotBeReadIsNoReasonToPark(Object value, String outcome) {
        Map<String, Object> row = orderRow();
        row.put("date_modified", value);
        Mapped mapped = SELL_ORDERS.map(row, List.of(), ALL_HELD);
        assertThat(mapped.mappable()).isTrue();
        assertThat(mapped.sourceModifiedAt() == null).isEqualTo(outcome.startsWith("date-"));
    }

    static Stream<Arguments> references() {
        return Stream.of(
                arguments(null, "left out"),
                arguments(0, "left out"),
                arguments(0L, "left out"),
                arguments("", "left out"),
                arguments("0", "left out"),
                arguments(9007199254740993L, "9007199254740993"),
                arguments("382", "382"),
                arguments(-1, "id-unusable"),
                arguments("abc", "id-unusable"),
                arguments(new BigDecimal("382.5"), "id-unusable"),
                arguments(List.of(382), "id-unusable"));
    }

    @ParameterizedTest
    @MethodSource("references")
    void aLineNamesAProductOrNoneOrParksItsOrder(Object value, String outcome) {
        Map<String, Object> line = line("variant_id", value);
        line.put("product_id", 0);
        Mapped mapped = order(line);
        if (outcome.equals("left out")) {
            assertThat(mapped.leftOut()).singleElement().satisfies(left -> assertThat(left.why())
                    .isEqualTo(LeftOutLine.NO_PRODUCT));
        } else {
            assertThat(
                            mapped.mappable()
                                    ? soldLine(mapped).get("product")
                                    : mapped.reason().cause())
                    .isEqualTo(outcome);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 250, 251, 10_000})
    void aListOfAnyLengthIsMappedToItsEnd(int length) {
        List<Object> variants = new ArrayList<>();
        List<Map<String, Object>> lines = new ArrayList<>();
        for (int i = 1; i <= length; i++) {
            Map<String, Object> variant = variantRow();
            variant.put("id", i);
            variants.add(variant);
            lines.add(line("variant_id", i));
        }
        Map<String, Object> row = productRow();
        row.put("variants", variants);
        assertThat(PRODUCTS.map(row)).hasSize(length).allMatch(Mapped::mappable);

        Mapped order = SELL_ORDERS.map(orderRow(), lines, ALL_HELD);
        WantedRules.check(order);
        assertThat((List<?>) order.wanted().get("orderLines")).hasSize(length);
        assertThat((List<?>) order.source().get("lines")).hasSizeLessThanOrEqualTo(501);
    }

    @Test
    void rowsThatAreNoRowsAreParkedOneByOne() {
        Map<String, Object> row = productRow();
        row.put("variants", Arrays.asList(null, "x", List.of(), variantRow(), Map.of(), Map.of()));
        List<Mapped> all = PRODUCTS.map(row);
        all.forEach(WantedRules::check);
        assertThat(all).extracting(Mapped::mappable).containsExactly(false, false, false, true, false, false);
        assertThat(all).extracting(Mapped::remoteId).doesNotHaveDuplicates();
        for (Object variants : Arrays.asList(null, "x", Map.of(), List.of())) {
            row.put("variants", variants);
            assertThat(only(row).reason().cause()).isEqualTo("variants-missing");
        }
        assertThat(only(null).reason().cause()).isEqualTo("variants-missing");
        assertThat(SELL_ORDERS.map(null, null, ALL_HELD).reason().cause()).isEqualTo("id-unusable");
        assertThat(SELL_ORDERS
                        .map(orderRow(), Arrays.asList((Map<String, Object>) null), ALL_HELD)
                        .reason()
                        .cause())
                .isEqualTo("line-unreadable");
    }

    @Test
    void theKeyOfARowWithoutIdLastsWhileTheRowSaysTheSame() {
        Map<String, Object> order = orderRow();
        order.put("id", "none");
        String first = SELL_ORDERS.map(order, List.of(), ALL_HELD).remoteId();
        order.put("date_modified", "Thu, 05 Mar 2026 08:02:00 +0000");
        assertThat(SELL_ORDERS.map(order, List.of(), ALL_HELD).remoteId()).isEqualTo(first);
        assertThat(SELL_ORDERS.absent(order).remoteId()).isEqualTo(first);
        order.put("total_ex_tax", "7");
        assertThat(SELL_ORDERS.map(order, List.of(), ALL_HELD).remoteId()).isNotEqualTo(first);
    }

    @Test
    void oneBadVariantDoesNotStopItsSiblings() {
        Map<String, Object> bad = variantRow();
        bad.put("id", 383);
        bad.put("calculated_price", "-5");
        Map<String, Object> row = productRow();
        row.put("variants", List.of(bad, variantRow()));
        assertThat(PRODUCTS.map(row)).extracting(Mapped::mappable).containsExactly(false, true);
    }

    @Test
    void anOrderOfAnyStatusIsMappedBecauseStatusesAreTheRoutersBusiness() {
        Map<String, Object> order = orderRow();
        order.put("status_id", 99);
        assertThat(SELL_ORDERS.map(order, List.of(), ALL_HELD).mappable()).isTrue();
    }

    @Test
    void anOrderThatShouldBeAbsentNeedsNothingButItsId() {
        Mapped absent = SELL_ORDERS.absent(new LinkedHashMap<>(Map.of("id", 118, "total_ex_tax", "?")));
        assertThat(absent.mappable()).isTrue();
        assertThat(absent.wanted()).isNull();
        assertThat(absent.remoteId()).isEqualTo("118");
        assertThat(absent.source()).isEqualTo(Map.of("order", Map.of("id", 118, "total_ex_tax", "?")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e1000000000", "1e-1000000000", "-1e2147483647", "9e-2147483647"})
    void aNumberOfAnyExponentCostsNothing(String text) {
        for (Object value : List.of(text, new BigDecimal(text))) {
            assertTimeoutPreemptively(Duration.ofSeconds(5), () -> everywhere(value));
        }
    }

    @Test
    void aDocumentOfAnyDepthOrLengthIsMappedOrParked() {
        Object deepList = 1;
        Object deepObject = 1;
        for (int i = 0; i < 5000; i++) {
            deepList = List.of(deepList);
            deepObject = Map.of("a", deepObject);
        }
        everywhere(deepList);
        everywhere(deepObject);
        everywhere("\uD800".repeat(65536));
        everywhere("\u0000".repeat(65536));
        everywhere(new BigInteger("9".repeat(20_000)));
        everywhere(Double.NEGATIVE_INFINITY);
        everywhere(new Object());
    }

    private static void everywhere(Object value) {
        for (String field : productRow().keySet()) {
            Map<String, Object> row = productRow();
            row.put(field, value);
            PRODUCTS.map(row).forEach(WantedRules::check);
        }
        for (String field : variantRow().keySet()) {
            product(field, value);
        }
        for (String field : List.of("id", "date_created", "date_modified", "total_ex_tax", "consignments", "status")) {
            Map<String, Object> order = orderRow();
            order.put(field, value);
            WantedRules.check(SELL_ORDERS.map(order, List.of(line("quantity", 1)), ALL_HELD));
            SellOrderMapper.embeddedLines(order);
            SellOrderMapper.embeddedLinesAreComplete(order);
        }
        for (String field : line("quantity", 1).keySet()) {
            order(line(field, value));
        }
    }

    private static Mapped product(String variantField, Object value) {
        Map<String, Object> variant = variantRow();
        variant.put(variantField, value);
        Map<String, Object> row = productRow();
        row.put("variants", List.of(variant));
        return only(row);
    }

    private static Mapped only(Map<String, Object> row) {
        List<Mapped> all = PRODUCTS.map(row);
        assertThat(all).hasSize(1);
        WantedRules.check(all.get(0));
        return all.get(0);
    }

    private static Mapped order(Map<String, Object> line) {
        Mapped mapped = SELL_ORDERS.map(orderRow(), List.of(line), ALL_HELD);
        WantedRules.check(mapped);
        return mapped;
    }

    private static Map<?, ?> soldLine(Mapped mapped) {
        return (Map<?, ?>) ((List<?>) mapped.wanted().get("orderLines")).get(0);
    }

    static Map<String, Object> productRow() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", 77);
        row.put("name", "Canvas bag");
        row.put("upc", "");
        row.put("price", 21);
        row.put("inventory_level", 12);
        row.put("inventory_tracking", "variant");
        row.put("availability", "available");
        row.put("base_variant_id", 382);
        row.put("date_modified", "2026-03-30T07:15:02+00:00");
        row.put("variants", List.of(variantRow()));
        return row;
    }

    static Map<String, Object> variantRow() {
        Map<String, Object> variant = new LinkedHashMap<>();
        variant.put("id", 382);
        variant.put("sku", "BAG-R");
        variant.put("upc", "4006381333931");
        variant.put("calculated_price", new BigDecimal("19.95"));
        variant.put("inventory_level", 7);
        variant.put("option_values", List.of());
        return variant;
    }

    static Map<String, Object> orderRow() {
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("id", 118);
        order.put("date_created", "Tue, 03 Mar 2026 21:40:11 +0000");
        order.put("date_modified", "Wed, 04 Mar 2026 08:02:00 +0000");
        order.put("status_id", 10);
        order.put("total_ex_tax", "235.0000");
        return order;
    }

    static Map<String, Object> line(String field, Object value) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", 25);
        line.put("product_id", 77);
        line.put("variant_id", 382);
        line.put("name", "Canvas bag");
        line.put("quantity", 1);
        line.put("total_ex_tax", "79.8000");
        line.put(field, value);
        return line;
    }
}
