package io.github.camelhh1.rooms;

import io.github.camelhh1.async.TimeLimit;
import io.github.camelhh1.async.Timers;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.image.preflight.Preflight;
import io.github.camelhh1.image.preflight.Preflight.Verdict;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/** An image outside the limits is refused, fixed, or sent with a warning. */
final class Preflighted {
    private Preflighted() {}

    static Generator around(Generator next, Preflight preflight, Timers timers) {
        return generation -> {
            var check = preflight
                    .check(
                            generation.image(),
                            () -> generation.accepted().imageName().get() + ", run "
                                    + generation.identity().runId())
                    .toCompletableFuture();
            Duration limit = generation.limits().generationTimeout();
            // It may wait, for a host or for a turn to decode; when the component stops nothing of it is sent.
            return Steps.then(
                    check.isDone() ? check : TimeLimit.of(check, limit, timers, "not done", Preflighted::discard),
                    verdict -> judged(next, generation, verdict),
                    failure -> failure instanceof TimeoutException
                            ? Steps.notSent(
                                    "the image was not looked at to the end: ",
                                    String.valueOf(failure.getMessage()),
                                    failure)
                            : CompletableFuture.failedStage(failure));
        };
    }

    private static void discard(Verdict verdict) {
        if (verdict instanceof Verdict.Fixed fixed) {
            fixed.discard().run();
        }
    }

    private static CompletionStage<Outcome> judged(Generator next, Generation generation, Verdict verdict) {
        if (verdict instanceof Verdict.Refused refused) {
            return Steps.ended(new Outcome.Invalid(refused.violations()));
        } else if (verdict instanceof Verdict.Fixed fixed) {
            return Steps.into(next, generation.withImage(fixed.content()))
                    .thenApply(outcome ->
                            outcome instanceof Outcome.Completed completed ? completed.madeOf(fixed.done()) : outcome)
                    .whenComplete((outcome, error) -> discard(fixed));
        }
        return next.generate(generation);
    }
}
