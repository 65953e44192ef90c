package io.github.camelhh1.generation;

import io.github.camelhh1.image.preflight.Preflight;
import io.github.camelhh1.image.preflight.Verdict;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A bad image is found, or made good, before money moves. */
final class Preflighted implements Generator {
    private final Generator next;
    private final Preflight preflight;

    Preflighted(Generator next, Preflight preflight) {
        this.next = next;
        this.preflight = preflight;
    }

    @Override
    public CompletionStage<Outcome> generate(Generation generation) {
        return preflight
                .check(generation.content(), generation.request().image())
                .thenCompose(verdict -> judged(generation, verdict));
    }

    private CompletionStage<Outcome> judged(Generation generation, Verdict verdict) {
        if (verdict instanceof Verdict.Refused refused) {
            return CompletableFuture.completedStage(new Outcome.Invalid(refused.violations()));
        } else if (verdict instanceof Verdict.Fixed fixed) {
            return fixed(generation, fixed);
        }
        return next.generate(generation);
    }

    private CompletionStage<Outcome> fixed(Generation generation, Verdict.Fixed fixed) {
        try {
            return next.generate(generation.withContent(fixed.content()))
                    .thenApply(outcome ->
                            outcome instanceof Outcome.Completed completed ? completed.madeOf(fixed.done()) : outcome)
                    .whenComplete((outcome, error) -> fixed.discard().run());
        } catch (RuntimeException | Error e) {
            fixed.discard().run();
            throw e;
        }
    }
}
