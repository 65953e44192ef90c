package io.github.camelhh1.generation;

import java.util.concurrent.CompletableFuture;
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
        return permits.acquire()
                .thenCompose(answer -> answer == Permits.Answer.GRANTED
                        ? holding(generation)
                        : CompletableFuture.completedStage(new Outcome.Busy(answer.reason())));
    }

    private CompletionStage<Outcome> holding(Generation generation) {
        try {
            return next.generate(generation).whenComplete((outcome, error) -> permits.release());
        } catch (RuntimeException | Error e) {
            permits.release();
            throw e;
        }
    }
}
