package io.github.camelhh1;

import io.github.camelhh1.generation.GenerationRequest;
import io.github.camelhh1.image.ImageContent;
import io.github.camelhh1.image.ImageIdentity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message as it was understood.
 *
 * @param request the fields that were set; without an image when {@code content} is the image
 * @param content the image, when the message brought its content
 * @param explicitKey the key the sender or the endpoint gave; null when there is none
 * @param sourceName what the source is called; null when it has no name
 * @param violations every rule broken; nothing may be sent unless empty
 */
record Reading(
        GenerationRequest request,
        @Nullable ImageContent content,
        @Nullable String explicitKey,
        @Nullable String sourceName,
        List<String> violations) {

    /** What the image is; only of a message without violations. */
    String imageIdentity() {
        if (content != null) {
            return ImageIdentity.of(content);
        }
        return request.image() == null ? "" : ImageIdentity.of(request.image());
    }
}
