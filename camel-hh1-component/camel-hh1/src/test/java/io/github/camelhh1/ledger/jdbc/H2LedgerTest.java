package io.github.camelhh1.ledger.jdbc;

import io.github.camelhh1.ledger.LeaseContract;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.Ledgers;
import java.time.Duration;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;

class H2LedgerTest extends LeaseContract {
    @Override
    protected Ledger ledger(Duration lease) {
        var source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=60");
        return Ledgers.jdbc(source, lease);
    }
}
