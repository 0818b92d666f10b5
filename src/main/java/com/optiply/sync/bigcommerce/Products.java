package com.optiply.sync.bigcommerce;

import com.optiply.sync.mapping.Mapped;
import com.optiply.sync.mapping.ProductMapper;
import com.optiply.sync.state.Run;
import com.optiply.sync.state.WantedState;
import com.optiply.sync.state.WantedState.Vanished;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Products on their way from a page to wanted products: with all their variants, and what a complete reading says of
 * those that are gone.
 *
 * <p>Safe for several threads.
 */
public final class Products {

    private static final Logger LOG = LoggerFactory.getLogger(Products.class);

    /** So many variants in a product look like a cut list rather than like all of them (BigCommerce pages end at 250). */
    private static final int SUSPICIOUS = 250;

    /** The brake never holds for so few. */
    private static final long ALWAYS_ALLOWED = 10;

    private final ProductMapper mapper;
    private final WantedState wantedState;
    private final BigDecimal maxDisabledShare;

    public Products(ProductMapper mapper, WantedState wantedState, BigDecimal maxDisabledShare) {
        this.mapper = mapper;
        this.wantedState = wantedState;
        this.maxDisabledShare = maxDisabledShare;
    }

    /** Whether the product could have more variants than came inside it. */
    public boolean mayHaveMoreVariants(@Body Map<String, Object> product) {
        return product.get("variants") instanceof List<?> variants
                && !variants.isEmpty()
                && variants.size() % SUSPICIOUS == 0
                && product.get("id") instanceof Number;
    }

    /** The product with no variants yet. */
    public Map<String, Object> withoutVariants(@Body Map<String, Object> product) {
        Map<String, Object> bare = new LinkedHashMap<>(product);
        bare.put("variants", new ArrayList<>());
        return bare;
    }

    /** Adds a page of variants to a product. */
    @SuppressWarnings("unchecked")
    public void addVariants(
            @Body List<Map<String, Object>> variants, @Variable("product") Map<String, Object> product) {
        ((List<Object>) product.get("variants")).addAll(variants);
    }

    /** A product that vanished between its page and the reading of its variants: it is left to the next complete reading. */
    public Map<String, Object> gone(@Variable("product") Map<String, Object> product) {
        LOG.info(
                "product {} is gone since its page was read; it is left to the next complete reading",
                product.get("id"));
        return Map.of();
    }

    /** One record per variant; none of a product that is gone. */
    public List<Mapped> map(@Body Map<String, Object> product) {
        return product.isEmpty() ? List.of() : mapper.map(product);
    }

    /** Counts the records of a page. */
    public List<Mapped> counted(
            @Body List<Mapped> mapped,
            @Variable("run") Run run,
            @Variable("reading") Reading reading,
            @Variable("bystanders") String bystanders) {
        reading.saw(mapped.stream().map(Mapped::remoteId).toList());
        if (bystanders == null) {
            run.getCounts().read(mapped.size());
        }
        return mapped;
    }

    /**
     * What is wanted of the products that a complete reading has not seen: disabled where Optiply holds them, absent
     * where it does not. Nothing, and a partial outcome, where they are suspiciously many.
     */
    public List<Mapped> vanished(@Variable("run") Run run, @Variable("reading") Reading reading) {
        List<Vanished> vanished = wantedState.vanished(run, reading.getSeenInRun());
        long held = vanished.stream().filter(one -> one.wanted() != null).count();
        long allowed = maxDisabledShare
                .multiply(BigDecimal.valueOf(wantedState.enabledInOptiply(run)))
                .setScale(0, RoundingMode.DOWN)
                .longValue();
        if (held > Math.max(ALWAYS_ALLOWED, allowed)) {
            run.brakeHeld();
            run.note(
                    held + " products are gone from the shop, more than products.max-disabled-share=" + maxDisabledShare
                            + " allows (" + Math.max(ALWAYS_ALLOWED, allowed)
                            + "): none was disabled. If that is right, allow it once: -Dproducts.max-disabled-share=1 with"
                            + " `sync products --full`");
            LOG.warn("{}: {} products are gone from the shop; the brake held", run, held);
            return List.of();
        }
        List<Mapped> wanted = new ArrayList<>();
        for (Vanished one : vanished) {
            Map<String, Object> disabled = one.wanted() == null ? null : new LinkedHashMap<>(one.wanted());
            if (disabled != null) {
                disabled.put("status", "disabled");
            }
            // Nothing came of it from the shop, but it is looked at like a row: the run's figures balance.
            run.getCounts().read(1);
            wanted.add(new Mapped(
                    Mapped.PRODUCTS,
                    one.remoteId(),
                    one.parentId(),
                    false,
                    disabled,
                    null,
                    Map.of(),
                    null,
                    List.of(),
                    false));
        }
        return wanted;
    }
}
