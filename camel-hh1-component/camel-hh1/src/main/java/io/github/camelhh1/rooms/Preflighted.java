package io.github.camelhh1.rooms;

import io.github.camelhh1.async.TimeLimit;
import io.github.camelhh1.async.Timers;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.image.preflight.Preflight;
import io.github.camelhh1.image.preflight.Verdict;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs preflight: an image outside the limits is refused, fixed, or sent with a warning. */
final class Preflighted implements Generator {
    private final Generator next;
    private final Preflight preflight;
    private final Timers timers;

    Preflighted(Generator next, Preflight preflight, Timers timers) {
        this.next = next;
        this.preflight = preflight;
        this.timers = timers;
    }

    @Override
    public CompletionStage<Outcome> generate(Generation generation) {
        var check = preflight
                .check(
                        generation.image(),
                        () -> generation.accepted().imageName().get() + ", run "
                                + generation.identity().runId())
                .toCompletableFuture();
        return check.isDone()
                ? check.thenCompose(verdict -> judged(generation, verdict))
                // Looking may wait, for a host or for a turn to decode; when the component stops nothing of it is sent.
                : TimeLimit.of(check, generation.limits().generationTimeout(), timers, "not done", Preflighted::discard)
                        .handle((verdict, failure) -> failure == null ? judged(generation, verdict) : failed(failure))
                        .thenCompose(Function.identity());
    }

    private static void discard(Verdict late) {
        if (late instanceof Verdict.Fixed fixed) {
            fixed.discard().run();
        }
    }

    private static CompletionStage<Outcome> failed(@Nullable Throwable failure) {
        return failure instanceof TimeoutException
                ? CompletableFuture.completedStage(new Outcome.NotSent(
                        "the image was not looked at to the end: " + failure.getMessage(), false, failure, Trace.NONE))
                : CompletableFuture.failedStage(failure);
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
            return next.generate(generation.withImage(fixed.content()))
                    .thenApply(outcome ->
                            outcome instanceof Outcome.Completed completed ? completed.madeOf(fixed.done()) : outcome)
                    .whenComplete((outcome, error) -> fixed.discard().run());
        } catch (RuntimeException | Error e) {
            fixed.discard().run();
            throw e;
        }
    }
}
