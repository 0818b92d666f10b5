package com.optiply.sync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.optiply.sync.Json;
import com.optiply.sync.sandbox.OptiplyAccount.FilterMode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptiplySandboxTest {

    private static final String OURS = "?accountId=98&couplingId=4711";
    private static Sandbox sandbox;
    private static String token;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(Sandbox.Size.awkward());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @BeforeEach
    void asItWas() {
        sandbox.optiply().clear();
        sandbox.optiply().filterMode(FilterMode.IGNORE_UNKNOWN);
        sandbox.optiply().lag(Duration.ZERO);
        sandbox.optiply().tokenLife(86_399);
        sandbox.optiplyRequestsPerSecond(0);
        sandbox.calls().reset();
        token = Http.login(sandbox);
    }

    // ---- tokens

    @Test
    void theRightCredentialsGetAToken() {
        int logins = sandbox.optiply().logins();
        assertThat(Http.login(sandbox)).isNotBlank();
        assertThat(sandbox.optiply().logins()).isEqualTo(logins + 1);
    }

    @Test
    void aWrongPasswordIs401WithTheKnownWords() {
        Map<String, String> s = sandbox.settings();
        String client = s.get("optiply.client-id") + ":" + s.get("optiply.client-secret");
        HttpResponse<String> answer = Http.login(sandbox, client, s.get("optiply.username"), "wrong");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("UserDetailsService returned null");
        assertThat(Http.login(sandbox, "other:client", "a", "b").statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenEndsWithItsLifeOrWhenAllAreInvalidated() {
        assertThat(get("/products").statusCode()).isEqualTo(200);
        sandbox.optiply().invalidateTokens();
        HttpResponse<String> answer = get("/products");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(Json.document(answer.body())).containsEntry("error", "invalid_token");
        sandbox.optiply().tokenLife(0);
        token = Http.login(sandbox);
        assertThat(get("/products").statusCode()).isEqualTo(401);
    }

    // ---- writing products

    @Test
    void aCreatedProductComesBackWithTextIdUuidRemoteIdMapAndMoneyAsText() {
        HttpResponse<String> answer = post("/products", product("1054"));
        assertThat(answer.statusCode()).isEqualTo(201);
        Map<String, Object> data = Documents.map(Json.document(answer.body()).get("data"));
        assertThat(data.get("id")).isInstanceOf(String.class);
        Map<String, Object> attributes = Documents.map(data.get("attributes"));
        assertThat(attributes)
                .containsEntry("price", "79.95")
                .containsEntry("stockLevel", 17)
                .containsEntry("remoteIdMap", Map.of("4711", "1054"))
                .containsKeys("uuid", "createdAt", "updatedAt")
                .doesNotContainKey("remoteId");
        assertThat(answer.headers().allValues("Date")).hasSize(1);
    }

    @Test
    void aRepeatedPostMakesATwin() {
        post("/products", product("7"));
        post("/products", product("7"));
        assertThat(sandbox.optiply().byRemoteId("products", "7")).hasSize(2);
        assertThat(sandbox.optiply().twins()).containsExactly("products 7");
    }

    @Test
    void aPatchChangesOnlyWhatItNamesAndNullClears() {
        String id = id(post("/products", product("8")));
        assertThat(patch("/products/" + id, "products", "\"stockLevel\":3,\"eanCode\":null")
                        .statusCode())
                .isEqualTo(200);
        Map<String, Object> held = sandbox.optiply().byRemoteId("products", "8").get(0);
        assertThat(held)
                .containsEntry("stockLevel", 3)
                .containsEntry("name", "Shoe")
                .doesNotContainKey("eanCode");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "name | | name is mandatory",
                "stockLevel | | stockLevel is mandatory",
                "unlimitedStock | | unlimitedStock is mandatory",
                "stockLevel | 7.0 | integer",
                "stockLevel | \"7\" | integer",
                "stockLevel | 10000000 | at most",
                "stockLevel | 99999999999999999999 | too large",
                "unlimitedStock | \"false\" | boolean",
                "price | -0.01 | negative",
                "price | 1.005 | 2 decimals",
                "price | 10000000 | at most",
                "price | \"5\" | number",
                "status | \"ENABLED\" | enabled or disabled",
                "name | \"\" | blank",
                "name | \"a\\u0007b\" | control",
                "skuCode | 12 | string",
                "createdAtRemote | \"2025-01-01T00:00:00+00:00\" | date",
                "resumingPurchase | true | not known"
            })
    void aBadProductIs400WithItsReason(String name, String value, String reason) {
        Map<String, String> attributes = productAttributes("9");
        if (value == null) {
            attributes.remove(name);
        } else {
            attributes.put(name, value);
        }
        HttpResponse<String> answer = post("/products", body("products", attributes));
        assertThat(answer.statusCode()).isEqualTo(400);
        List<Object> errors = Documents.list(Json.document(answer.body()).get("errors"));
        assertThat(String.valueOf(
                        Documents.map(Documents.map(errors.get(0)).get("meta")).get("message")))
                .contains(reason);
        assertThat(sandbox.optiply().productCount()).isZero();
    }

    @Test
    void aNameMayHave255CharactersAndNoMore() {
        Map<String, String> attributes = productAttributes("9");
        attributes.put("name", "\"" + "x".repeat(255) + "\"");
        assertThat(post("/products", body("products", attributes)).statusCode()).isEqualTo(201);
        attributes.put("name", "\"" + "x".repeat(256) + "\"");
        assertThat(post("/products", body("products", attributes)).statusCode()).isEqualTo(400);
    }

    @Test
    void negativeStockIsWelcome() {
        Map<String, String> attributes = productAttributes("9");
        attributes.put("stockLevel", "-4");
        assertThat(post("/products", body("products", attributes)).statusCode()).isEqualTo(201);
    }

    // ---- writing sell orders

    @Test
    void aSellOrderIsCreatedWithItsLinesAndDeleted() {
        String productId = id(post("/products", product("1")));
        HttpResponse<String> answer = post("/sellOrders", order("118", line(productId, "3", "239.85")));
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).contains("\"totalValue\":\"239.85\"").doesNotContain("orderLines");
        assertThat(sandbox.optiply().content().get("sell-orders").toString())
                .isEqualTo("{118={orderLines=[{product=1, quantity=3, subtotalValue=239.85}], "
                        + "placed=2026-01-04T18:22:10Z, totalValue=239.85}}");
        assertThat(Http.data(get("/sellOrderLines?filter%5BsellOrderId%5D=" + id(answer))))
                .hasSize(1);
        assertThat(delete("/sellOrders/" + id(answer)).statusCode()).isEqualTo(204);
        assertThat(delete("/sellOrders/" + id(answer)).statusCode()).isEqualTo(404);
        assertThat(sandbox.optiply().sellOrderCount()).isZero();
        assertThat(sandbox.optiply().writes()).isPositive();
    }

    @Test
    void aSellOrderMayHaveNoLines() {
        assertThat(post("/sellOrders", order("1", "")).statusCode()).isEqualTo(201);
    }

    @Test
    void aLineOfAnUnknownProductIs404() {
        assertThat(post("/sellOrders", order("118", line("5", "1", "1"))).statusCode())
                .isEqualTo(404);
    }

    @Test
    void badLinesAre400() {
        String p = id(post("/products", product("1")));
        assertThat(post("/sellOrders", order("1", line(p, "1.5", "1"))).statusCode())
                .isEqualTo(400);
        assertThat(post("/sellOrders", order("1", line(p, "1", "1.005"))).statusCode())
                .isEqualTo(400);
        assertThat(post("/sellOrders", order("1", line(p, "2147483648", "1"))).statusCode())
                .isEqualTo(400);
        assertThat(post("/sellOrders", order("1", line(p, "1", "1") + "," + line(p, "1", "1")))
                        .statusCode())
                .isEqualTo(400);
        assertThat(post("/sellOrders", order("1", "{\"type\":\"sellOrderLines\",\"attributes\":{}}"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(sandbox.optiply().sellOrderCount()).isZero();
    }

    @Test
    void linesInAPatchAre400() {
        String id = id(post("/sellOrders", order("1", "")));
        assertThat(patch("/sellOrders/" + id, "sellOrders", "\"orderLines\":[]").statusCode())
                .isEqualTo(400);
        assertThat(patch("/sellOrders/" + id, "sellOrders", "\"totalValue\":5").statusCode())
                .isEqualTo(200);
        assertThat(patch("/sellOrders/1", "sellOrders", "\"totalValue\":5").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aSellOrderNeedsADateInUtcWithoutFraction() {
        String good = order("1", "");
        assertThat(post("/sellOrders", good.replace("18:22:10Z", "18:22:10.5Z")).statusCode())
                .isEqualTo(400);
        assertThat(post("/sellOrders", good.replace("2026-01-04T", "2026-02-30T"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(post("/sellOrders", good.replace("239.85", "123456789012345678"))
                        .statusCode())
                .isEqualTo(400);
    }

    // ---- strictness of the call

    @Test
    void aCallWithoutTheMediaTypeIs415() {
        assertThat(Http.send(java.net.http.HttpRequest.newBuilder(
                                        java.net.URI.create(sandbox.optiplyUrl() + "/products"))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .build())
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void aWriteNeedsItsAccountAndCoupling() {
        assertThat(send("POST", "/products", product("1")).statusCode()).isEqualTo(400);
        assertThat(send("POST", "/products?accountId=98", product("1")).statusCode())
                .isEqualTo(400);
        assertThat(send("POST", "/products?accountId=99&couplingId=4711", product("1"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(send("DELETE", "/sellOrders/5", null).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"data\":{\"type\":\"product\",\"attributes\":{}}}",
                "{\"type\":\"products\",\"attributes\":{}}",
                "{\"data\":{\"type\":\"products\"}}",
                "{\"data\":{\"type\":\"products\",\"id\":\"5\",\"attributes\":{}}}",
                "{\"data\":{\"type\":\"products\",\"attributes\":{\"name\":\"a\",\"name\":\"b\"}}}",
                "null",
                "not JSON"
            })
    void aBodyOutsideJsonApiIs400(String body) {
        assertThat(post("/products", body).statusCode()).isEqualTo(400);
    }

    @Test
    void anUnknownPathIs404InTheSameShape() {
        HttpResponse<String> answer = get("/product");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(Json.document(answer.body())).containsKey("errors");
    }

    @Test
    void callsBeyondTheRateAre429WithRetryAfter() {
        sandbox.optiplyRequestsPerSecond(2);
        List<Integer> statuses = new ArrayList<>();
        HttpResponse<String> refused = null;
        for (int i = 0; i < 8; i++) {
            HttpResponse<String> answer = get("/accounts");
            statuses.add(answer.statusCode());
            refused = answer.statusCode() == 429 ? answer : refused;
        }
        assertThat(statuses).contains(200, 429);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
    }

    @Test
    void aRecordCanBeRefusedAndAcceptedAgain() {
        sandbox.optiply().refuse("66", 422, "not this one");
        HttpResponse<String> answer = post("/products", product("66"));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("not this one");
        sandbox.optiply().accept("66");
        assertThat(post("/products", product("66")).statusCode()).isEqualTo(201);
    }

    // ---- lists

    @Test
    void listsArePagedWithTheirTotal() {
        for (int i = 0; i < 25; i++) {
            post("/products", product(String.valueOf(i)));
        }
        HttpResponse<String> first = get("/products?page%5Blimit%5D=10&page%5Boffset%5D=0&sort=id");
        assertThat(Http.data(first)).hasSize(10);
        assertThat(Json.document(first.body()).get("meta")).isEqualTo(Map.of("totalResourceCount", 25));
        assertThat(Documents.map(Json.document(first.body()).get("links"))).containsKey("next");
        HttpResponse<String> last = get("/products?page%5Blimit%5D=10&page%5Boffset%5D=20&sort=-id");
        assertThat(Http.data(last)).hasSize(5);
        assertThat(Documents.map(Json.document(last.body()).get("links"))).doesNotContainKey("next");
        assertThat(get("/products?page%5Blimit%5D=101").statusCode()).isEqualTo(400);
        assertThat(get("/products?page%5Blimit%5D=10&page%5Boffset%5D=5").statusCode())
                .isEqualTo(400);
        assertThat(get("/products?sort=shoeSize").statusCode()).isEqualTo(400);
        assertThat(get("/products?limit=5").statusCode()).isEqualTo(400);
    }

    @Test
    void documentedFiltersWork() {
        post("/products", product("1"));
        post("/products", product("2").replace("TS-42", "OTHER"));
        assertThat(remoteIds("/products?filter%5BskuCode%5D=OTHER")).containsExactly("2");
        assertThat(remoteIds("/products?filter%5BskuCode%5D%5BNEQ%5D=OTHER")).containsExactly("1");
        assertThat(remoteIds("/products?filter%5Bstatus%5D=ENABLED")).containsExactly("1", "2");
        assertThat(remoteIds("/products?filter%5BupdatedAt%5D%5BGE%5D=2999-01-01T00:00:00Z"))
                .isEmpty();
        post("/sellOrders", order("118", ""));
        assertThat(remoteIds("/sellOrders?filter%5Bplaced%5D%5BEQ%5D=2026-01-04T18:22:10Z"))
                .containsExactly("118");
        assertThat(remoteIds("/sellOrders?filter%5Bplaced%5D%5BGT%5D=2026-01-04T18:22:10Z"))
                .isEmpty();
        assertThat(remoteIds("/sellOrders?filter%5Bcompleted%5D=null")).containsExactly("118");
    }

    @Test
    void aFilterOnRemoteIdIsIgnoredUnlessHonoured() {
        post("/products", product("1"));
        post("/products", product("2"));
        assertThat(remoteIds("/products?filter%5BremoteId%5D=2")).containsExactly("1", "2");
        sandbox.optiply().filterMode(FilterMode.HONOUR);
        assertThat(remoteIds("/products?filter%5BremoteId%5D=2")).containsExactly("2");
        sandbox.optiply().filterMode(FilterMode.IGNORE_ALL);
        assertThat(remoteIds("/products?filter%5BskuCode%5D=none")).containsExactly("1", "2");
    }

    @Test
    void aLateListDoesNotShowWhatIsNew() {
        String id = id(post("/products", product("1")));
        sandbox.optiply().lag(Duration.ofHours(1));
        assertThat(remoteIds("/products")).isEmpty();
        assertThat(get("/products/" + id).statusCode()).isEqualTo(200);
    }

    @Test
    void contentIsTheSameHoweverItCameAbout() {
        post("/products", product("10"));
        post("/products", product("9"));
        Map<String, Object> one = sandbox.optiply().content();
        sandbox.optiply().clear();
        post("/products", product("9"));
        post("/products", product("10"));
        assertThat(sandbox.optiply().content()).isEqualTo(one);
        assertThat(Documents.map(one.get("products")).keySet()).containsExactly("9", "10");
    }

    @Test
    void aPersonsHandWorkNeedsNoCall() {
        long id = sandbox.optiply().putProduct(null, Map.of("name", "By hand", "stockLevel", 1));
        assertThat(sandbox.optiply().change(id, Map.of("stockLevel", 2))).isTrue();
        assertThat(sandbox.optiply().products().get(0)).containsEntry("stockLevel", 2);
        assertThat(sandbox.optiply().remove(id)).isTrue();
        assertThat(sandbox.optiply().remove(id)).isFalse();
    }

    // ---- helpers

    private static Map<String, String> productAttributes(String remoteId) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("remoteId", "\"" + remoteId + "\"");
        attributes.put("name", "\"Shoe\"");
        attributes.put("skuCode", "\"TS-42\"");
        attributes.put("eanCode", "\"8712345678906\"");
        attributes.put("articleCode", "\"311\"");
        attributes.put("price", "79.95");
        attributes.put("unlimitedStock", "false");
        attributes.put("stockLevel", "17");
        attributes.put("status", "\"enabled\"");
        return attributes;
    }

    private static String product(String remoteId) {
        return body("products", productAttributes(remoteId));
    }

    private static String body(String type, Map<String, String> attributes) {
        List<String> parts = new ArrayList<>();
        attributes.forEach((name, value) -> parts.add("\"" + name + "\":" + value));
        return envelope(type, String.join(",", parts));
    }

    private static String envelope(String type, String attributes) {
        return "{\"data\":{\"type\":\"" + type + "\",\"attributes\":{" + attributes + "}}}";
    }

    private static String order(String remoteId, String lines) {
        return envelope(
                "sellOrders",
                "\"remoteId\":\"" + remoteId + "\",\"placed\":\"2026-01-04T18:22:10Z\",\"totalValue\":239.85,"
                        + "\"orderLines\":[" + lines + "]");
    }

    private static String line(String productId, String quantity, String subtotal) {
        return "{\"productId\":" + productId + ",\"quantity\":" + quantity + ",\"subtotalValue\":" + subtotal + "}";
    }

    private static HttpResponse<String> get(String path) {
        return send("GET", path, null);
    }

    private static HttpResponse<String> post(String path, String body) {
        return send("POST", path + OURS, body);
    }

    private static HttpResponse<String> patch(String path, String type, String attributes) {
        return send("PATCH", path + OURS, envelope(type, attributes));
    }

    private static HttpResponse<String> delete(String path) {
        return send("DELETE", path + OURS, null);
    }

    private static HttpResponse<String> send(String method, String path, String body) {
        return Http.optiply(sandbox, token, method, path, body);
    }

    private static String id(HttpResponse<String> answer) {
        return (String) Documents.map(Json.document(answer.body()).get("data")).get("id");
    }

    private static List<String> remoteIds(String path) {
        List<String> ids = new ArrayList<>();
        for (Map<String, Object> object : Http.data(get(path))) {
            Map<String, Object> map =
                    Documents.map(Documents.map(object.get("attributes")).get("remoteIdMap"));
            ids.add((String) map.get("4711"));
        }
        return ids;
    }
}
