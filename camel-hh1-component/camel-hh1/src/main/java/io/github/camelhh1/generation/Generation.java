package io.github.camelhh1.generation;

import io.github.camelhh1.async.Deadline;
import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.RequestImage;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.NewRun;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way to becoming a video.
 *
 * @param request the fields of the request but for its image
 * @param image the image as this generation has it now; staging makes a link of content
 * @param identity the request's account, model, key and fingerprint
 * @param accepted settled when the message was accepted
 * @param limits how long and how often it may be tried
 * @param claim the right to send it; null before it is claimed
 * @param preparation credentials and deadline of this attempt; null before {@code Prepared.authorized}
 * @param sendBefore on the monotonic clock: no byte may leave later than that; null for no limit
 */
public record Generation(
        GenerationRequest request,
        RequestImage image,
        Identity identity,
        Accepted accepted,
        Limits limits,
        @Nullable Claim claim,
        @Nullable Preparation preparation,
        @Nullable Long sendBefore) {

    /** Not claimed, not prepared. */
    public Generation(
            GenerationRequest request, RequestImage image, Identity identity, Accepted accepted, Limits limits) {
        this(request, image, identity, accepted, limits, null, null, null);
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
        return new Generation(request, other, identity, accepted, limits, claim, preparation, sendBefore);
    }

    public Generation claimed(Claim right) {
        return new Generation(request, image, identity, accepted, limits, right, preparation, sendBefore);
    }

    public Generation prepared(Preparation done) {
        return new Generation(request, image, identity, accepted, limits, claim, done, sendBefore);
    }

    /** The same generation, of which no byte may leave later than that on the monotonic clock; null for no limit. */
    public Generation sentBefore(@Nullable Long nanos) {
        return new Generation(request, image, identity, accepted, limits, claim, preparation, nanos);
    }

    /** The API key of this attempt; only of a generation that has passed {@code Prepared.authorized}. */
    public String credentials() {
        return Objects.requireNonNull(preparation, "not authorized").credentials();
    }

    /** The end of this attempt; counts from {@code now} when nothing had to be waited for. */
    public Deadline deadline(long now) {
        return preparation == null ? new Deadline(limits.generationTimeout(), now) : preparation.deadline();
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
                accepted.correlation());
    }
}
