package com.optiply.sync.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.optiply.sync.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    @Test
    void numbersAreComparedByValue() {
        String expected = Fingerprint.of(Map.of("n", new BigDecimal("100")));
        for (Number same :
                List.of(100, 100L, BigInteger.valueOf(100), new BigDecimal("1E+2"), new BigDecimal("100.00"))) {
            assertThat(Fingerprint.of(Map.of("n", same))).isEqualTo(expected);
        }
        assertThat(Fingerprint.of(Map.of("n", new BigDecimal("0.00")))).isEqualTo(Fingerprint.of(Map.of("n", 0)));
        assertThat(Fingerprint.of(Map.of("n", new BigDecimal("100.01")))).isNotEqualTo(expected);
        assertThat(Fingerprint.of(Map.of("n", "100"))).isNotEqualTo(expected);
    }

    @Test
    void whatIsNullIsAsGoodAsMissing() {
        Map<String, Object> withNull = new LinkedHashMap<>();
        withNull.put("skuCode", null);
        withNull.put("name", "Bag");
        assertThat(Fingerprint.of(withNull)).isEqualTo(Fingerprint.of(Map.of("name", "Bag")));
    }

    @Test
    void textsAndListsThatLookAlikeDiffer() {
        List<Map<String, Object>> all = List.of(
                Map.of("a", "b\":\"c"),
                Map.of("a", "b", "c", "d"),
                Map.of("a", "true"),
                Map.of("a", true),
                Map.of("a", List.of(1, 2)),
                Map.of("a", List.of(2, 1)),
                Map.of("a", List.of(List.of(1), 2)),
                Map.of("a", "\uD800"),
                Map.of("a", "?"),
                Map.of("a", "\\55296;"),
                Map.of());
        assertThat(all.stream().map(Fingerprint::of))
                .doesNotHaveDuplicates()
                .allMatch(hash -> hash.matches("[0-9a-f]{64}"));
    }

    @Test
    void theFingerprintOfAHeadLeavesTheLinesOut() {
        Map<String, Object> order = Map.of("remoteId", "118", "orderLines", List.of(Map.of("quantity", 1)));
        assertThat(Fingerprint.ofHead(order))
                .isEqualTo(Fingerprint.ofHead(Map.of("remoteId", "118", "orderLines", List.of())))
                .isEqualTo(Fingerprint.of(Map.of("remoteId", "118")))
                .isNotEqualTo(Fingerprint.of(order));
    }

    @Test
    void theFingerprintOfAKnownDocumentNeverChanges() {
        // Stored in every database: another form would make every record look changed after an upgrade.
        assertThat(Fingerprint.of(Map.of("price", new BigDecimal("19.95"), "name", "Bag", "unlimitedStock", false)))
                .isEqualTo("179dd821644fd206f0a13af6b73cfa4589595bb3ddb123f86acf949beca28592");
    }

    @Test
    void absentIsNoFingerprint() {
        assertThat(Fingerprint.of(Map.of())).isNotEqualTo(Fingerprint.ABSENT);
    }

    @Test
    void whatIsNoJsonIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Fingerprint.of(Map.of("a", new Object())));
        assertThatIllegalArgumentException().isThrownBy(() -> Fingerprint.of(Map.of("a", Double.NaN)));
    }

    @Property(tries = 300)
    void theOrderOfKeysDoesNotMatter(@ForAll("documents") Map<String, Object> document, @ForAll long seed) {
        List<String> keys = new ArrayList<>(document.keySet());
        Collections.shuffle(keys, new Random(seed));
        Map<String, Object> shuffled = new LinkedHashMap<>();
        keys.forEach(key -> shuffled.put(key, document.get(key)));
        assertThat(Fingerprint.of(shuffled)).isEqualTo(Fingerprint.of(document));
    }

    @Property(tries = 300)
    void writingAndReadingADocumentKeepsItsFingerprint(@ForAll("documents") Map<String, Object> document) {
        assertThat(Fingerprint.of(Json.document(Json.text(document)))).isEqualTo(Fingerprint.of(document));
    }

    @Property(tries = 300)
    void anotherValueIsAnotherFingerprint(
            @ForAll("documents") Map<String, Object> document, @ForAll("values") Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(document);
        changed.put("name", value);
        Map<String, Object> other = new LinkedHashMap<>(document);
        other.put("name", List.of("other", value));
        assertThat(Fingerprint.of(changed)).isNotEqualTo(Fingerprint.of(other));
    }

    @Provide
    Arbitrary<Map<String, Object>> documents() {
        return Arbitraries.maps(Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8), values())
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<Object> values() {
        Arbitrary<Object> single = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(12).asGeneric(),
                Arbitraries.integers().asGeneric(),
                Arbitraries.longs().asGeneric(),
                Arbitraries.bigDecimals().asGeneric(),
                Arbitraries.of(true, false).asGeneric());
        return Arbitraries.oneOf(single, single.list().ofMaxSize(3).asGeneric());
    }
}
