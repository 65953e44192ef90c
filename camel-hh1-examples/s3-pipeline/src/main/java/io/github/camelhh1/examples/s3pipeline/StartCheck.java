package io.github.camelhh1.examples.s3pipeline;

import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Checks, before the first photo is taken, what is used only when a photo is paid already: otherwise each photo would be
 * paid, and no video could be put.
 */
final class StartCheck extends MainListenerSupport {
    private static final String PART_SIZE = "pipeline.part-size";
    /** S3 takes no smaller part but the last. */
    private static final long LEAST_PART = 5L << 20;

    private static final int MOVED = 301;
    private static final int NOT_FOUND = 404;

    private final S3Client s3;
    private final String videos;

    StartCheck(S3Client s3, String videos) {
        this.s3 = s3;
        this.videos = videos;
    }

    @Override
    public void afterConfigure(BaseMainSupport main) {
        String size = main.getCamelContext().resolvePropertyPlaceholders("{{" + PART_SIZE + "}}");
        if (!size.matches("\\d{1,18}") || Long.parseLong(size) < LEAST_PART) {
            throw new IllegalArgumentException(
                    PART_SIZE + "=" + size + ": it must be a number of bytes, " + LEAST_PART + " or more");
        }
        try {
            s3.headBucket(head -> head.bucket(videos));
        } catch (S3Exception e) {
            // Another refusal is no proof: who may put objects need not be allowed to look at the bucket.
            if (e.statusCode() == NOT_FOUND || e.statusCode() == MOVED) {
                throw new IllegalArgumentException(
                        "S3_OUT: there is no bucket " + videos + " in this region; create it, or set AWS_REGION", e);
            }
        }
    }
}
