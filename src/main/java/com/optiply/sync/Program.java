package com.optiply.sync;

import com.optiply.sync.bigcommerce.Streams;
import com.optiply.sync.operate.DeskServer;
import com.optiply.sync.settings.BadSettings;
import com.optiply.sync.settings.Settings;
import com.optiply.sync.state.Run;
import com.optiply.sync.state.Runs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/**
 * The integration as a program: camel-main with our wiring and the routes of the working directory, or of the jar where
 * there are none.
 *
 * <p>Safe for several threads once started.
 */
public final class Program implements AutoCloseable {

    /** Seconds that calls in flight get once the process is told to stop. */
    private static final int GRACE = 8;

    private final Wiring wiring;
    private final Main main;
    private final SavedFiles savedFiles;
    private DeskServer desk;

    private Program(Wiring wiring, Main main, SavedFiles savedFiles) {
        this.wiring = wiring;
        this.main = main;
        this.savedFiles = savedFiles;
    }

    /**
     * Starts the integration.
     *
     * @param clocks whether the clocks start runs
     * @throws RoutesUnusable naming file, line and reason, where a route file does not load
     */
    public static Program start(Settings settings, boolean clocks) {
        return start(new Wiring(settings), clocks);
    }

    /** As {@link #start(Settings, boolean)}; the wiring is closed with the program, also where it does not start. */
    public static Program start(Wiring wiring, boolean clocks) {
        Settings settings = wiring.settings();
        Main main = new Main();
        // Camel's own adds a hook to the JVM, which would keep every program that was ever started in memory: a
        // rehearsal, or one that a container has stopped. Whoever starts a program ends it, too.
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        try {
            MainConfigurationProperties config = main.configure();
            config.setName("bigcommerce-optiply");
            config.setDurationHitExitCode(0);
            config.setShutdownTimeout(GRACE);
            config.setStartupSummaryLevel(org.apache.camel.StartupSummaryLevel.Off);
            config.setStreamCachingEnabled(false);
            config.setAutoConfigurationLogSummary(false);
            Path folder = Path.of(settings.text("routes.directory"));
            boolean own = Files.isDirectory(folder);
            Map<String, String> routes = own ? SavedFiles.read(folder) : Map.of();
            config.setRoutesIncludePattern(own ? "file:" + folder + "/*.camel.yaml" : SavedFiles.OWN_COPIES);
            config.setSourceLocationEnabled(true);
            config.setBeanIntrospectionLoggingLevel(org.apache.camel.LoggingLevel.TRACE);
            config.setModeline(false);
            Properties properties = wiring.properties();
            properties.setProperty("clocks.enabled", Boolean.toString(clocks && settings.flag("clocks.enabled")));
            // A command tells by its exit code; alerts are for what runs until it is stopped.
            properties.setProperty("alerts.enabled", Boolean.toString(clocks));
            main.setPropertyPlaceholderLocations("false");
            main.setOverrideProperties(properties);
            main.addMainListener(new MainListenerSupport() {
                @Override
                public void beforeConfigure(BaseMainSupport starting) {
                    wiring.bind(starting.getCamelContext());
                }

                @Override
                public void beforeStop(BaseMainSupport stopping) {
                    wiring.stop();
                }
            });
            main.start();
            SavedFiles savedFiles = new SavedFiles(main.getCamelContext(), own ? folder : null, wiring, routes);
            Program program = new Program(wiring, main, savedFiles);
            program.streams().check();
            if (settings.flag("routes.reload")) {
                savedFiles.watch();
            }
            return program;
        } catch (BadSettings e) {
            main.stop();
            wiring.close();
            throw e;
        } catch (Exception e) {
            main.stop();
            wiring.close();
            throw RoutesUnusable.of(e);
        }
    }

    /**
     * One run, by hand: returns when it has ended.
     *
     * @param what {@code products} or {@code sell-orders}
     * @param full whether everything is read, whatever the bookmark says
     */
    public Run run(String what, boolean full) {
        return run(camel(), "run-" + what, Map.of("full", full));
    }

    /**
     * One export of one stream, by hand: returns when it has ended. Knows no bookmark and moves none.
     *
     * @param since rows changed then or later; null: all of them
     * @param directory where the file goes; null: where {@code export.directory} says
     */
    public Run export(String stream, Instant since, Path directory) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("stream", stream);
        variables.put("since", since);
        variables.put("directory", directory);
        variables.put("full", since == null);
        return run(camel(), "export-stream", variables);
    }

    /**
     * One run by hand on a route that begins and ends one; returns when it has ended.
     *
     * @param variables what the route is told
     * @throws RunImpossible where it could not begin
     */
    public static Run run(CamelContext camel, String route, Map<String, Object> variables) {
        try (ProducerTemplate template = camel.createProducerTemplate()) {
            Runs runs = camel.getRegistry().lookupByNameAndType("runs", Runs.class);
            Exchange ended;
            do {
                runs.awaitRoutes();
                ended = template.request("direct:" + route, exchange -> {
                    variables.forEach(exchange::setVariable);
                    exchange.setVariable("byHand", true);
                });
            } while (ended.getException(Runs.RoutesChange.class) != null);
            if (ended.getException() != null) {
                throw new RunImpossible(PlainWords.of(ended.getException()), ended.getException());
            }
            return ended.getVariable("run", Run.class);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunImpossible("interrupted before the run began", e);
        }
    }

    /** The streams that the routes describe. */
    public Streams streams() {
        return camel().getRegistry().lookupByNameAndType("streams", Streams.class);
    }

    /** Starts the clocks of a program that was started without them. */
    public void startClocks() {
        for (Route route : camel().getRoutes()) {
            if (route.getEndpoint().getEndpointUri().startsWith("quartz:")) {
                try {
                    camel().getRouteController().startRoute(route.getRouteId());
                } catch (Exception e) {
                    throw new IllegalStateException("the clock " + route.getRouteId() + " does not start", e);
                }
            }
        }
    }

    /** Lets the operator's page and the JSON API be asked from outside, for as long as the program runs. */
    public DeskServer openDesk() {
        desk = DeskServer.open(camel(), wiring.settings());
        return desk;
    }

    public CamelContext camel() {
        return main.getCamelContext();
    }

    public Wiring wiring() {
        return wiring;
    }

    /** Figures of a run that could not begin: the line of {@code --json}. */
    public static Map<String, Object> failed(Settings settings, String what, String message) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("store", settings.text("store.name"));
        figures.put("what", what);
        figures.put("outcome", "failed");
        figures.put("message", message);
        return figures;
    }

    @Override
    public void close() {
        savedFiles.close();
        wiring.stop();
        main.stop();
        if (desk != null) {
            desk.close();
        }
        wiring.close();
    }

    /** A run could not begin. */
    public static final class RunImpossible extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RunImpossible(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The routes do not load. */
    public static final class RoutesUnusable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private RoutesUnusable(String message, Throwable cause) {
            super(message, cause);
        }

        static RoutesUnusable of(Exception failure) {
            StringBuilder said = new StringBuilder("the routes do not load");
            String last = "";
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                String message = cause.getMessage();
                if (message != null && !last.contains(message)) {
                    said.append(": ").append(message.strip());
                    last = message;
                }
                if (cause.getCause() == cause) {
                    break;
                }
            }
            return new RoutesUnusable(said.toString(), failure);
        }
    }
}
