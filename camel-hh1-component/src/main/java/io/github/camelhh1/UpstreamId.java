package io.github.camelhh1;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * By what a message is known to whoever delivered it, so that it is known again when it is delivered again, be it after
 * a restart or on another node. The headers' names are those that Camel's consumers set.
 */
final class UpstreamId {
    private record Source(String name, List<String> required, List<String> optional) {}

    private static final List<Source> SOURCES = List.of(
            new Source("jms", List.of("JMSMessageID"), List.of()),
            new Source("kafka", List.of("kafka.TOPIC", "kafka.PARTITION", "kafka.OFFSET"), List.of()),
            new Source(
                    "s3",
                    List.of("CamelAwsS3BucketName", "CamelAwsS3Key"),
                    List.of("CamelAwsS3ETag", "CamelAwsS3VersionId")),
            new Source(
                    "file",
                    List.of("CamelFileAbsolutePath", Exchange.FILE_LENGTH, Exchange.FILE_LAST_MODIFIED),
                    List.of("CamelFileHost")));

    private UpstreamId() {}

    /** Null when nothing upstream has named the message. */
    static @Nullable String of(Exchange exchange) {
        Message message = exchange.getMessage();
        return SOURCES.stream()
                .filter(source -> source.required().stream().allMatch(header -> isSet(message.getHeader(header))))
                .findFirst()
                .map(source -> source.name() + ":"
                        + Stream.concat(source.required().stream(), source.optional().stream())
                                .map(message::getHeader)
                                .filter(UpstreamId::isSet)
                                .map(UpstreamId::escaped)
                                .collect(Collectors.joining("|"))
                        + index("split", exchange.getProperty(Exchange.SPLIT_INDEX))
                        + index("loop", exchange.getProperty(Exchange.LOOP_INDEX)))
                .orElse(null);
    }

    /** A bar inside a name must not look like the next part. */
    private static String escaped(Object part) {
        return part.toString().replace("%", "%25").replace("|", "%7C");
    }

    private static boolean isSet(@Nullable Object value) {
        return value != null && !Objects.toString(value).isBlank();
    }

    private static String index(String name, @Nullable Object value) {
        return value == null ? "" : "|" + name + "=" + value;
    }
}
