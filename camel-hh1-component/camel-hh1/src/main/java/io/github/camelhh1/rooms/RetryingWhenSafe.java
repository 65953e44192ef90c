package io.github.camelhh1.rooms;

import io.github.camelhh1.async.Backoff;
import io.github.camelhh1.async.Timers;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generation.Limits;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Repeats attempts that provably did not start, and attempts that the service asked to send later. It repeats nothing
 * else: an unknown outcome may be paid. No thread sleeps meanwhile.
 */
final class RetryingWhenSafe implements Generator {
    private final Generator next;
    private final Generator again;
    private final Timers timers;
    private final DoubleSupplier random;

    /** @param again takes the place of {@code next} after the first attempt */
    RetryingWhenSafe(Generator next, Generator again, Timers timers, DoubleSupplier random) {
        this.next = next;
        this.again = again;
        this.timers = timers;
        this.random = random;
    }

    @Override
    public CompletionStage<Outcome> generate(Generation generation) {
        return attempt(generation, 1, 0);
    }

    private CompletionStage<Outcome> attempt(Generation generation, int turn, int leftBefore) {
        return (turn == 1 ? next : again).generate(generation).thenCompose(outcome -> {
            int left = leftBefore + outcome.trace().attempts();
            var ending = outcome.traced(outcome.trace().attempts(left));
            Duration delay =
                    turn < generation.limits().maxAttempts() ? delayAfter(outcome, turn, generation.limits()) : null;
            if (delay == null) {
                return Steps.ended(ending);
            }
            return timers.after(delay)
                    .applyToEither(generation.accepted().recalled().thenApply(stop -> false), Function.identity())
                    .thenCompose(passed -> passed ? attempt(generation, turn + 1, left) : Steps.ended(ending));
        });
    }

    /** The delay before the next turn; null when there is none. */
    private @Nullable Duration delayAfter(Outcome outcome, int turn, Limits limits) {
        if (outcome instanceof Outcome.NotSent notSent && notSent.passing()) {
            return backOff(turn, limits);
        }
        if (outcome instanceof Outcome.Throttled throttled) {
            Duration asked = throttled.retryAfter();
            if (asked == null) {
                return backOff(turn, limits);
            }
            return asked.compareTo(limits.maxRetryDelay()) > 0 ? null : asked;
        }
        return null;
    }

    /** Doubles from turn to turn; between half of that and the whole, which spreads the retries of many messages. */
    private Duration backOff(int turn, Limits limits) {
        return Backoff.jittered(turn, limits.retryDelay(), limits.maxRetryDelay(), random);
    }
}
