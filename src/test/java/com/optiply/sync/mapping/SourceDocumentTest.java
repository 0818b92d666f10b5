package com.optiply.sync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.optiply.sync.Json;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is kept of a row for the person who looks at a parked record. */
class SourceDocumentTest {

    private static final String CANARY = "canary-7f3a";

    @Test
    void personalDataOfAnOrderIsNotKept() {
        Map<String, Object> order = BadInputTest.orderRow();
        Map<String, Object> address = Map.of("first_name", CANARY, "email", CANARY, "street_1", CANARY);
        for (String field : List.of(
                "billing_address",
                "shipping_addresses",
                "consignments",
                "form_fields",
                "customer_id",
                "customer_message",
                "staff_notes",
                "ip_address",
                "ip_address_v6",
                "geoip_country",
                "credit_card_type",
                "payment_provider_id",
                "custom_status_of_tomorrow")) {
            order.put(field, field.endsWith("s") ? List.of(address) : CANARY);
        }
        order.put("status", Map.of("who", CANARY));
        Map<String, Object> line = BadInputTest.line("product_options", List.of(Map.of("display_value", CANARY)));
        line.put("wrapping_message", CANARY);
        line.put("configurable_fields", List.of(CANARY));
        line.put("sku", List.of(CANARY));
        order.put("total_ex_tax", "?");
        Mapped mapped = new SellOrderMapper(LineSubtotal.TOTAL_EX_TAX, UnknownProducts.PARK)
                .map(order, List.of(line), (variantId, productId) -> Optional.empty());
        assertThat(mapped.mappable()).isFalse();
        assertThat(mapped.toString()).doesNotContain(CANARY);
        assertThat(Json.text(mapped.source()))
                .contains("\"date_created\":\"Tue, 03 Mar 2026 21:40:11 +0000\"", "\"total_ex_tax\":\"?\"")
                .contains("\"variant_id\":382", "\"quantity\":1");
    }

    @Test
    void aProductIsKeptWithItsOneVariant() {
        Map<String, Object> row = BadInputTest.productRow();
        Mapped mapped = new ProductMapper(Map.of()).map(row).get(0);
        assertThat(mapped.source()).containsOnlyKeys("product", "variant");
        assertThat(mapped.source().get("variant")).isEqualTo(BadInputTest.variantRow());
        row.remove("variants");
        assertThat(mapped.source().get("product")).isEqualTo(row);
    }

    @Test
    void aProductWithoutVariantsIsKeptWhole() {
        Map<String, Object> row = BadInputTest.productRow();
        row.put("variants", List.of());
        row.put("variant", "a field that only looks like ours");
        Mapped mapped = new ProductMapper(Map.of()).map(row).get(0);
        row.remove("variants");
        assertThat(mapped.source()).isEqualTo(Map.of("product", row));
    }

    @Test
    void longTextsListsAndNumbersAreCut() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("text", "x".repeat(1999) + "\uD83D\uDE00" + "y".repeat(70_000));
        row.put("list", Collections.nCopies(10_000, 1));
        row.put("number", new BigDecimal("1e1000000000"));
        row.put("gone", 1);
        Map<String, Object> kept = SourceDocument.without(row, "gone");
        assertThat(kept).containsOnlyKeys("text", "list", "number");
        assertThat((String) kept.get("text")).hasSizeLessThan(2100).endsWith("\uFFFD… (72001 characters)");
        assertThat((List<?>) kept.get("list")).hasSize(501).last().isEqualTo("… 9500 more");
        assertThat(kept.get("number")).isEqualTo("1E+1000000000");
        assertThat(Json.document(Json.text(kept))).isEqualTo(kept);
    }

    @Test
    void nothingGrowsBeyondMeasure() {
        Object wide = "leaf";
        for (int i = 0; i < 40; i++) {
            wide = List.of(wide, wide, wide);
        }
        assertThat(Json.text(SourceDocument.of(wide))).hasSizeLessThan(2_000_000);
    }
}
