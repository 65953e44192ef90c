package io.github.camelhh1.examples.fleet.demo;

import io.github.camelhh1.examples.fleet.aws.SqsClients;
import io.github.camelhh1.examples.fleet.services.QueueService;
import io.github.camelhh1.examples.fleet.services.StorageService;
import io.github.camelhh1.examples.s3pipeline.s3.S3Clients;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A queue and a storage beside the database. Each photo is announced on the queue as S3 does it. */
final class AwsCloud extends Cloud {
    static final String QUEUE = "photos";
    static final String FAILED = "photos-failed";
    static final String DEAD = "photos-dead";

    private static final Duration OUTAGE = Duration.ofSeconds(8);
    private static final String EVENT = """
            {"Records": [{"eventVersion": "2.1", "eventSource": "aws:s3", "eventName": "ObjectCreated:Put",
            "s3": {"bucket": {"name": "%s"}, "object": {"key": "%s"}}}]}""";

    private final Object[] queuePlace;
    private final Node storage;
    private Node queue;
    private SqsClient sqs;
    private S3Client s3;

    AwsCloud(Path folder, long delayMillis) throws IOException {
        super(folder, delayMillis);
        queuePlace = new Object[] {freePort(), folder};
        queue = service("queue", QueueService.class, line -> {}, queuePlace);
        storage = service("storage", StorageService.class, line -> {});
    }

    @Override
    void await() throws Exception {
        super.await();
        List<String> place = storage.awaitReady();
        set("SQS_ENDPOINT", queue.awaitReady().get(0));
        set("FLEET_QUEUE", QUEUE);
        set("S3_ENDPOINT", place.get(0));
        set("S3_IN", "photos");
        set("S3_OUT", "videos");
        set("AWS_ACCESS_KEY_ID", place.get(1));
        set("AWS_SECRET_ACCESS_KEY", place.get(2));
        set("AWS_REGION", "us-east-1");
        // The clients of this process take their credentials from here as a worker takes them from its environment.
        System.setProperty("aws.accessKeyId", place.get(1));
        System.setProperty("aws.secretAccessKey", place.get(2));
        sqs = SqsClients.client(worker().queues());
        s3 = S3Clients.client(worker().s3().orElseThrow());
    }

    @Override
    void fault(String name) throws Exception {
        switch (name) {
            case "queue" -> queue = restart(queue, name, QueueService.class, queuePlace);
            case "storage" -> {
                // Its connections stay open meanwhile.
                storage.signal("STOP");
                Thread.sleep(OUTAGE.toMillis());
                storage.signal("CONT");
            }
            default -> super.fault(name);
        }
    }

    @Override
    List<String> feed(int count) throws IOException {
        String url = sqs.getQueueUrl(get -> get.queueName(QUEUE)).queueUrl();
        String bucket = worker().s3().orElseThrow().in();
        List<String> keys = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            String key = Photos.name(i);
            byte[] photo = Photos.content(key);
            s3.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromBytes(photo));
            sqs.sendMessage(send -> send.queueUrl(url).messageBody(EVENT.formatted(bucket, key)));
            keys.add(key);
        }
        return keys;
    }

    @Override
    Progress progress() {
        return new AwsProgress(sqs, s3, worker().s3().orElseThrow().out());
    }

    @Override
    public void close() {
        if (s3 != null) {
            sqs.close();
            s3.close();
        }
        super.close();
    }
}
