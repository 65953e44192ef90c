package io.github.camelhh1;

import io.github.camelhh1.text.CleanText;
import io.github.camelhh1.text.Sha256;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Who the request of a message is. The sender's word first; else what the message is known by upstream; else a fresh key,
 * kept in an exchange property that a redelivery keeps and a restart loses. A fresh key counts only for the very exchange
 * and request it was made for: a copy of the exchange, or another endpoint, gets its own. It is remembered beyond its
 * exchange when money may have moved in vain, for redeliveries that come in another one; see {@link RememberedKeys}.
 */
final class RequestKey {
    private static final String PROPERTY = "CamelHh1RequestKeys";
    private static final int LONGEST = 1000;
    /** Fresh keys are this JVM's own random name and a number. */
    private static final String JVM = UUID.randomUUID().toString();

    private static final AtomicLong NUMBER = new AtomicLong();

    private final String key;
    private final List<String> names;
    private final @Nullable ConcurrentMap<String, String> kept;
    private final List<String> slots;

    private RequestKey(
            String key, List<String> names, @Nullable ConcurrentMap<String, String> kept, List<String> slots) {
        this.key = key;
        this.names = names;
        this.kept = kept;
        this.slots = slots;
    }

    static RequestKey of(Exchange exchange, Reading reading, String fingerprint, RememberedKeys remembered) {
        String said = reading.senderKey();
        if (said != null) {
            return new RequestKey(said, List.of(), null, List.of());
        }
        String upstream = reading.explicitKey() == null ? UpstreamId.of(exchange) : null;
        if (upstream != null) {
            return new RequestKey(derived(upstream, fingerprint), List.of(), null, List.of());
        }
        return made(exchange, reading, fingerprint, remembered);
    }

    private static String derived(String upstream, String fingerprint) {
        String key = CleanText.of(upstream) + "|" + fingerprint;
        boolean whole = key.length() <= LONGEST && key.startsWith(upstream);
        return whole ? key : "sha256:" + Sha256.of(upstream, fingerprint);
    }

    /** By the endpoint's expression, which may say something else each time, or by nobody but us. */
    @SuppressWarnings("unchecked")
    private static RequestKey made(Exchange exchange, Reading reading, String fingerprint, RememberedKeys remembered) {
        ConcurrentMap<String, String> all = exchange.getProperty(PROPERTY, ConcurrentMap.class);
        if (all == null) {
            all = new ConcurrentHashMap<>();
            exchange.setProperty(PROPERTY, all);
        }
        // Another endpoint's expression is another word of the route; an endpoint without one takes any.
        String expression = reading.keyExpression();
        List<String> requests =
                expression == null ? List.of(fingerprint) : List.of(fingerprint + " " + expression, fingerprint);
        List<String> slots = requests.stream()
                .map(request -> exchange.getExchangeId() + " " + request)
                .toList();
        List<String> names = requests.stream()
                .flatMap(request -> RememberedKeys.names(exchange, request).stream())
                .toList();
        List<String> own = RememberedKeys.names(exchange, requests.get(0));
        String key = all.computeIfAbsent(slots.get(0), fresh -> {
            String known = remembered.find(own);
            if (known != null) {
                return known;
            }
            String expressed = reading.explicitKey();
            return expressed != null ? expressed : JVM + "-" + NUMBER.incrementAndGet();
        });
        all.putIfAbsent(slots.get(slots.size() - 1), key);
        return new RequestKey(key, names, all, slots);
    }

    String key() {
        return key;
    }

    /** By what a key that only this JVM knows can be found in another exchange; empty for all others. */
    List<String> names() {
        return names;
    }

    /** The next request in this exchange, though the same, is another. */
    void completed() {
        if (kept != null) {
            slots.forEach(slot -> kept.remove(slot, key));
        }
    }
}
