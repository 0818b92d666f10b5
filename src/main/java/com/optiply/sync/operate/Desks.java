package com.optiply.sync.operate;

import com.optiply.sync.Program;
import com.optiply.sync.Wiring;
import com.optiply.sync.settings.Settings;
import com.optiply.sync.state.Database;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the desk that can answer a command: our own, or that of the process which holds the database. */
final class Desks {

    private static final Logger LOG = LoggerFactory.getLogger(Desks.class);

    /** Seconds that a command gets to end once the process is told to stop. */
    private static final int GRACE = 8;

    private Desks() {}

    /**
     * @param doing what this process is there for, for whoever finds the database held by it
     * @throws Database.DatabaseHeld naming who holds the database, where that process cannot be asked
     */
    static Asked open(Settings settings, String doing) {
        Wiring wiring;
        try {
            wiring = new Wiring(settings);
        } catch (Database.DatabaseHeld held) {
            return RemoteDesk.of(settings, held);
        }
        DeskFile.write(settings, doing, null, null);
        return new Own(wiring);
    }

    /** Our own desk; the routes start with the first question that needs them. */
    private static final class Own implements Asked {

        private final Wiring wiring;
        private final Desk desk;
        private final CountDownLatch closed = new CountDownLatch(1);
        private final Thread stopping = new Thread(this::stop, "stop");
        private Program program;

        Own(Wiring wiring) {
            this.wiring = wiring;
            this.desk = new Desk(wiring, this::camel);
            Runtime.getRuntime().addShutdownHook(stopping);
        }

        /** The process is told to stop: no new call begins, and the command gets the time to end by itself. */
        private void stop() {
            wiring.stop();
            try {
                closed.await(GRACE, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private synchronized CamelContext camel() {
            if (program == null) {
                program = Program.start(wiring, false);
            }
            return program.camel();
        }

        @Override
        public Answer ask(String question, Map<String, Object> about) {
            return desk.ask(question, about);
        }

        @Override
        public List<Map<String, Object>> inHand() {
            return desk.inHand();
        }

        @Override
        public synchronized void close() {
            DeskFile.delete(wiring.settings());
            if (program == null) {
                wiring.close();
            } else {
                program.close();
            }
            closed.countDown();
            try {
                Runtime.getRuntime().removeShutdownHook(stopping);
            } catch (IllegalStateException e) {
                LOG.debug("the process stops", e);
            }
        }
    }
}
