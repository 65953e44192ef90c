package io.github.camelhh1;

import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What an exchange remembers of requests it has not completed: the fresh key of each, and whether its outcome is
 * unknown. Kept in an exchange property, which a redelivery keeps and a restart loses. An entry counts only for the very
 * exchange and request it was made for, so a copy of the exchange, or another endpoint, starts afresh.
 */
final class Pending {
    private static final String PROPERTY = "CamelHh1Pending";
    /** Fresh keys are this JVM's own random name and a number. */
    private static final String JVM = UUID.randomUUID().toString();

    private static final AtomicLong NUMBER = new AtomicLong();

    private final ConcurrentMap<String, Pending> all;
    private final String slot;
    private final String key;
    private volatile @Nullable String unknownBecause;

    private Pending(ConcurrentMap<String, Pending> all, String slot, String key) {
        this.all = all;
        this.slot = slot;
        this.key = key;
    }

    /**
     * Of this request in this exchange; made on first sight. A key that an endpoint's expression made is kept from then
     * on: a redelivery for which the expression gives another one is still the same request.
     */
    @SuppressWarnings("unchecked")
    static Pending of(Exchange exchange, String fingerprint, Reading reading) {
        ConcurrentMap<String, Pending> all = exchange.getProperty(PROPERTY, ConcurrentMap.class);
        if (all == null) {
            all = new ConcurrentHashMap<>();
            exchange.setProperty(PROPERTY, all);
        }
        String slot = exchange.getExchangeId() + " " + fingerprint + " " + reading.senderKey();
        String explicitKey = reading.explicitKey();
        var found = all;
        return all.computeIfAbsent(
                slot,
                fresh -> new Pending(
                        found, fresh, explicitKey == null ? JVM + "-" + NUMBER.incrementAndGet() : explicitKey));
    }

    String key() {
        return key;
    }

    /** Why an earlier try ended unknown; null when none did. */
    @Nullable
    String unknownBecause() {
        return unknownBecause;
    }

    void unknown(String reason) {
        unknownBecause = reason;
    }

    void completed() {
        all.remove(slot);
    }
}
