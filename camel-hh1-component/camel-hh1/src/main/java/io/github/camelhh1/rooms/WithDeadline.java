package io.github.camelhh1.rooms;

import io.github.camelhh1.async.TimeLimit;
import io.github.camelhh1.async.Timers;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Ends every call, and closes its socket, at the generation time-out. Waiting before the call counts. */
final class WithDeadline {
    /** For a call that ends by itself soon after it was cancelled: it asks for its task once more. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(30);

    private WithDeadline() {}

    static Generator around(Generator next, Timers timers) {
        return generation -> {
            TimeLimit deadline = generation.deadline(timers.nanoTime());
            Duration left = deadline.left(timers.nanoTime());
            if (left.isNegative() || left.isZero()) {
                return Steps.ended(
                        new Outcome.NotSent(deadline + " had passed before the request could be sent", false, null));
            }
            var ending = new CompletableFuture<Outcome>();
            var late = new AtomicBoolean();
            var timer = timers.after(left);
            var call = next.generate(generation).toCompletableFuture();
            call.whenComplete((outcome, error) -> {
                timer.complete(false);
                String reason = late.get() ? "no answer within " + deadline : "the call was cancelled";
                ending.complete(outcome != null ? outcome : abandoned(reason));
            });
            timer.thenAccept(passed -> {
                // False means that the component stops: it then closes the client, which ends the call by itself.
                if (passed) {
                    late.set(true);
                    // An answer that has arrived is not cancelled: its link may be paid.
                    call.cancel(true);
                    // A call that is done ends here by itself: its outcome may be on its way.
                    if (!call.isDone()) {
                        endSoon(timers, ending, deadline);
                    }
                }
            });
            return ending;
        };
    }

    /** Stops count as in the timer of the deadline. */
    private static void endSoon(Timers timers, CompletableFuture<Outcome> ending, TimeLimit deadline) {
        var over = timers.after(LAST_WORDS);
        over.thenAccept(passed -> {
            if (passed) {
                ending.complete(abandoned("no answer within " + deadline));
            }
        });
        ending.whenComplete((outcome, error) -> over.complete(false));
    }

    private static Outcome abandoned(String reason) {
        return new Outcome.Unknown(reason, null, Trace.UNANSWERED);
    }
}
