package com.optiply.sync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.optiply.sync.sandbox.Sandbox.Size;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

class SandboxTest {

    @Test
    void twoSandboxesStandBesideEachOtherAndLeaveNothingBehind() {
        // Java notes it in user.timezone when somebody first asks.
        TimeZone.getDefault();
        Properties before = (Properties) System.getProperties().clone();
        Sandbox one = Sandbox.start(Size.awkward());
        Sandbox other = Sandbox.start(new Size(10, 0, 0, 1, 0).regularOnly());
        try {
            assertThat(one.bigcommerceUrl()).startsWith("http://127.0.0.1:").isNotEqualTo(other.bigcommerceUrl());
            assertThat(Http.data(Http.bigcommerce(one, "/v3/catalog/products"))).hasSize(26);
            assertThat(Http.data(Http.bigcommerce(other, "/v3/catalog/products")))
                    .hasSize(10);
            assertThat(other.calls().bigcommerce().total()).isEqualTo(1);
        } finally {
            one.close();
            other.close();
        }
        assertThatThrownBy(() -> Http.bigcommerce(one, "/v2/time")).isInstanceOf(UncheckedIOException.class);
        assertThat(System.getProperties()).isEqualTo(before);
    }

    @Test
    void hostileDocumentsAreServedAsTheyWerePut() {
        try (Sandbox sandbox = Sandbox.start(Size.awkward())) {
            Map<String, Object> product = sandbox.shop().productDocument(5, "Text id");
            product.put("id", "9007199254740993");
            product.put("price", "1,50");
            sandbox.shop().putProduct(140, product);
            assertThat(Http.data(Http.bigcommerce(sandbox, "/v3/catalog/products?id:min=140")))
                    .containsExactly(product);
            Map<String, Object> order = sandbox.shop().orderDocument(1, 99);
            order.put("date_created", "30 February");
            order.put("consignments", "none");
            sandbox.shop().putOrder(300, order, List.of(sandbox.shop().lineDocument(1, 1, 101, null, 1, "1")), -1);
            assertThat(Http.rows(Http.bigcommerce(sandbox, "/v2/orders?min_id=300"))
                            .get(0))
                    .containsEntry("date_created", "30 February")
                    .containsEntry("status_id", 99)
                    .containsEntry("consignments", "none");
            assertThat(Http.rows(Http.bigcommerce(sandbox, "/v2/orders/300/products")))
                    .hasSize(1);
        }
    }
}
