package com.optiply.sync.karaf;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ManagedService;

/** Puts the integration into a Karaf container and takes it out again without a trace but its files. */
public final class Activator implements BundleActivator {

    private static final String PID = "bigcommerce.optiply";

    private CamelBundles loader;
    private Resident resident;
    private Shell shell;
    private ServiceRegistration<ManagedService> configuration;

    @Override
    public void start(BundleContext context) throws IOException {
        Place place =
                new Place(Path.of(context.getProperty("karaf.base")), Path.of(context.getProperty("karaf.etc")), PID);
        place.unpack(context.getBundle());
        loader = new CamelBundles(context);
        resident = new Resident(place, loader);
        shell = hasShell() ? Shell.open(context, resident, loader) : null;
        configuration = context.registerService(
                ManagedService.class,
                values -> resident.configure(ours(values)),
                new Hashtable<>(Map.of("service.pid", PID)));
    }

    @Override
    public void stop(BundleContext context) throws SQLException {
        configuration.unregister();
        if (shell != null) {
            shell.close();
        }
        resident.close();
        loader.close();
        // The driver manager of the JVM would hold on to the bundle for ever.
        for (Driver driver : Collections.list(DriverManager.getDrivers())) {
            if (driver.getClass().getClassLoader() == getClass().getClassLoader()) {
                DriverManager.deregisterDriver(driver);
            }
        }
    }

    private static boolean hasShell() {
        try {
            Class.forName("org.apache.karaf.shell.api.console.SessionFactory");
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Without what the container itself adds to every configuration. */
    private static Map<String, String> ours(Dictionary<String, ?> values) {
        if (values == null) {
            return null;
        }
        Map<String, String> ours = new HashMap<>();
        for (String key : Collections.list(values.keys())) {
            if (List.of("service.", "felix.", "org.apache.karaf.").stream().noneMatch(key::startsWith)) {
                ours.put(key, String.valueOf(values.get(key)));
            }
        }
        return ours;
    }
}
