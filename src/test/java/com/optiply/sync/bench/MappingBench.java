package com.optiply.sync.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import com.optiply.sync.Json;
import com.optiply.sync.mapping.Fingerprint;
import com.optiply.sync.mapping.LineSubtotal;
import com.optiply.sync.mapping.Mapped;
import com.optiply.sync.mapping.ProductLookup;
import com.optiply.sync.mapping.ProductMapper;
import com.optiply.sync.mapping.SellOrderMapper;
import com.optiply.sync.mapping.UnknownProducts;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** What mapping and fingerprint cost a record, by JMH: documents of the mapping tests, microseconds each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MappingBench {

    private final ProductMapper products = new ProductMapper(Map.of());
    private final SellOrderMapper sellOrders =
            new SellOrderMapper(LineSubtotal.parse("total_ex_tax"), UnknownProducts.parse("skip-line"));
    private final ProductLookup held = (variantId, productId) -> Optional.ofNullable(variantId);
    private Map<String, Object> product;
    private Map<String, Object> order;
    private Map<String, Object> wanted;

    @Setup
    public void read() throws IOException {
        product = given("products/variants");
        Map<String, Object> sale = given("sell-orders/embedded-object");
        order = object(sale.get("order"));
        wanted = products.map(product).get(0).wanted();
    }

    private static Map<String, Object> given(String name) throws IOException {
        try (InputStream in = MappingBench.class.getResourceAsStream("/mapping/" + name + ".json")) {
            Map<String, Object> document = Json.mapper().readValue(in, new TypeReference<>() {});
            return object(document.get("given"));
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }

    /** A product with its variants. */
    @Benchmark
    public List<Mapped> mapProduct() {
        return products.map(product);
    }

    /** An order with its lines inside. */
    @Benchmark
    public Mapped mapSellOrder() {
        return sellOrders.map(order, SellOrderMapper.embeddedLines(order), held);
    }

    @Benchmark
    public String fingerprint() {
        return Fingerprint.of(wanted);
    }

    static void run() {
        try {
            new Runner(new OptionsBuilder()
                            .include(MappingBench.class.getName())
                            .forks(1)
                            .warmupIterations(3)
                            .warmupTime(TimeValue.seconds(2))
                            .measurementIterations(5)
                            .measurementTime(TimeValue.seconds(2))
                            .build())
                    .run();
        } catch (RunnerException e) {
            throw new IllegalStateException(e);
        }
    }
}
