package io.github.camelhh1.examples.s3pipeline.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The bucket that videos go to. Nothing in it is ever overwritten. This is done with the SDK because camel-aws2-s3 drops
 * the metadata of what it puts in parts. Safe for use by many threads.
 */
public record VideoBucket(S3Client s3, String bucket) {
    private static final String TYPE = "video/mp4";
    /** If-None-Match with this value: no object may exist under the key. */
    private static final String ANYTHING = "*";

    private static final int EXISTS = 412;
    /** Another one is being put there. S3 asks to try again: nothing says that it will be there. */
    private static final int BEING_PUT = 409;

    /** S3 answers so for an object that is not there, where the bucket may not be listed. */
    private static final int FORBIDDEN = 403;

    private static final int TRIES = 3;

    /** The metadata of the object under a key; empty when there is none, or S3 does not tell. */
    public Optional<Map<String, String>> metadata(String key) {
        try {
            return Optional.of(
                    s3.headObject(head -> head.bucket(bucket).key(key)).metadata());
        } catch (S3Exception e) {
            if (e instanceof NoSuchKeyException || e.statusCode() == FORBIDDEN) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** In parts of this size when it is longer than one. False when something is there already. */
    public boolean put(String key, Video video, Map<String, String> metadata, long partSize) {
        for (int tries = 1; ; tries++) {
            try {
                if (video.length() <= partSize) {
                    putWhole(key, video, metadata);
                } else {
                    putParts(key, video, metadata, partSize);
                }
                return true;
            } catch (S3Exception e) {
                if (e.statusCode() == EXISTS) {
                    return false;
                } else if (e.statusCode() != BEING_PUT || tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    private void putWhole(String key, Video video, Map<String, String> metadata) {
        s3.putObject(
                put -> put.bucket(bucket)
                        .key(key)
                        .contentType(TYPE)
                        .metadata(metadata)
                        .ifNoneMatch(ANYTHING),
                video.part(0, video.length()));
    }

    private void putParts(String key, Video video, Map<String, String> metadata, long partSize) {
        String upload = s3.createMultipartUpload(create ->
                        create.bucket(bucket).key(key).contentType(TYPE).metadata(metadata))
                .uploadId();
        try {
            List<CompletedPart> parts = new ArrayList<>();
            for (long start = 0; start < video.length(); start += partSize) {
                RequestBody content = video.part(start, Math.min(partSize, video.length() - start));
                parts.add(part(key, upload, parts.size() + 1, content));
            }
            s3.completeMultipartUpload(complete -> complete.bucket(bucket)
                    .key(key)
                    .uploadId(upload)
                    .multipartUpload(all -> all.parts(parts))
                    .ifNoneMatch(ANYTHING));
        } catch (SdkException e) {
            // S3 also bills parts of an upload that was not completed.
            s3.abortMultipartUpload(abort -> abort.bucket(bucket).key(key).uploadId(upload));
            throw e;
        }
    }

    private CompletedPart part(String key, String upload, int number, RequestBody content) {
        String etag = s3.uploadPart(
                        part -> part.bucket(bucket).key(key).uploadId(upload).partNumber(number), content)
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(etag).build();
    }
}
