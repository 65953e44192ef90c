package io.github.camelhh1.generation;

import io.github.camelhh1.image.RequestImage;
import io.github.camelhh1.text.Sha256;
import java.util.ArrayList;

/**
 * The identity of a request.
 *
 * @param account the account that pays
 * @param model model id
 * @param key the sender's name for the request
 * @param fingerprint SHA-256 over the model, the fields that were set and the image's identity
 * @param runId SHA-256 over account, model and key, shortened: operators quote it
 */
public record Identity(String account, String model, String key, String fingerprint, String runId) {

    public static Identity of(String account, String model, String key, String fingerprint) {
        return new Identity(account, model, key, fingerprint, runId(account, model, key));
    }

    public static String runId(String account, String model, String key) {
        return Sha256.of(account, model, key).substring(0, 32);
    }

    /** A link that is signed anew, or content that is staged elsewhere, gives the same fingerprint. */
    public static String fingerprint(String model, GenerationRequest request, RequestImage image) {
        var parts = new ArrayList<String>();
        parts.add(model);
        request.withImage(image.identity()).fields().forEach((field, value) -> {
            parts.add(field);
            parts.add(String.valueOf(value));
        });
        return Sha256.of(parts.toArray(String[]::new));
    }
}
