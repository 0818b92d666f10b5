package com.optiply.sync.operate;

import com.optiply.sync.Program;
import com.optiply.sync.Wiring;
import com.optiply.sync.settings.Settings;
import com.optiply.sync.state.Database;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;

/** Finds the desk that can answer a command: our own, or that of the process which holds the database. */
final class Desks {

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
        private Program program;

        Own(Wiring wiring) {
            this.wiring = wiring;
            this.desk = new Desk(wiring, this::camel);
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
        }
    }
}
