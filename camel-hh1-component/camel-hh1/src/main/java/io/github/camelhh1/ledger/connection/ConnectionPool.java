package io.github.camelhh1.ledger.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.jdbc.Database;
import io.github.camelhh1.ledger.jdbc.SqlFailure;
import io.github.camelhh1.text.CleanText;
import java.sql.SQLException;

/** The only class that needs HikariCP: where that is absent, no other may fail to load. */
final class ConnectionPool {
    /** The server gives a statement up before we do: what it still does late, it does within this time. */
    private static final String GIVE_UP = "set statement_timeout = " + BorrowedConnection.PATIENCE_MILLIS * 3 / 4;

    private ConnectionPool() {}

    static Database of(String name, String url, int connections) {
        HikariDataSource pool = open(name, url, connections);
        return new PooledDatabase(pool, pool);
    }

    private static HikariDataSource open(String name, String url, int connections) {
        try {
            var config = new HikariConfig();
            config.setJdbcUrl(url);
            config.setMaximumPoolSize(connections);
            config.setPoolName(name);
            if (url.startsWith("jdbc:postgresql:")) {
                config.setConnectionInitSql(GIVE_UP);
            } else if (url.startsWith("jdbc:h2:")) {
                // An interrupted thread closes its database for everybody, and H2 calls the connections valid all the
                // same.
                config.setConnectionTestQuery("select 1");
            }
            config.setConnectionTimeout(BorrowedConnection.PATIENCE_MILLIS);
            config.setInitializationFailTimeout(BorrowedConnection.PATIENCE_MILLIS);
            return new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException e) {
            throw e.getCause() instanceof SQLException cause
                    ? SqlFailure.of(cause)
                    : new LedgerException(
                            "no connection could be made: " + CleanText.of(String.valueOf(e.getMessage())), e);
        }
    }
}
