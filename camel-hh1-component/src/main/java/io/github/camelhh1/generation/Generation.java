package io.github.camelhh1.generation;

import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.NewRun;
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
 */
public record Generation(
        GenerationRequest request,
        @Nullable ImageContent content,
        Identity identity,
        Accepted accepted,
        Limits limits,
        @Nullable Claim claim) {

    /** The same generation with its image at {@code url}; the content has done its duty. */
    public Generation imageAt(String url) {
        return new Generation(request.withImage(url), null, identity, accepted, limits, claim);
    }

    /** The same generation with other content for its image; who it is stays. */
    Generation withContent(ImageContent other) {
        return new Generation(request, other, identity, accepted, limits, claim);
    }

    Generation claimed(Claim right) {
        return new Generation(request, content, identity, accepted, limits, right);
    }

    /** The right to send it; only of a generation that has passed {@link OncePerKey}. */
    Claim right() {
        return Objects.requireNonNull(claim, "not claimed");
    }

    /** As the ledger first writes it down. */
    NewRun newRun() {
        return new NewRun(
                identity.runId(),
                identity.account(),
                identity.model(),
                identity.key(),
                identity.fingerprint(),
                accepted.videoFileName(),
                request.duration(),
                accepted.cost());
    }
}
