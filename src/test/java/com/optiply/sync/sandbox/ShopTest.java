package com.optiply.sync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.optiply.sync.sandbox.Sandbox.Size;
import com.optiply.sync.sandbox.Table.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShopTest {

    @Test
    void theSameSeedGivesTheSameShop() {
        Shop one = new Shop(new Size(40, 40, 3, 42, 0));
        Shop other = new Shop(new Size(40, 40, 3, 42, 0));
        assertThat(one.products()).isEqualTo(other.products());
        assertThat(one.orders()).isEqualTo(other.orders());
        assertThat(one.lines(10_007)).isEqualTo(other.lines(10_007)).hasSize(3);
    }

    @Test
    void anotherSeedGivesAnotherShop() {
        assertThat(new Shop(new Size(40, 0, 0, 1, 0)).products())
                .isNotEqualTo(new Shop(new Size(40, 0, 0, 2, 0)).products());
    }

    @Test
    void theSameSeedGivesTheSameLife() {
        Shop one = new Shop(new Size(20, 5, 2, 42, 0));
        Shop other = new Shop(new Size(20, 5, 2, 42, 0));
        Set<String> kinds = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            List<String> news = one.tick();
            assertThat(news).isNotEmpty().isEqualTo(other.tick());
            news.forEach(sentence -> kinds.add(sentence.replaceAll("\\d+(\\.\\d+)?", "n")));
        }
        assertThat(kinds).contains("order n is Completed", "order n is Cancelled", "variant n has stock n");
    }

    @Test
    void generatedDatesLieInThePastOfAnyClockAndTheRowsKnowThem() {
        Shop shop = new Shop(new Size(30, 30, 2, 1, 0));
        shop.productTable().page(new Wanted(), 0, 1_000).rows().forEach(row -> assertThat(row.modified())
                .isEqualTo(Documents.instant((String) row.document().get("date_modified"))
                        .getEpochSecond())
                .isLessThan(Instant.parse("2026-01-01T00:00:00Z").getEpochSecond()));
        shop.orderTable().page(new Wanted(), 0, 1_000).rows().forEach(row -> {
            assertThat(row.modified())
                    .isEqualTo(Documents.instant((String) row.document().get("date_modified"))
                            .getEpochSecond());
            assertThat(row.created())
                    .isEqualTo(Documents.instant((String) row.document().get("date_created"))
                            .getEpochSecond());
        });
    }

    @Test
    void noGeneratedOrderNamesAVariantTwiceOrOneThatIsNotThere() {
        Shop shop = new Shop(new Size(5, 50, 12, 3, 0).regularOnly());
        Set<Object> variants = new HashSet<>();
        shop.products().forEach(p -> Documents.list(p.get("variants"))
                .forEach(v -> variants.add(Documents.map(v).get("id"))));
        for (Map<String, Object> order : shop.orders()) {
            Set<Object> seen = new HashSet<>();
            for (Map<String, Object> line : shop.lines(Documents.whole(order, "id"))) {
                assertThat(variants).contains(line.get("variant_id"));
                assertThat(seen.add(line.get("variant_id"))).isTrue();
            }
        }
    }

    @Test
    void everyChangeMovesTheDateToTheShopsClock() {
        Shop shop = new Shop(new Size(3, 3, 1, 1, 0));
        shop.clock().freeze(Instant.parse("2026-05-01T12:00:00Z"));
        List<Runnable> changes = List.of(
                () -> shop.changePrice(1_000_001, "5.00"),
                () -> shop.changeStock(1_000_001, 3),
                () -> shop.renameProduct(10_001, "Other"),
                () -> shop.addVariant(10_001, "Huge", "H", "9.00", 1),
                () -> shop.removeVariant(1_000_002),
                () -> shop.touchProduct(10_001),
                () -> shop.assignProduct(10_001, 2));
        for (Runnable change : changes) {
            shop.clock().shift(Duration.ofSeconds(1));
            change.run();
            assertThat(shop.product(10_001).get("date_modified"))
                    .isEqualTo(Documents.iso(shop.clock().instant()));
        }
        shop.archiveOrder(10_001);
        assertThat(shop.order(10_001))
                .containsEntry("is_deleted", true)
                .containsEntry("date_modified", "Fri, 01 May 2026 12:00:07 +0000");
        assertThat(Documents.list(shop.product(10_001).get("variants"))).hasSize(3);
    }

    @Test
    void aChangeStandsInForTheGeneratedRowInItsPlace() {
        Shop shop = new Shop(new Size(5, 0, 0, 1, 0).regularOnly());
        shop.renameProduct(10_003, "Third");
        shop.deleteProduct(10_002);
        long added = shop.addProduct("New", "3.50", 1, 4);
        List<Object> ids = new ArrayList<>();
        shop.products().forEach(p -> ids.add(p.get("id")));
        assertThat(ids).containsExactly(10_001L, 10_003L, 10_004L, 10_005L, added);
        assertThat(shop.product(10_003)).containsEntry("name", "Third");
        assertThat(shop.productCount()).isEqualTo(5);
        assertThatThrownBy(() -> shop.product(10_002)).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> shop.deleteProduct(10_002)).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void stockIsSetWhereItIsTracked() {
        Shop shop = new Shop(Size.awkward());
        shop.changeStock(1001, 77);
        assertThat(shop.product(101)).containsEntry("inventory_level", 77);
        shop.changeStock(1101, 5);
        assertThat(Documents.map(
                        Documents.list(shop.product(102).get("variants")).get(0)))
                .containsEntry("inventory_level", 5);
    }

    @Test
    void aPlacedOrderAddsUp() {
        Shop shop = new Shop(Size.awkward());
        long id = shop.placeOrder(11, new Shop.Line(101, 1001L, 2), new Shop.Line(105, 1004L, 1));
        assertThat(shop.order(id))
                .containsEntry("status", "Awaiting Fulfillment")
                .containsEntry("items_total", 3L)
                .containsEntry("total_ex_tax", "79.3500");
        shop.setOrderStatus(id, 10);
        assertThat(shop.orderTable().get(id).status()).isEqualTo(10);
    }

    @Test
    void documentsHandedOutAreCopies() {
        Shop shop = new Shop(Size.awkward());
        Documents.map(Documents.list(shop.product(101).get("variants")).get(0)).put("sku", "changed");
        assertThat(Documents.map(
                        Documents.list(shop.product(101).get("variants")).get(0)))
                .containsEntry("sku", "BAG");
    }

    @Test
    void everyAwkwardCaseThatIsPromisedIsThere() {
        Shop shop = new Shop(Size.awkward());
        assertThat(shop.products()).hasSize(26);
        assertThat(shop.orders()).hasSize(35);
        assertThat(shop.products()).extracting(p -> p.get("inventory_tracking")).contains("none", "product", "variant");
        assertThat(shop.products())
                .extracting(p -> p.get("availability"))
                .contains("available", "disabled", "preorder");
        assertThat(shop.products()).extracting(p -> p.get("type")).contains("physical", "digital");
        assertThat(shop.orders())
                .filteredOn(o -> Boolean.TRUE.equals(o.get("is_deleted")))
                .hasSize(2);
        assertThat(shop.lines(224)).hasSize(60);
        assertThat(shop.lines(220)).extracting(l -> l.get("variant_id")).containsExactly(1001L, 1004L, 1001L);
        assertThat(shop.lines(222).get(1)).doesNotContainKey("variant_id").containsEntry("product_id", 0L);
        assertThat(shop.lines(227).get(0)).containsEntry("variant_id", 0L).containsEntry("product_id", 101L);
        assertThat(shop.lines(228).get(0)).containsEntry("variant_id", null);
    }

    @Test
    void aBigShopIsPagedWithoutBeingMade() {
        Shop shop = new Shop(new Size(100_000, 100_000, 3, 1, 0));
        Wanted wanted = new Wanted();
        wanted.leastId = 95_001;
        assertThat(shop.productTable().page(wanted, 0, 250).rows()).hasSize(250);
        assertThat(shop.productTable().page(wanted, 0, 250).total()).isEqualTo(15_000);
        assertThat(shop.productCount()).isEqualTo(100_026);
    }
}
