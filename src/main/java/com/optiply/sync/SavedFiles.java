package com.optiply.sync;

import com.optiply.sync.operate.Logs;
import com.optiply.sync.settings.BadSettings;
import com.optiply.sync.settings.Key;
import com.optiply.sync.settings.Settings;
import com.optiply.sync.state.Runs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes route files into use that are saved, added or deleted while the program runs, and the settings file: between two
 * runs, so that no run sees half of a change, and a file either as a whole or not at all. A file that does not load
 * leaves in place what ran of it, and is complained of until it is mended. Changed settings load all routes anew, because
 * each place where a route names a key was filled when it was loaded.
 *
 * <p>Camel's own reloading loses routes where one is renamed, lets those of a deleted file run on and does not bring an
 * edit of the errors file to running routes; that is why it is not used. Safe for several threads.
 */
public final class SavedFiles implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SavedFiles.class);
    private static final long LOOK_MS = 300;
    private static final long STOP_SECONDS = 2;
    private static final String ENDING = ".camel.yaml";
    static final String OWN_COPIES = "classpath:routes/*" + ENDING;

    private final CamelContext camel;
    private final Path folder;
    private final Path settingsFile;
    private final Wiring wiring;
    private final Runs runs;
    private final String store;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "saved-files");
        thread.setDaemon(true);
        return thread;
    });

    /** File name to text, of what runs. */
    private Map<String, String> loaded;

    /** What was there the last time we tried; nothing is tried twice. */
    private Saved tried;

    private Saved seen;

    /**
     * What lies on the disk.
     *
     * @param routes file name to text
     * @param settings null: there is no such file
     */
    private record Saved(Map<String, String> routes, String settings) {}

    /**
     * @param folder null: the routes are the program's own copies, which nobody can save
     * @param loaded what was in the folder when its routes were loaded
     */
    SavedFiles(CamelContext camel, Path folder, Wiring wiring, Map<String, String> loaded) {
        this.camel = camel;
        this.folder = folder;
        this.settingsFile = wiring.settings().file().orElse(null);
        this.wiring = wiring;
        this.runs = wiring.runs();
        this.store = wiring.settings().text("store.name");
        this.loaded = loaded;
    }

    /** Begins to look at the files every now and then. */
    void watch() throws Exception {
        if (folder == null) {
            loaded = ownCopies();
        }
        tried = new Saved(loaded, settingsInForce());
        seen = tried;
        watch.scheduleWithFixedDelay(this::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    private Map<String, String> ownCopies() throws Exception {
        Map<String, String> texts = new TreeMap<>();
        for (Resource copy : PluginHelper.getPackageScanResourceResolver(camel).findResources(OWN_COPIES)) {
            try (InputStream in = copy.getInputStream()) {
                texts.put(name(copy), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return texts;
    }

    /** The text of the settings file, unless it was saved since it was read. */
    private String settingsInForce() throws IOException {
        try {
            String text = settingsText();
            boolean same = settingsFile == null
                    || wiring.settings()
                            .differing(wiring.settings().readAgain())
                            .isEmpty();
            return same ? text : null;
        } catch (BadSettings e) {
            return null;
        }
    }

    private String settingsText() throws IOException {
        // Only to see whether it changed; so text that is not UTF-8 is no failure here.
        return settingsFile == null || !Files.exists(settingsFile)
                ? null
                : Files.readString(settingsFile, StandardCharsets.ISO_8859_1);
    }

    private Saved saved() throws IOException {
        return new Saved(folder == null ? tried.routes() : read(folder), settingsText());
    }

    /** File name to text, of all route files in a folder. */
    static Map<String, String> read(Path folder) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                String name = file.getFileName().toString();
                if (name.endsWith(ENDING) && !name.startsWith(".")) {
                    texts.put(name, Files.readString(file));
                }
            }
        }
        return texts;
    }

    private void look() {
        try {
            Saved now = saved();
            boolean settled = now.equals(seen);
            seen = now;
            // A file that is still being written is looked at again.
            if (settled && !now.equals(tried)) {
                if (!runs.isBetweenRuns(store)) {
                    LOG.info(
                            "{}: what was saved is in effect as soon as the run in hand has ended",
                            now.routes().equals(tried.routes()) ? settingsFile : folder);
                }
                runs.betweenRuns(store, this::take);
                sendBack();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            // Gone, or unreadable just now: what runs goes on, and the next look may see more.
            LOG.debug("what was saved could not be looked at", e);
        }
    }

    /** Brings what runs to what the files hold now, as far as that loads. */
    private void take() {
        Saved now;
        try {
            now = saved();
        } catch (IOException e) {
            return;
        }
        Settings before = wiring.settings();
        SavedSettings settings = settings(before);
        Map<String, String> unusable = new TreeMap<>();
        Map<String, String> wanted = withoutUnusable(now.routes(), unusable);
        Map<String, String> complaints = new TreeMap<>(unusable);
        Set<String> changed = changed(wanted);
        List<String> keys = names(before.differing(settings.wanted()));
        if (!changed.isEmpty() || !keys.isEmpty()) {
            Map<String, String> ran = loaded;
            runs.clearing(true);
            try {
                if (!replace(keys.isEmpty() ? changed : all(wanted), wanted, ran, settings.wanted(), complaints)) {
                    return;
                }
                Set<String> lost = new TreeSet<>(ran.keySet());
                lost.retainAll(wanted.keySet());
                lost.removeAll(loaded.keySet());
                if (!keys.isEmpty() && !lost.isEmpty()) {
                    // It ran with the settings before: those go on.
                    settings = settings.but(settingsFile + ": with the new values of " + keys
                            + " a route file does not load: "
                            + complaints.get(lost.iterator().next()));
                    keys = List.of();
                    complaints = new TreeMap<>(unusable);
                    while (!replace(all(wanted), wanted, ran, before, complaints)) {
                        LOG.debug("a route is busy");
                    }
                }
            } finally {
                runs.clearing(false);
            }
        }
        if (!changed.isEmpty()) {
            LOG.info("{}: in effect is what was saved of {}", folder, changed);
        }
        if (!keys.isEmpty()) {
            LOG.info("{}: in effect are {}", settingsFile, keys);
        }
        tried = now;
        complaints.values().stream()
                .filter(complaint -> !wiring.routeProblems().containsValue(complaint))
                .forEach(complaint -> LOG.error("{}; what ran before goes on", complaint));
        if (complaints.isEmpty() && !wiring.routeProblems().isEmpty()) {
            LOG.info("{}: mended", folder);
        }
        wiring.routeProblems(complaints);
        show(settings);
    }

    /**
     * What became of the settings file.
     *
     * @param wanted the settings that are to be in force
     * @param problems why the saved ones are not; empty where they are
     * @param restartNeeded keys of which the saved value is not taken
     */
    private record SavedSettings(Settings wanted, List<String> problems, List<String> restartNeeded) {

        SavedSettings but(String problem) {
            return new SavedSettings(wanted, List.of(problem), restartNeeded);
        }
    }

    private SavedSettings settings(Settings before) {
        if (settingsFile == null) {
            return new SavedSettings(before, List.of(), List.of());
        }
        try {
            Settings saved = before.readAgain();
            List<Key> held = before.differing(saved).stream()
                    .filter(key -> !key.isLive())
                    .toList();
            return new SavedSettings(before.takingLive(saved), List.of(), names(held));
        } catch (BadSettings e) {
            return new SavedSettings(before, e.problems(), wiring.restartNeeded());
        }
    }

    private void show(SavedSettings settings) {
        if (!settings.problems().isEmpty() && !settings.problems().equals(wiring.settingsProblems())) {
            LOG.error(
                    "the saved settings are not right, those before go on: {}", String.join("; ", settings.problems()));
        }
        if (settings.problems().isEmpty() && !wiring.settingsProblems().isEmpty()) {
            LOG.info("{}: mended", settingsFile);
        }
        if (!settings.restartNeeded().isEmpty() && !settings.restartNeeded().equals(wiring.restartNeeded())) {
            LOG.warn("{}: {} take effect with the next start", settingsFile, settings.restartNeeded());
        }
        wiring.settingsSaved(settings.problems(), settings.restartNeeded());
    }

    private static List<String> names(List<Key> keys) {
        return keys.stream().map(Key::name).toList();
    }

    /** The texts that are to run: in place of one that cannot, the one that runs. */
    private Map<String, String> withoutUnusable(Map<String, String> now, Map<String, String> complaints) {
        Map<String, String> wanted = new TreeMap<>(now);
        Map<String, String> bad;
        while (!(bad = RouteFile.problems(wanted)).isEmpty()) {
            boolean any = false;
            for (Map.Entry<String, String> one : bad.entrySet()) {
                String name = one.getKey();
                // Of two files that do not go together the one is to blame that was changed.
                if (!wanted.get(name).equals(loaded.get(name))) {
                    complaints.put(name, complaint(name, one.getValue()));
                    giveBack(name, wanted);
                    any = true;
                }
            }
            if (!any) {
                // What is missed stood in a file that was taken away or changed.
                String reason = bad.values().iterator().next();
                Set<String> changed = new TreeSet<>(wanted.keySet());
                changed.addAll(loaded.keySet());
                changed.removeIf(name -> java.util.Objects.equals(wanted.get(name), loaded.get(name)));
                changed.forEach(name -> complaints.put(name, complaint(name, reason)));
                wanted.clear();
                wanted.putAll(loaded);
            }
        }
        return wanted;
    }

    private void giveBack(String name, Map<String, String> wanted) {
        if (loaded.containsKey(name)) {
            wanted.put(name, loaded.get(name));
        } else {
            wanted.remove(name);
        }
    }

    private String complaint(String name, String reason) {
        return folder.resolve(name) + (reason.matches("(?s)line \\d+: .*") ? " " : ": ") + reason;
    }

    /** The files that differ from what runs: all, where one of them holds more than routes, since that concerns all. */
    private Set<String> changed(Map<String, String> wanted) {
        Set<String> changed = new TreeSet<>();
        for (String name : all(wanted)) {
            if (!java.util.Objects.equals(wanted.get(name), loaded.get(name))) {
                changed.add(name);
            }
        }
        boolean concernsAll = changed.stream()
                .flatMap(name -> Stream.of(wanted.getOrDefault(name, ""), loaded.getOrDefault(name, "")))
                .anyMatch(RouteFile::holdsMoreThanRoutes);
        return concernsAll ? all(wanted) : changed;
    }

    private Set<String> all(Map<String, String> wanted) {
        Set<String> all = new TreeSet<>(wanted.keySet());
        all.addAll(loaded.keySet());
        return all;
    }

    /** False, and nothing done, where a route cannot be taken out just now. */
    private boolean replace(
            Set<String> changed,
            Map<String, String> wanted,
            Map<String, String> before,
            Settings settings,
            Map<String, String> complaints) {
        List<RouteDefinition> old = new ArrayList<>();
        for (RouteDefinition route : model().getRouteDefinitions()) {
            if (changed.contains(fileOf(route))) {
                old.add(route);
            }
        }
        Set<String> started = new HashSet<>();
        for (Route route : camel.getRoutes()) {
            if (camel.getRouteController().getRouteStatus(route.getRouteId()).isStarted()) {
                started.add(route.getRouteId());
            }
        }
        if (!stopped(old, started)) {
            return false;
        }
        old.forEach(this::remove);
        changed.forEach(name -> removeConfigurations(loaded.getOrDefault(name, "")));
        if (!wiring.settings().differing(settings).isEmpty()) {
            wiring.take(settings, camel);
            Logs.level(settings);
        }
        Map<String, String> inUse = new TreeMap<>(loaded);
        inUse.keySet().removeAll(changed);
        for (String name : inOrder(changed, wanted)) {
            String text = load(name, wanted.get(name), before.get(name), complaints);
            if (text != null) {
                inUse.put(name, text);
            }
        }
        loaded = inUse;
        startAgain(started);
        return true;
    }

    /** Files that hold more than routes first, because routes name what is in them. */
    private static List<String> inOrder(Set<String> names, Map<String, String> texts) {
        return names.stream()
                .filter(texts::containsKey)
                .sorted(Comparator.comparing((String name) -> !RouteFile.holdsMoreThanRoutes(texts.get(name)))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** The text that runs of a file afterwards: this one, else the one that ran, else none. */
    private String load(String name, String text, String before, Map<String, String> complaints) {
        try {
            load(name, text);
            return text;
        } catch (Exception e) {
            complaints.put(name, complaint(name, RouteFile.reason(e, model().getRouteDefinitions())));
            takeOut(name, text);
        }
        if (before == null || before.equals(text)) {
            return null;
        }
        try {
            load(name, before);
            return before;
        } catch (Exception e) {
            LOG.error("{}: what ran before does not load any more, too", folder.resolve(name), e);
            takeOut(name, before);
            return null;
        }
    }

    private void load(String name, String text) throws Exception {
        String place = folder == null ? "classpath:routes/" + name : "file:" + folder.resolve(name);
        Resource resource = ResourceHelper.fromString(place, text);
        PluginHelper.getRoutesLoader(camel).loadRoutes(resource);
    }

    /** What there is of a file that did not load to its end. */
    private void takeOut(String name, String text) {
        List.copyOf(model().getRouteDefinitions()).stream()
                .filter(route -> name.equals(fileOf(route)))
                .forEach(this::remove);
        removeConfigurations(text);
    }

    /** Stops routes, those that start something first; starts them again where one of them stays busy. */
    private boolean stopped(List<RouteDefinition> routes, Set<String> started) {
        List<String> ids = routes.stream()
                .sorted(Comparator.comparing((RouteDefinition route) ->
                        route.getInput().getEndpointUri().startsWith("direct:")))
                .map(RouteDefinition::getRouteId)
                .filter(id -> camel.getRoute(id) != null)
                .toList();
        try {
            for (String id : ids) {
                if (!camel.getRouteController().stopRoute(id, STOP_SECONDS, TimeUnit.SECONDS, true)) {
                    LOG.debug("{} is busy", id);
                    startAgain(started);
                    return false;
                }
            }
            return true;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts the runs that had to leave the routes. */
    private void sendBack() {
        for (Runs.SentAway one : runs.sentAway()) {
            LOG.info("{}: the run that waited is started again", one.what());
            camel.createFluentProducerTemplate()
                    .to("direct:run-" + one.what())
                    .withVariable("full", String.valueOf(one.full()))
                    .asyncSend();
        }
    }

    private void startAgain(Set<String> started) {
        // In their order: of two routes that listen, the one for all other paths comes last.
        for (Route route : camel.getRoutes()) {
            String id = route.getRouteId();
            try {
                if (started.contains(id)
                        && !camel.getRouteController().getRouteStatus(id).isStarted()) {
                    camel.getRouteController().startRoute(id);
                }
            } catch (Exception e) {
                LOG.error("the route {} does not start again", id, e);
            }
        }
    }

    private void remove(RouteDefinition route) {
        try {
            String id = route.getRouteId();
            if (id != null && camel.getRoute(id) != null) {
                camel.getRouteController().stopRoute(id);
                camel.removeRoute(id);
            }
            if (model().getRouteDefinitions().contains(route)) {
                model().removeRouteDefinition(route);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void removeConfigurations(String text) {
        for (String id : RouteFile.configurations(text)) {
            try {
                RouteConfigurationDefinition configuration = model().getRouteConfigurationDefinition(id);
                if (configuration != null) {
                    model().removeRouteConfiguration(configuration);
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static String fileOf(RouteDefinition route) {
        return name(route.getResource());
    }

    private static String name(Resource resource) {
        String location = resource == null ? "" : resource.getLocation().replace('\\', '/');
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private Model model() {
        return camel.getCamelContextExtension().getContextPlugin(Model.class);
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
