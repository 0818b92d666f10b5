package com.optiply.sync.state;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.namedparam.SqlParameterSourceUtils;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The database that holds the state: an H2 file, or PostgreSQL. Opening it brings its tables up to date. Opening an H2
 * file proves that no other process has it, so that leases which stand in it are void.
 *
 * <p>Safe for several threads.
 */
public final class Database implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int H2_FILE_LOCKED = 90020;
    private static final int DEADLOCK_TRIES = 5;

    private static final String CURE =
            "Check that the place exists, is writable and has space, and that user and password are right; if the file is"
                    + " damaged, put back a copy of it, or move it away: a new one is filled by reading everything again, and what"
                    + " Optiply holds is listed before anything is created";

    /** Bytes of an H2 file that may have been left by a process killed at its very first start. */
    private static final long LARGEST_NEW = 64 * 1024;

    private final HikariDataSource pool;
    private final NamedParameterJdbcTemplate jdbc;
    private final DataSourceTransactionManager transactions;

    private Database(HikariDataSource pool) {
        this.pool = pool;
        this.jdbc = new NamedParameterJdbcTemplate(pool);
        this.transactions = new DataSourceTransactionManager(pool);
    }

    /**
     * Opens the database and migrates it.
     *
     * @param url a JDBC URL of H2 or PostgreSQL, without credentials
     * @param connections the largest number of connections at once
     * @throws DatabaseHeld where another process holds the H2 file
     * @throws DatabaseUnusable where it cannot be opened for another reason; the message names the cure
     */
    public static Database open(String url, String user, String password, int connections) {
        boolean h2 = url.startsWith("jdbc:h2:");
        HikariConfig config = new HikariConfig();
        config.setPoolName("state");
        config.setJdbcUrl(h2 ? durable(url) : url);
        // Named because the service loader does not find drivers inside an OSGi bundle.
        config.setDriverClassName(h2 ? "org.h2.Driver" : "org.postgresql.Driver");
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(connections);
        config.setConnectionTimeout(10_000);
        config.setInitializationFailTimeout(1);
        if (h2) {
            createFolder(url);
        }
        HikariDataSource pool = null;
        try {
            if (h2) {
                proveReadable(url, user, password);
            }
            pool = new HikariDataSource(config);
            migrate(pool);
            Database database = new Database(pool);
            if (h2) {
                database.jdbc.update(Statements.named("void-leases"), Map.of());
                database.jdbc.update(Statements.named("fail-open-runs"), Map.of("ended", Times.column(Instant.now())));
            }
            return database;
        } catch (RuntimeException e) {
            if (pool != null) {
                pool.close();
            }
            throw explained(url, e);
        }
    }

    private static void migrate(DataSource pool) {
        Flyway flyway = Flyway.configure(Database.class.getClassLoader())
                .dataSource(pool)
                .locations("classpath:db/migration")
                .load();
        for (MigrationInfo one : flyway.info().applied()) {
            if (one.getState().isFailed()) {
                // Such as on a full disk. Every migration may run again, so nobody has to mend that by hand.
                flyway.repair();
                break;
            }
        }
        flyway.migrate();
    }

    private static RuntimeException explained(String url, RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getErrorCode() == H2_FILE_LOCKED) {
                return new DatabaseHeld("another process holds the database file of " + url);
            }
        }
        String said = failure instanceof FlywayException ? "cannot be brought up to date" : "cannot be opened";
        return new DatabaseUnusable(
                "database.url=" + url + " " + said + ": " + reason(failure) + ". Nothing was changed or created anew. "
                        + CURE,
                failure);
    }

    /** What a failure of the database that is in use means for a person, and what to do. */
    public static String inWords(Throwable failure) {
        return "the database cannot be used: " + reason(failure) + ". It is where database.url says. " + CURE;
    }

    /** The deepest cause that says anything, without the statement that met it. */
    private static String reason(Throwable failure) {
        String said = failure.getClass().getSimpleName();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message != null && !message.isBlank() && !message.equals("null")) {
                said = message.replaceFirst("(?s); SQL statement:.*", "");
            }
            if (cause.getCause() == cause) {
                break;
            }
        }
        return said;
    }

    private static String durable(String url) {
        // Without the second a killed process loses its last half second of commits, the marks of doubt among them.
        return quiet(url) + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0";
    }

    /** Without a log file of H2's own beside the database: what went wrong is said by us, also where no file can be written. */
    private static String quiet(String url) {
        return url + ";TRACE_LEVEL_FILE=0";
    }

    /**
     * H2 takes a file whose content it cannot find for a new and empty one, and would begin it anew. So a file that is too
     * large to be new is looked at first, without a write.
     */
    private static void proveReadable(String url, String user, String password) {
        Path file = file(url);
        try {
            if (file == null || !Files.exists(file) || Files.size(file) < LARGEST_NEW) {
                return;
            }
            if (isEmptyStore(file)) {
                throw new DatabaseUnusable("nothing is found in the " + Files.size(file) + " bytes of " + file, null);
            }
            Properties credentials = new Properties();
            credentials.setProperty("user", user);
            credentials.setProperty("password", password);
            try (Connection connection =
                            new org.h2.Driver().connect(quiet(url) + ";ACCESS_MODE_DATA=r;IFEXISTS=TRUE", credentials);
                    ResultSet tables = connection.getMetaData().getTables(null, "PUBLIC", "%", null)) {
                if (!tables.next()) {
                    throw new DatabaseUnusable(
                            "no table is found in the " + Files.size(file) + " bytes of " + file, null);
                }
            }
        } catch (SQLException | IOException e) {
            throw new DatabaseUnusable(e.getMessage(), e);
        }
    }

    /**
     * Whether there is a store without anything in it. To be known first: H2 would want to create its tables there, and
     * keep the file locked for as long as this process lives when it may not.
     */
    private static boolean isEmptyStore(Path file) {
        try (MVStore store =
                new MVStore.Builder().fileName(file.toString()).readOnly().open()) {
            return store.getMapNames().isEmpty();
        } catch (MVStoreException e) {
            // Whatever else is wrong is said by whoever opens it next.
            return false;
        }
    }

    private static void createFolder(String url) {
        Path file = file(url);
        Path folder = file == null ? null : file.getParent();
        if (folder == null || Files.isDirectory(folder)) {
            return;
        }
        try {
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new DatabaseUnusable(
                    "database.url=" + url + ": its folder " + folder + " cannot be created (" + e
                            + "). Create it, or name another",
                    e);
        }
    }

    /** The file of an H2 database; null where it is none. */
    private static Path file(String url) {
        if (!url.startsWith("jdbc:h2:file:")) {
            return null;
        }
        String file = url.substring("jdbc:h2:file:".length());
        int options = file.indexOf(';');
        return Path.of((options < 0 ? file : file.substring(0, options)) + ".mv.db")
                .toAbsolutePath();
    }

    /** From here on there may be so many connections at once. */
    public void connections(int most) {
        pool.getHikariConfigMXBean().setMaximumPoolSize(most);
        pool.getHikariConfigMXBean().setMinimumIdle(most);
    }

    public DataSource dataSource() {
        return pool;
    }

    public DataSourceTransactionManager transactions() {
        return transactions;
    }

    /** Asks for nothing. @throws org.springframework.dao.DataAccessException where there is no answer */
    public void proveReachable() {
        jdbc.queryForObject("select 1", Map.of(), Integer.class);
    }

    /** Writes a row and takes it back. @throws org.springframework.dao.DataAccessException where that is not possible */
    public void proveWritable() {
        new TransactionTemplate(transactions).executeWithoutResult(transaction -> {
            transaction.setRollbackOnly();
            jdbc.update("insert into bookmark (store, stream) values ('', 'check')", Map.of());
        });
    }

    NamedParameterJdbcTemplate jdbc() {
        return jdbc;
    }

    /** Many texts as one parameter, {@code cast(:name as varchar array)}. */
    static SqlParameterValue texts(Collection<String> texts) {
        return new SqlParameterValue(Types.ARRAY, texts.toArray(String[]::new));
    }

    /**
     * The records' parameters in the order in which everybody writes several of them in one transaction, so that reading
     * and delivery do not wait for each other's records in a circle.
     */
    static List<Map<String, Object>> inOrder(List<Map<String, Object>> rows) {
        return rows.stream()
                .sorted(Comparator.comparing(row -> (String) row.get("remoteId")))
                .toList();
    }

    /** One statement for many records in one transaction: either all of them are written or none. */
    int[] batch(String statement, List<Map<String, Object>> rows) {
        SqlParameterSource[] parameters = SqlParameterSourceUtils.createBatch(inOrder(rows));
        return untilNoDeadlock(() -> new TransactionTemplate(transactions)
                .execute(status -> jdbc.batchUpdate(Statements.named(statement), parameters)));
    }

    /** Does again what the database has taken back because two transactions waited for each other. */
    static <T> T untilNoDeadlock(Supplier<T> transaction) {
        for (int tries = 1; ; tries++) {
            try {
                return transaction.get();
            } catch (PessimisticLockingFailureException e) {
                if (tries == DEADLOCK_TRIES) {
                    throw e;
                }
                LOG.debug("the database took back a transaction, which is tried again: {}", e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    /** Another process holds the H2 file. */
    public static final class DatabaseHeld extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DatabaseHeld(String message) {
            super(message);
        }
    }

    /** The database cannot be used; the message names the cure. */
    public static final class DatabaseUnusable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DatabaseUnusable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
