package io.github.camelhh1.ledger;

import io.github.camelhh1.ledger.jdbc.JdbcLedger;
import io.github.camelhh1.ledger.memory.MemoryLedger;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;

/** Makes ledgers. */
public final class Ledgers {
    private static final Duration LEASE = Duration.ofSeconds(30);

    private Ledgers() {}

    /**
     * In memory: gone with the JVM. Keeps the 100,000 runs that were settled last, and every run that is not settled or
     * whose outcome is unknown.
     */
    public static Ledger memory() {
        return new MemoryLedger(Clock.systemUTC(), Duration.ZERO, MemoryLedger.MOST_SETTLED);
    }

    /**
     * By its name, as the option {@code ledger} takes it: {@code memory} or a JDBC URL.
     *
     * @throws IllegalArgumentException with the rule that the name breaks; the name itself is not shown
     */
    public static Ledger of(String name) {
        if (name.strip().equals("memory")) {
            return memory();
        }
        if (name.strip().startsWith("jdbc:")) {
            return JdbcLedger.of(name.strip(), LEASE);
        }
        throw new IllegalArgumentException(
                "ledger must be memory, a JDBC URL such as jdbc:sqlite:hh1.db, or a bean of type javax.sql.DataSource");
    }

    /** In a database, PostgreSQL, H2 or SQLite, with the lease of 30 seconds; the data source stays the caller's. */
    public static Ledger jdbc(DataSource dataSource) {
        return jdbc(dataSource, LEASE);
    }

    /** The same with a lease of one's own: how long a node may be cut off before others take it for dead. */
    public static Ledger jdbc(DataSource dataSource, Duration lease) {
        if (lease.toMillis() < 1) {
            throw new IllegalArgumentException("a lease must be longer than 0");
        }
        return JdbcLedger.of(dataSource, lease);
    }
}
