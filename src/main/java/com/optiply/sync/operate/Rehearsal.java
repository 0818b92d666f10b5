package com.optiply.sync.operate;

import com.optiply.sync.Program;
import com.optiply.sync.Wiring;
import com.optiply.sync.settings.Settings;
import com.optiply.sync.state.Run;
import com.optiply.sync.state.StateCopy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The reading half, with the same routes and mappers, over a copy of the state: it shows what a run would do. Nothing
 * that it writes is real and it delivers nothing, so it cannot change anything.
 *
 * <p>Used by one thread at a time, but for {@link #inHand}.
 */
final class Rehearsal implements AutoCloseable {

    private final Path folder;
    private final Program program;
    private final StateCopy state;

    /** @param settings those that the rehearsed runs go by */
    Rehearsal(Wiring original, Settings settings) {
        folder = temporary();
        Wiring copy = null;
        try {
            copy = new Wiring(settings.with(
                    Map.of("database.url", "jdbc:h2:file:" + folder.resolve("copy"), "database.user", "sa")));
            state = StateCopy.of(original.database(), settings.text("store.name"), copy.database());
            program = Program.start(copy, false);
        } catch (RuntimeException e) {
            if (copy != null) {
                copy.close();
            }
            delete();
            throw e;
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("bigcommerce-optiply-copy");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    StateCopy state() {
        return state;
    }

    /** Reads as a run of this kind would; the run's figures say what was read. */
    Run read(String what, boolean full) {
        return Program.run(program.camel(), "rehearse-" + what, Map.of("full", full, "rehearsal", true));
    }

    List<Run> inHand() {
        return program.wiring().runs().inHand();
    }

    @Override
    public void close() {
        program.close();
        delete();
    }

    private void delete() {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(Rehearsal.class)
                    .warn("the copy of the state in {} could not be deleted: {}", folder, e.toString());
        }
    }
}
