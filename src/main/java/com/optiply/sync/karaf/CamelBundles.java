package com.optiply.sync.karaf;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.apache.camel.CamelContext;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.util.tracker.BundleTracker;

/**
 * The classes of this bundle and, where it has none of that name, those of the container's Camel bundles, also of those
 * that are installed later: so Camel finds components, data formats and converters in whatever bundle they are.
 *
 * <p>Bundles that use another Camel than this one are left out. The self-contained bundle therefore finds itself alone.
 *
 * <p>Safe for several threads.
 */
final class CamelBundles extends ClassLoader implements AutoCloseable {

    /** Where a bundle of Camel says what it brings. */
    private static final String SERVICES = "META-INF/services/org/apache/camel/";

    private static final int READY = Bundle.RESOLVED | Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING;

    static {
        registerAsParallelCapable();
    }

    private final BundleTracker<Bundle> others;

    CamelBundles(BundleContext context) {
        super(context.getBundle().adapt(BundleWiring.class).getClassLoader());
        others = new BundleTracker<>(context, READY, null) {
            @Override
            public Bundle addingBundle(Bundle bundle, BundleEvent event) {
                return bundle.getEntryPaths(SERVICES) != null && usesOurCamel(bundle) ? bundle : null;
            }
        };
        others.open();
    }

    private static boolean usesOurCamel(Bundle bundle) {
        try {
            return bundle.loadClass(CamelContext.class.getName()) == CamelContext.class;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private List<Bundle> others() {
        Bundle[] tracked = others.getBundles();
        return tracked == null ? List.of() : List.of(tracked);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        for (Bundle bundle : others()) {
            try {
                return bundle.loadClass(name);
            } catch (ClassNotFoundException e) {
                // perhaps the next one has it
            }
        }
        throw new ClassNotFoundException(name);
    }

    @Override
    protected URL findResource(String name) {
        for (Bundle bundle : others()) {
            URL resource = bundle.getResource(name);
            if (resource != null) {
                return resource;
            }
        }
        return null;
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
        List<URL> resources = new ArrayList<>();
        for (Bundle bundle : others()) {
            Enumeration<URL> found = bundle.getResources(name);
            if (found != null) {
                resources.addAll(Collections.list(found));
            }
        }
        return Collections.enumeration(resources);
    }

    @Override
    public void close() {
        others.close();
    }
}
