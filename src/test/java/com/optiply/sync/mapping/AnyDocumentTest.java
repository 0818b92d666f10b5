package com.optiply.sync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;

/** Whatever the document: a valid payload or a reason, and never an exception. */
class AnyDocumentTest {

    private static final List<ProductMapper> PRODUCT_MAPPERS = List.of(
            new ProductMapper(Map.of()),
            new ProductMapper(Map.of(
                    "name", "/variant/option_values/0/label",
                    "skuCode", "/product/sku",
                    "eanCode", "/variant/upc",
                    "price", "/product/cost_price",
                    "unlimitedStock", "/product/inventory_tracking",
                    "stockLevel", "/variant/inventory_level",
                    "articleCode", "/product/name",
                    "status", "/product/is_visible")));

    private static final List<SellOrderMapper> SELL_ORDER_MAPPERS = List.of(
            new SellOrderMapper(LineSubtotal.TOTAL_EX_TAX_TIMES_QUANTITY, UnknownProducts.SKIP_LINE),
            new SellOrderMapper(LineSubtotal.TOTAL_EX_TAX, UnknownProducts.PARK));

    private static final ProductLookup SOME_HELD = (variantId, productId) ->
            Optional.ofNullable(variantId != null ? variantId : productId).filter(id -> id.length() % 2 == 1);

    @Property(tries = 3000, shrinking = ShrinkingMode.OFF)
    void anyObjectAsAProductGivesAPayloadOrAReason(@ForAll long seed) {
        mapProduct(new AnyValue(seed).object());
    }

    @Property(tries = 3000, shrinking = ShrinkingMode.OFF)
    void anyObjectAsAnOrderGivesAPayloadOrAReason(@ForAll long seed) {
        AnyValue any = new AnyValue(seed);
        Map<String, Object> order = any.object();
        mapOrder(order, List.of(any.object()));
        mapOrder(order, SellOrderMapper.embeddedLines(order));
    }

    @Property(tries = 5000, shrinking = ShrinkingMode.OFF)
    void aProductWithAFewFieldsSpoiltGivesAPayloadOrAReason(@ForAll long seed) {
        AnyValue any = new AnyValue(seed);
        Map<String, Object> row = BadInputTest.productRow();
        row.put("variants", new ArrayList<>(List.of(variant(any), variant(any), variant(any))));
        for (int i = any.random().nextInt(4); i > 0; i--) {
            spoil(row, any.value(), any.random());
        }
        mapProduct(row);
    }

    @Property(tries = 5000, shrinking = ShrinkingMode.OFF)
    void anOrderWithAFewFieldsSpoiltGivesAPayloadOrAReason(@ForAll long seed) {
        AnyValue any = new AnyValue(seed);
        Map<String, Object> row = BadInputTest.orderRow();
        row.put("items_total", 3);
        List<Object> lines = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            lines.add(BadInputTest.line("variant_id", 95 + any.random().nextInt(10)));
        }
        Map<String, Object> shipping = new LinkedHashMap<>(Map.of("line_items", lines));
        Map<String, Object> consignments = new LinkedHashMap<>(Map.of("shipping", new ArrayList<>(List.of(shipping))));
        row.put("consignments", new ArrayList<>(List.of(consignments)));
        for (int i = any.random().nextInt(4); i > 0; i--) {
            spoil(row, any.value(), any.random());
        }
        mapOrder(row, SellOrderMapper.embeddedLines(row));
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void theSameDocumentMapsToTheSame(@ForAll long seed) {
        for (ProductMapper mapper : PRODUCT_MAPPERS) {
            assertThat(mapper.map(new AnyValue(seed).object())).isEqualTo(mapper.map(new AnyValue(seed).object()));
        }
    }

    @Property(tries = 500)
    void linesOfOneProductAddUp(@ForAll("orderLines") @Size(max = 12) List<int[]> lines) {
        Map<String, BigInteger> quantities = new HashMap<>();
        Map<String, BigInteger> tenThousandths = new HashMap<>();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int[] each : lines) {
            String id = String.valueOf(each[0]);
            Map<String, Object> row = BadInputTest.line("variant_id", each[0]);
            row.put("quantity", each[1]);
            row.put("total_ex_tax", BigDecimal.valueOf(each[2], 4).toPlainString());
            rows.add(row);
            if (each[1] > 0) {
                quantities.merge(id, BigInteger.valueOf(each[1]), BigInteger::add);
                tenThousandths.merge(id, BigInteger.valueOf((long) each[1] * each[2]), BigInteger::add);
            }
        }
        Mapped mapped = SELL_ORDER_MAPPERS
                .get(0)
                .map(BadInputTest.orderRow(), rows, (variantId, productId) -> Optional.of(variantId));
        List<?> orderLines = (List<?>) mapped.wanted().get("orderLines");
        assertThat(orderLines).hasSameSizeAs(quantities.keySet());
        BigDecimal sum = BigDecimal.ZERO;
        for (Object each : orderLines) {
            Map<?, ?> line = (Map<?, ?>) each;
            assertThat(line.get("quantity"))
                    .hasToString(quantities.get(line.get("product")).toString());
            BigDecimal subtotal =
                    new BigDecimal(tenThousandths.get(line.get("product")), 4).setScale(2, RoundingMode.HALF_UP);
            assertThat(line.get("subtotalValue")).isEqualTo(subtotal);
            sum = sum.add(subtotal);
        }
        assertThat(mapped.linesExceedTotal()).isEqualTo(sum.compareTo(new BigDecimal("235")) > 0);
    }

    private static void mapProduct(Map<String, Object> row) {
        for (ProductMapper mapper : PRODUCT_MAPPERS) {
            List<Mapped> all = mapper.map(row);
            assertThat(all).isNotEmpty().extracting(Mapped::remoteId).doesNotHaveDuplicates();
            all.forEach(WantedRules::check);
        }
    }

    private static void mapOrder(Map<String, Object> order, List<Map<String, Object>> lines) {
        for (SellOrderMapper mapper : SELL_ORDER_MAPPERS) {
            WantedRules.check(mapper.map(order, lines, SOME_HELD));
            assertThat(mapper.absent(order).remoteId()).isNotBlank();
        }
        SellOrderMapper.embeddedLinesAreComplete(order);
    }

    private static Map<String, Object> variant(AnyValue any) {
        Map<String, Object> variant = BadInputTest.variantRow();
        variant.put("id", 380 + any.random().nextInt(4));
        Map<String, Object> option = new LinkedHashMap<>(Map.of("label", "Red"));
        variant.put("option_values", new ArrayList<>(List.of(option)));
        return variant;
    }

    /** Walks to a random place of the document and puts something else there, or takes away what is there. */
    @SuppressWarnings("unchecked")
    private static void spoil(Object at, Object spoil, Random random) {
        if (at instanceof LinkedHashMap<?, ?> map && !map.isEmpty()) {
            List<Object> keys = new ArrayList<>(map.keySet());
            Object key = keys.get(random.nextInt(keys.size()));
            Object inner = map.get(key);
            if (inner instanceof LinkedHashMap<?, ?> || inner instanceof ArrayList<?>) {
                if (random.nextInt(4) > 0) {
                    spoil(inner, spoil, random);
                    return;
                }
            }
            if (random.nextInt(5) == 0) {
                map.remove(key);
            } else {
                ((Map<Object, Object>) map).put(key, spoil);
            }
        } else if (at instanceof ArrayList<?> list && !list.isEmpty()) {
            int index = random.nextInt(list.size());
            Object inner = list.get(index);
            if (inner instanceof LinkedHashMap<?, ?> && random.nextInt(6) > 0) {
                spoil(inner, spoil, random);
            } else if (random.nextBoolean()) {
                ((List<Object>) list).set(index, spoil);
            } else {
                ((List<Object>) list).add(inner);
            }
        }
    }

    @Provide
    Arbitrary<List<int[]>> orderLines() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(0, 50),
                        Arbitraries.integers().between(-100_000, 10_000_000))
                .as((product, quantity, amount) -> new int[] {product, quantity, amount})
                .list();
    }
}
