package io.github.camelhh1.rooms;

import io.github.camelhh1.async.TimeLimit;
import io.github.camelhh1.async.Timers;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generation.Preparation;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.text.CleanText;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Each attempt has its API key before the ledger says {@code SENT}. Waiting for it counts against generationTimeout. */
final class Authorized {
    private Authorized() {}

    static Generator around(Generator next, Credentials credentials, Timers timers) {
        return generation -> {
            var deadline = new TimeLimit(generation.limits().generationTimeout(), timers.nanoTime());
            var key = credentials.ask();
            return Steps.then(
                    key.isDone() ? key : TimeLimit.of(key, deadline, timers, "apiKeySupplier gave no key", late -> {}),
                    given -> {
                        key.cancel(false);
                        return authorized(next, generation, deadline, given);
                    },
                    failure -> {
                        key.cancel(false);
                        return Steps.ended(noKey(failure));
                    });
        };
    }

    private static CompletionStage<Outcome> authorized(
            Generator next, Generation generation, TimeLimit deadline, @Nullable String key) {
        return key == null || !Credentials.areUsable(key)
                ? Steps.ended(
                        new Outcome.Invalid(
                                List.of(
                                        "apiKeySupplier: gave an empty key or one with characters no key has; it must give an API token")))
                : next.generate(generation.prepared(new Preparation(key, deadline)));
    }

    private static Outcome noKey(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return new Outcome.NotSent(String.valueOf(failure.getMessage()), false, failure);
        } else if (failure instanceof RejectedExecutionException) {
            return new Outcome.NotSent(
                    "apiKeySupplier is not asked any more: the component is stopping", false, failure);
        }
        return new Outcome.NotSent("apiKeySupplier failed: " + CleanText.of(failure.toString()), true, failure);
    }
}
