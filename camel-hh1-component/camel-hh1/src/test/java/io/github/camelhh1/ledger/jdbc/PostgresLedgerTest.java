package io.github.camelhh1.ledger.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.camelhh1.ledger.LeaseContract;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.Ledgers;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A real server, which the build brings; what is committed is on its disk. */
class PostgresLedgerTest extends LeaseContract {
    private static HikariDataSource pool;

    @BeforeAll
    static void start() throws Exception {
        var config = new HikariConfig();
        config.setDataSource(Postgres.server().getPostgresDatabase());
        config.setMaximumPoolSize(8);
        // As some applications have it: the ledger sets what it needs, and puts it back.
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
        pool = new HikariDataSource(config);
    }

    @AfterAll
    static void stop() {
        pool.close();
    }

    @Override
    protected Ledger ledger(Duration lease) throws Exception {
        Postgres.dropTables(pool);
        return Ledgers.jdbc(pool, lease);
    }
}
