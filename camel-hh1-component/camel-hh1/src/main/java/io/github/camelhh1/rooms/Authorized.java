package io.github.camelhh1.rooms;

import io.github.camelhh1.async.Deadline;
import io.github.camelhh1.async.TimeLimit;
import io.github.camelhh1.async.Timers;
import io.github.camelhh1.credentials.ApiKey;
import io.github.camelhh1.credentials.Credentials;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.generation.Preparation;
import io.github.camelhh1.text.CleanText;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Each attempt has its API key before the ledger says {@code SENT}; waiting for it counts against generationTimeout. */
final class Authorized implements Generator {
    private final Generator next;
    private final Credentials credentials;
    private final Timers timers;

    Authorized(Generator next, Credentials credentials, Timers timers) {
        this.next = next;
        this.credentials = credentials;
        this.timers = timers;
    }

    @Override
    public CompletionStage<Outcome> generate(Generation generation) {
        var deadline = new Deadline(generation.limits().generationTimeout(), timers.nanoTime());
        var key = credentials.ask();
        if (key.isDone() && !key.isCompletedExceptionally()) {
            return answered(generation, deadline, key.join(), null);
        }
        return TimeLimit.of(key, deadline, timers, "apiKeySupplier gave no key", late -> {})
                .handle((given, failure) -> {
                    key.cancel(false);
                    return answered(generation, deadline, given, failure);
                })
                .thenCompose(Function.identity());
    }

    private CompletionStage<Outcome> answered(
            Generation generation, Deadline deadline, @Nullable String key, @Nullable Throwable failure) {
        if (failure != null) {
            return CompletableFuture.completedStage(notGiven(failure));
        } else if (key == null || !ApiKey.usable(key)) {
            return CompletableFuture.completedStage(new Outcome.Invalid(List.of(
                    "apiKeySupplier: gave an empty key or one with characters no key has; it must give an API token")));
        }
        return next.generate(generation.prepared(new Preparation(key, deadline)));
    }

    private static Outcome notGiven(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return new Outcome.NotSent(String.valueOf(failure.getMessage()), false, failure, Trace.NONE);
        } else if (failure instanceof RejectedExecutionException) {
            return new Outcome.NotSent(
                    "apiKeySupplier is not asked any more: the component is stopping", false, failure, Trace.NONE);
        }
        return new Outcome.NotSent(
                "apiKeySupplier failed: " + CleanText.of(failure.toString()), true, failure, Trace.NONE);
    }
}
