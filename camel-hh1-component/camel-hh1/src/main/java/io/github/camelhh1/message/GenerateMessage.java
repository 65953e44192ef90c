package io.github.camelhh1.message;

import io.github.camelhh1.generation.GenerationRequest;
import io.github.camelhh1.generation.RequestRules;
import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.RequestImage;
import io.github.camelhh1.image.preflight.Preflight;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message as it was understood.
 *
 * @param request the fields that were set, but for the image
 * @param image null when there is none, which is a violation
 * @param senderKey the key that the message brought; null when it brought none
 * @param explicitKey that key, else the one that the endpoint's expression made; null when there is neither
 * @param keyExpression the endpoint's expression; null when it has none
 * @param upstreamId what the message is known by upstream; null when there is a key, or no such id
 * @param correlation the sender's own text for the ledger; null when there is none
 * @param sourceName what the source is called; null when it has no name
 * @param violations every rule broken; nothing may be sent unless empty
 */
public record GenerateMessage(
        GenerationRequest request,
        @Nullable RequestImage image,
        @Nullable String senderKey,
        @Nullable String explicitKey,
        @Nullable String keyExpression,
        @Nullable String upstreamId,
        @Nullable String correlation,
        @Nullable String sourceName,
        List<String> violations) {

    /** Those of its image too, as far as they can be told here. */
    public List<String> allViolations(Preflight preflight) {
        if (image instanceof ImageContent content && !content.format().isImage()) {
            return violations; // They say so.
        }
        var all = new ArrayList<>(violations);
        if (image != null) {
            all.addAll(preflight.violations(image, this::imageName));
        }
        return all;
    }

    /** The image's file name, link or content hash, in quotes, fit for a log. */
    public String imageName() {
        if (sourceName != null) {
            return RequestRules.shape(sourceName);
        }
        return RequestRules.shape(
                image instanceof ImageContent content ? content.name() : image == null ? "no image" : image.title());
    }

    /** Only of a message without violations. */
    public RequestImage theImage() {
        return Objects.requireNonNull(image, "no image");
    }
}
