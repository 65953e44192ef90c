package io.github.camelhh1.rooms;

import io.github.camelhh1.async.TimeLimit;
import io.github.camelhh1.async.Timers;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.RequestImage;
import io.github.camelhh1.image.Snapshots;
import io.github.camelhh1.image.preflight.Preflight;
import io.github.camelhh1.image.preflight.Preflight.Verdict;
import io.github.camelhh1.staging.Staging;
import io.github.camelhh1.staging.Staging.StagedImage;
import io.github.camelhh1.text.CleanText;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Three rooms for a request's image: it is copied, then checked, then stored where the service can fetch it. */
final class ImageRooms {
    /** An outcome waits for the removal, so that the image is gone with it; but not for a store that hangs. */
    private static final Duration LONGEST_REMOVAL = Duration.ofSeconds(10);

    private static final Duration LONGEST_AT_STOP = Duration.ofSeconds(3);

    private ImageRooms() {}

    /** An image that its sender may still change is copied before it is decoded or sent; the copy goes with the call. */
    static Generator snapshotted(Generator next, Snapshots snapshots, Timers timers) {
        return generation -> {
            ImageContent content = generation.content();
            if (content == null || content.file() != null) {
                return next.generate(generation);
            }
            Duration limit = generation.limits().generationTimeout();
            return Steps.then(
                    TimeLimit.of(snapshots.take(content), limit, timers, "not done", snapshots::discard),
                    snapshot -> Steps.into(next, generation.withImage(snapshot))
                            .whenComplete((outcome, error) -> snapshots.discard(snapshot)),
                    failure -> notSent(
                            "no private copy of the image could be made in java.io.tmpdir: ",
                            failure.toString(),
                            failure));
        };
    }

    /** An image outside the limits is refused, fixed, or sent with a warning. */
    static Generator preflighted(Generator next, Preflight preflight, Timers timers) {
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
                    check.isDone() ? check : TimeLimit.of(check, limit, timers, "not done", ImageRooms::discard),
                    verdict -> judged(next, generation, verdict),
                    failure -> failure instanceof TimeoutException
                            ? notSent(
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

    /** Image content, and an object in a store, get a URL; the image is removed once the outcome is known. */
    static Generator staged(Generator next, Staging staging, Timers timers) {
        return generation -> {
            RequestImage image = generation.image();
            if (image instanceof RequestImage.Link) {
                return next.generate(generation);
            }
            Staging mine = staging.onBehalfOf(generation.accepted().caller());
            Duration limit = generation.limits().generationTimeout();
            var link =
                    image instanceof RequestImage.Stored stored ? mine.link(stored) : mine.stage((ImageContent) image);
            return Steps.then(
                    TimeLimit.of(link, limit, timers, "no answer", StagedImage::release),
                    staged -> sent(next, generation, staged, mine, timers),
                    failure -> notSent(
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
                    return limited(removal(image, outcome, staging), timers).thenApply(gone -> outcome);
                },
                defect -> {
                    image.keep();
                    return CompletableFuture.failedStage(defect);
                });
    }

    /** Where another node is at work on the request, only the ledger knows whether the image is needed there. */
    private static CompletionStage<Void> removal(StagedImage image, Outcome outcome, Staging staging) {
        String reference = image.reference();
        if (outcome instanceof Outcome.InFlight && reference != null) {
            image.keep();
            return staging.remove(reference);
        }
        return image.release();
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
                // The component stops, and timers with it: it removes the image all the same, if that takes no longer.
                done.completeOnTimeout(null, LONGEST_AT_STOP.toMillis(), TimeUnit.MILLISECONDS);
            }
        });
        return done;
    }

    private static CompletionStage<Outcome> notSent(String reason, String cause, Throwable failure) {
        return Steps.ended(new Outcome.NotSent(reason + CleanText.of(cause), false, failure, Trace.NONE));
    }
}
