package io.github.camelhh1.ledger.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** One server for all tests of a JVM, gone with it. */
public final class Postgres {
    private static EmbeddedPostgres server;

    private Postgres() {}

    public static synchronized EmbeddedPostgres server() {
        if (server == null) {
            try {
                server = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return server;
    }

    /** Of a database without the ledger's tables, for a process of its own. */
    public static String freshUrl() {
        try {
            dropTables(server().getPostgresDatabase());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return server().getJdbcUrl("postgres", "postgres");
    }

    /** Of connections to it, since each new one takes the server longer than all statements of a small test. */
    static HikariDataSource pool() {
        var config = new HikariConfig();
        config.setDataSource(server().getPostgresDatabase());
        config.setMaximumPoolSize(10);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }

    public static void dropTables(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            statement.execute("drop table if exists hh1_schema, hh1_owner, hh1_run, hh1_budget, hh1_late");
        }
    }
}
