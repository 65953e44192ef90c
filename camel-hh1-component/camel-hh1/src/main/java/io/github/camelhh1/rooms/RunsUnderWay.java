package io.github.camelhh1.rooms;

import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.ledger.Claim;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries at work, by session, run and fingerprint of the request; no session's name is used twice. Of two requests
 * with one key, each has its own place: the ledger decides whose the key is. The whole JVM shares one, so that its
 * components and Camel contexts find one another. Safe for use by many threads.
 */
public final class RunsUnderWay {
    private record Place(String session, String runId, String fingerprint) {}

    private static final RunsUnderWay OF_THIS_JVM = new RunsUnderWay();

    private final Map<Place, RunUnderWay> all = new ConcurrentHashMap<>();

    public static RunsUnderWay ofThisJvm() {
        return OF_THIS_JVM;
    }

    /** Null when {@code own} has the place now, else the delivery that has it. */
    @Nullable
    RunUnderWay putIfAbsent(String session, String runId, RunUnderWay own) {
        return all.putIfAbsent(new Place(session, runId, own.fingerprint), own);
    }

    /**
     * The delivery of the same request at work on a run of {@code owner}, which {@code own} waits for from now on; null when
     * there is none, or when it waits for {@code own}: deliveries that wait in a circle would never end.
     */
    @Nullable
    synchronized RunUnderWay waitedFor(String owner, String runId, RunUnderWay own) {
        RunUnderWay found = all.get(new Place(Claim.sessionOf(owner), runId, own.fingerprint));
        if (found == null || found.waitsFor(own)) {
            return null;
        }
        own.waitsFor = found;
        return found;
    }

    void remove(String session, String runId, RunUnderWay own) {
        all.remove(new Place(session, runId, own.fingerprint), own);
    }

    public int size() {
        return all.size();
    }

    /** A delivery at work. Later deliveries of the same request wait for its ending. */
    static final class RunUnderWay {
        private final String fingerprint;
        private final @Nullable Outcome instead;
        private final Function<Outcome.Completed, CompletionStage<?>> handingOn;
        private volatile boolean awaited;
        private final CompletableFuture<Outcome> ending = new CompletableFuture<>();
        /** Guarded by the {@link RunsUnderWay}. */
        private @Nullable RunUnderWay waitsFor;

        RunUnderWay(String fingerprint) {
            this(fingerprint, null, completed -> CompletableFuture.completedStage(null));
        }

        /**
         * Of a task that is resumed.
         *
         * @param instead of waiting; null where later deliveries wait
         * @param handingOn notes that a delivery that waited gets the video, where no other exchange does
         */
        RunUnderWay(
                String fingerprint,
                @Nullable Outcome instead,
                Function<Outcome.Completed, CompletionStage<?>> handingOn) {
            this.fingerprint = fingerprint;
            this.instead = instead;
            this.handingOn = handingOn;
        }

        boolean isAwaited() {
            return awaited;
        }

        /** Whether this delivery waits for {@code other}, itself or by way of others. */
        boolean waitsFor(RunUnderWay other) {
            RunUnderWay next = this;
            while (next != null && next != other) {
                next = next.waitsFor;
            }
            return next == other;
        }

        /** For a delivery that only waited: it has paid nothing and sent nothing. */
        CompletionStage<Outcome> ending() {
            if (instead != null) {
                return Steps.ended(instead);
            }
            awaited = true;
            return ending.thenCompose(outcome -> {
                if (outcome instanceof Outcome.Completed completed) {
                    return handingOn.apply(completed).thenApply(noted -> completed.joined());
                } else if (outcome instanceof Outcome.Unknown unknown) {
                    return Steps.ended(
                            unknown.goesOn()
                                    ? new Outcome.InFlight(unknown.reason())
                                    : new Outcome.Held(unknown.reason(), unknown.trace()));
                }
                return Steps.ended(outcome);
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
}
