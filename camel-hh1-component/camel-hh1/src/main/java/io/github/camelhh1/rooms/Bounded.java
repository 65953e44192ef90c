package io.github.camelhh1.rooms;

import io.github.camelhh1.async.Permits;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;

/**
 * There are never more generations in flight than permits. With a full queue the caller is held back or refused. A message
 * that waits ends when its route stops.
 */
final class Bounded {
    private Bounded() {}

    static Generator around(Generator next, Permits permits) {
        return generation -> {
            var recalled = generation.accepted().recalled();
            return permits.run(recalled, () -> next.generate(generation), Outcome.Busy::new)
                    .thenApply(outcome -> recalled.isDone() ? recalled(outcome) : outcome);
        };
    }

    /** It was not sent for another reason before; the stop is why it is not tried again. */
    private static Outcome recalled(Outcome outcome) {
        if (outcome instanceof Outcome.NotSent notSent) {
            return new Outcome.Busy(Permits.STOPPING + ". Before that: " + notSent.reason());
        } else if (outcome instanceof Outcome.Throttled throttled) {
            return new Outcome.Busy(Permits.STOPPING + ". Before that: " + throttled.reason());
        }
        return outcome;
    }
}
