package io.github.camelhh1.rooms;

import io.github.camelhh1.async.TimeLimit;
import io.github.camelhh1.async.Timers;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.RequestImage;
import io.github.camelhh1.staging.Staging;
import io.github.camelhh1.staging.Staging.StagedImage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Image content, and an object in a store, get a URL; the image is removed once the outcome is known. */
final class Staged {
    /** An outcome waits for the removal, so that the image is gone with it; but not for a store that hangs. */
    private static final Duration LONGEST_REMOVAL = Duration.ofSeconds(10);

    private static final Duration LONGEST_AT_STOP = Duration.ofSeconds(3);

    private Staged() {}

    static Generator around(Generator next, Staging staging, Timers timers) {
        return generation -> {
            RequestImage image = generation.image();
            if (image instanceof RequestImage.Link) {
                return next.generate(generation);
            }
            Staging mine = staging.onBehalfOf(generation.accepted().caller());
            Duration limit = generation.limits().generationTimeout();
            long begin = timers.nanoTime();
            var link =
                    image instanceof RequestImage.Stored stored ? mine.link(stored) : mine.stage((ImageContent) image);
            return Steps.then(
                    TimeLimit.of(link, limit, timers, "no answer", StagedImage::release),
                    staged -> {
                        long bytes = image instanceof ImageContent content ? content.length() : 0;
                        generation.accepted().progress().staged(bytes, Duration.ofNanos(timers.nanoTime() - begin));
                        return sent(next, generation, staged, mine, timers);
                    },
                    failure -> Steps.notSent(
                            "the image could not be staged: ",
                            failure.getMessage() == null ? failure.toString() : failure.getMessage(),
                            failure));
        };
    }

    private static CompletionStage<Outcome> sent(
            Generator next, Generation generation, StagedImage image, Staging staging, Timers timers) {
        return Steps.through(
                next,
                generation.withImage(new RequestImage.Link(image.url(), image.reference())),
                outcome -> {
                    if (outcome instanceof Outcome.Unknown) {
                        image.keep(); // The service may yet fetch it.
                        return Steps.ended(outcome);
                    }
                    return limited(removal(image, outcome, generation.stagedBefore(), staging), timers)
                            .thenApply(gone -> outcome);
                },
                defect -> {
                    image.keep();
                    return CompletableFuture.failedStage(defect);
                });
    }

    /**
     * Where another node is at work on the request, only the ledger knows whether the image is needed there. A run that is
     * settled needs no image of its {@code earlier} attempts.
     */
    private static CompletionStage<Void> removal(
            StagedImage image, Outcome outcome, List<String> earlier, Staging staging) {
        String reference = image.reference();
        if (outcome instanceof Outcome.InFlight && reference != null) {
            image.keep();
            return staging.remove(reference);
        }
        CompletionStage<Void> gone = image.release();
        if (outcome instanceof Outcome.Completed || outcome instanceof Outcome.Failed) {
            for (String each : earlier) {
                gone = each.equals(reference) ? gone : gone.thenAcceptBoth(staging.remove(each), (one, other) -> {});
            }
        }
        return gone;
    }

    private static CompletionStage<Void> limited(CompletionStage<Void> removal, Timers timers) {
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
                // The component stops, and so do its timers. It removes the image if that takes no longer.
                done.completeOnTimeout(null, LONGEST_AT_STOP.toMillis(), TimeUnit.MILLISECONDS);
            }
        });
        return done;
    }
}
