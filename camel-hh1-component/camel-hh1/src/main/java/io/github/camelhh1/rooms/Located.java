package io.github.camelhh1.rooms;

import io.github.camelhh1.async.Deadline;
import io.github.camelhh1.async.TimeLimit;
import io.github.camelhh1.async.Timers;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.generation.ServiceHost;
import io.github.camelhh1.text.CleanText;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The service's host has an address before the ledger says {@code SENT}; waiting for it counts against generationTimeout.
 */
final class Located implements Generator {
    private final Generator next;
    private final ServiceHost host;
    private final Timers timers;

    Located(Generator next, ServiceHost host, Timers timers) {
        this.next = next;
        this.host = host;
        this.timers = timers;
    }

    @Override
    public CompletionStage<Outcome> generate(Generation generation) {
        var found = host.find().toCompletableFuture();
        if (found.isDone() && !found.isCompletedExceptionally()) {
            return next.generate(generation);
        }
        Deadline deadline = generation.deadline(timers.nanoTime());
        return TimeLimit.of(found, deadline, timers, "no address of host " + host.name() + " was found", late -> {})
                .handle((addresses, failure) -> failure == null
                        ? next.generate(generation)
                        : CompletableFuture.completedStage(notFound(failure)))
                .thenCompose(Function.identity());
    }

    private static Outcome notFound(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String what = cause instanceof UnknownHostException ? "no such host: " : "";
        // Past generationTimeout another attempt would only begin the wait anew.
        boolean passing = !(cause instanceof TimeoutException);
        return new Outcome.NotSent(what + CleanText.of(String.valueOf(cause.getMessage())), passing, cause, Trace.NONE);
    }
}
