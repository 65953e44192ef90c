package io.github.camelhh1.key;

import io.github.camelhh1.message.HeaderText;
import io.github.camelhh1.message.RequestFields;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * The id that the deliverer of a message gave it. A redelivery has the same id, also after a restart or on another node.
 * The headers' names are those that Camel's consumers set.
 *
 * @param named headers that the option {@code upstreamIdHeaders} names: where one of them is set, they are the id
 */
public record UpstreamId(List<String> named) {
    /**
     * Headers that are an id together.
     *
     * @param sign a header that only the consumer sets, where a producer of the same component sets the id, too
     */
    private record Source(
            String name,
            List<String> required,
            List<String> optional,
            @Nullable String sign) {
        static Source of(String name, String... required) {
            return new Source(name, List.of(required), List.of(), null);
        }

        Source with(String... more) {
            return new Source(name, required, List.of(more), sign);
        }

        Source signed(String header) {
            return new Source(name, required, optional, header);
        }

        Source unsigned() {
            return new Source(name, required, optional, null);
        }
    }

    /** Their producers set the same headers, on messages that came from somewhere else. */
    private static final List<Source> ALSO_SENT = List.of(
            Source.of("sqs", "CamelAwsSqsMessageId").signed("CamelAwsSqsReceiptHandle"),
            Source.of("pubsub", "CamelGooglePubsubMessageId").signed("CamelGooglePubsubPublishTime"),
            Source.of("kinesis", "CamelAwsKinesisShardId", "CamelAwsKinesisSequenceNumber")
                    .signed("CamelAwsKinesisApproximateArrivalTimestamp"),
            Source.of("storagequeue", "CamelAzureStorageQueueMessageId").signed("CamelAzureStorageQueueDequeueCount"));

    private static final List<Source> RECEIVED = List.of(
            Source.of("jms", "JMSMessageID"),
            Source.of("kafka", "kafka.TOPIC", "kafka.PARTITION", "kafka.OFFSET"),
            Source.of("servicebus", "CamelAzureServiceBusMessageId"),
            Source.of("servicebus", "CamelAzureServiceBusSequenceNumber", "CamelAzureServiceBusEnqueuedTime"),
            // A hub is not named; the time tells events of one number from two hubs.
            Source.of("eventhubs", "CamelAzureEventHubsPartitionId", "CamelAzureEventHubsSequenceNumber")
                    .with("CamelAzureEventHubsEnqueuedTime"),
            Source.of("rabbitmq", "CamelSpringRabbitmqMessageId"),
            Source.of("pulsar", "topic_name", "message_id"),
            Source.of("s3", "CamelAwsS3BucketName", "CamelAwsS3Key").with("CamelAwsS3ETag", "CamelAwsS3VersionId"),
            Source.of("file", "CamelFileAbsolutePath", Exchange.FILE_LENGTH, Exchange.FILE_LAST_MODIFIED)
                    .with("CamelFileHost"));

    /** Ids of received messages come first, then ids that a producer on the way may have set. */
    private static final List<Source> SOURCES = Stream.of(
                    ALSO_SENT.stream(), RECEIVED.stream(), ALSO_SENT.stream().map(Source::unsigned))
            .flatMap(sources -> sources)
            .toList();

    private static final String NATS_REPLY_TO = "CamelNatsReplyTo";

    /** They keep messages in this JVM's memory, or make them: none is delivered again after a restart. */
    private static final Set<String> NEVER_AGAIN = Set.of(
            "hh1",
            "direct",
            "seda",
            "disruptor",
            "vm",
            "stub",
            "mock",
            "timer",
            "scheduler",
            "cron",
            "quartz",
            "dataset");

    /**
     * The scheme of the consumer that may deliver the message again; null where none does, as for a message of a {@code
     * ProducerTemplate}.
     */
    public static @Nullable String redeliverer(Exchange exchange) {
        Endpoint from = exchange.getFromEndpoint();
        String uri = from == null ? "" : from.getEndpointUri();
        int end = uri.indexOf(':');
        String scheme = end < 0 ? uri : uri.substring(0, end);
        return scheme.isEmpty() || NEVER_AGAIN.contains(scheme) ? null : scheme;
    }

    /** {@code headers} is the option's text; null when it is not set. */
    public static UpstreamId naming(@Nullable String headers) {
        return new UpstreamId(
                headers == null
                        ? List.of()
                        : Arrays.stream(headers.split(",", -1))
                                .map(String::strip)
                                .toList());
    }

    /** Null when the message has no upstream id; violations go to {@code fields}. */
    public @Nullable String of(Exchange exchange, RequestFields fields) {
        Message message = exchange.getMessage();
        String byOption = ofNamed(message, fields);
        String id = byOption != null ? byOption : ofSource(message);
        return id == null ? null : id + index("split", exchange.getProperty(Exchange.SPLIT_INDEX));
    }

    /** All headers that are set, each with its name. One that is no text is a violation: the user relies on it. */
    private @Nullable String ofNamed(Message message, RequestFields fields) {
        var parts = named.stream()
                .map(header -> {
                    HeaderText value = HeaderText.ofId(message, header);
                    if (value.problem() != null) {
                        fields.violation("upstreamIdHeaders", value.problem());
                    }
                    String text = value.text();
                    return text == null || text.isBlank() ? "" : escaped(header) + "=" + escaped(text);
                })
                .filter(part -> !part.isEmpty())
                .toList();
        return parts.isEmpty() ? null : "headers:" + String.join("|", parts);
    }

    private static @Nullable String ofSource(Message message) {
        String nats = ofNats(message);
        return nats != null
                ? nats
                : SOURCES.stream()
                        .filter(source -> (source.sign() == null || message.getHeader(source.sign()) != null)
                                && source.required().stream().allMatch(header -> text(message, header) != null))
                        .findFirst()
                        .map(source -> source.name() + ":"
                                + Stream.concat(source.required().stream(), source.optional().stream())
                                        .map(header -> text(message, header))
                                        .filter(Objects::nonNull)
                                        .map(UpstreamId::escaped)
                                        .collect(Collectors.joining("|")))
                        .orElse(null);
    }

    /**
     * JetStream names stream and sequence number in the subject of its acknowledgement:
     * {@code $JS.ACK.[domain.account.]stream.consumer.delivered.sequence.…} of 9, 11 or 12 parts. Plain NATS has no id, and delivers once.
     */
    private static @Nullable String ofNats(Message message) {
        String subject = text(message, NATS_REPLY_TO);
        if (subject == null || !subject.startsWith("$JS.ACK.")) {
            return null;
        }
        String[] parts = subject.split("\\.", -1);
        int stream = parts.length == 9 ? 2 : parts.length == 11 || parts.length == 12 ? 4 : -1;
        if (stream < 0) {
            return null;
        }
        String domain = stream == 4 ? parts[2] + "." + parts[3] + "|" : "";
        return "nats:" + escaped(domain + parts[stream]) + "|" + parts[stream + 3];
    }

    private static @Nullable String text(Message message, String header) {
        String text = HeaderText.ofId(message, header).text();
        return text == null || text.isBlank() ? null : text;
    }

    /** A bar inside a name must not look like the next part. */
    private static String escaped(String part) {
        return part.replace("%", "%25").replace("|", "%7C");
    }

    static String index(String name, @Nullable Object value) {
        return value == null ? "" : "|" + name + "=" + value;
    }
}
