package com.optiply.sync.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepointingTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/product/cost_price",
                "/variant/upc",
                "/product/custom_url/url",
                "/product/categories/0",
                "/variant/option_values/0/label",
                "/product/custom_url/a~1b~0c"
            })
    void aPointerToADocumentedFieldIsAccepted(String pointer) {
        assertThatCode(() -> ProductMapper.check(Map.of("eanCode", pointer))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cost_price | must be a JSON pointer that begins with /product/ or /variant/",
                "'' | must be a JSON pointer that begins with /product/ or /variant/",
                "/order/id | must be a JSON pointer that begins with /product/ or /variant/",
                "/product | must be a JSON pointer that begins with /product/ or /variant/",
                "/product/ | it has an empty part",
                "/product/custom_url/ | it has an empty part",
                "/product/cost_prise | no such field of a product",
                "/product/variants/0/sku | no such field of a product",
                "/product/option_values/0 | a variant has one",
                "/variant/availability | a product has one",
                "/product/sku/0 | single value",
                "/product/categories | must go on into it",
                "/product/custom_url/a~2 | must be written ~0"
            })
    void aPointerThatLeadsNowhereIsRefusedWithKeyValueAndCure(String pointer, String cure) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProductMapper(Map.of("price", pointer)))
                .withMessageContaining("products.map.price")
                .withMessageContaining(pointer)
                .withMessageContaining(cure);
    }

    @Test
    void anUnknownAttributeIsRefusedWithoutItsValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProductMapper.check(Map.of("remoteId", "/variant/sku")))
                .withMessageContaining("products.map.remoteId")
                .withMessageContaining("name, skuCode, eanCode, price")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("/variant/sku"));
    }

    @Test
    void aStatusIsNotTakenFromAFieldWhoseTrueMeansDisabled() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProductMapper.check(Map.of("status", "/variant/purchasing_disabled")))
                .withMessageContaining("products.map.status");
    }

    @Test
    void everyAttributeCanBeRepointed() {
        for (String attribute : ProductMapper.attributes()) {
            assertThatCode(() -> ProductMapper.check(Map.of(attribute, "/product/sku")))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void theSettingsAreReadFromTheirTexts() {
        assertThat(LineSubtotal.parse("total_ex_tax*quantity")).isEqualTo(LineSubtotal.TOTAL_EX_TAX_TIMES_QUANTITY);
        assertThat(LineSubtotal.parse("total_ex_tax")).isEqualTo(LineSubtotal.TOTAL_EX_TAX);
        assertThat(UnknownProducts.parse("skip-line")).isEqualTo(UnknownProducts.SKIP_LINE);
        assertThat(UnknownProducts.parse("park")).isEqualTo(UnknownProducts.PARK);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LineSubtotal.parse("total_inc_tax"))
                .withMessageContaining("sell-orders.line-subtotal is \"total_inc_tax\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UnknownProducts.parse(null))
                .withMessageContaining("skip-line or park");
    }
}
