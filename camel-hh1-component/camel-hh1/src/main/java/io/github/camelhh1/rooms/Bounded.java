package io.github.camelhh1.rooms;

import io.github.camelhh1.async.Permits;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import java.util.concurrent.CompletionStage;

/**
 * Never more generations in flight than there are permits. When the queue is full, the caller is held back or refused; a
 * message that waits is let go when its route stops.
 */
final class Bounded implements Generator {
    private final Generator next;
    private final Permits permits;

    Bounded(Generator next, Permits permits) {
        this.next = next;
        this.permits = permits;
    }

    @Override
    public CompletionStage<Outcome> generate(Generation generation) {
        var recalled = generation.accepted().recalled();
        return permits.run(recalled, () -> next.generate(generation), Outcome.Busy::new)
                .thenApply(outcome -> recalled.isDone() ? recalled(outcome) : outcome);
    }

    /** Whatever kept it from being sent, the stop keeps it from being tried again. */
    private static Outcome recalled(Outcome outcome) {
        if (outcome instanceof Outcome.NotSent notSent) {
            return new Outcome.Busy(Permits.STOPPING + ". Before that: " + notSent.reason());
        } else if (outcome instanceof Outcome.Throttled throttled) {
            return new Outcome.Busy(Permits.STOPPING + ". Before that: " + throttled.reason());
        }
        return outcome;
    }
}
