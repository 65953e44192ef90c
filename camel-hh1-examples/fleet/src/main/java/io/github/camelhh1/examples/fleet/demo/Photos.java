package io.github.camelhh1.examples.fleet.demo;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;

/** Sample photos in the bucket, each announced on the queue as S3 does it. */
record Photos(Cloud cloud) {
    private static final List<String> SAMPLES = List.of("horse.jpg", "lighthouse.png", "tea.webp");
    private static final String EVENT = """
            {"Records": [{"eventVersion": "2.1", "eventSource": "aws:s3", "eventName": "ObjectCreated:Put",
            "s3": {"bucket": {"name": "%s"}, "object": {"key": "%s"}}}]}""";

    /** Their keys. */
    List<String> feed(int count) throws IOException {
        String queue =
                cloud.sqs().getQueueUrl(get -> get.queueName(Cloud.QUEUE)).queueUrl();
        String bucket = cloud.worker().s3().in();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String sample = SAMPLES.get(i % SAMPLES.size());
            String key = "%02d-%s".formatted(i + 1, sample);
            cloud.s3().putObject(put -> put.bucket(bucket).key(key), RequestBody.fromBytes(read(sample)));
            cloud.sqs().sendMessage(send -> send.queueUrl(queue).messageBody(EVENT.formatted(bucket, key)));
            keys.add(key);
        }
        return keys;
    }

    private static byte[] read(String sample) throws IOException {
        try (InputStream photo = Photos.class.getResourceAsStream("/samples/" + sample)) {
            return photo.readAllBytes();
        }
    }
}
