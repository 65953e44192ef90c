package io.github.camelhh1.generation;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * After three refusals of the account in a row nothing is sent until the credentials change or a minute has passed;
 * then one generation tries for all. A hundred queued messages so cost a handful of refusals, not a hundred.
 */
final class FailingFast implements Generator {
    private static final int REFUSALS = 3;
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Generator next;
    private final Supplier<String> credentials;
    private final Timers timers;

    private int refusals;
    private long pausedAt;
    private @Nullable String refusedCredentials;
    private @Nullable String lastReason;

    FailingFast(Generator next, Supplier<String> credentials, Timers timers) {
        this.next = next;
        this.credentials = credentials;
        this.timers = timers;
    }

    @Override
    public CompletionStage<Outcome> generate(Generation generation) {
        String used = credentials.get();
        String refusal = refusal(used);
        if (refusal != null) {
            return CompletableFuture.completedStage(new Outcome.NotSent(refusal, false, null, Trace.NONE));
        }
        return next.generate(generation).thenApply(outcome -> {
            learn(outcome, used);
            return outcome;
        });
    }

    /** Why nothing is sent now; null when the way is free. */
    private synchronized @Nullable String refusal(String used) {
        if (refusals < REFUSALS || !Objects.equals(used, refusedCredentials)) {
            return null;
        }
        if (timers.nanoTime() - pausedAt >= PAUSE.toNanos()) {
            pausedAt = timers.nanoTime();
            return null;
        }
        return "the account was refused " + refusals + " times in a row (" + lastReason
                + "); nothing is sent for a minute or until the API key changes";
    }

    private synchronized void learn(Outcome outcome, String used) {
        if (outcome instanceof Outcome.Rejected rejected && rejected.account()) {
            refusals = used.equals(refusedCredentials) ? refusals + 1 : 1;
            refusedCredentials = used;
            lastReason = rejected.reason();
            pausedAt = timers.nanoTime();
        } else if (outcome instanceof Outcome.Completed || outcome instanceof Outcome.Rejected) {
            // Whoever refuses the request has let the account in.
            refusals = 0;
        }
    }

    /** For health: the reason while nothing is sent, null when the way is free. */
    synchronized @Nullable String pausedBecause() {
        boolean paused = refusals >= REFUSALS && timers.nanoTime() - pausedAt < PAUSE.toNanos();
        return paused ? lastReason : null;
    }
}
