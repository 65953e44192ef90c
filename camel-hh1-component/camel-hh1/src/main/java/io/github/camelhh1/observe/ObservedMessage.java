package io.github.camelhh1.observe;

import io.github.camelhh1.generation.GenerationRequest;
import io.github.camelhh1.generation.Identity;
import java.math.BigDecimal;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An accepted message of {@code hh1:generate}, as observers know it, and its last step. */
public final class ObservedMessage {
    private final String exchangeId;
    private final @Nullable String routeId;
    private final Identity identity;
    private final Supplier<String> image;
    private final GenerationRequest request;
    private final @Nullable BigDecimal cost;
    private final long acceptedAt;

    /** Whether the log has its lines. */
    boolean hasLines;

    volatile String step = "accepted";
    /** Number of the last attempt; 0 before the first. */
    volatile int attempt;

    /**
     * A message that was just accepted.
     *
     * @param exchangeId Camel's id of the exchange
     * @param routeId of the route that took the message; null outside of routes
     * @param identity account, model, key and run id
     * @param image the image's file name or link, in quotes, fit for the log
     * @param request for its amounts; the prompt goes nowhere
     * @param cost price of the seconds asked for; null when no price or no duration is known
     * @param acceptedAt on the monotonic clock
     */
    public ObservedMessage(
            String exchangeId,
            @Nullable String routeId,
            Identity identity,
            Supplier<String> image,
            GenerationRequest request,
            @Nullable BigDecimal cost,
            long acceptedAt) {
        this.exchangeId = exchangeId;
        this.routeId = routeId;
        this.identity = identity;
        this.image = image;
        this.request = request;
        this.cost = cost;
        this.acceptedAt = acceptedAt;
    }

    public String exchangeId() {
        return exchangeId;
    }

    public @Nullable String routeId() {
        return routeId;
    }

    public Identity identity() {
        return identity;
    }

    public String runId() {
        return identity.runId();
    }

    public String image() {
        return image.get();
    }

    public GenerationRequest request() {
        return request;
    }

    public @Nullable BigDecimal cost() {
        return cost;
    }

    public long acceptedAt() {
        return acceptedAt;
    }

    public String step() {
        return step;
    }

    public int attempt() {
        return attempt;
    }
}
