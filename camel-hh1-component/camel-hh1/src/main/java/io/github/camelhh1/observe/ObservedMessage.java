package io.github.camelhh1.observe;

import io.github.camelhh1.generation.GenerationRequest;
import io.github.camelhh1.generation.Identity;
import java.math.BigDecimal;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An accepted message of {@code hh1:generate}, as observers know it.
 *
 * @param exchangeId Camel's id of the exchange
 * @param routeId of the route that took the message; null outside of routes
 * @param identity account, model, key and run id
 * @param image the image's file name or link, in quotes, fit for the log
 * @param request for its amounts; the prompt goes nowhere
 * @param cost price of the seconds asked for; null when no price or no duration is known
 * @param acceptedAt on the monotonic clock
 */
public record ObservedMessage(
        String exchangeId,
        @Nullable String routeId,
        Identity identity,
        Supplier<String> image,
        GenerationRequest request,
        @Nullable BigDecimal cost,
        long acceptedAt) {

    public String runId() {
        return identity.runId();
    }
}
