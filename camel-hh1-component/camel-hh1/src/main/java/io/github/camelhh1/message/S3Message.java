package io.github.camelhh1.message;

import io.github.camelhh1.image.RequestImage;
import io.github.camelhh1.staging.S3Bucket;
import java.io.File;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;
import org.jspecify.annotations.Nullable;

/**
 * Messages from an S3 bucket, known by the headers of camel-aws2-s3. An object of the bucket that images are staged in
 * needs no copy: it is linked where it lies.
 *
 * @param bucket whose objects can be linked; null for none
 */
record S3Message(@Nullable S3Bucket bucket) {
    private static final String BUCKET = "CamelAwsS3BucketName";
    private static final String KEY = "CamelAwsS3Key";
    private static final String LENGTH = "CamelAwsS3ContentLength";
    private static final String ETAG = "CamelAwsS3ETag";

    /** The body of an object that nobody has read yet. */
    private static final String UNREAD = "software.amazon.awssdk.core.ResponseInputStream";

    /** The object of the message, to be linked; null when the body is to be staged, or is no image. */
    RequestImage.@Nullable Stored inPlace(Message message) {
        String from = HeaderText.orNull(message, BUCKET);
        String key = HeaderText.orNull(message, KEY);
        if (from == null
                || key == null
                || bucket == null
                || !from.equals(bucket.name())
                || bucket.objection(key) != null) {
            return null;
        }
        String version = HeaderText.orNull(message, ETAG);
        boolean content = isContent(message.getBody());
        // A route may have replaced the object by another image, or without a version a later content looks the same.
        if ((content && (version == null || !isObject(message)))
                || bucket.doubt(message.getExchange(), content) != null) {
            return null;
        }
        // Other headers that differ between contents of a key.
        String other = HeaderText.orNull(message, "CamelAwsS3VersionId", "CamelAwsS3LastModified");
        return new RequestImage.Stored(from, key, version != null ? version.replace("\"", "") : other);
    }

    private static boolean isContent(@Nullable Object body) {
        return body instanceof InputStream
                || body instanceof StreamCache
                || body instanceof byte[]
                || body instanceof ByteBuffer
                || body instanceof File
                || body instanceof Path
                || body instanceof WrappedFile<?>;
    }

    private static boolean isObject(Message message) {
        Object body = Objects.requireNonNull(message.getBody());
        long length = -1;
        if (body.getClass().getName().equals(UNREAD)) {
            return true;
        } else if (body instanceof StreamCache cache) {
            length = cache.length();
        } else if (body instanceof byte[] bytes) {
            length = bytes.length;
        }
        String said = HeaderText.orNull(message, LENGTH);
        return length > 0 && String.valueOf(length).equals(said);
    }

    /** Why an object that the message names is not its image; null when it names none. */
    @Nullable
    String whyNot(Message message) {
        String from = HeaderText.orNull(message, BUCKET);
        String key = HeaderText.orNull(message, KEY);
        if (from == null || key == null) {
            return null;
        } else if (bucket != null && from.equals(bucket.name())) {
            String objection = bucket.objection(key);
            return (objection != null ? objection : bucket.doubt(message.getExchange(), false))
                    + ", so that the object is not linked; send its content as body";
        }
        return "the message names an object of the bucket " + from
                + " and has no body. It would be linked where it lies"
                + " with stagingUri=aws2-s3:" + from + " and its credentials"
                + (bucket == null ? "" : " (stagingUri names the bucket " + bucket.name() + ")")
                + "; or send its content as body";
    }
}
