package com.optiply.sync.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What becomes of an H2 file that is broken, cannot be written, or was left in the middle of a migration. */
class DatabaseFileTest {

    private static final int ROWS = 3000;

    @TempDir
    Path folder;

    private String url;
    private Path file;

    @BeforeEach
    void name() {
        url = "jdbc:h2:file:" + folder.resolve("sync");
        file = folder.resolve("sync.mv.db");
    }

    private Database open() {
        return Database.open(url, "sa", "", 2);
    }

    private void fill() {
        try (Database database = open()) {
            JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
            jdbc.update(
                    "insert into record (store, entity, remote_id, status, wanted, changed_at) select 'main', 'products', x,"
                            + " 'delivered', repeat(x, 40), current_timestamp from system_range(1, " + ROWS + ")");
        }
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                damage(
                        "another kind of file",
                        bytes -> "what is this?".repeat(5000).getBytes(StandardCharsets.UTF_8)),
                damage("nothing but noise", bytes -> noise(bytes, 0, bytes.length)),
                damage("noise at its beginning", bytes -> noise(bytes, 0, 8192)),
                damage("zeros at its beginning", bytes -> {
                    byte[] broken = bytes.clone();
                    Arrays.fill(broken, 0, 8192, (byte) 0);
                    return broken;
                }),
                damage("noise behind its beginning", bytes -> noise(bytes, 8192, bytes.length)),
                damage("cut to a hundred bytes", bytes -> Arrays.copyOf(bytes, 100)),
                damage("cut to its first block", bytes -> Arrays.copyOf(bytes, 4096)),
                damage("cut to a half", bytes -> Arrays.copyOf(bytes, bytes.length / 2)));
    }

    private static Arguments damage(String name, UnaryOperator<byte[]> how) {
        return arguments(name, how);
    }

    private static byte[] noise(byte[] bytes, int from, int to) {
        byte[] broken = bytes.clone();
        byte[] noise = new byte[to - from];
        new Random(7).nextBytes(noise);
        System.arraycopy(noise, 0, broken, from, noise.length);
        return broken;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void aBrokenFileIsReportedWithTheCureAndLeftAsItIs(String name, UnaryOperator<byte[]> how) throws IOException {
        fill();
        byte[] good = Files.readAllBytes(file);
        byte[] broken = how.apply(good);
        Files.write(file, broken);

        assertThatThrownBy(this::open)
                .isInstanceOf(Database.DatabaseUnusable.class)
                .hasMessageContaining("database.url=" + url)
                .hasMessageContaining("put back a copy of it");
        assertThat(Files.readAllBytes(file)).isEqualTo(broken);

        Files.write(file, good);
        try (Database database = open()) {
            assertThat(new JdbcTemplate(database.dataSource())
                            .queryForObject("select count(*) from record", Integer.class))
                    .as("with a copy put back, in the same process")
                    .isEqualTo(ROWS);
        }
    }

    @Test
    void aFileThatMayOnlyBeReadIsReportedWithTheCure() throws IOException {
        fill();
        byte[] before = Files.readAllBytes(file);
        url += ";ACCESS_MODE_DATA=r";

        assertThatThrownBy(this::open)
                .isInstanceOf(Database.DatabaseUnusable.class)
                .hasMessageContaining("read only")
                .hasMessageContaining("writable");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    static Stream<Arguments> prefixes() throws IOException {
        List<Arguments> all = new ArrayList<>();
        List<Path> migrations = migrations();
        for (int migration = 0; migration < migrations.size(); migration++) {
            int statements = statements(migrations.get(migration)).size();
            int which = migration;
            IntStream.rangeClosed(0, statements).forEach(count -> all.add(arguments(which, count)));
        }
        return all.stream();
    }

    private static List<Path> migrations() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
            return files.sorted().toList();
        }
    }

    private static List<String> statements(Path migration) throws IOException {
        return Stream.of(Files.readString(migration)
                        .replaceAll("(?m)^\\s*--.*$", "")
                        .split(";"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    /** H2 commits each statement that changes a table by itself, so a killed migration leaves any number of them. */
    @ParameterizedTest(name = "migration {0} after {1} statements")
    @MethodSource("prefixes")
    void aMigrationThatWasKilledInItsMiddleGoesOnByItself(int migration, int count) throws IOException, SQLException {
        fill();
        execute(List.of("delete from \"flyway_schema_history\" where \"version\" > '" + migration + "'"));
        if (migration == 0) {
            try (Database database = open()) {
                List<String> tables = new JdbcTemplate(database.dataSource())
                        .queryForList(
                                "select table_name from information_schema.tables where table_schema = 'PUBLIC'"
                                        + " and table_name <> 'flyway_schema_history'",
                                String.class);
                tables.forEach(table -> new JdbcTemplate(database.dataSource()).execute("drop table " + table));
            }
            execute(List.of("delete from \"flyway_schema_history\""));
        }
        execute(statements(migrations().get(migration)).subList(0, count));

        try (Database database = open()) {
            assertThat(new JdbcTemplate(database.dataSource())
                            .queryForObject("select count(*) from record where discard_reason is null", Integer.class))
                    .isEqualTo(migration > 0 ? ROWS : 0);
        }
    }

    @Test
    void aMigrationThatFailedOnceIsTriedAgain() throws SQLException, IOException {
        fill();
        execute(List.of("update \"flyway_schema_history\" set \"success\" = false where \"version\" = '"
                + migrations().size() + "'"));

        try (Database database = open()) {
            assertThat(new JdbcTemplate(database.dataSource())
                            .queryForObject("select count(*) from record", Integer.class))
                    .isEqualTo(ROWS);
        }
    }

    private void execute(List<String> statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }
}
