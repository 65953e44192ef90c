package io.github.camelhh1.lookup;

import io.github.camelhh1.async.Rate;
import io.github.camelhh1.async.Timers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The pace of all look-ups of a component: services count their questions together. Safe for use by many threads. */
public final class LookupPace {
    /**
     * A look is two questions where a record is found, and Cloudflare allows 1,200 in five minutes. Model Studio allows 20
     * questions a second, most of which are for tasks that go on.
     */
    private static final int LOOKS_A_SECOND = 2;

    private static final Duration LONGEST = Duration.ofHours(1);

    private final Timers timers;
    private final Rate rate;
    private long until;

    public LookupPace(Timers timers) {
        this.timers = timers;
        this.rate = new Rate(LOOKS_A_SECOND, timers);
        this.until = timers.nanoTime();
    }

    /** For a look that may be late. Completes when it is its turn; with false as soon as the component stops. */
    public CompletableFuture<Boolean> turn() {
        return rate.turn();
    }

    /** Pauses all questions for this time, an hour at most: a service has refused one. */
    public synchronized void rest(Duration length) {
        Duration rest = length.compareTo(LONGEST) > 0 ? LONGEST : length;
        long now = timers.nanoTime();
        until = now + Math.max(until - now, rest.toNanos());
    }

    /** How long no service is to be asked; zero for not at all. */
    public synchronized Duration left() {
        return Duration.ofNanos(Math.max(0, until - timers.nanoTime()));
    }
}
