package io.github.camelhh1.download.mp4;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the index of a video says of it; null is what it does not say.
 *
 * @param width of its picture, in pixels
 * @param height of its picture, in pixels
 */
public record Movie(
        @Nullable Integer width,
        @Nullable Integer height,
        @Nullable Duration duration) {
    public static final Movie UNKNOWN = new Movie(null, null, null);
}
