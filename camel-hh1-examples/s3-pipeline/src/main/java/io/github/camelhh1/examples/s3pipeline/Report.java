package io.github.camelhh1.examples.s3pipeline;

import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A table of what lies in a bucket of videos. */
record Report(S3Client s3, String bucket) {
    private static final String ROW = "%-28s %9s  %-17s %4s %5s  %-9s  %-12s  %-12s  %s";

    void print(Console console) {
        console.line("");
        console.line(
                ROW.formatted("s3://" + bucket, "bytes", "model", "seed", "s", "size", "prompt", "sha256", "source"));
        s3.listObjectsV2Paginator(list -> list.bucket(bucket)).contents().forEach(object -> console.line(row(object)));
    }

    private String row(S3Object object) {
        Map<String, String> metadata =
                s3.headObject(head -> head.bucket(bucket).key(object.key())).metadata();
        return ROW.formatted(
                object.key(),
                object.size(),
                metadata.getOrDefault("model", "-"),
                metadata.getOrDefault("seed", "-"),
                metadata.getOrDefault("seconds", "-"),
                metadata.getOrDefault("width", "-") + "x" + metadata.getOrDefault("height", "-"),
                begin(metadata.getOrDefault("prompt-sha256", "-")),
                begin(metadata.getOrDefault("sha256", "-")),
                metadata.getOrDefault("source", "-"));
    }

    private static String begin(String hash) {
        return hash.substring(0, Math.min(12, hash.length()));
    }
}
