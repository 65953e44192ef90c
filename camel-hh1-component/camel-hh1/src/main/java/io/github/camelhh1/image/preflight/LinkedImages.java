package io.github.camelhh1.image.preflight;

import io.github.camelhh1.image.ImageLook;
import java.net.URI;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Looks at images where their links point, within bounds of bytes and time. Safe for use by many threads. */
@FunctionalInterface
public interface LinkedImages {

    /** Holds no thread while it waits; the stage always completes normally. */
    CompletionStage<Found> look(URI link);

    /** One of the two is null; {@code unreachable} says why the image could not be looked at. */
    record Found(@Nullable ImageLook look, @Nullable String unreachable) {}
}
