package io.github.camelhh1.generation;

import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.staging.Staging;
import io.github.camelhh1.text.CleanText;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Gives image content a URL before it is sent on. */
final class Staged implements Generator {
    private final Generator next;
    private final Staging staging;

    Staged(Generator next, Staging staging) {
        this.next = next;
        this.staging = staging;
    }

    @Override
    public CompletionStage<Outcome> generate(Generation generation) {
        ImageContent content = generation.content();
        if (content == null) {
            return next.generate(generation);
        }
        return staging.stage(content)
                .handle((url, failure) -> failure == null
                        ? next.generate(generation.imageAt(url))
                        : CompletableFuture.completedStage(notStaged(failure)))
                .thenCompose(stage -> stage);
    }

    private static Outcome notStaged(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return new Outcome.NotSent(
                "the image could not be staged: " + CleanText.of(String.valueOf(cause.getMessage())),
                false,
                cause,
                Trace.NONE);
    }
}
