package io.github.camelhh1.staging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What an S3 endpoint is asked with.
 *
 * @param prefix what keys begin with; empty or ends with a slash
 * @param linkLife of the links that are made
 */
record S3Settings(String bucket, String prefix, Duration linkLife) {
    /** Of S3 itself. */
    private static final Duration LONGEST_LIFE = Duration.ofDays(7);

    /** Checks what the endpoint needs for putting, linking and removing. */
    static S3Settings of(S3Options options, Duration linkLife) {
        String bucket = options.bucket();
        List<String> broken = new ArrayList<>();
        if (options.text("operation") != null) {
            broken.add("leave out operation, for it puts, links and deletes");
        }
        if (options.isTrue("streamingUploadMode") || options.isTrue("pojoRequest")) {
            broken.add("leave out streamingUploadMode and pojoRequest");
        }
        presigning(options, broken);
        String prefix = options.prefix();
        if (isExpression(prefix) || isExpression(bucket)) {
            broken.add("give a plain bucket and a plain keyName or prefix, without ${}");
        }
        if (linkLife.compareTo(LONGEST_LIFE) > 0) {
            broken.add("links must live for " + linkLife + " and S3 gives them 7 days at most: lower generationTimeout,"
                    + " maxAttempts or maxRetryDelay");
        }
        if (!broken.isEmpty()) {
            throw new IllegalArgumentException(
                    "stagingUri: the S3 bucket " + bucket + " cannot stage images: " + String.join("; ", broken));
        }
        return new S3Settings(bucket, prefix, linkLife);
    }

    private static void presigning(S3Options options, List<String> broken) {
        if (options.value("amazonS3Presigner") != null) {
            return;
        }
        if (options.text("region") == null) {
            broken.add("links cannot be signed without a region: set region, or give an amazonS3Presigner");
        }
        boolean keys = options.text("accessKey") != null && options.text("secretKey") != null;
        if (!keys && !options.isTrue("useDefaultCredentialsProvider")) {
            broken.add("links cannot be signed without credentials: set accessKey and secretKey, or"
                    + " useDefaultCredentialsProvider=true, or give an amazonS3Presigner");
        }
    }

    /** Camel would evaluate it. */
    static boolean isExpression(String text) {
        return text.contains("${") || text.contains("$simple{");
    }
}
