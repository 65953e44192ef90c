package io.github.camelhh1;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Keys by message of what was, or may have been, paid and has not reached the route yet, for redeliveries that come in
 * another exchange: {@code enrich} and {@code failover} make a new one at each try, and a new exchange would get a new
 * key. Remembers the last ten thousand, in this JVM. Safe for use by many threads.
 */
final class RememberedKeys {
    private static final int MOST = 20_000;
    /** Copies that are meant to differ from one another. */
    private static final List<String> INDEXES =
            List.of(Exchange.SPLIT_INDEX, Exchange.MULTICAST_INDEX, Exchange.LOOP_INDEX);

    private final Map<String, String> keys = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST;
        }
    };

    /** By what a later try of {@code request} in this message can be known: its own id, or that of what it is a copy of. */
    static List<String> names(Exchange exchange, String request) {
        String parts = INDEXES.stream()
                .map(index -> String.valueOf(exchange.getProperty(index)))
                .reduce(request, (all, index) -> all + " " + index);
        return Stream.of(
                        exchange.getMessage().getMessageId(),
                        exchange.getProperty(Exchange.CORRELATION_ID, exchange.getExchangeId(), String.class))
                .filter(Objects::nonNull)
                .map(id -> id + " " + parts)
                .toList();
    }

    synchronized void remember(RequestKey key) {
        key.names().forEach(name -> keys.put(name, key.key()));
    }

    /** Null when there is none. */
    synchronized @Nullable String find(List<String> names) {
        return keys.isEmpty()
                ? null
                : names.stream()
                        .map(keys::get)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }
}
