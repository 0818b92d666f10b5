package com.optiply.sync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.optiply.sync.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What Optiply takes, written down a second time and in another way than in the product: on the text that would be sent,
 * with patterns and big integers. Every mapping of every document must satisfy it.
 */
final class WantedRules {

    private static final Set<String> PRODUCT_KEYS = Set.of(
            "remoteId", "name", "skuCode", "eanCode", "articleCode", "price", "unlimitedStock", "stockLevel", "status");

    private WantedRules() {}

    /** A mapped row must hold a valid document, an unmapped one a reason that a person understands. */
    static void check(Mapped mapped) {
        assertThat(mapped.remoteId()).isNotBlank().hasSizeLessThanOrEqualTo(60);
        assertThat(mapped.leftOut()).isNotNull();
        if (mapped.mappable()) {
            assertThat(mapped.remoteId()).matches("[1-9][0-9]{0,18}");
            Map<String, Object> sent = sent(mapped.wanted());
            assertThat(sent).containsEntry("remoteId", mapped.remoteId());
            if (mapped.entity().equals("products")) {
                checkProduct(sent);
            } else {
                assertThat(mapped.entity()).isEqualTo("sell-orders");
                checkSellOrder(sent);
            }
            assertThat(Fingerprint.of(sent)).isEqualTo(Fingerprint.of(mapped.wanted()));
        } else {
            assertThat(mapped.wanted()).isNull();
            assertThat(mapped.reason().cause()).matches("[a-z]+(-[a-z]+)+");
            assertThat(mapped.reason().sentence()).hasSizeBetween(10, 600).endsWith(".");
            assertThat(mapped.reason().sentence().chars().noneMatch(Character::isISOControl))
                    .isTrue();
            assertUtf8(mapped.reason().sentence());
        }
        String source = Json.text(mapped.source());
        assertUtf8(source);
        assertThat(Json.document(source)).hasSameSizeAs(mapped.source());
    }

    private static void checkProduct(Map<String, Object> product) {
        assertThat(PRODUCT_KEYS).containsAll(product.keySet());
        assertText(product.get("name"));
        for (String code : List.of("skuCode", "eanCode", "articleCode")) {
            if (product.containsKey(code)) {
                assertText(product.get(code));
            }
        }
        if (product.containsKey("price")) {
            BigInteger cents = cents(product.get("price"));
            assertThat(cents).isBetween(BigInteger.ZERO, BigInteger.valueOf(999_999_999));
        }
        assertThat(product.get("unlimitedStock")).isInstanceOf(Boolean.class);
        assertThat(product.get("stockLevel")).isInstanceOf(Integer.class);
        assertThat((Integer) product.get("stockLevel")).isBetween(-9_999_999, 9_999_999);
        assertThat(product.get("status")).isIn("enabled", "disabled");
    }

    private static void checkSellOrder(Map<String, Object> order) {
        assertThat(order).containsOnlyKeys("remoteId", "placed", "totalValue", "orderLines");
        assertThat((String) order.get("placed"))
                .matches("(19[7-9][0-9]|20[0-9]{2})-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z");
        assertMoney(order.get("totalValue"));
        List<?> lines = (List<?>) order.get("orderLines");
        assertThat(lines.stream().map(line -> ((Map<?, ?>) line).get("product")))
                .doesNotHaveDuplicates();
        for (Object each : lines) {
            Map<?, ?> line = (Map<?, ?>) each;
            assertThat(line.keySet()).hasSize(3);
            assertThat(line.get("product")).isInstanceOf(String.class);
            assertThat(line.get("quantity")).isInstanceOf(Integer.class);
            assertThat((Integer) line.get("quantity")).isPositive();
            assertMoney(line.get("subtotalValue"));
        }
    }

    private static void assertMoney(Object value) {
        assertThat(cents(value).abs().toString().length()).isLessThanOrEqualTo(19);
    }

    private static BigInteger cents(Object value) {
        assertThat(value).isInstanceOf(BigDecimal.class);
        String text = ((BigDecimal) value).toPlainString();
        assertThat(text).matches("-?[0-9]+\\.[0-9]{2}");
        return new BigInteger(text.replace(".", ""));
    }

    private static void assertText(Object value) {
        assertThat(value).isInstanceOf(String.class);
        String text = (String) value;
        assertThat(text).isNotBlank();
        assertThat(text.codePointCount(0, text.length())).isLessThanOrEqualTo(255);
        assertThat(text.chars().noneMatch(c -> c < 32 || c >= 127 && c < 160)).isTrue();
        assertUtf8(text);
    }

    private static void assertUtf8(String text) {
        try {
            StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            throw new AssertionError("cannot be written as UTF-8", e);
        }
    }

    private static Map<String, Object> sent(Map<String, Object> wanted) {
        return Json.document(Json.text(wanted));
    }
}
