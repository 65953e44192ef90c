package io.github.camelhh1.generation;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A run that this JVM is at work on, whichever of its components and Camel contexts it is: later deliveries wait for the
 * ending of the first. Known by owner and run, since an owner's name is never used twice.
 */
final class Join {
    private record Place(String owner, String runId) {}

    private static final Map<Place, Join> ALL = new ConcurrentHashMap<>();

    private final String fingerprint;
    private final CompletableFuture<Outcome> ending = new CompletableFuture<>();

    Join(String fingerprint) {
        this.fingerprint = fingerprint;
    }

    /** Null when {@code own} has the place now, else who has it. */
    static @Nullable Join putIfAbsent(String owner, String runId, Join own) {
        return ALL.putIfAbsent(new Place(owner, runId), own);
    }

    static @Nullable Join find(String owner, String runId) {
        return ALL.get(new Place(owner, runId));
    }

    static void remove(String owner, String runId, Join own) {
        ALL.remove(new Place(owner, runId), own);
    }

    boolean isOf(String request) {
        return fingerprint.equals(request);
    }

    /** As it is for a delivery that only waited: it has paid nothing and sent nothing. */
    CompletionStage<Outcome> ending() {
        return ending.thenApply(outcome -> {
            if (outcome instanceof Outcome.Completed completed) {
                return Outcome.Completed.replay(completed.completion(), completed.asked());
            } else if (outcome instanceof Outcome.Unknown unknown) {
                return new Outcome.Held(unknown.reason(), unknown.trace());
            }
            return outcome;
        });
    }

    void tell(@Nullable Outcome outcome, @Nullable Throwable error) {
        if (outcome != null) {
            ending.complete(outcome);
        } else {
            ending.completeExceptionally(error == null ? new IllegalStateException("no ending") : error);
        }
    }
}
