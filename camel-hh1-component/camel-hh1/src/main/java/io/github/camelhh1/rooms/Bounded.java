package io.github.camelhh1.rooms;

import io.github.camelhh1.async.Permits;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import java.util.concurrent.CompletionStage;

/** Never more generations in flight than there are permits; holds the caller back, or refuses, when the queue is full. */
final class Bounded implements Generator {
    private final Generator next;
    private final Permits permits;

    Bounded(Generator next, Permits permits) {
        this.next = next;
        this.permits = permits;
    }

    @Override
    public CompletionStage<Outcome> generate(Generation generation) {
        return permits.run(() -> next.generate(generation), Outcome.Busy::new);
    }
}
