package io.github.camelhh1.late;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.jdbc.Postgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A ledger's place of its own in the PostgreSQL server of these tests, behind a proxy. The tests look at it past the
 * proxy.
 */
final class LateDatabase implements AutoCloseable {
    private static final AtomicInteger SCHEMAS = new AtomicInteger();
    private static final int CONNECTIONS = 4;

    private final String schema = "late_" + SCHEMAS.incrementAndGet();
    private final LateProxy proxy = LateProxy.before(Postgres.server().getPort());
    private final List<HikariDataSource> pools = new CopyOnWriteArrayList<>();
    private volatile int divisor = 1;

    LateDatabase() {
        execute("create schema " + schema);
    }

    /** From now on the ledger's patience with its database is so many times shorter. */
    void hurry(int times) {
        divisor = times;
    }

    LateProxy proxy() {
        return proxy;
    }

    /** For one node: each has connections of its own. */
    Ledger ledger(Duration lease) {
        var config = new HikariConfig();
        // The driver must not leave the text of a statement out when it repeats it.
        config.setJdbcUrl(url(proxy.port()) + "&prepareThreshold=0");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(1_000);
        config.setInitializationFailTimeout(60_000);
        config.setValidationTimeout(250);
        var pool = new HikariDataSource(config);
        pools.add(pool);
        return Ledgers.jdbc(new ImpatientSource(pool, () -> divisor), lease);
    }

    private String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres&currentSchema=" + schema;
    }

    /** No session of the ledger reads or writes runs until then. It begins when those at work have ended. */
    CompletableFuture<Void> lockRuns(CompletableFuture<?> until) {
        return CompletableFuture.runAsync(
                () -> {
                    try (Connection connection = connect();
                            Statement statement = connection.createStatement()) {
                        connection.setAutoCommit(false);
                        statement.execute("lock table hh1_run in access exclusive mode");
                        until.join();
                        connection.rollback();
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                },
                task -> LateProxy.daemon(task));
    }

    boolean isLocked() {
        return !select("select 1 from pg_locks where mode = 'AccessExclusiveLock' and granted and relation = '" + schema
                        + ".hh1_run'::regclass")
                .isEmpty();
    }

    /** Statements that a lock of the table lets wait. */
    int waiting() {
        return select("select 1 from pg_locks where not granted and relation = '" + schema + ".hh1_run'::regclass")
                .size();
    }

    /** The first column, as text. */
    List<String> select(String query) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            var all = new ArrayList<String>();
            while (rows.next()) {
                all.add(rows.getString(1));
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean hasTable(String name) {
        return !select("select table_name from information_schema.tables where table_schema = '" + schema
                        + "' and table_name = '" + name + "'")
                .isEmpty();
    }

    private void execute(String text) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url(Postgres.server().getPort()));
    }

    @Override
    public void close() {
        pools.forEach(HikariDataSource::close);
        proxy.close();
        execute("drop schema " + schema + " cascade");
    }
}
