package io.github.camelhh1.generation;

import io.github.camelhh1.image.ImageContent;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way to becoming a video.
 *
 * @param request what is asked; its image is null as long as only {@code content} is known
 * @param content the image itself, while it has no URL (or travels inside the request); null when the request names a URL
 * @param identity who this request is
 * @param limits how long and how often it may be tried
 */
public record Generation(
        GenerationRequest request, @Nullable ImageContent content, Identity identity, Limits limits) {

    /** The same generation with its image at {@code url}; the content has done its duty. */
    public Generation imageAt(String url) {
        return new Generation(request.withImage(url), null, identity, limits);
    }
}
