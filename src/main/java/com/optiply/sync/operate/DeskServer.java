package com.optiply.sync.operate;

import com.optiply.sync.settings.Settings;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.BindException;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the desk be asked from outside, on {@code operator.host} and {@code operator.port}: starts the server and the
 * routes that wait for it, behind the gate.
 */
public final class DeskServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeskServer.class);
    private static final int WORKERS = 8;
    private static final long LARGEST_QUESTION = 1 << 20;

    private final Settings settings;
    private final Vertx vertx;
    private final VertxPlatformHttpServer server;
    private final Gate gate;

    private DeskServer(Settings settings, Vertx vertx, VertxPlatformHttpServer server, Gate gate) {
        this.settings = settings;
        this.vertx = vertx;
        this.server = server;
        this.gate = gate;
    }

    /** Starts the server; where the port is taken, on any free one, since the runs matter more than the page. */
    public static DeskServer open(CamelContext camel, Settings settings) {
        Gate gate = camel.getRegistry().lookupByNameAndType("gate", Gate.class);
        // Otherwise Vert.x unpacks files that nobody needs into the temporary folder.
        System.setProperty("vertx.disableFileCPResolving", "true");
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(WORKERS));
        camel.getRegistry().bind("vertx", vertx);
        int port = settings.number("operator.port");
        VertxPlatformHttpServer server;
        try {
            server = start(camel, settings.text("operator.host"), port, vertx);
        } catch (Exception e) {
            if (!isTaken(e)) {
                vertx.close();
                throw new IllegalStateException(
                        "the operator's page cannot be opened on " + settings.text("operator.host") + ":" + port + " ("
                                + e.getMessage() + "); see operator.host and operator.port",
                        e);
            }
            LOG.warn("operator.port {} is taken: the operator's page takes a free one", port);
            server = startAnywhere(camel, settings.text("operator.host"), vertx);
        }
        VertxPlatformHttpRouter.lookup(
                        camel, VertxPlatformHttpRouter.getRouterNameFromPort(server.getConfigurationPort()))
                .route()
                .order(-1)
                .handler(gate);
        DeskServer desk = new DeskServer(settings, vertx, server, gate);
        gate.listensAt(desk.port());
        camel.getRegistry().lookupByNameAndType("desk", Desk.class).keepSamples();
        for (Route route : camel.getRoutes()) {
            if (route.getEndpoint().getEndpointUri().startsWith("platform-http:")) {
                try {
                    camel.getRouteController().startRoute(route.getRouteId());
                } catch (Exception e) {
                    throw new IllegalStateException("the route " + route.getRouteId() + " does not start", e);
                }
            }
        }
        DeskFile.write(settings, "the clocks", desk.urlForThisMachine(), gate.key());
        LOG.info("store {}: the operator's page is at {}", settings.text("store.name"), desk.url());
        return desk;
    }

    private static VertxPlatformHttpServer startAnywhere(CamelContext camel, String host, Vertx vertx) {
        try {
            return start(camel, host, 0, vertx);
        } catch (Exception e) {
            vertx.close();
            throw new IllegalStateException("the operator's page cannot be opened on " + host, e);
        }
    }

    private static VertxPlatformHttpServer start(CamelContext camel, String host, int port, Vertx vertx)
            throws Exception {
        VertxPlatformHttpServerConfiguration http = new VertxPlatformHttpServerConfiguration();
        http.setBindHost(host);
        http.setBindPort(port);
        http.setMaxBodySize(LARGEST_QUESTION);
        http.getBodyHandler().setHandleFileUploads(false);
        // It makes the folder all the same, in the working directory unless told otherwise.
        http.getBodyHandler().setUploadsDirectory(System.getProperty("java.io.tmpdir"));
        VertxPlatformHttpServer server = new VertxPlatformHttpServer(http);
        server.setVertx(vertx);
        camel.addService(server);
        return server;
    }

    private static boolean isTaken(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }

    public int port() {
        return server.getPort();
    }

    /** Where a person finds the page. */
    public String url() {
        return "http://" + bracketed(settings.text("operator.host")) + ":" + port() + "/";
    }

    /** Where commands on this machine find the JSON API; an address that stands for all of them is none to call. */
    private String urlForThisMachine() {
        String host = settings.text("operator.host");
        boolean all = host.equals("0.0.0.0") || host.equals("::");
        return "http://" + (all ? "127.0.0.1" : bracketed(host)) + ":" + port();
    }

    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    /** The key of this process's JSON API; whoever may read the file beside the database has it. */
    String key() {
        return gate.key();
    }

    @Override
    public void close() {
        DeskFile.delete(settings);
        vertx.close();
    }
}
