package com.optiply.sync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** What can be said of a route file from its text alone, and of why it does not load. */
final class RouteFile {

    private static final Pattern LINE = Pattern.compile("line (\\d+), column \\d+");
    private static final Pattern PLACE = Pattern.compile(">>> (.*?) <<<");

    private RouteFile() {}

    /**
     * What keeps a set of files from running that Camel would pass over in silence or notice too late: no YAML list, an
     * id that stands twice, the name of a route configuration that is in no file.
     *
     * @param texts file name to text
     * @return file name to reason
     */
    static Map<String, String> problems(Map<String, String> texts) {
        Map<String, String> problems = new TreeMap<>();
        Map<String, List<Map<?, ?>>> items = new TreeMap<>();
        texts.forEach((name, text) -> {
            try {
                items.put(name, items(text));
            } catch (MarkedYamlEngineException e) {
                String line = e.getProblemMark()
                        .map(mark -> "line " + (mark.getLine() + 1) + ": ")
                        .orElse("");
                problems.put(name, line + e.getProblem());
            } catch (YamlEngineException | IllegalArgumentException e) {
                problems.put(name, firstLine(e));
            }
        });
        Map<String, String> homes = new HashMap<>();
        List<String> configurations = new ArrayList<>();
        items.forEach((name, all) -> all.forEach(item -> {
            String id = id(item.get("route"));
            String other = id == null ? null : homes.put(id, name);
            if (other != null) {
                String reason = "the route id " + id + " stands twice";
                problems.putIfAbsent(name, reason + (other.equals(name) ? "" : ", here and in " + other));
                problems.putIfAbsent(other, reason + (other.equals(name) ? "" : ", here and in " + name));
            }
            configurations.add(id(item.get("routeConfiguration")));
        }));
        items.forEach((name, all) -> all.forEach(item -> {
            if (item.get("route") instanceof Map<?, ?> route && route.get("routeConfigurationId") != null) {
                for (String named : route.get("routeConfigurationId").toString().split(",")) {
                    if (!configurations.contains(named.strip())) {
                        problems.putIfAbsent(
                                name,
                                "the route " + route.get("id") + " names the route configuration " + named.strip()
                                        + ", which is in no file");
                    }
                }
            }
        }));
        return problems;
    }

    private static List<Map<?, ?>> items(String text) {
        Object document = new Load(LoadSettings.builder().build()).loadFromString(text);
        if (!(document instanceof List<?> list) || list.isEmpty()) {
            throw new IllegalArgumentException("it holds no list of routes");
        }
        List<Map<?, ?>> items = new ArrayList<>();
        for (Object item : list) {
            if (!(item instanceof Map<?, ?> map)) {
                throw new IllegalArgumentException("it holds something that is not a route: " + item);
            }
            items.add(map);
        }
        return items;
    }

    private static String id(Object definition) {
        return definition instanceof Map<?, ?> map && map.get("id") != null
                ? map.get("id").toString()
                : null;
    }

    /** Whether there is something in it, such as route configurations, that concerns the routes of other files. */
    static boolean holdsMoreThanRoutes(String text) {
        try {
            return !text.isEmpty()
                    && items(text).stream()
                            .anyMatch(item -> item.keySet().stream().anyMatch(key -> !"route".equals(key)));
        } catch (YamlEngineException | IllegalArgumentException e) {
            return false;
        }
    }

    /** The ids of the route configurations in a file that loads. */
    static List<String> configurations(String text) {
        return text.isEmpty()
                ? List.of()
                : items(text).stream()
                        .map(item -> id(item.get("routeConfiguration")))
                        .filter(Objects::nonNull)
                        .toList();
    }

    /** Line and reason of a failure to load. */
    static String reason(Throwable failure, List<RouteDefinition> routes) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String line = "";
        for (Throwable cause = failure; cause != null && line.isEmpty(); cause = cause.getCause()) {
            Matcher marked = LINE.matcher(String.valueOf(cause.getMessage()));
            while (marked.find()) {
                line = marked.group(1);
            }
            if (cause instanceof FailedToCreateRouteException notCreated) {
                line = lineOf(notCreated, routes);
            }
        }
        return (line.isEmpty() ? "" : "line " + line + ": ") + firstLine(root);
    }

    private static String lineOf(FailedToCreateRouteException failure, List<RouteDefinition> routes) {
        Matcher place = PLACE.matcher(String.valueOf(failure.getMessage()));
        for (RouteDefinition route : routes) {
            if (failure.getRouteId() == null || !failure.getRouteId().equals(route.getRouteId())) {
                continue;
            }
            if (place.find()) {
                for (ProcessorDefinition<?> step : steps(route)) {
                    if (place.group(1).equals(step.toString()) && step.getLineNumber() > 0) {
                        return String.valueOf(step.getLineNumber());
                    }
                }
            }
            return route.getLineNumber() > 0 ? String.valueOf(route.getLineNumber()) : "";
        }
        return "";
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private static List<ProcessorDefinition<?>> steps(RouteDefinition route) {
        return (List) new ArrayList<>(
                ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ProcessorDefinition.class));
    }

    private static String firstLine(Throwable failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return message.lines().findFirst().orElse("").strip();
    }
}
