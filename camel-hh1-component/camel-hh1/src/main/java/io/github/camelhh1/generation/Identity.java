package io.github.camelhh1.generation;

import io.github.camelhh1.text.Sha256;

/**
 * Who a request is.
 *
 * @param account who pays
 * @param model model id
 * @param key what the sender calls it
 * @param fingerprint SHA-256 over the model, the fields that were set and the image's identity
 * @param runId SHA-256 over account, model and key, shortened: what operators quote
 */
public record Identity(String account, String model, String key, String fingerprint, String runId) {

    public static Identity of(String account, String model, String key, String fingerprint) {
        return new Identity(account, model, key, fingerprint, runId(account, model, key));
    }

    public static String runId(String account, String model, String key) {
        return Sha256.of(account, model, key).substring(0, 32);
    }
}
