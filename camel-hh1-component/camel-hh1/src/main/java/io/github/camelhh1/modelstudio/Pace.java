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
    /** So many questions are asked at the interval; as many follow at twice the interval, and so on. */
    private static final int OF_ONE_INTERVAL = 60;

    /**
     * Before the next question: a tenth sooner or later.
     *
     * @param question counts the questions for one task from 1
     */
    CompletableFuture<Boolean> after(int question) {
        long millis = interval.toMillis() * (1 + question / OF_ONE_INTERVAL);
        return timers.after(Duration.ofMillis((long) (millis * (0.9 + 0.2 * random.getAsDouble()))));
    }
}
