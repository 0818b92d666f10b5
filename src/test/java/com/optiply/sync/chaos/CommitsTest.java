package com.optiply.sync.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.optiply.sync.state.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** What has been written down is there, also after a kill -9 in the very next moment. */
class CommitsTest {

    @TempDir
    Path folder;

    /** A process that writes rows down and tells of each one as soon as it is. */
    public static final class Writer {
        public static void main(String[] arguments) {
            try (Database database = Database.open(arguments[0], "sa", "", 2)) {
                JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
                for (int i = 1; i < arguments.length; i++) {
                    jdbc.execute(arguments[i]);
                }
                for (int row = 1; ; row++) {
                    jdbc.update("insert into bookmark (store, stream) values ('main', ?)", String.valueOf(row));
                    System.out.println(row);
                }
            }
        }
    }

    @Test
    void aKilledProcessLosesNothingThatItHasWrittenDown() throws Exception {
        assertThat(rowsAfterKill()).isNotNegative();
    }

    /** A planted bug: this test can fail. */
    @Test
    void withoutWritingAtOnceItWould() throws Exception {
        assertThat(rowsAfterKill("set write_delay 10000")).isNegative();
    }

    /** By how many rows the database has more than the process told of. */
    private int rowsAfterKill(String... first) throws IOException, InterruptedException {
        String url = "jdbc:h2:file:" + folder.resolve("sync");
        Path told = folder.resolve("told");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                url));
        command.addAll(List.of(first));
        Process process =
                new ProcessBuilder(command).redirectOutput(told.toFile()).start();
        try {
            Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> Files.size(told) > 1_500);
        } finally {
            process.destroyForcibly().waitFor();
        }
        String all = Files.readString(told);
        int rows = (int) all.substring(0, all.lastIndexOf('\n') + 1).lines().count();
        try (Database database = Database.open(url, "sa", "", 2)) {
            Integer stored = new JdbcTemplate(database.dataSource())
                    .queryForObject("select count(*) from bookmark", Integer.class);
            return stored - rows;
        }
    }
}
