package com.optiply.sync.karaf;

import com.optiply.sync.Program;
import com.optiply.sync.operate.Commands;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Parser;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/** The command line's commands in Karaf's shell: {@code bigcommerce:sync products} is {@code sync products}. */
final class Shell extends ServiceTracker<SessionFactory, SessionFactory> {

    private final List<Command> commands = new ArrayList<>();

    private Shell(BundleContext context, Resident resident, ClassLoader loader) {
        super(context, SessionFactory.class, null);
        Commands.onRunning()
                .forEach((name, description) -> commands.add(new OneCommand(name, description, resident, loader)));
    }

    static Shell open(BundleContext context, Resident resident, ClassLoader loader) {
        Shell shell = new Shell(context, resident, loader);
        shell.open();
        return shell;
    }

    @Override
    public SessionFactory addingService(ServiceReference<SessionFactory> reference) {
        SessionFactory sessions = super.addingService(reference);
        commands.forEach(sessions.getRegistry()::register);
        return sessions;
    }

    @Override
    public void removedService(ServiceReference<SessionFactory> reference, SessionFactory sessions) {
        commands.forEach(sessions.getRegistry()::unregister);
        super.removedService(reference, sessions);
    }

    private record OneCommand(String name, String description, Resident resident, ClassLoader loader)
            implements Command {

        @Override
        public Object execute(Session session, List<Object> arguments) {
            Optional<Program> program = resident.program();
            if (program.isEmpty()) {
                throw new IllegalStateException("the integration does not run: " + resident.absence());
            }
            List<String> line = new ArrayList<>(List.of(name));
            arguments.forEach(argument -> line.add(String.valueOf(argument)));
            Thread shell = Thread.currentThread();
            ClassLoader before = shell.getContextClassLoader();
            shell.setContextClassLoader(loader);
            try {
                int exitCode = Commands.runOn(program.get(), session.getConsole(), line.toArray(String[]::new));
                if (exitCode != 0) {
                    // So that a script that drives the shell notices.
                    throw new IllegalStateException(name + " ended with " + exitCode);
                }
                return null;
            } finally {
                shell.setContextClassLoader(before);
            }
        }

        @Override
        public String getScope() {
            return "bigcommerce";
        }

        @Override
        public String getName() {
            return name;
        }

        @Override
        public String getDescription() {
            return description;
        }

        @Override
        public Completer getCompleter(boolean scoped) {
            return null;
        }

        @Override
        public Parser getParser() {
            return null;
        }
    }
}
