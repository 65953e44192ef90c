package io.github.camelhh1.generation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Ends every call at its generation time-out, whatever the server does, and closes the socket. */
final class WithDeadline implements Generator {
    private final Generator next;
    private final Timers timers;

    WithDeadline(Generator next, Timers timers) {
        this.next = next;
        this.timers = timers;
    }

    @Override
    public CompletionStage<Outcome> generate(Generation generation) {
        var timeout = generation.limits().generationTimeout();
        var ending = new CompletableFuture<Outcome>();
        var timer = timers.after(timeout);
        var call = next.generate(generation).toCompletableFuture();
        call.whenComplete((outcome, error) -> {
            timer.complete(false);
            ending.complete(outcome != null ? outcome : abandoned("the call was cancelled"));
        });
        timer.whenComplete((passed, error) -> {
            // False means that the component stops: it then closes the client, which ends the call by itself.
            if (Boolean.TRUE.equals(passed)
                    && ending.complete(abandoned("no answer within generationTimeout (" + timeout + ")"))) {
                call.cancel(true);
            }
        });
        return ending;
    }

    private static Outcome abandoned(String reason) {
        return new Outcome.Unknown(reason, null, Trace.UNANSWERED);
    }
}
