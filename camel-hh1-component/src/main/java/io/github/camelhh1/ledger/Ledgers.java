package io.github.camelhh1.ledger;

import java.time.Clock;
import java.time.Duration;

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
}
