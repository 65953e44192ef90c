package io.github.camelhh1.examples.s3pipeline.s3;

import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The bucket that photos come from. They lie at its top; those that are through lie in {@code done/} or {@code failed/},
 * where nobody looks for photos. Safe for use by many threads.
 */
public record PhotoBucket(S3Client s3, String bucket) {
    private static final String PHOTO = "(?i)[^/]+[.](jpe?g|png|webp)";
    private static final int GONE = 404;
    private static final int REPLACED = 412;

    /** Whether an object of this key waits to become a video. */
    public static boolean isPhoto(String key) {
        return key.matches(PHOTO);
    }

    /** Empty when there is no such object any more. */
    public Optional<HeadObjectResponse> find(String key) {
        try {
            return Optional.of(s3.headObject(head -> head.bucket(bucket).key(key)));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    /** Whether photos wait, or are on their way. */
    public boolean isEmpty() {
        return s3.listObjectsV2Paginator(list -> list.bucket(bucket).delimiter("/")).contents().stream()
                .noneMatch(object -> isPhoto(object.key()));
    }

    public void moveToDone(String key, String etag) {
        move(key, etag, "done/");
    }

    /** The reason first: it must be there when the photo is. */
    public void moveToFailed(String key, String etag, String reason) {
        s3.putObject(
                put -> put.bucket(bucket).key("failed/" + key + ".txt").contentType("text/plain; charset=utf-8"),
                RequestBody.fromString(reason));
        move(key, etag, "failed/");
    }

    /** A photo that was replaced meanwhile stays: it is another one, whose turn comes. One that is gone was moved before. */
    private void move(String key, String etag, String folder) {
        try {
            s3.copyObject(copy -> copy.sourceBucket(bucket)
                    .sourceKey(key)
                    .copySourceIfMatch(etag)
                    .destinationBucket(bucket)
                    .destinationKey(folder + key));
        } catch (S3Exception e) {
            if (e.statusCode() == GONE || e.statusCode() == REPLACED) {
                return;
            }
            throw e;
        }
        s3.deleteObject(delete -> delete.bucket(bucket).key(key));
    }
}
