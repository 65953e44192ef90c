package io.github.camelhh1.examples.fleet.demo;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** As the queues and the bucket of videos tell it. */
final class AwsProgress implements Progress {
    private final SqsClient sqs;
    private final S3Client s3;
    private final String bucket;
    private final Map<String, String> sources = new HashMap<>();
    private final Map<String, Told> failures = new HashMap<>();

    AwsProgress(SqsClient sqs, S3Client s3, String bucket) {
        this.sqs = sqs;
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public void look() {
        for (S3Object video : s3.listObjectsV2(list -> list.bucket(bucket)).contents()) {
            sources.computeIfAbsent(video.key(), this::source);
        }
        String failed = url(AwsCloud.FAILED);
        sqs.receiveMessage(receive -> receive.queueUrl(failed)
                        .maxNumberOfMessages(10)
                        .messageAttributeNames("All")
                        .visibilityTimeout(1))
                .messages()
                .forEach(message -> failures.put(message.messageId(), told(message)));
    }

    /** Null while the object is being put: the storage lists it a moment before it can be read. */
    private String source(String key) {
        try {
            return s3.headObject(head -> head.bucket(bucket).key(key))
                    .metadata()
                    .get("source");
        } catch (NoSuchKeyException e) {
            return null;
        }
    }

    private static Told told(Message failure) {
        String place = attribute(failure, "photo").replaceFirst("#.*", "");
        return new Told(
                place.substring(place.lastIndexOf('/') + 1),
                attribute(failure, "kind").equals("held"),
                attribute(failure, "run"),
                attribute(failure, "reason"));
    }

    private static String attribute(Message message, String name) {
        var attribute = message.messageAttributes().get(name);
        return attribute == null ? "-" : attribute.stringValue();
    }

    @Override
    public Map<String, String> videos() {
        return sources;
    }

    @Override
    public Collection<Told> told() {
        return failures.values();
    }

    @Override
    public int queued() {
        return count(AwsCloud.QUEUE, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES);
    }

    @Override
    public int left() {
        return count(
                AwsCloud.QUEUE,
                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);
    }

    @Override
    public int dead() {
        return count(AwsCloud.DEAD, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES);
    }

    /** In one look: between two a message could come back unseen. */
    private int count(String queue, QueueAttributeName... what) {
        String url = url(queue);
        return sqs.getQueueAttributes(get -> get.queueUrl(url).attributeNames(what)).attributes().values().stream()
                .mapToInt(Integer::parseInt)
                .sum();
    }

    private String url(String queue) {
        return sqs.getQueueUrl(get -> get.queueName(queue)).queueUrl();
    }
}
