package io.github.camelhh1.generation;

import io.github.camelhh1.async.TimeLimit;
import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.RequestImage;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.staging.Staging.Caller;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way to becoming a video.
 *
 * @param request the fields of the request but for its image
 * @param image the image as this generation has it now; staging makes a link of content
 * @param identity the request's account, model, key and fingerprint
 * @param claim the right to send it; null before it is claimed
 * @param preparation credentials and deadline of this attempt; null before {@code Authorized}
 * @param sending the attempt that the ledger knows as sent; null before {@code Recorded}
 * @param resent whether it is sent again after an unknown outcome, on a thread of the rooms, which must not wait
 * @param stagedBefore references of the images of its earlier attempts, whose outcome is unknown
 */
public record Generation(
        GenerationRequest request,
        RequestImage image,
        Identity identity,
        Accepted accepted,
        Limits limits,
        @Nullable Claim claim,
        @Nullable Preparation preparation,
        @Nullable Sending sending,
        boolean resent,
        List<String> stagedBefore) {

    /**
     * Settled when the message was accepted.
     *
     * @param nanos the time of acceptance, on the monotonic clock
     * @param imageName the image's file name or link, in quotes, fit for the log
     * @param cost price of the seconds asked for; null when no price or no duration is known
     * @param correlation the sender's own text, which goes into the ledger; null when there is none
     * @param group the consumers that a late result is for; null for those without a group
     * @param caller the message
     * @param progress hears of the steps of this message
     * @param recalled done when the component or a route of the message stops: nothing is sent from then on
     */
    public record Accepted(
            long nanos,
            String videoFileName,
            Supplier<String> imageName,
            @Nullable BigDecimal cost,
            @Nullable String correlation,
            @Nullable String group,
            Caller caller,
            Progress progress,
            CompletableFuture<Void> recalled) {}

    /**
     * How long and how often a generation may be tried.
     *
     * @param generationTimeout hard end of one call
     * @param maxAttempts calls, the first included, for failures that are safe to repeat
     * @param retryDelay delay before the first repeat; doubles from there
     * @param maxRetryDelay longest delay; a longer one asked for by the service is not slept through
     * @param maxPaidAttempts attempts that may be paid before an unknown outcome is held; 1 holds the first
     */
    public record Limits(
            Duration generationTimeout,
            int maxAttempts,
            Duration retryDelay,
            Duration maxRetryDelay,
            int maxPaidAttempts) {}

    /**
     * Of one attempt.
     *
     * @param credentials the API key; not part of the text form
     * @param deadline counts from before the key was asked for
     */
    public record Preparation(String credentials, TimeLimit deadline) {
        @Override
        public String toString() {
            return String.valueOf(deadline);
        }
    }

    /**
     * Of one attempt that the ledger knows as sent.
     *
     * @param before on the monotonic clock: no byte may leave later than that; null for no limit
     * @param tasks takes the id of the attempt's task; its stage never fails, and completes when the ledger has the id, or
     *     has failed and is tried again
     * @param task of an attempt that has left already; null for one that is to leave
     * @param lookupId a fresh name of this attempt, by which the service can be asked for it; null where it is never asked
     * @param notes takes an outcome that is unknown so far, before the service is asked for it; its stage is as that of
     *     {@code tasks}. Null where it is never asked
     */
    public record Sending(
            @Nullable Long before,
            Function<String, CompletionStage<?>> tasks,
            @Nullable Task task,
            @Nullable String lookupId,
            @Nullable Function<Outcome.Unknown, CompletionStage<?>> notes) {}

    /**
     * A task to ask for.
     *
     * @param overdue whether generationTimeout has passed since it was created
     * @param once whether one question is enough, whatever its answer
     * @param awaited whether a delivery waits for its video now
     */
    public record Task(String id, boolean overdue, boolean once, BooleanSupplier awaited) {}

    /** Not claimed, not prepared. */
    public Generation(
            GenerationRequest request, RequestImage image, Identity identity, Accepted accepted, Limits limits) {
        this(request, image, identity, accepted, limits, null, null, null, false, List.of());
    }

    /** The image as content; null where it is a link or a stored object. */
    public @Nullable ImageContent content() {
        return image instanceof ImageContent content ? content : null;
    }

    /** The reference by which the staged image is removed; null when none was staged. */
    public @Nullable String staged() {
        return image instanceof RequestImage.Link link ? link.staged() : null;
    }

    /** The same generation with its image in another form; its identity stays. */
    public Generation withImage(RequestImage other) {
        return new Generation(
                request, other, identity, accepted, limits, claim, preparation, sending, resent, stagedBefore);
    }

    public Generation claimed(Claim right, List<String> images) {
        return new Generation(request, image, identity, accepted, limits, right, preparation, sending, resent, images);
    }

    /** The same generation, to be sent again by a thread of the rooms. */
    public Generation again() {
        return new Generation(
                request, image, identity, accepted, limits, claim, preparation, sending, true, stagedBefore);
    }

    public Generation prepared(Preparation done) {
        return new Generation(request, image, identity, accepted, limits, claim, done, sending, resent, stagedBefore);
    }

    public Generation sending(Sending begun) {
        return new Generation(
                request, image, identity, accepted, limits, claim, preparation, begun, resent, stagedBefore);
    }

    /** The API key of this attempt; only of a generation that has passed {@code Authorized}. */
    public String credentials() {
        return Objects.requireNonNull(preparation, "not authorized").credentials();
    }

    /** The end of this attempt; counts from {@code now} when nothing had to be waited for. */
    public TimeLimit deadline(long now) {
        return preparation == null ? new TimeLimit(limits.generationTimeout(), now) : preparation.deadline();
    }

    /** On the monotonic clock: no byte may leave later than that; null for no limit. */
    public @Nullable Long sendBefore() {
        return sending == null ? null : sending.before();
    }

    /** The name of this attempt for look-ups; null where there are none. */
    public @Nullable String lookupId() {
        return sending == null ? null : sending.lookupId();
    }

    /** Takes the id of the attempt's task; only of a generation that has passed {@code Recorded}. */
    public Function<String, CompletionStage<?>> tasks() {
        return Objects.requireNonNull(sending, "not recorded").tasks();
    }

    /** Takes an outcome that is unknown so far; only of a generation that has a name for look-ups. */
    public Function<Outcome.Unknown, CompletionStage<?>> notes() {
        return Objects.requireNonNull(
                Objects.requireNonNull(sending, "not recorded").notes(), "never looked up");
    }

    /** The task to ask for; null where one is to be created. */
    public @Nullable Task task() {
        return sending == null ? null : sending.task();
    }

    /** The right to send it; only of a generation that has passed {@code OncePerKey}. */
    public Claim right() {
        return Objects.requireNonNull(claim, "not claimed");
    }

    /** The run as the ledger first writes it. */
    public NewRun newRun() {
        return new NewRun(
                identity.runId(),
                identity.account(),
                identity.model(),
                identity.key(),
                identity.fingerprint(),
                accepted.videoFileName(),
                request.duration(),
                accepted.cost(),
                accepted.correlation(),
                accepted.group());
    }
}
