package io.github.camelhh1.generation;

import io.github.camelhh1.image.RequestImage;
import io.github.camelhh1.text.Sha256;
import java.util.ArrayList;

/** Tells two requests apart, whoever sends them. */
public final class Fingerprint {
    private Fingerprint() {}

    /**
     * Over the model, the fields that were set, and the image's identity: a link signed anew, or
     * content staged elsewhere, is the same request.
     */
    public static String of(String model, GenerationRequest request, RequestImage image) {
        var parts = new ArrayList<String>();
        parts.add(model);
        request.withImage(image.identity()).fields().forEach((field, value) -> {
            parts.add(field);
            parts.add(String.valueOf(value));
        });
        return Sha256.of(parts.toArray(String[]::new));
    }
}
