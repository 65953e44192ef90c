package io.github.camelhh1.modelstudio;

import io.github.camelhh1.async.Rate;
import io.github.camelhh1.async.Timers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;

/**
 * When tasks are asked for.
 *
 * @param interval between two questions for one task, in the middle
 * @param polls of all tasks
 * @param timers run as long as calls may go on
 * @param random from 0 to 1: spreads the questions for many tasks
 */
public record Pace(Duration interval, Rate polls, Timers timers, DoubleSupplier random) {
    /** Before the next question: a tenth sooner or later. */
    CompletableFuture<Boolean> next() {
        return timers.after(Duration.ofMillis((long) (interval.toMillis() * (0.9 + 0.2 * random.getAsDouble()))));
    }
}
