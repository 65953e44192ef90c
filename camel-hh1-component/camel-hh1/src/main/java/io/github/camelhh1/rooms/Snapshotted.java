package io.github.camelhh1.rooms;

import io.github.camelhh1.async.TimeLimit;
import io.github.camelhh1.async.Timers;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.Snapshots;
import io.github.camelhh1.text.CleanText;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** An image that its sender may still change is copied before it is decoded or sent; the copy goes with the call. */
final class Snapshotted implements Generator {
    private final Generator next;
    private final Snapshots snapshots;
    private final Timers timers;

    Snapshotted(Generator next, Snapshots snapshots, Timers timers) {
        this.next = next;
        this.snapshots = snapshots;
        this.timers = timers;
    }

    @Override
    public CompletionStage<Outcome> generate(Generation generation) {
        ImageContent content = generation.content();
        if (content == null || content.file() != null) {
            return next.generate(generation);
        }
        var limit = generation.limits().generationTimeout();
        return TimeLimit.of(snapshots.take(content), limit, timers, "not done", snapshots::discard)
                .handle((snapshot, failure) -> failure == null
                        ? sent(generation, snapshot)
                        : CompletableFuture.completedStage(notCopied(failure)))
                .thenCompose(Function.identity());
    }

    private CompletionStage<Outcome> sent(Generation generation, ImageContent snapshot) {
        try {
            return next.generate(generation.withImage(snapshot))
                    .whenComplete((outcome, error) -> snapshots.discard(snapshot));
        } catch (RuntimeException | Error e) {
            snapshots.discard(snapshot);
            throw e;
        }
    }

    private static Outcome notCopied(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return new Outcome.NotSent(
                "no private copy of the image could be made in java.io.tmpdir: " + CleanText.of(cause.toString()),
                false,
                cause,
                Trace.NONE);
    }
}
