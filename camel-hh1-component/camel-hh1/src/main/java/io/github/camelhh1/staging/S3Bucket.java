package io.github.camelhh1.staging;

import org.jspecify.annotations.Nullable;

/**
 * A bucket whose objects need not be moved, for they are linked in place.
 *
 * @param prefix what their keys begin with; empty or ends with a slash
 */
public record S3Bucket(String name, String prefix) {

    /** That of a {@code stagingUri}; null when it is of another kind. */
    public static @Nullable S3Bucket of(@Nullable String uri) {
        return uri != null && uri.startsWith(S3Settings.SCHEME)
                ? new S3Bucket(S3Settings.bucket(uri), S3Settings.prefix(uri))
                : null;
    }

    /**
     * Why an object is not linked, whose key anybody may have written into a header; null when nothing speaks against it.
     * Camel evaluates expressions in keys, and a client may take {@code ..} for the way out of the prefix.
     */
    @Nullable
    public String objection(String key) {
        if (!key.startsWith(prefix)) {
            return "the object's key does not begin with " + prefix + ", as stagingUri says that keys do";
        }
        return S3Settings.isExpression(key) || ("/" + key + "/").contains("/../")
                ? "the object's key holds .. or an expression that Camel would evaluate"
                : null;
    }
}
