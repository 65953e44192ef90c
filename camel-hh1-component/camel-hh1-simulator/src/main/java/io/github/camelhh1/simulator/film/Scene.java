package io.github.camelhh1.simulator.film;

import io.github.camelhh1.simulator.pictures.Picture;
import org.jspecify.annotations.Nullable;

/** The content of a video: the picture, when it is known, or else a card with the caption. */
public record Scene(@Nullable Picture picture, String caption, int seconds) {

    /** Scenes of one key make the same video. */
    String key() {
        return (picture == null ? "card" : picture.sha256()) + "-" + seconds + "-"
                + Integer.toHexString(caption.hashCode());
    }
}
