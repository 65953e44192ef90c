package io.github.camelhh1.image;

import org.jspecify.annotations.Nullable;

/**
 * An image that lies in an S3 bucket already.
 *
 * @param version what tells one content of the key from the next: its ETag, say; null when nothing is known of it
 */
public record StoredImage(
        String bucket, String key, @Nullable String version) {

    /** For people. */
    public String title() {
        return "s3://" + bucket + "/" + key;
    }
}
