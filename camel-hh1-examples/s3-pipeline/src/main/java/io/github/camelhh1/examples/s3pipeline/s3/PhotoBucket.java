package io.github.camelhh1.examples.s3pipeline.s3;

import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The bucket that photos come from. Waiting photos lie at its top, finished ones in {@code done/} or {@code failed/},
 * which are not polled. Safe for use by many threads.
 */
public record PhotoBucket(S3Client s3, String bucket) {
    private static final String PHOTO = "(?i)[^/]+[.](jpe?g|png|webp)";
    private static final String NOTE = ".txt";
    /** The line of a note that names its run. */
    public static final String RUN = "Run:           ";

    private static final int SHORT = 12;
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
        move(key, etag, "done/" + key);
    }

    /**
     * The reason first: it must be there when the photo is. If a photo of this name has failed for another run, both keep
     * their notes: the later one goes into a folder named by its run, or by its ETag.
     *
     * @param runId blank or null for a request without a run
     */
    public void moveToFailed(String key, String etag, String runId, String reason) {
        String name = runId == null || runId.isBlank() ? etag.replace("\"", "") : runId;
        String failed = isOfAnotherRun(note(key), name) ? inFolder(key, name) : key;
        writeNote(note(failed), reason);
        move(key, etag, "failed/" + failed);
    }

    /** The key of the note in {@code failed/} that names the run; empty when there is none. */
    public Optional<String> noteOf(String key, String runId) {
        return Stream.of(note(key), note(inFolder(key, runId)), ownNote(key, runId))
                .filter(note -> read(note).contains(runId))
                .findFirst();
    }

    /** The key of a note for this run only, where the photo is not in {@code failed/} or failed for another run. */
    public static String ownNote(String key, String runId) {
        return note(key + "-" + shortened(runId));
    }

    public void writeNote(String note, String reason) {
        s3.putObject(
                put -> put.bucket(bucket).key(note).contentType("text/plain; charset=utf-8"),
                RequestBody.fromString(reason));
    }

    /** The photo whose run this note names, to {@code done/}; the note goes last, so that this can be repeated. */
    public void settleFailed(String key, String etag, String note) {
        String photo = note.substring(0, note.length() - NOTE.length());
        if (photo.endsWith("/" + key)) {
            move(photo, etag, "done/" + key);
        }
        s3.deleteObject(delete -> delete.bucket(bucket).key(note));
    }

    private static String note(String key) {
        return "failed/" + key + NOTE;
    }

    private static String inFolder(String key, String runId) {
        return shortened(runId) + "/" + key;
    }

    private static String shortened(String runId) {
        return runId.substring(0, Math.min(SHORT, runId.length()));
    }

    private boolean isOfAnotherRun(String note, String runId) {
        String text = read(note);
        return text.contains(RUN) && !text.contains(runId);
    }

    private String read(String note) {
        try {
            return s3.getObjectAsBytes(get -> get.bucket(bucket).key(note)).asUtf8String();
        } catch (NoSuchKeyException e) {
            return "";
        }
    }

    /** A photo that was replaced meanwhile stays: it is another one, whose turn comes. One that is gone was moved before. */
    private void move(String key, String etag, String target) {
        try {
            s3.copyObject(copy -> copy.sourceBucket(bucket)
                    .sourceKey(key)
                    .copySourceIfMatch(etag)
                    .destinationBucket(bucket)
                    .destinationKey(target));
        } catch (S3Exception e) {
            if (e.statusCode() == GONE || e.statusCode() == REPLACED) {
                return;
            }
            throw e;
        }
        s3.deleteObject(delete -> delete.bucket(bucket).key(key));
    }
}
