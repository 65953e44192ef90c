package io.github.camelhh1.generation;

import io.github.camelhh1.staging.Caller;
import java.math.BigDecimal;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was settled when a message was accepted.
 *
 * @param nanos when, on the monotonic clock
 * @param videoFileName what the video will be called
 * @param imageName the image's file name or link, in quotes, fit for the log
 * @param cost price of the seconds asked for; null when no price or no duration is known
 * @param correlation the sender's own text, which goes into the ledger; null when there is none
 * @param caller the message
 * @param recalled done when the component or a route of the message stops: what was not sent then is not sent any more
 */
public record Accepted(
        long nanos,
        String videoFileName,
        Supplier<String> imageName,
        @Nullable BigDecimal cost,
        @Nullable String correlation,
        Caller caller,
        CompletableFuture<Void> recalled) {}
