package com.optiply.sync.bigcommerce;

import com.optiply.sync.mapping.LeftOutLine;
import com.optiply.sync.mapping.LineSubtotal;
import com.optiply.sync.mapping.Mapped;
import com.optiply.sync.mapping.ProductLookup;
import com.optiply.sync.mapping.SellOrderMapper;
import com.optiply.sync.mapping.UnknownProducts;
import com.optiply.sync.state.Run;
import com.optiply.sync.state.WantedState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * Orders on their way from a page to wanted sell orders: with their lines, and with the products that the lines name.
 *
 * <p>Safe for several threads.
 */
public final class SellOrders {

    private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,18}");

    /** An address may not grow too long: about 1,000 characters pass everywhere. */
    private static final int IDS_PER_CALL = 100;

    private final LineSubtotal lineSubtotal;
    private final SellOrderMapper mapper;
    private final boolean askForLines;
    private final WantedState wantedState;

    /** @param askForLines whether the lines inside an order are never taken, but always asked for */
    public SellOrders(
            LineSubtotal lineSubtotal, UnknownProducts unknownProducts, boolean askForLines, WantedState wantedState) {
        this.lineSubtotal = lineSubtotal;
        this.mapper = new SellOrderMapper(lineSubtotal, unknownProducts);
        this.askForLines = askForLines;
        this.wantedState = wantedState;
    }

    /**
     * An order whose status is decided.
     *
     * @param absent whether Optiply should not hold it
     */
    public record Draft(Map<String, Object> order, List<Map<String, Object>> lines, boolean absent) {}

    /** Counts the orders of a page. */
    public List<Map<String, Object>> read(
            @Body List<Map<String, Object>> orders, @Variable("run") Run run, @Variable("reading") Reading reading) {
        reading.saw(orders.stream().map(order -> text(order.get("id"))).toList());
        run.getCounts().read(orders.size());
        return orders;
    }

    /** Counts an order that is left alone; nothing is left of it. */
    public List<Draft> skip(@Variable("run") Run run) {
        run.getCounts().skipped();
        return List.of();
    }

    /** An order that Optiply should not hold. */
    public Draft absent(@Body Map<String, Object> order) {
        return new Draft(order, List.of(), true);
    }

    /** Whether the lines inside the order are taken, since they are all of them; also true where no more could be asked for, since the id is unusable. */
    public boolean embedsItsLines(@Body Map<String, Object> order) {
        return (!askForLines && SellOrderMapper.embeddedLinesAreComplete(order)) || !isId(order.get("id"));
    }

    /** An order with the lines that came inside it. */
    public Draft withEmbeddedLines(@Body Map<String, Object> order) {
        return new Draft(order, SellOrderMapper.embeddedLines(order), false);
    }

    /** An order whose lines are still to be read. */
    public Draft withoutLines(@Body Map<String, Object> order) {
        return new Draft(order, new ArrayList<>(), false);
    }

    /** Adds a page of lines to an order. */
    public void addLines(@Body List<Map<String, Object>> lines, @Variable("draft") Draft draft) {
        draft.lines().addAll(lines);
    }

    private static boolean isId(Object id) {
        return id != null && ID.matcher(id.toString()).matches();
    }

    /**
     * Which of our products the lines of a page mean, as the database knows them now. Base variants are looked up for
     * those lines only whose variant is none of ours.
     */
    public ProductLookup known(@Body List<Draft> drafts, @Variable("run") Run run) {
        Set<String> variantIds = new LinkedHashSet<>();
        lines(drafts)
                .map(line -> line.get("variant_id"))
                .filter(SellOrders::isId)
                .forEach(id -> variantIds.add(text(id)));
        Set<String> products = wantedState.products(run.getStore(), variantIds);
        Set<String> productIds = new LinkedHashSet<>();
        lines(drafts)
                .filter(line -> !products.contains(text(line.get("variant_id"))))
                .map(line -> line.get("product_id"))
                .filter(SellOrders::isId)
                .forEach(id -> productIds.add(text(id)));
        Map<String, String> baseVariants = wantedState.baseVariants(run.getStore(), productIds);
        return (variantId, productId) -> products.contains(variantId)
                ? Optional.of(variantId)
                : Optional.ofNullable(baseVariants.get(productId));
    }

    private static Stream<Map<String, Object>> lines(List<Draft> drafts) {
        return drafts.stream().flatMap(draft -> draft.lines().stream());
    }

    private static Set<String> unknown(List<Draft> drafts, ProductLookup known) {
        Set<String> unknown = new LinkedHashSet<>();
        lines(drafts).forEach(line -> {
            Object product = line.get("product_id");
            if (isId(product)
                    && known.remoteIdOf(text(line.get("variant_id")), text(product))
                            .isEmpty()) {
                unknown.add(text(product));
            }
        });
        return unknown;
    }

    /** The ids of products that lines name and the database does not know, in portions for one call each. */
    public List<List<String>> unknownProducts(@Body List<Draft> drafts, @Variable("known") ProductLookup known) {
        List<String> ids = List.copyOf(unknown(drafts, known));
        List<List<String>> calls = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += IDS_PER_CALL) {
            calls.add(ids.subList(from, Math.min(ids.size(), from + IDS_PER_CALL)));
        }
        return calls;
    }

    /** Maps a page of orders; what their lines had to leave out is counted. */
    public List<Mapped> map(
            @Body List<Draft> drafts, @Variable("run") Run run, @Variable("known") ProductLookup known) {
        // What was unknown has been read since then.
        ProductLookup products = unknown(drafts, known).isEmpty() ? known : known(drafts, run);
        List<Mapped> mapped = new ArrayList<>(drafts.size());
        for (Draft draft : drafts) {
            Mapped one =
                    draft.absent() ? mapper.absent(draft.order()) : mapper.map(draft.order(), draft.lines(), products);
            for (LeftOutLine line : one.leftOut()) {
                if (line.productUnknown()) {
                    run.getCounts().leftOutLine("order " + one.remoteId() + ": " + line.name() + ", " + line.why());
                }
            }
            if (one.linesExceedTotal()) {
                run.getCounts().linesExceedTotal();
                if (lineSubtotal == LineSubtotal.TOTAL_EX_TAX_TIMES_QUANTITY) {
                    run.note("orders have lines that sum up to more than the order's total; where that is not due to a"
                            + " discount, set sell-orders.line-subtotal=total_ex_tax");
                }
            }
            mapped.add(one);
        }
        return mapped;
    }

    private static String text(Object id) {
        return id == null ? null : id.toString();
    }
}
