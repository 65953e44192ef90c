package io.github.camelhh1.examples.s3pipeline;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** As S3 writes them. */
final class Notifications {
    private Notifications() {}

    /** Keys are written as in a form. */
    static String of(String bucket, String... keys) {
        return Stream.of(keys).map(key -> record(bucket, key)).collect(Collectors.joining(",", "{\"Records\":[", "]}"));
    }

    private static String record(String bucket, String key) {
        return """
                {"eventVersion": "2.1", "eventSource": "aws:s3", "eventName": "ObjectCreated:Put",
                 "s3": {"s3SchemaVersion": "1.0", "bucket": {"name": "%s", "arn": "arn:aws:s3:::%s"},
                        "object": {"key": "%s", "size": 1024, "eTag": "d41d8cd98f00b204e9800998ecf8427e"}}}""".formatted(bucket, bucket, key);
    }
}
