package io.github.camelhh1.key;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.text.Sha256;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * A place in the life of a message where it asks for a video: the message, the step that asks, the part or iteration it
 * is, and the video it has already. Camel restores a message's headers before it tries a step again, so a message that
 * is tried again has not yet the run that it was given the first time.
 *
 * @param id the place
 * @param before the same place for a message without some of its indexes. Camel leaves the index of a part or an iteration
 *     with the message, also behind the end of the pattern; so a step before the pattern has it when it is tried again
 * @param round tells another try from another request at the place
 */
record Slot(String id, List<String> before, Round round) {
    private static final List<String> INDEXES =
            List.of(Exchange.SPLIT_INDEX, Exchange.MULTICAST_INDEX, Exchange.LOOP_INDEX);

    /**
     * The failures so far. Two requests at a place without a failure between them ask for two videos.
     *
     * @param failure the exception that Camel caught last
     * @param counter the header {@code CamelRedeliveryCounter}; the same exception may be thrown again
     * @param copy the exchange as an object: {@code failover} tries again with a copy that has the same id
     */
    record Round(int failure, @Nullable Object counter, int copy) {
        boolean isAnotherTry(Round earlier) {
            boolean counted = counter != null && !counter.equals(earlier.counter);
            return failure != earlier.failure || copy != earlier.copy || counted;
        }

        /** The same exception may have been thrown again, where a step removes the header that counts. */
        boolean mayBeAnotherTry(Round earlier) {
            return failure != 0 && counter == null && earlier.counter == null;
        }
    }

    /** Of the exchange itself. */
    static Slot own(Exchange exchange, String request) {
        return slot("own", exchange.getExchangeId(), exchange, request, System.identityHashCode(exchange));
    }

    /** Of any copy that Camel makes of the same exchange at the same step; null when this exchange is no copy. */
    static @Nullable Slot ofCopies(Exchange exchange, String request) {
        String original = exchange.getProperty(ExchangePropertyKey.CORRELATION_ID, String.class);
        return original == null ? null : slot("copy", original, exchange, request, 0);
    }

    private static Slot slot(String kind, String message, Exchange exchange, String request, int copy) {
        int all = (1 << INDEXES.size()) - 1;
        String own = indexes(exchange, all);
        // Without an index that is not set, they are the same.
        List<String> before = IntStream.range(0, all)
                .mapToObj(some -> indexes(exchange, some))
                .distinct()
                .filter(some -> !some.equals(own))
                .map(some -> id(kind, message, exchange, request, some))
                .toList();
        return new Slot(id(kind, message, exchange, request, own), before, round(exchange, copy));
    }

    private static String id(String kind, String message, Exchange exchange, String request, String indexes) {
        return Sha256.of(kind, message, step(exchange), indexes, runOf(exchange.getMessage()), request);
    }

    /** @param some of the indexes: a set of bits */
    private static String indexes(Exchange exchange, int some) {
        var indexes = new StringBuilder();
        for (int i = 0; i < INDEXES.size(); i++) {
            boolean counts = (some >> i & 1) == 1;
            indexes.append(counts ? exchange.getProperty(INDEXES.get(i)) : null).append(' ');
        }
        return indexes.toString();
    }

    /**
     * The id of the step, which is unique in its context; a copy that {@code enrich} sends has no step. The route of the unit
     * of work does not tell steps apart: branches that run at the same time share the unit, and its route is that of any.
     */
    private static String step(Exchange exchange) {
        String step = exchange.getExchangeExtension().getHistoryNodeId();
        return step != null && !step.isEmpty() ? step : "/" + exchange.getFromRouteId();
    }

    /** The run of the message's video. It only tells one place of a message from another; nothing is looked up by it. */
    private static String runOf(Message message) {
        return message.getHeader(Hh1Constants.RUN_ID) instanceof String runId ? runId : "";
    }

    private static Round round(Exchange exchange, int copy) {
        return new Round(
                System.identityHashCode(exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT)),
                exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER),
                copy);
    }
}
