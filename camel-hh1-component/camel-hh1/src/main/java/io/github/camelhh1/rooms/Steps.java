package io.github.camelhh1.rooms;

import io.github.camelhh1.async.Offload;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.text.CleanText;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Steps that several rooms take. */
final class Steps {
    private Steps() {}

    static CompletionStage<Outcome> ended(Outcome outcome) {
        return CompletableFuture.completedStage(outcome);
    }

    /** Nothing was sent, and trying again would only fail again. */
    static CompletionStage<Outcome> notSent(String reason, String cause, Throwable failure) {
        return ended(new Outcome.NotSent(reason + CleanText.of(cause), false, failure));
    }

    /** The next room; a room that throws fails its stage. */
    static CompletionStage<Outcome> into(Generator next, Generation generation) {
        try {
            return next.generate(generation);
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /** Goes on from the next room. A defect is a failure, or no outcome at all. */
    static CompletionStage<Outcome> through(
            Generator next,
            Generation generation,
            Function<Outcome, CompletionStage<Outcome>> ended,
            Function<Throwable, CompletionStage<Outcome>> broken) {
        return into(next, generation)
                .handle((outcome, defect) -> {
                    if (outcome != null) {
                        return ended.apply(outcome);
                    }
                    return broken.apply(
                            defect != null ? Offload.cause(defect) : new IllegalStateException("no outcome"));
                })
                .thenCompose(Function.identity());
    }

    /** Goes on with the result of {@code work}, or with its failure. */
    static <T> CompletionStage<Outcome> then(
            CompletionStage<T> work,
            Function<T, CompletionStage<Outcome>> next,
            Function<Throwable, CompletionStage<Outcome>> failed) {
        return work.handle((result, failure) ->
                        failure == null ? next.apply(result) : failed.apply(Offload.cause(failure)))
                .thenCompose(Function.identity());
    }

    /** A room that throws has a defect. The request may have left before. */
    static Outcome.Unknown broken(String reason, Throwable defect, Trace trace) {
        return new Outcome.Unknown(reason + CleanText.of(String.valueOf(defect)), defect, trace);
    }
}
