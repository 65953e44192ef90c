package io.github.camelhh1.ledger.connection;

import io.github.camelhh1.ledger.Ledger;
import java.time.Duration;

/** Ledgers by their JDBC URL whose owners' lease is short: tests do not wait for the usual one to run out. */
public final class ShortLease {
    private ShortLease() {}

    public static Ledger of(String url, Duration lease) {
        return JdbcUrl.ledger(url, lease);
    }
}
