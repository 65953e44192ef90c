package io.github.camelhh1.key;

import io.github.camelhh1.message.GenerateMessage;
import io.github.camelhh1.text.CleanText;
import io.github.camelhh1.text.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The key of a message's request: the sender's; else one derived from the upstream id; else a fresh key, which a restart
 * loses. Camel's redelivery of a step finds the key that the step had; see {@link Slot}.
 *
 * @param names by which other steps and exchanges find the key of a request that may be paid; empty for the sender's keys
 * @param fresh whether only this JVM's memory ties the key to the message
 */
public record RequestKey(String key, List<String> names, boolean fresh) {
    private static final int LONGEST = 1000;
    /** Fresh keys are this JVM's own random name and a number. */
    private static final String JVM = UUID.randomUUID().toString();

    private static final AtomicLong NUMBER = new AtomicLong();

    public static RequestKey of(
            Exchange exchange, GenerateMessage message, String fingerprint, RememberedKeys remembered) {
        String said = message.senderKey();
        if (said != null) {
            return new RequestKey(said, List.of(), false);
        }
        String upstream = message.upstreamId();
        if (upstream != null) {
            List<String> names = List.of(upstream + " " + fingerprint);
            // A step may have given the message another id, a new one at each redelivery.
            String key = remembered.key(exchange, fingerprint, () -> {
                // An iteration is another request, unless an earlier one may be paid.
                String open = remembered.find(names);
                String iteration = UpstreamId.index("loop", exchange.getProperty(Exchange.LOOP_INDEX));
                return open != null ? open : derived(upstream + iteration, fingerprint);
            });
            return new RequestKey(key, names, false);
        }
        return made(exchange, message, fingerprint, remembered);
    }

    private static String derived(String upstream, String fingerprint) {
        String key = CleanText.of(upstream) + "|" + fingerprint;
        boolean whole = key.length() <= LONGEST && key.startsWith(upstream);
        return whole ? key : "sha256:" + Sha256.of(upstream, fingerprint);
    }

    /** By the endpoint's expression, which may give another key each time, or a fresh key. */
    private static RequestKey made(
            Exchange exchange, GenerateMessage message, String fingerprint, RememberedKeys remembered) {
        // Endpoints with different expressions have different keys; an endpoint without an expression finds any.
        String expression = message.keyExpression();
        String request = expression == null ? fingerprint : fingerprint + " " + expression;
        List<String> names = RememberedKeys.names(exchange, request);
        String key = remembered.key(exchange, request, () -> {
            String open = remembered.find(exchange, request);
            return open != null ? open : another(message.explicitKey());
        });
        if (expression == null) {
            return new RequestKey(key, names, true);
        }
        var both = new ArrayList<>(names);
        both.addAll(RememberedKeys.names(exchange, fingerprint));
        return new RequestKey(key, List.copyOf(both), false);
    }

    private static String another(@Nullable String expressed) {
        return expressed != null ? expressed : JVM + "-" + NUMBER.incrementAndGet();
    }
}
