package com.optiply.sync.sandbox;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * One simulated partner: a CamelContext with an HTTP server of its own on a free loopback port, its routes taken from a
 * YAML file of the class path. It reads no properties, neither of the product nor of the system.
 */
final class Partner implements AutoCloseable {

    private final CamelContext context;
    private final VertxPlatformHttpServer server;

    Partner(String name, String routes, Map<String, Object> beans) {
        DefaultCamelContext camel = new DefaultCamelContext();
        context = camel;
        camel.getCamelContextExtension().setName(name);
        VertxPlatformHttpServerConfiguration http = new VertxPlatformHttpServerConfiguration();
        http.setBindHost("127.0.0.1");
        http.setBindPort(0);
        http.getBodyHandler().setHandleFileUploads(false);
        // It makes the folder all the same, in the working directory unless told otherwise.
        http.getBodyHandler().setUploadsDirectory(System.getProperty("java.io.tmpdir"));
        server = new VertxPlatformHttpServer(http);
        try {
            // the partners are the scenery: their coming and going is not news
            camel.setStartupSummaryLevel(StartupSummaryLevel.Off);
            camel.getShutdownStrategy().setTimeout(5);
            beans.forEach(camel.getRegistry()::bind);
            // the file also makes the Vertx instance, which the server looks for when it is added
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(ResourceHelper.resolveMandatoryResource(camel, "classpath:" + routes));
            camel.addService(server);
            camel.start();
        } catch (Exception e) {
            close();
            throw new IllegalStateException("the simulated partner " + name + " does not start", e);
        }
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        context.stop();
    }
}
