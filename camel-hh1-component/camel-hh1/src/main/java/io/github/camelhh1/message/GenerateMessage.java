package io.github.camelhh1.message;

import io.github.camelhh1.generation.GenerationRequest;
import io.github.camelhh1.generation.RequestRules;
import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.ImageIdentity;
import io.github.camelhh1.image.StoredImage;
import io.github.camelhh1.image.preflight.Preflight;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message as it was understood.
 *
 * @param request the fields that were set; without an image when {@code content} is the image
 * @param content the image, when the message brought its content
 * @param stored the image, when it stays where the message says that it lies
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
        @Nullable ImageContent content,
        @Nullable StoredImage stored,
        @Nullable String senderKey,
        @Nullable String explicitKey,
        @Nullable String keyExpression,
        @Nullable String upstreamId,
        @Nullable String correlation,
        @Nullable String sourceName,
        List<String> violations) {

    /** Those of its image too, as far as they can be told here. */
    public List<String> allViolations(Preflight preflight) {
        if (content != null && !content.format().isImage()) {
            return violations; // They say so.
        }
        var all = new ArrayList<>(violations);
        all.addAll(preflight.violations(content, request.image(), this::imageName));
        return all;
    }

    /** The image's file name, link or content hash, in quotes, fit for a log. */
    public String imageName() {
        String image = request.image();
        return RequestRules.shape(
                sourceName != null
                        ? sourceName
                        : content != null ? content.name() : image != null ? image : "no image");
    }

    /** What the image is; only of a message without violations. */
    public String imageIdentity() {
        if (content != null) {
            return ImageIdentity.of(content);
        } else if (stored != null) {
            return ImageIdentity.of(stored);
        }
        return request.image() == null ? "" : ImageIdentity.of(request.image());
    }
}
