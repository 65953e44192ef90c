package io.github.camelhh1.ledger.jdbc;

import io.github.camelhh1.ledger.Ledger;
import java.time.Duration;

/** Ledgers by their JDBC URL whose owners' lease is short: tests do not wait for the usual one to run out. */
public final class ShortLease {
    private ShortLease() {}

    public static Ledger of(String url, Duration lease) {
        return JdbcLedger.of(url, lease);
    }
}
