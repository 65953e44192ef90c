package io.github.camelhh1.rooms;

import io.github.camelhh1.async.TimeLimit;
import io.github.camelhh1.async.Timers;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generation.Preparation;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.generation.ServiceHost;
import io.github.camelhh1.text.CleanText;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Two rooms: an attempt has its API key, and its host an address, before the ledger says {@code SENT}. Waiting for them
 * counts against generationTimeout.
 */
final class Prepared {
    private Prepared() {}

    /** Each attempt has its API key. */
    static Generator authorized(Generator next, Credentials credentials, Timers timers) {
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
            return new Outcome.NotSent(String.valueOf(failure.getMessage()), false, failure, Trace.NONE);
        } else if (failure instanceof RejectedExecutionException) {
            return new Outcome.NotSent(
                    "apiKeySupplier is not asked any more: the component is stopping", false, failure, Trace.NONE);
        }
        return new Outcome.NotSent(
                "apiKeySupplier failed: " + CleanText.of(failure.toString()), true, failure, Trace.NONE);
    }

    /** The service's host has an address. */
    static Generator located(Generator next, ServiceHost host, Timers timers) {
        return generation -> {
            var found = host.find().toCompletableFuture();
            if (found.isDone() && !found.isCompletedExceptionally()) {
                return next.generate(generation);
            }
            TimeLimit deadline = generation.deadline(timers.nanoTime());
            String missing = "no address of host " + host.name() + " was found";
            return Steps.then(
                    TimeLimit.of(found, deadline, timers, missing, late -> {}),
                    addresses -> next.generate(generation),
                    failure -> Steps.ended(notFound(failure)));
        };
    }

    private static Outcome notFound(Throwable cause) {
        String prefix = cause instanceof UnknownHostException ? "no such host: " : "";
        // After a time-out another attempt would only wait again.
        boolean passing = !(cause instanceof TimeoutException);
        return new Outcome.NotSent(
                prefix + CleanText.of(String.valueOf(cause.getMessage())), passing, cause, Trace.NONE);
    }
}
