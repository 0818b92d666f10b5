package com.optiply.sync;

import com.optiply.sync.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a shop's streams hold, read page by page with a plain client. Shares no reading with the product. */
final class ShopReader {

    private final Sandbox sandbox;
    private final HttpClient client = HttpClient.newHttpClient();

    ShopReader(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** Every row of a stream, as a set would hold them: by the text of the row. */
    List<Map<String, Object>> rows(String stream) {
        return switch (stream) {
            case "category_trees" -> v3("/v3/catalog/trees", null);
            case "categories" -> v3("/v3/catalog/categories", "");
            case "coupons" -> v2("/v2/coupons", "");
            case "customers" -> sandbox.shop().customers();
            case "orders" ->
                v2("/v2/orders", "&include=consignments.line_items&consignment_structure=object&sort=id:asc");
            case "products" -> sandbox.shop().products();
            case "product_images" -> below(sandbox.shop().products(), "/v3/catalog/products/%s/images");
            case "variants" -> below(sandbox.shop().products(), "/v3/catalog/products/%s/variants");
            case "order_lines" -> {
                List<Map<String, Object>> lines = new ArrayList<>();
                sandbox.shop()
                        .orders()
                        .forEach(order -> lines.addAll(sandbox.shop().lines(((Number) order.get("id")).longValue())));
                yield lines;
            }
            case "refunds" -> v3("/v3/orders/payment_actions/refunds", "");
            case "transactions" -> below(sandbox.shop().orders(), "/v3/orders/%s/transactions");
            default -> throw new IllegalArgumentException(stream);
        };
    }

    /** The rows below these parents. */
    List<Map<String, Object>> below(List<Map<String, Object>> parents, String path) {
        List<Map<String, Object>> rows = new ArrayList<>();
        parents.forEach(parent -> rows.addAll(v3(String.format(path, parent.get("id")), "")));
        return rows;
    }

    /** @param query null: one answer without pages */
    private List<Map<String, Object>> v3(String path, String query) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int page = 1; ; page++) {
            String body = get(path + (query == null ? "" : "?limit=100&page=" + page + query));
            List<Map<String, Object>> data =
                    body.isEmpty() ? List.of() : maps(Json.document(body).get("data"));
            rows.addAll(data);
            if (data.isEmpty() || query == null) {
                return rows;
            }
        }
    }

    private List<Map<String, Object>> v2(String path, String query) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int page = 1; ; page++) {
            String body = get(path + "?limit=100&page=" + page + query);
            if (body.isEmpty()) {
                return rows;
            }
            rows.addAll(maps(Json.document("{\"rows\":" + body + "}").get("rows")));
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> maps(Object list) {
        List<Map<String, Object>> maps = new ArrayList<>();
        ((List<Object>) list).forEach(one -> maps.add(new LinkedHashMap<>((Map<String, Object>) one)));
        return maps;
    }

    private String get(String pathAndQuery) {
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(sandbox.bigcommerceUrl() + "/stores/sandbox" + pathAndQuery))
                            .header("X-Auth-Token", sandbox.settings().get("bigcommerce.access-token"))
                            .header("Accept", "application/json")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() > 204) {
                throw new IllegalStateException(pathAndQuery + " answered " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
