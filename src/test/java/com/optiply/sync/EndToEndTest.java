package com.optiply.sync;

import static com.optiply.sync.Installation.figure;
import static com.optiply.sync.Installation.writes;
import static org.assertj.core.api.Assertions.assertThat;

import com.optiply.sync.sandbox.Sandbox;
import com.optiply.sync.sandbox.Shop.Line;
import com.optiply.sync.state.Run;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole way, from the simulated shop's pages to what the simulated Optiply holds. */
class EndToEndTest {

    private static final String LINE_TOTALS = "total_ex_tax";

    private Sandbox sandbox;
    private Installation installation;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(new Sandbox.Size(12, 12, 3, 7, 0));
        installation = Installation.of(sandbox).with("sell-orders.line-subtotal", LINE_TOTALS);
    }

    @AfterEach
    void stop() {
        installation.close();
        sandbox.close();
    }

    @Test
    void theFirstSyncMakesOptiplyHoldWhatTheMappingTablesSay() {
        installation.sync();

        assertThat(sandbox.optiply().content()).isEqualTo(Expected.of(sandbox.shop(), Set.of(10), LINE_TOTALS));
        assertThat(sandbox.optiply().twins()).isEmpty();
    }

    @Test
    void theNotesOwnSubtotalRuleMultipliesByTheQuantity() {
        installation.with("sell-orders.line-subtotal", "total_ex_tax*quantity");
        Run run = installation.sync();

        assertThat(sandbox.optiply().content())
                .isEqualTo(Expected.of(sandbox.shop(), Set.of(10), "total_ex_tax*quantity"));
        assertThat(run.getReport().get("message").toString()).contains("sell-orders.line-subtotal=total_ex_tax");
    }

    @Test
    void linesAreAskedForOrderByOrderWhereTheSettingsSaySo() {
        installation.with("sell-orders.lines", "endpoint").sync();
        int completed = sandbox.optiply().sellOrderCount();

        assertThat(sandbox.calls().bigcommerce().count("GET", "/v2/orders/{id}/products"))
                .isGreaterThanOrEqualTo(completed);
        assertThat(sandbox.optiply().content()).isEqualTo(Expected.of(sandbox.shop(), Set.of(10), LINE_TOTALS));
    }

    @Test
    void withAllStatusesEveryOrderButIncompleteArchivedAndDeletedOnesIsWanted() {
        installation.with("sell-orders.all-statuses", "true");
        installation.sync();

        assertThat(sandbox.optiply().content())
                .isEqualTo(Expected.of(sandbox.shop(), Set.of(1, 2, 3, 7, 8, 9, 10, 11, 12, 13, 14), LINE_TOTALS));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14})
    void byDefaultOnlyCompletedOrdersAreWantedOfTheFifteenStatuses(int status) {
        long order = sandbox.shop().placeOrder(status, new Line(101, 1001L, 1));
        installation.sync();

        assertThat(sandbox.optiply().sellOrdersByRemoteId(String.valueOf(order)))
                .hasSize(status == 10 ? 1 : 0);
    }

    @Test
    void aProductThatSomebodyRemovedInOptiplyIsMadeAnewWhenTheShopChangesIt() {
        installation.sync();
        Object held = sandbox.optiply().productsByRemoteId("1001").get(0).get("id");
        assertThat(sandbox.optiply().remove(Long.parseLong(held.toString()))).isTrue();
        sandbox.shop().changePrice(1001, "21.50");
        installation.sync();
        installation.sync();

        assertThat(sandbox.optiply().productsByRemoteId("1001")).hasSize(1);
        assertThat(sandbox.optiply().content().get("products"))
                .isEqualTo(Expected.of(sandbox.shop(), Set.of(10), LINE_TOTALS).get("products"));
    }

    @Test
    void aSecondSyncWithoutChangeWritesNothing() {
        installation.sync();
        sandbox.calls().reset();
        int before = sandbox.optiply().writes();

        Run products = installation.sync("products");
        Run orders = installation.sync("sell-orders");

        assertThat(sandbox.optiply().writes()).isEqualTo(before);
        assertThat(writes(products) + writes(orders)).isZero();
        assertThat(sandbox.calls().bigcommerce().total()).isLessThanOrEqualTo(4);
    }

    @Test
    void bothBalancesHoldAndTheOutcomeSaysSo() {
        Run products = installation.sync("products");
        Run orders = installation.sync("sell-orders");

        for (Run run : List.of(products, orders)) {
            assertThat(figure(run, "read"))
                    .isEqualTo(figure(run, "unchanged")
                            + figure(run, "changed")
                            + figure(run, "skipped")
                            + figure(run, "newly_parked"));
            assertThat(run.getReport()).containsEntry("outcome", "complete");
        }
        assertThat(products.getExitCode()).as("two variants stand parked").isEqualTo(1);
        assertThat(figure(products, "parked")).isEqualTo(2);
        assertThat(orders.getExitCode()).isZero();
    }

    @Test
    void everyCallIsCountedRepeatsAndLoginsIncluded() {
        Run products = installation.sync("products");
        Run orders = installation.sync("sell-orders");

        assertThat(calls(products, "bigcommerce") + calls(orders, "bigcommerce"))
                .isEqualTo(sandbox.calls().bigcommerce().total());
        assertThat(calls(products, "optiply") + calls(orders, "optiply"))
                .isEqualTo(sandbox.calls().optiply().total());
    }

    private static long calls(Run run, String partner) {
        return ((Number) ((Map<?, ?>) run.getReport().get("calls")).get(partner)).longValue();
    }

    @Test
    void aChangedPriceIsOnePatch() {
        installation.sync();
        sandbox.shop().changePrice(1001, "21.50");
        sandbox.calls().reset();

        Run run = installation.sync("products");

        assertThat(figure(run, "updated")).isEqualTo(1);
        assertThat(sandbox.calls().optiply().method("PATCH")).isEqualTo(1);
        assertThat(product("1001")).containsEntry("price", "21.50");
    }

    @Test
    void aClearedSkuIsClearedInOptiplyToo() {
        installation.sync();
        sandbox.shop().changeVariant(1001, variant -> variant.put("sku", ""));

        installation.sync("products");

        assertThat(product("1001").get("skuCode")).isNull();
    }

    @Test
    void aChangeThatMeansNothingToOptiplyCostsNoCall() {
        installation.sync();
        sandbox.shop().changeProduct(101, product -> product.put("description", "softer than ever"));
        sandbox.calls().reset();

        Run run = installation.sync("products");

        assertThat(figure(run, "unchanged")).isPositive();
        assertThat(sandbox.calls().optiply().total()).isZero();
    }

    @Test
    void aNewVariantIsANewProduct() {
        installation.sync();
        long variant = sandbox.shop().addVariant(102, "Green 60", "TRAIL-NEW", "95.00", 3);

        Run run = installation.sync("products");

        assertThat(figure(run, "created")).isEqualTo(1);
        assertThat(product(String.valueOf(variant))).containsEntry("articleCode", "102");
    }

    @Test
    void aCancelledOrderIsDeletedAndANewPostWhenItCompletesAgain() {
        long order = sandbox.shop().placeOrder(10, new Line(101, 1001L, 2));
        installation.sync();
        sandbox.shop().setOrderStatus(order, 5);

        Run cancelled = installation.sync("sell-orders");

        assertThat(figure(cancelled, "deleted")).isEqualTo(1);
        assertThat(sandbox.optiply().sellOrdersByRemoteId(String.valueOf(order)))
                .isEmpty();

        sandbox.shop().changeOrderLines(order, new Line(101, 1001L, 3));
        sandbox.shop().setOrderStatus(order, 10);
        Run again = installation.sync("sell-orders");

        assertThat(figure(again, "created")).isEqualTo(1);
        assertThat(sandbox.optiply().content()).isEqualTo(Expected.of(sandbox.shop(), Set.of(10), LINE_TOTALS));
    }

    @Test
    void aChangedTotalIsAPatchOfTheHeadAndNeverSendsLines() {
        long order = sandbox.shop().placeOrder(10, new Line(101, 1001L, 2));
        installation.sync();
        sandbox.shop().changeOrderTotal(order, "12.3400");

        Run run = installation.sync("sell-orders");

        assertThat(figure(run, "updated")).isEqualTo(1);
        assertThat(sandbox.optiply()
                        .sellOrdersByRemoteId(String.valueOf(order))
                        .get(0)
                        .toString())
                .contains("12.34");
    }

    @Test
    void anOrderCompletedOfAProductThatTheDatabaseDoesNotKnowReadsTheProductFirst() {
        Run run = installation.sync("sell-orders");

        assertThat(run.getReport()).containsEntry("outcome", "complete");
        assertThat(sandbox.optiply().productsByRemoteId("1001")).hasSize(1);
        assertThat(sandbox.optiply().sellOrdersByRemoteId("210")).hasSize(1);
    }

    @Test
    void onlyTheConfiguredChannelIsRead() {
        installation.with("bigcommerce.channel-id", "2");
        installation.sync();

        assertThat(sandbox.optiply().productsByRemoteId("1028")).hasSize(1);
        assertThat(sandbox.optiply().productsByRemoteId("1001")).isEmpty();
        assertThat(sandbox.optiply().sellOrdersByRemoteId("232")).hasSize(1);
        assertThat(sandbox.optiply().sellOrdersByRemoteId("210")).isEmpty();
    }

    @Test
    void theFirstReadAsksForWhatChangedSinceTheStartDate() {
        long order = sandbox.shop().placeOrder(10, new Line(101, 1001L, 1));
        String today = sandbox.shop().clock().instant().toString().substring(0, 10);
        installation.with("bigcommerce.start-date", today);

        installation.sync();

        assertThat(sandbox.optiply().sellOrders()).hasSize(1);
        assertThat(sandbox.optiply().sellOrdersByRemoteId(String.valueOf(order)))
                .hasSize(1);
    }

    @Test
    void aRecordThatOptiplyRefusesIsParkedWithItsWordsAndTheOthersGoOn() {
        sandbox.optiply().refuse("1001", 422, "name is not welcome");

        Run run = installation.sync("products");

        assertThat(figure(run, "parked")).isEqualTo(3);
        assertThat(installation
                        .database()
                        .queryForObject("select error from record where remote_id = '1001'", String.class))
                .contains("name is not welcome");
        assertThat(run.getExitCode()).isEqualTo(1);
    }

    @Test
    void changedSettingsReadEverythingAgainAndSendWhatDiffers() {
        installation.sync();
        installation.with("products.map.eanCode", "/variant/sku");

        Run run = installation.sync("products");

        assertThat(run.getReport().get("message").toString()).contains("everything is read again");
        assertThat(figure(run, "updated")).isPositive();
        assertThat(product("1001")).containsEntry("eanCode", "BAG");
    }

    @Test
    void aVanishedProductIsDisabledAfterACompleteReadingOnly() {
        installation.sync();
        sandbox.shop().deleteProduct(101);

        installation.sync("products");
        assertThat(product("1001")).containsEntry("status", "enabled");

        installation.fullSync("products");
        assertThat(product("1001")).containsEntry("status", "disabled");
    }

    @Test
    void whereMoreProductsVanishThanMayBeDisabledNoneIsUntilAPersonAllowsIt() {
        try (Sandbox shop = Sandbox.start(new Sandbox.Size(30, 0, 0, 1, 0).regularOnly());
                Installation ours = Installation.of(shop)) {
            ours.sync("products");
            int all = shop.optiply().productCount();
            for (Map<String, Object> product :
                    List.copyOf(shop.shop().products()).subList(0, 11)) {
                shop.shop().deleteProduct(((Number) product.get("id")).longValue());
            }
            int writes = shop.optiply().writes();

            Run held = ours.fullSync("products");

            assertThat(held.getExitCode()).isEqualTo(1);
            assertThat(held.getReport()).containsEntry("outcome", "partial").containsEntry("brake", true);
            assertThat(held.getReport().get("message")).asString().contains("none was disabled", "allow it once");
            assertThat(shop.optiply().writes()).isEqualTo(writes);

            Run allowed = ours.with("products.max-disabled-share", "1").fullSync("products");
            assertThat(allowed.getReport()).containsEntry("outcome", "complete");
            assertThat(shop.optiply().products())
                    .hasSize(all)
                    .filteredOn(one -> "disabled".equals(one.get("status")))
                    .hasSizeGreaterThanOrEqualTo(11);
        }
    }

    @Test
    void twoThousandProductsAndOrdersCostAsManyCallsAsThereArePagesAndRecords() {
        try (Sandbox large = Sandbox.start(new Sandbox.Size(2000, 2000, 3, 1, 0).regularOnly());
                Installation shop = Installation.of(large).with("sell-orders.line-subtotal", LINE_TOTALS)) {
            shop.sync();

            assertThat(large.calls().bigcommerce().total()).isLessThanOrEqualTo(20);
            assertThat(large.calls().optiply().method("POST") - large.optiply().logins())
                    .as("one POST per record")
                    .isEqualTo(8000);
            assertThat(large.optiply().productCount()).isEqualTo(6000);
            assertThat(large.optiply().sellOrderCount()).isEqualTo(2000);

            large.calls().reset();
            int writes = large.optiply().writes();
            shop.sync();

            assertThat(large.optiply().writes()).isEqualTo(writes);
            assertThat(large.calls().bigcommerce().total()).isLessThanOrEqualTo(4);
        }
    }

    private Map<String, Object> product(String remoteId) {
        List<Map<String, Object>> found = sandbox.optiply().productsByRemoteId(remoteId);
        assertThat(found).hasSize(1);
        return attributes(found.get(0));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> attributes(Map<String, Object> document) {
        Object attributes = document.get("attributes");
        return attributes == null ? document : (Map<String, Object>) attributes;
    }
}
