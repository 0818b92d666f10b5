package com.optiply.sync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.optiply.sync.Json;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BigCommerceSandboxTest {

    private static final String EMBED = "include=consignments.line_items&consignment_structure=object";
    private static Sandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(new Sandbox.Size(60, 120, 3, 7, 0));
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @AfterEach
    void asItWas() {
        sandbox.latency(0);
        sandbox.quota(1_000_000, 30_000);
        sandbox.categoryTreesRefused(false);
        sandbox.oldCategoriesGone(false);
        sandbox.ignoreUnknownV2Parameters(false);
        sandbox.variantsEmbeddedAtMost(Integer.MAX_VALUE);
        sandbox.calls().reset();
    }

    // ---- pages

    @Test
    void productPagesHoldEveryProductOnceAndSaySoInMeta() {
        Set<Object> ids = new HashSet<>();
        int page = 1;
        Map<String, Object> pagination;
        do {
            HttpResponse<String> answer = get("/v3/catalog/products?limit=25&page=" + page);
            Http.data(answer).forEach(p -> ids.add(p.get("id")));
            pagination = Documents.map(
                    Documents.map(Json.document(answer.body()).get("meta")).get("pagination"));
            assertThat(pagination).containsEntry("current_page", page).containsEntry("per_page", 25);
            Map<String, Object> links = Documents.map(pagination.get("links"));
            if (page == 1) {
                assertThat(links).containsEntry("next", "?page=2&limit=25").doesNotContainKey("previous");
            }
            page++;
        } while (Documents.map(pagination.get("links")).containsKey("next"));
        assertThat(ids).hasSize(86).hasSize((Integer) pagination.get("total"));
        assertThat(page - 1).isEqualTo(pagination.get("total_pages")).isEqualTo(4);
    }

    @Test
    void aProductPageBeyondTheEndIsEmpty() {
        assertThat(Http.data(get("/v3/catalog/products?page=99"))).isEmpty();
    }

    @Test
    void productsAreReadByTheIdOfTheLastOne() {
        List<Long> ids = new ArrayList<>();
        long last = 0;
        while (true) {
            List<Map<String, Object>> data = Http.data(get("/v3/catalog/products?sort=id&limit=20&id:greater=" + last));
            if (data.isEmpty()) {
                break;
            }
            data.forEach(p -> ids.add(Documents.whole(p, "id")));
            last = ids.get(ids.size() - 1);
        }
        assertThat(ids).hasSize(86).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void orderPagesEndWith204AndNoBody() {
        int total = sandbox.shop().orderCount();
        int read = 0;
        HttpResponse<String> answer = get("/v2/orders?limit=100&page=1");
        for (int page = 2; answer.statusCode() == 200; page++) {
            read += Http.rows(answer).size();
            answer = get("/v2/orders?limit=100&page=" + page);
        }
        assertThat(read).isEqualTo(total);
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(sandbox.calls().bigcommerce().count("GET", "/v2/orders", 204))
                .isEqualTo(1);
    }

    @Test
    void ordersAreReadByTheIdOfTheLastOne() {
        List<Map<String, Object>> rows = Http.rows(get("/v2/orders?min_id=10100&limit=250&sort=id"));
        assertThat(rows).isNotEmpty();
        assertThat(Documents.whole(rows.get(0), "id")).isEqualTo(10_100);
    }

    @Test
    void orderLinesComeFiftyAPageUnlessAskedOtherwise() {
        assertThat(Http.rows(get("/v2/orders/224/products"))).hasSize(50);
        assertThat(Http.rows(get("/v2/orders/224/products?page=2"))).hasSize(10);
        assertThat(get("/v2/orders/224/products?page=3").statusCode()).isEqualTo(204);
        assertThat(Http.rows(get("/v2/orders/224/products?limit=250"))).hasSize(60);
    }

    @Test
    void aShopOfTwoThousandTakesEightPagesOfEachKind() {
        try (Sandbox big = Sandbox.start(new Sandbox.Size(2_000, 2_000, 3, 1, 0).regularOnly())) {
            int variants = 0;
            int lines = 0;
            for (int page = 1; page <= 8; page++) {
                for (Map<String, Object> p : Http.data(
                        Http.bigcommerce(big, "/v3/catalog/products?include=variants&limit=250&page=" + page))) {
                    variants += Documents.list(p.get("variants")).size();
                }
                for (Map<String, Object> o :
                        Http.rows(Http.bigcommerce(big, "/v2/orders?limit=250&" + EMBED + "&page=" + page))) {
                    lines += embedded(o).size();
                }
            }
            assertThat(variants).isEqualTo(6_000);
            assertThat(lines).isEqualTo(6_000);
            assertThat(Http.data(Http.bigcommerce(big, "/v3/catalog/products?limit=250&page=9")))
                    .isEmpty();
            assertThat(Http.bigcommerce(big, "/v2/orders?limit=250&page=9").statusCode())
                    .isEqualTo(204);
        }
    }

    // ---- filters

    @Test
    void variantsComeOnlyIfAskedFor() {
        assertThat(Http.data(get("/v3/catalog/products?id:in=101")).get(0)).doesNotContainKey("variants");
        Map<String, Object> shoe = Http.data(get("/v3/catalog/products?include=variants&id:in=102"))
                .get(0);
        assertThat(Documents.list(shoe.get("variants"))).hasSize(60);
    }

    @Test
    void variantsCanBeCutInsideTheirProductButNotInTheirOwnList() {
        sandbox.variantsEmbeddedAtMost(50);
        Map<String, Object> shoe = Http.data(get("/v3/catalog/products?include=variants&id:in=102"))
                .get(0);
        assertThat(Documents.list(shoe.get("variants"))).hasSize(50);
        assertThat(Http.data(get("/v3/catalog/products/102/variants?limit=250")))
                .hasSize(60);
    }

    @Test
    void onlyTheFieldsAskedForCome() {
        assertThat(Http.data(get("/v3/catalog/products?include_fields=name&id:in=101"))
                        .get(0))
                .containsOnlyKeys("id", "name");
    }

    @Test
    void aChangedProductIsFoundByItsDateInWholeSeconds() {
        sandbox.shop().changeStock(1004, 41);
        String modified = String.valueOf(sandbox.shop().product(105).get("date_modified"));
        String second = modified.substring(0, 19) + "Z";
        assertThat(Http.data(get("/v3/catalog/products?date_modified:min=" + second)))
                .extracting(p -> p.get("id"))
                .contains(105);
        String later =
                DateTimeFormatter.ISO_INSTANT.format(Instant.parse(second).plusSeconds(1));
        assertThat(Http.data(get("/v3/catalog/products?limit=250&date_modified:min=" + later)))
                .extracting(p -> p.get("id"))
                .doesNotContain(105);
    }

    @Test
    void aChangedOrderIsFoundByItsDateInEitherWriting() {
        sandbox.shop().setOrderStatus(211, 10);
        String rfc = String.valueOf(sandbox.shop().order(211).get("date_modified"));
        Instant at = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(rfc));
        for (String written : List.of(
                rfc, at.toString(), at.plus(Duration.ofHours(2)).toString().replace("Z", "+02:00"))) {
            assertThat(Http.rows(get("/v2/orders?min_date_modified=" + Http.encoded(written))))
                    .as(written)
                    .extracting(o -> o.get("id"))
                    .contains(211);
        }
        sandbox.shop().setOrderStatus(211, 11);
    }

    @Test
    void productsOfOneChannelAreListedAlone() {
        assertThat(Http.data(get("/v3/catalog/products?channel_id:in=2")))
                .extracting(p -> p.get("id"))
                .containsExactly(125, 126);
        assertThat(Http.rows(get("/v2/orders?channel_id=2")))
                .extracting(o -> o.get("id"))
                .containsExactly(232);
    }

    @Test
    void ordersAreSortedByTheirChange() {
        sandbox.shop().touchOrder(205);
        List<Map<String, Object>> rows = Http.rows(get("/v2/orders?sort=date_modified:desc&limit=1"));
        assertThat(rows.get(0)).containsEntry("id", 205);
    }

    @Test
    void theCountOfOrdersIsTheListsCount() {
        Map<String, Object> count =
                Json.document(get("/v2/orders/count?status_id=5").body());
        assertThat(count)
                .containsEntry(
                        "count",
                        Http.rows(get("/v2/orders?status_id=5&limit=250")).size());
        assertThat(Json.document(get("/v2/orders/count").body()))
                .containsEntry("count", sandbox.shop().orderCount());
    }

    // ---- strictness

    @ParameterizedTest
    @CsvSource({
        "/v3/catalog/products?limit=251, 422, limit",
        "/v3/catalog/products?page=0, 422, page",
        "/v3/catalog/products?page=x, 422, page",
        "/v3/catalog/products?min_date_modified=2025-01-01T00:00:00Z, 422, not a valid filter parameter",
        "/v3/catalog/products?date_modified:min=yesterday, 422, date_modified:min",
        "/v3/catalog/products?include=everything, 422, include",
        "/v3/catalog/products?sort=id:asc, 422, sort",
        "/v3/catalog/products?id:greater=abc, 422, id:greater",
        "/v3/catalog/products/77777/variants, 404, Product 77777 was not found.",
        "/v3/customers?channel_id:in=1, 422, not a valid filter parameter",
        "/v3/nothing, 404, not found",
        "/v3/orders/1/transactions, 404, not found"
    })
    void v3RefusesWhatItDoesNotKnowAsAnObject(String path, int status, String words) {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Json.document(answer.body())).containsEntry("status", status);
        assertThat(answer.body()).contains(words);
    }

    @ParameterizedTest
    @CsvSource({
        "/v2/orders?limit=251, 400, limit",
        "/v2/orders?limit=many, 400, limit",
        "/v2/orders?date_modified:min=2025-01-01T00:00:00Z, 400, not known",
        "/v2/orders?min_date_modified=soon, 400, min_date_modified",
        "/v2/orders?sort=newest, 400, sort",
        "/v2/orders?page=1&page=2, 400, twice",
        "/v2/orders/99999, 404, not found",
        "/v2/orders/99999/products, 404, not found",
        "/v2/refunds, 404, not found",
        "/v2/orders/204/transactions, 404, not found"
    })
    void v2RefusesWhatItDoesNotKnowAsAnArray(String path, int status, String words) {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Http.rows(answer)).hasSize(1);
        assertThat(Http.rows(answer).get(0)).containsEntry("status", status);
        assertThat(answer.body()).contains(words);
    }

    @Test
    void unknownV2ParametersCanBeIgnored() {
        sandbox.ignoreUnknownV2Parameters(true);
        assertThat(get("/v2/orders?foo=bar").statusCode()).isEqualTo(200);
    }

    @Test
    void aMissingOrWrongTokenIs401() {
        assertThat(Http.send(request("/v2/store").build()).statusCode()).isEqualTo(401);
        assertThat(Http.send(request("/v3/channels")
                                .header("X-Auth-Token", "other")
                                .build())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void anotherStoresPathIs403() {
        URI uri = URI.create(sandbox.bigcommerceUrl() + "/stores/other/v2/store");
        assertThat(Http.send(HttpRequest.newBuilder(uri)
                                .header("X-Auth-Token", token())
                                .header("Accept", "application/json")
                                .build())
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aMissingAcceptIs406() {
        assertThat(Http.send(request("/v2/store")
                                .header("X-Auth-Token", token())
                                .build())
                        .statusCode())
                .isEqualTo(406);
    }

    @Test
    void orderLinesWantAContentTypeEvenOnGet() {
        HttpRequest.Builder bare = request("/v2/orders/220/products")
                .header("X-Auth-Token", token())
                .header("Accept", "application/json");
        assertThat(Http.send(bare.build()).statusCode()).isEqualTo(415);
    }

    @Test
    void onlyReadingIsAllowed() {
        HttpResponse<String> answer =
                Http.send(Http.toBigcommerce(sandbox, "/v2/orders").DELETE().build());
        assertThat(answer.statusCode()).isEqualTo(405);
    }

    @Test
    void anUsedUpQuotaIs429AndSaysWhenToComeBack() {
        sandbox.quota(3, 30_000);
        assertThat(get("/v2/time").headers().firstValue("X-Rate-Limit-Requests-Left"))
                .hasValue("2");
        sandbox.quotaUsedByOthers(1);
        assertThat(get("/v2/time").headers().firstValue("X-Rate-Limit-Requests-Left"))
                .hasValue("0");
        HttpResponse<String> answer = get("/v2/time");
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValueAsLong("X-Retry-After").orElse(0)).isBetween(1L, 30L);
        assertThat(answer.headers().firstValue("X-Rate-Limit-Requests-Quota")).hasValue("3");
        assertThat(answer.headers().firstValue("X-Rate-Limit-Time-Window-Ms")).hasValue("30000");
        assertThat(answer.headers()
                        .firstValueAsLong("X-Rate-Limit-Time-Reset-Ms")
                        .orElse(0))
                .isBetween(1L, 30_000L);
        assertThat(sandbox.calls().bigcommerce().status(429)).isEqualTo(1);
    }

    // ---- the wire

    @Test
    void everyAnswerHasOneDateOfTheShopsClock() {
        sandbox.shop().clock().freeze(Instant.parse("2027-03-28T01:30:00Z"));
        try {
            for (String path : List.of("/v2/store", "/v3/channels", "/v2/nothing", "/v2/orders?page=99")) {
                assertThat(get(path).headers().allValues("Date")).containsExactly("Sun, 28 Mar 2027 01:30:00 GMT");
            }
        } finally {
            sandbox.shop().clock().freeze(Instant.now());
            sandbox.shop().clock().run();
        }
    }

    @Test
    void nothingOfTheRequestIsEchoed() {
        HttpResponse<String> answer = get("/v2/orders?limit=1");
        assertThat(answer.headers().map().keySet())
                .doesNotContain("x-auth-token", "limit", "hash", "accept", "camelhttppath");
    }

    @Test
    void answersArePackedForThoseWhoAccept() throws Exception {
        HttpRequest request = Http.toBigcommerce(sandbox, "/v3/catalog/products?include=variants")
                .header("Accept-Encoding", "gzip")
                .build();
        HttpResponse<java.io.InputStream> answer = Http.client().send(request, BodyHandlers.ofInputStream());
        assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
        try (GZIPInputStream in = new GZIPInputStream(answer.body())) {
            assertThat(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo(get("/v3/catalog/products?include=variants").body());
        }
    }

    @Test
    void waitingCallsDoNotHoldEachOtherUp() {
        sandbox.latency(150);
        List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            all.add(Http.client()
                    .sendAsync(Http.toBigcommerce(sandbox, "/v2/time").build(), BodyHandlers.ofString()));
        }
        all.forEach(call -> assertThat(call.join().statusCode()).isEqualTo(200));
        assertThat(sandbox.calls().bigcommerce().peak()).isBetween(33, 64);
        assertThat(sandbox.calls().bigcommerce().inFlight()).isZero();
        assertThat(sandbox.calls().bigcommerce().connections()).isPositive();
    }

    @Test
    void callsAreRecordedByEndpoint() {
        get("/v2/orders/220/products?limit=5");
        get("/v2/orders/221/products");
        get("/v2/orders/1/products");
        Calls.Partner calls = sandbox.calls().bigcommerce();
        assertThat(calls.counts())
                .containsEntry("GET /v2/orders/{id}/products 200", 2)
                .containsEntry("GET /v2/orders/{id}/products 404", 1);
        assertThat(calls.last().get(0).path()).isEqualTo("/stores/sandbox/v2/orders/220/products");
        assertThat(calls.last().get(0).query()).isEqualTo("limit=5");
        assertThat(calls.total()).isEqualTo(3);
    }

    // ---- awkward rows

    @Test
    void thereIsAnOrderOfEachStatus() {
        List<Map<String, Object>> orders = Http.rows(get("/v2/orders?min_id=200&max_id=214&limit=250"));
        assertThat(orders).hasSize(15);
        orders.forEach(o -> assertThat(Documents.whole(o, "id")).isEqualTo(200 + Documents.whole(o, "status_id")));
    }

    @Test
    void orderMoneyIsTextWithFourDecimalsAndProductMoneyANumber() {
        Map<String, Object> order =
                Http.rows(get("/v2/orders?min_id=220&max_id=220")).get(0);
        assertThat(order.get("total_ex_tax")).isEqualTo("139.2000");
        assertThat(String.valueOf(order.get("date_created"))).endsWith("+0000");
        Map<String, Object> bag = Http.data(get("/v3/catalog/products?id=101")).get(0);
        assertThat(bag.get("price")).isEqualTo(new BigDecimal("19.95"));
        assertThat(String.valueOf(bag.get("date_modified"))).endsWith("+00:00");
    }

    @Test
    void embeddedLinesAddUpToItemsTotalExceptWhereTheyAreCut() {
        List<Object> cut = new ArrayList<>();
        for (Map<String, Object> o : Http.rows(get("/v2/orders?limit=250&" + EMBED))) {
            long sum = embedded(o).stream()
                    .mapToLong(l -> Documents.whole(l, "quantity"))
                    .sum();
            if (sum != Documents.whole(o, "items_total")) {
                cut.add(o.get("id"));
            }
        }
        assertThat(cut).containsExactly(224, 229);
    }

    @Test
    void linesLieInTheConsignmentOfTheirKind() {
        Map<String, Object> gift = Documents.map(order(221).get("consignments"));
        assertThat(Documents.list(Documents.map(gift.get("email")).get("gift_certificates")))
                .hasSize(1);
        Map<String, Object> digital = Documents.map(order(236).get("consignments"));
        assertThat(Documents.list(digital.get("downloads"))).hasSize(1);
        Map<String, Object> pickup = Documents.map(order(237).get("consignments"));
        assertThat(Documents.list(pickup.get("pickups"))).hasSize(1);
        assertThat(order(237)).doesNotContainKey("pickup");
    }

    @Test
    void withoutTheIncludeLinesAreOnlyNamed() {
        Map<String, Object> order =
                Http.rows(get("/v2/orders?min_id=220&max_id=220")).get(0);
        assertThat(Documents.map(order.get("consignments"))).containsKey("resource");
        assertThat(Documents.map(order.get("products"))).containsEntry("resource", "/orders/220/products");
    }

    @Test
    void withoutTheStructureConsignmentsAreAList() {
        Map<String, Object> order = Http.rows(get("/v2/orders?min_id=220&max_id=220&include=consignments.line_items"))
                .get(0);
        assertThat(Documents.list(order.get("consignments"))).hasSize(1);
    }

    @Test
    void namesAreServedAsTheyAre() {
        Map<String, Object> sock = Http.data(get("/v3/catalog/products?id=119")).get(0);
        assertThat(sock.get("name")).isEqualTo("🧦 \"Warm\" sock's «Été» 毛衣 שלום 👨‍👩‍👧");
        String longest =
                (String) Http.data(get("/v3/catalog/products?id=120")).get(0).get("name");
        assertThat(longest).hasSize(250);
    }

    @Test
    void aRowGivenAsTextIsSentJustSo() {
        sandbox.shop()
                .putRawProduct(130, Instant.parse("2025-05-01T00:00:00Z"), "{\"id\":130,\"id\":131,\"name\":\"\"}");
        try {
            assertThat(get("/v3/catalog/products?id=130").body()).contains("{\"id\":130,\"id\":131,\"name\":\"\"}");
        } finally {
            sandbox.shop().deleteProduct(130);
        }
    }

    // ---- other streams

    @Test
    void aProductWithoutImagesIs204() {
        assertThat(get("/v3/catalog/products/126/images").statusCode()).isEqualTo(204);
        assertThat(Http.data(get("/v3/catalog/products/101/images"))).hasSize(2);
        assertThat(Http.data(get("/v3/catalog/products/10001/images"))).hasSize(3);
    }

    @Test
    void categoryTreesRefuseInPlainText() {
        assertThat(Http.data(get("/v3/catalog/trees"))).hasSize(2);
        sandbox.categoryTreesRefused(true);
        HttpResponse<String> answer = get("/v3/catalog/trees");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain");
    }

    @Test
    void theOldCategoriesCanBeGoneAndTheirSuccessorHasAnotherKey() {
        assertThat(Http.data(get("/v3/catalog/categories")))
                .extracting(c -> c.get("id"))
                .containsExactly(23, 41, 42, 51);
        sandbox.oldCategoriesGone(true);
        assertThat(get("/v3/catalog/categories").statusCode()).isEqualTo(404);
        assertThat(Http.data(get("/v3/catalog/trees/categories?tree_id:in=1")))
                .extracting(c -> c.get("category_id"))
                .containsExactly(23, 41, 42);
    }

    @Test
    void refundsHaveAnEmptyMeta() {
        Map<String, Object> answer =
                Json.document(get("/v3/orders/payment_actions/refunds").body());
        assertThat(answer).containsEntry("meta", Map.of());
        assertThat(Documents.list(answer.get("data"))).hasSize(3);
        assertThat(Http.data(get("/v3/orders/payment_actions/refunds?created:min=2025-02-11T10:00:00Z")))
                .hasSize(2);
    }

    @Test
    void transactionsAre204WhereThereAreNone() {
        List<Map<String, Object>> transactions = Http.data(get("/v3/orders/204/transactions"));
        assertThat(transactions).extracting(t -> t.get("order_id")).containsExactly("204", "204");
        assertThat(get("/v3/orders/205/transactions").statusCode()).isEqualTo(204);
        assertThat(Http.data(get("/v3/orders/10001/transactions"))).hasSize(1);
    }

    @Test
    void couponsAreRestrictedByAnObjectOrAnEmptyList() {
        List<Map<String, Object>> coupons = Http.rows(get("/v2/coupons"));
        assertThat(coupons.get(0).get("restricted_to")).isEqualTo(Map.of("countries", List.of("AU")));
        assertThat(coupons.get(1).get("restricted_to")).isEqualTo(List.of());
        assertThat(Http.rows(get("/v2/coupons?min_id=2&limit=1")))
                .extracting(c -> c.get("id"))
                .containsExactly(2);
        assertThat(get("/v2/coupons?min_id=4").statusCode()).isEqualTo(204);
    }

    @Test
    void someCustomersAreInTwoChannels() {
        List<Map<String, Object>> customers = Http.data(get("/v3/customers?id:in=11,12,13"));
        assertThat(customers).extracting(c -> c.get("channel_ids")).contains(List.of(1, 2));
        assertThat(Http.data(get("/v3/customers"))).hasSize(15);
        sandbox.shop().changeCustomer(12, c -> c.put("company", "Åkesson & Co"));
        assertThat(Http.data(get("/v3/customers?date_modified:min=2026-01-01T00:00:00Z")))
                .extracting(c -> c.get("id"))
                .containsExactly(12);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/store",
                "/v2/time",
                "/v2/order_statuses",
                "/v3/channels",
                "/v3/catalog/brands",
                "/v3/catalog/summary",
                "/v3/catalog/variants?limit=250",
                "/v3/catalog/products/101",
                "/v2/orders/220",
                "/v3/orders/204/payment_actions/refunds"
            })
    void theOtherEndpointsAnswer(String path) {
        assertThat(get(path).statusCode()).isEqualTo(200);
    }

    @Test
    void theVariantsOfAllProductsAreListedOnce() {
        Set<Object> ids = new HashSet<>();
        int total = 0;
        for (int page = 1; page < 10; page++) {
            for (Map<String, Object> v : Http.data(get("/v3/catalog/variants?limit=50&page=" + page))) {
                ids.add(v.get("id"));
                total++;
            }
        }
        int expected = sandbox.shop().products().stream()
                .mapToInt(p -> Documents.list(p.get("variants")).size())
                .sum();
        assertThat(ids).hasSize(total).hasSize(expected);
        assertThat(Http.data(get("/v3/catalog/variants?product_id:in=101,105"))).hasSize(3);
    }

    // ---- helpers

    private static HttpResponse<String> get(String path) {
        return Http.bigcommerce(sandbox, path);
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(sandbox.bigcommerceUrl() + "/stores/sandbox" + path));
    }

    private static String token() {
        return sandbox.settings().get("bigcommerce.access-token");
    }

    private static Map<String, Object> order(long id) {
        return Http.rows(get("/v2/orders?min_id=" + id + "&max_id=" + id + "&" + EMBED))
                .get(0);
    }

    private static List<Map<String, Object>> embedded(Map<String, Object> order) {
        Map<String, Object> consignments = Documents.map(order.get("consignments"));
        List<Object> parts = new ArrayList<>();
        for (String kind : List.of("shipping", "pickups", "downloads")) {
            parts.addAll(Documents.list(consignments.get(kind)));
        }
        parts.addAll(Documents.list(Documents.map(consignments.get("email")).get("gift_certificates")));
        List<Map<String, Object>> lines = new ArrayList<>();
        parts.forEach(part ->
                Documents.list(Documents.map(part).get("line_items")).forEach(line -> lines.add(Documents.map(line))));
        return lines;
    }
}
