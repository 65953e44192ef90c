package io.github.camelhh1.examples.fleet.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Looks from outside at what has become of the photos. Used by one thread. */
final class Progress {
    private static final String HELD = "held";

    private final Cloud cloud;
    private final Map<String, String> sources = new HashMap<>();
    private final Map<String, Message> failures = new HashMap<>();

    Progress(Cloud cloud) {
        this.cloud = cloud;
    }

    /** Looks again. */
    void look() {
        String bucket = cloud.worker().s3().out();
        for (S3Object video :
                cloud.s3().listObjectsV2(list -> list.bucket(bucket)).contents()) {
            sources.computeIfAbsent(video.key(), key -> cloud.s3()
                    .headObject(head -> head.bucket(bucket).key(key))
                    .metadata()
                    .get("source"));
        }
        String failed = url(Cloud.FAILED);
        List<Message> messages = cloud.sqs()
                .receiveMessage(receive -> receive.queueUrl(failed)
                        .maxNumberOfMessages(10)
                        .messageAttributeNames("All")
                        .visibilityTimeout(1))
                .messages();
        messages.forEach(message -> failures.put(message.messageId(), message));
    }

    /** The video of each photo that is done, by the run's name. */
    Map<String, String> videos() {
        return sources;
    }

    List<Message> held() {
        return failures(true);
    }

    List<Message> failed() {
        return failures(false);
    }

    /** How many photos need nothing more than a person. */
    int through() {
        Set<String> photos = new TreeSet<>(sources.values());
        failures.values().forEach(message -> photos.add(photo(message)));
        return photos.size();
    }

    /** The name of the photo that a message of failure tells of. */
    static String photo(Message failure) {
        String place = attribute(failure, "photo").replaceFirst("#.*", "");
        return place.substring(place.lastIndexOf('/') + 1);
    }

    static String attribute(Message message, String name) {
        var attribute = message.messageAttributes().get(name);
        return attribute == null ? "-" : attribute.stringValue();
    }

    int queued() {
        return count(Cloud.QUEUE, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES);
    }

    /** Waiting, or received by a node and neither deleted nor come back. */
    int left() {
        return count(
                Cloud.QUEUE,
                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);
    }

    int dead() {
        return count(Cloud.DEAD, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES);
    }

    /** In one look: between two a message could come back unseen. */
    private int count(String queue, QueueAttributeName... what) {
        String url = url(queue);
        return cloud
                .sqs()
                .getQueueAttributes(get -> get.queueUrl(url).attributeNames(what))
                .attributes()
                .values()
                .stream()
                .mapToInt(Integer::parseInt)
                .sum();
    }

    private String url(String queue) {
        return cloud.sqs().getQueueUrl(get -> get.queueName(queue)).queueUrl();
    }

    private List<Message> failures(boolean held) {
        return failures.values().stream()
                .filter(message -> attribute(message, "kind").equals(HELD) == held)
                .toList();
    }
}
