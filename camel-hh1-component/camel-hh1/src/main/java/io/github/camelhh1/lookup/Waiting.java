package io.github.camelhh1.lookup;

import io.github.camelhh1.async.Timers;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** An outcome that waits for looks at the service. Its timers end with it. No thread waits. */
final class Waiting {
    final CompletableFuture<Outcome> ending = new CompletableFuture<>();
    private final Timers timers;
    private final Runnable end;

    /** @param end completes the ending without another look */
    Waiting(Timers timers, Runnable end) {
        this.timers = timers;
        this.end = end;
    }

    /** Ends when the message is recalled, and at the limit. */
    void until(Generation generation, Duration limit) {
        generation.accepted().recalled().thenRun(end);
        after(limit).thenRun(end);
    }

    /** A stop of the component ends the wait. */
    void lookAfter(Duration delay, Runnable look) {
        after(delay.isNegative() ? Duration.ZERO : delay).thenAccept(passed -> {
            if (passed) {
                look.run();
            } else {
                end.run();
            }
        });
    }

    private CompletableFuture<Boolean> after(Duration delay) {
        var timer = timers.after(delay);
        ending.whenComplete((outcome, error) -> timer.complete(false));
        return timer;
    }
}
