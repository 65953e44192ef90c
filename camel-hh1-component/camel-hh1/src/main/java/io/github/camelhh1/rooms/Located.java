package io.github.camelhh1.rooms;

import io.github.camelhh1.async.TimeLimit;
import io.github.camelhh1.async.Timers;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.ServiceHost;
import io.github.camelhh1.text.CleanText;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;

/** The service's host has an address before the ledger says {@code SENT}. Waiting for it counts against generationTimeout. */
final class Located {
    private Located() {}

    static Generator around(Generator next, ServiceHost host, Timers timers) {
        return generation -> {
            var found = host.search().get().toCompletableFuture();
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
        return new Outcome.NotSent(prefix + CleanText.of(String.valueOf(cause.getMessage())), passing, cause);
    }
}
