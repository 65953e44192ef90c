package io.github.camelhh1.generation;

import io.github.camelhh1.async.TimeLimit;
import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.StoredImage;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.staging.StagedImage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way to becoming a video.
 *
 * @param request what is asked; its image is null as long as only {@code content} is known
 * @param content the image itself, while it has no URL (or travels inside the request); null when the request names a URL
 * @param identity who this request is
 * @param accepted what was settled when it was accepted
 * @param limits how long and how often it may be tried
 * @param claim the right to send it; null before it is claimed
 * @param stored the image where it lies already, while it has no link; null when it does not
 * @param staged by what the staged image is found again; null when none was staged
 * @param preparation what this attempt had to wait for; null before it was there
 * @param sendBefore on the monotonic clock: no byte may leave later than that; null for no limit
 */
public record Generation(
        GenerationRequest request,
        @Nullable ImageContent content,
        Identity identity,
        Accepted accepted,
        Limits limits,
        @Nullable Claim claim,
        @Nullable StoredImage stored,
        @Nullable String staged,
        @Nullable Preparation preparation,
        @Nullable Long sendBefore) {

    /** Of an image that lies in no store. */
    public Generation(
            GenerationRequest request,
            @Nullable ImageContent content,
            Identity identity,
            Accepted accepted,
            Limits limits,
            @Nullable Claim claim) {
        this(request, content, identity, accepted, limits, claim, null, null, null, null);
    }

    /** The same generation, of an image that lies there. */
    public Generation storedAt(@Nullable StoredImage place) {
        return new Generation(
                request, content, identity, accepted, limits, claim, place, staged, preparation, sendBefore);
    }

    /** The same generation with its image at a URL; the content has done its duty. */
    public Generation imageAt(StagedImage image) {
        return new Generation(
                request.withImage(image.url()),
                null,
                identity,
                accepted,
                limits,
                claim,
                null,
                image.reference(),
                preparation,
                sendBefore);
    }

    /** The same generation with other content for its image; who it is stays. */
    public Generation withContent(ImageContent other) {
        return new Generation(request, other, identity, accepted, limits, claim);
    }

    public Generation claimed(Claim right) {
        return new Generation(
                request, content, identity, accepted, limits, right, stored, staged, preparation, sendBefore);
    }

    public Generation prepared(Preparation done) {
        return new Generation(request, content, identity, accepted, limits, claim, stored, staged, done, sendBefore);
    }

    /** The same generation, of which no byte may leave later than that on the monotonic clock; null for no limit. */
    public Generation sentBefore(@Nullable Long nanos) {
        return new Generation(request, content, identity, accepted, limits, claim, stored, staged, preparation, nanos);
    }

    /** What this attempt shows the service; only of a generation that has passed {@code Authorized}. */
    public String credentials() {
        return Objects.requireNonNull(preparation, "not authorized").credentials();
    }

    /** When this attempt must be over; counts from {@code now} when nothing had to be waited for. */
    public TimeLimit deadline(long now) {
        return preparation == null ? new TimeLimit(limits.generationTimeout(), now) : preparation.deadline();
    }

    /** The right to send it; only of a generation that has passed {@code OncePerKey}. */
    public Claim right() {
        return Objects.requireNonNull(claim, "not claimed");
    }

    /** As the ledger first writes it down. */
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
                accepted.correlation());
    }
}
