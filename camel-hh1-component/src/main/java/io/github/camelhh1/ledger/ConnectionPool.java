package io.github.camelhh1.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.github.camelhh1.text.CleanText;
import java.sql.SQLException;

/** The only class that needs HikariCP: where that is absent, no other may fail to load. */
final class ConnectionPool {
    private static final int CONNECTIONS = 4;

    private ConnectionPool() {}

    static Database of(String url) {
        HikariDataSource pool = open(url);
        return new PooledDatabase(pool, pool);
    }

    private static HikariDataSource open(String url) {
        try {
            var config = new HikariConfig();
            config.setJdbcUrl(url);
            config.setMaximumPoolSize(CONNECTIONS);
            config.setPoolName("hh1-ledger");
            config.setConnectionTimeout(BorrowedConnection.PATIENCE_MILLIS);
            config.setInitializationFailTimeout(BorrowedConnection.PATIENCE_MILLIS);
            return new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException e) {
            throw e.getCause() instanceof SQLException cause
                    ? Failed.of(cause)
                    : new LedgerException(
                            "no connection could be made: " + CleanText.of(String.valueOf(e.getMessage())), e);
        }
    }
}
