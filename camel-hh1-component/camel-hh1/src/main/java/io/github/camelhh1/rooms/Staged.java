package io.github.camelhh1.rooms;

import io.github.camelhh1.async.TimeLimit;
import io.github.camelhh1.async.Timers;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.RequestImage;
import io.github.camelhh1.staging.StagedImage;
import io.github.camelhh1.staging.Staging;
import io.github.camelhh1.text.CleanText;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gives image content a URL before it is sent on, and takes it away once the outcome is known. */
final class Staged implements Generator {
    /** An outcome waits for the removal, so that the image is gone with it; but not for a store that hangs. */
    private static final Duration LONGEST_REMOVAL = Duration.ofSeconds(10);

    private static final Duration LONGEST_AT_STOP = Duration.ofSeconds(3);

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
        RequestImage image = generation.image();
        if (image instanceof RequestImage.Link) {
            return next.generate(generation);
        }
        Staging staging = this.staging.onBehalfOf(generation.accepted().caller());
        Duration limit = generation.limits().generationTimeout();
        var staged = image instanceof RequestImage.Stored stored
                ? staging.link(stored)
                : staging.stage((ImageContent) image);
        return TimeLimit.of(staged, limit, timers, "no answer", StagedImage::release)
                .handle((link, failure) -> failure == null
                        ? sent(generation.withImage(new RequestImage.Link(link.url(), link.reference())), link, staging)
                        : CompletableFuture.completedStage(notStaged(failure)))
                .thenCompose(Function.identity());
    }

    private CompletionStage<Outcome> sent(Generation generation, StagedImage image, Staging staging) {
        CompletionStage<Outcome> sent;
        try {
            sent = next.generate(generation);
        } catch (RuntimeException | Error e) {
            sent = CompletableFuture.failedStage(e);
        }
        return sent.handle((outcome, defect) -> {
                    if (isNeeded(outcome)) {
                        image.keep();
                        return sent(outcome, defect);
                    }
                    return removed(removal(image, outcome, staging)).thenCompose(gone -> sent(outcome, defect));
                })
                .thenCompose(Function.identity());
    }

    /** The service may yet fetch the image. */
    private static boolean isNeeded(@Nullable Outcome outcome) {
        return outcome == null || outcome instanceof Outcome.Unknown;
    }

    /** Where somebody else is at work on the request now, only the ledger knows whether this image is needed for it. */
    private static CompletionStage<Void> removal(StagedImage image, @Nullable Outcome outcome, Staging staging) {
        String reference = image.reference();
        if (outcome instanceof Outcome.InFlight && reference != null) {
            image.keep();
            return staging.remove(reference);
        }
        return image.release();
    }

    private static CompletionStage<Outcome> sent(@Nullable Outcome outcome, @Nullable Throwable defect) {
        return outcome != null
                ? CompletableFuture.completedStage(outcome)
                : CompletableFuture.failedStage(defect == null ? new IllegalStateException("no outcome") : defect);
    }

    private CompletionStage<Void> removed(CompletionStage<Void> removal) {
        var done = new CompletableFuture<Void>();
        var timer = timers.after(LONGEST_REMOVAL);
        removal.whenComplete((gone, never) -> {
            done.complete(null);
            timer.complete(false);
        });
        timer.thenAccept(passed -> {
            if (passed) {
                done.complete(null);
            } else {
                // The component stops: what it made it also takes away, and there are no more timers to wait with.
                done.completeOnTimeout(null, LONGEST_AT_STOP.toMillis(), TimeUnit.MILLISECONDS);
            }
        });
        return done;
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
