package io.github.camelhh1.generation;

import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.staging.Staging;
import io.github.camelhh1.text.CleanText;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/** Gives image content a URL before it is sent on. */
final class Staged implements Generator {
    private final Generator next;
    private final Staging staging;
    private final Timers timers;

    Staged(Generator next, Staging staging, Timers timers) {
        this.next = next;
        this.staging = staging;
        this.timers = timers;
    }

    @Override
    public CompletionStage<Outcome> generate(Generation generation) {
        ImageContent content = generation.content();
        if (content == null) {
            return next.generate(generation);
        }
        return inTime(content, generation.limits().generationTimeout())
                .handle((url, failure) -> failure == null
                        ? next.generate(generation.imageAt(url))
                        : CompletableFuture.completedStage(notStaged(failure)))
                .thenCompose(stage -> stage);
    }

    /** A store that never answers, and a component that stops, must not hold the message for ever. */
    private CompletableFuture<String> inTime(ImageContent content, Duration limit) {
        var url = new CompletableFuture<String>();
        var timer = timers.after(limit);
        staging.stage(content).whenComplete((answer, failure) -> {
            if (failure == null) {
                url.complete(answer);
            } else {
                url.completeExceptionally(failure);
            }
            timer.complete(false);
        });
        timer.thenAccept(passed -> url.completeExceptionally(new TimeoutException(
                passed ? "no answer within generationTimeout (" + limit + ")" : "the component is stopping")));
        return url;
    }

    private static Outcome notStaged(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return new Outcome.NotSent(
                "the image could not be staged: "
                        + CleanText.of(cause.getMessage() == null ? cause.toString() : cause.getMessage()),
                false,
                cause,
                Trace.NONE);
    }
}
