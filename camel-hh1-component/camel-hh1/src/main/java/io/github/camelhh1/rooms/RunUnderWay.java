package io.github.camelhh1.rooms;

import io.github.camelhh1.generation.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A delivery at work, whose ending later ones of the same key wait for. */
final class RunUnderWay {
    private final String fingerprint;
    private final CompletableFuture<Outcome> ending = new CompletableFuture<>();
    /** The delivery whose ending this one waits for; guarded by {@link RunsUnderWay}. */
    private @Nullable RunUnderWay waitsFor;

    RunUnderWay(String fingerprint) {
        this.fingerprint = fingerprint;
    }

    /** Whether this delivery waits for {@code other}, itself or by way of others. */
    boolean waitsFor(RunUnderWay other) {
        RunUnderWay next = this;
        while (next != null && next != other) {
            next = next.waitsFor;
        }
        return next == other;
    }

    void waitFor(RunUnderWay other) {
        waitsFor = other;
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
