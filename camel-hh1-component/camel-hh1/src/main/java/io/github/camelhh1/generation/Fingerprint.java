package io.github.camelhh1.generation;

import io.github.camelhh1.text.Sha256;
import java.util.ArrayList;

/** Tells two requests apart, whoever sends them. */
public final class Fingerprint {
    private Fingerprint() {}

    /**
     * Over the model, the fields that were set, and what the image is: {@code imageIdentity} stands for the image, so
     * that a link signed anew, or content staged elsewhere, is the same request.
     */
    public static String of(String model, GenerationRequest request, String imageIdentity) {
        var parts = new ArrayList<String>();
        parts.add(model);
        request.withImage(imageIdentity).fields().forEach((field, value) -> {
            parts.add(field);
            parts.add(String.valueOf(value));
        });
        return Sha256.of(parts.toArray(String[]::new));
    }
}
