package io.github.camelhh1.key;

import java.util.Set;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Where a message came into Camel. */
public final class Origin {
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

    private Origin() {}

    /** The scheme of the consumer; null for a message of a {@code ProducerTemplate}, or of one that keeps none. */
    public static @Nullable String thatMayDeliverAgain(Exchange exchange) {
        Endpoint from = exchange.getFromEndpoint();
        String uri = from == null ? "" : from.getEndpointUri();
        int end = uri.indexOf(':');
        String scheme = end < 0 ? uri : uri.substring(0, end);
        return scheme.isEmpty() || NEVER_AGAIN.contains(scheme) ? null : scheme;
    }
}
