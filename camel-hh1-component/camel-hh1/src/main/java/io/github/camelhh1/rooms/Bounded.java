package io.github.camelhh1.rooms;

import io.github.camelhh1.async.Permits;
import io.github.camelhh1.async.Rate;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import java.util.function.Function;

/**
 * There are never more generations in flight than permits. With a full queue the caller is held back or refused. A message
 * that waits ends when its route stops. A generation that is sent again waits in the queue, also in a full one: its thread
 * belongs to the rooms, and would wait for a permit that only such threads give back.
 */
final class Bounded {
    private Bounded() {}

    static Generator around(Generator next, Permits permits) {
        return generation -> {
            var recalled = generation.accepted().recalled();
            return permits.run(recalled, !generation.resent(), () -> next.generate(generation), Outcome.Busy::new)
                    .thenApply(outcome -> recalled.isDone() ? recalled(outcome) : outcome);
        };
    }

    /** At most so many begin in a second. A generation that waits for its turn goes on at once when its route stops. */
    static Generator paced(Generator next, Rate rate) {
        return generation -> rate.turn()
                .applyToEither(generation.accepted().recalled().thenApply(stop -> false), Function.identity())
                .thenCompose(passed -> next.generate(generation));
    }

    /** It was not sent, for another reason. It is not tried again because of the stop. */
    private static Outcome recalled(Outcome outcome) {
        return outcome instanceof Outcome.NotSent || outcome instanceof Outcome.Throttled
                ? new Outcome.Busy(Permits.STOPPING + ". Before that: " + outcome.reason())
                : outcome;
    }
}
