package com.optiply.sync.bigcommerce;

import com.optiply.sync.settings.BadSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SetVariableDefinition;
import org.apache.camel.model.SetVariablesDefinition;
import org.apache.camel.model.ToDefinition;

/**
 * Which streams there are: those routes that end in {@code direct:read-page}. What has to be known of a stream before its
 * first page is looked up in its block, so that it stands there and nowhere else, and a block that is added to a running
 * installation is a stream at once.
 *
 * <p>Safe for several threads.
 */
public final class Streams {

    private static final String ALL = "all";

    private final CamelContext camel;
    private final List<String> ofTheClock;

    /** @param ofTheClock stream names, or {@code all} */
    public Streams(CamelContext camel, List<String> ofTheClock) {
        this.camel = camel;
        this.ofTheClock = List.copyOf(ofTheClock);
    }

    /** The names of all streams, in the order of their blocks. */
    public List<String> names() {
        return List.copyOf(blocks().keySet());
    }

    /**
     * The streams that somebody named, {@code all} being all of them.
     *
     * @throws NoSuchStream naming those that there are
     */
    public List<String> named(List<String> asked) {
        asked.stream().filter(name -> !name.equals(ALL)).forEach(this::block);
        return asked.contains(ALL) ? names() : asked.stream().distinct().toList();
    }

    /** The streams that the export clock writes: of {@code all}, those about people are left out. */
    public List<String> ofTheClock() {
        if (!ofTheClock.contains(ALL)) {
            return named(ofTheClock);
        }
        return names().stream()
                .filter(name -> !"true".equals(block(name).get("personal")))
                .toList();
    }

    /** @throws BadSettings where {@code export.streams} names what is no stream */
    public void check() {
        try {
            named(ofTheClock);
        } catch (NoSuchStream e) {
            throw new BadSettings(List.of("export.streams: " + e.getMessage()));
        }
    }

    /** The stream whose rows this one lies below; null where it stands by itself. */
    String parentsOf(String stream) {
        String parents = block(stream).get("parents");
        if (parents != null) {
            block(parents);
        }
        return parents;
    }

    /** Whether the stream can be asked for what has changed; one below parents follows those. */
    boolean isIncremental(String stream) {
        String parents = parentsOf(stream);
        return block(parents == null ? stream : parents).containsKey("sinceParameter");
    }

    private Map<String, String> block(String stream) {
        Map<String, String> block = blocks().get(stream);
        if (block == null) {
            throw new NoSuchStream(
                    "there is no stream “" + stream + "”; the streams are " + String.join(", ", names()));
        }
        return block;
    }

    private Map<String, Map<String, String>> blocks() {
        Map<String, Map<String, String>> blocks = new LinkedHashMap<>();
        Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
        for (RouteDefinition route : model.getRouteDefinitions()) {
            List<ProcessorDefinition<?>> steps = route.getOutputs();
            if (!steps.isEmpty()
                    && steps.get(steps.size() - 1) instanceof ToDefinition last
                    && "direct:read-page".equals(last.getUri())) {
                blocks.put(route.getRouteId(), facts(steps));
            }
        }
        return blocks;
    }

    private static Map<String, String> facts(List<ProcessorDefinition<?>> steps) {
        Map<String, String> facts = new LinkedHashMap<>();
        List<SetVariableDefinition> said = new ArrayList<>();
        for (ProcessorDefinition<?> step : steps) {
            if (step instanceof SetVariablesDefinition several) {
                said.addAll(several.getVariables());
            } else if (step instanceof SetVariableDefinition one) {
                said.add(one);
            }
        }
        said.forEach(fact -> facts.put(fact.getName(), fact.getExpression().getExpression()));
        return facts;
    }

    /** A name that is no stream's. */
    public static final class NoSuchStream extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoSuchStream(String message) {
            super(message);
        }
    }
}
