package io.github.camelhh1.generation;

import io.github.camelhh1.ledger.CallIds;
import io.github.camelhh1.ledger.Candidate;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Run;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a generation ended. Exactly one of these, always. */
public sealed interface Outcome {

    /**
     * The requests of a call and their last answer.
     *
     * @param attempts requests that left for the service
     * @param cacheStatus {@code cf-aig-cache-status}
     * @param answer text of the last answer, as far as it was read
     * @param taskId the service's name for the last request; null where it gives none
     */
    record Trace(
            int attempts,
            CallIds ids,
            @Nullable String cacheStatus,
            @Nullable String answer,
            @Nullable String taskId) {

        /** No request left. */
        public static final Trace NONE = of(CallIds.NONE);

        /** One request left and nothing came back. */
        public static final Trace UNANSWERED = NONE.attempts(1);

        /** Nothing left for this delivery; the ids are those of an earlier one. */
        public static Trace of(CallIds ids) {
            return new Trace(0, ids, null, null, null);
        }

        public Trace attempts(int count) {
            return new Trace(count, ids, cacheStatus, answer, taskId);
        }

        public Trace code(@Nullable String found) {
            return new Trace(attempts, ids.code(found), cacheStatus, answer, taskId);
        }

        public Trace task(@Nullable String id) {
            return new Trace(attempts, ids, cacheStatus, answer, id);
        }
    }

    /** The trace of the call, whatever its ending. */
    default Trace trace() {
        return Trace.NONE;
    }

    /** Why there is no video, in a sentence; empty where there is one, and where violations say it. */
    default String reason() {
        return "";
    }

    /** Whether this call began, or may have, so that it may be billed. */
    default boolean mayBeBilled() {
        return this instanceof Completed || this instanceof Failed || this instanceof Unknown;
    }

    /** The same ending with another trace; endings that never leave the JVM have none. */
    default Outcome traced(Trace trace) {
        return this;
    }

    /**
     * A video was made, and paid for.
     *
     * @param asked the run as it was first written, whose names and amounts the answer keeps; null before it is recorded
     * @param replayed whether the ledger, or the delivery that was joined, answered: this delivery paid nothing
     * @param imageFixed the changes to the image before it was sent; null when there were none, and on replay
     */
    record Completed(
            Completion completion,
            @Nullable NewRun asked,
            boolean replayed,
            Trace trace,
            @Nullable String imageFixed) implements Outcome {

        /** As the service answered; the elapsed time is not known yet. */
        public static Completed of(String videoUrl, String state, @Nullable String keySource, Trace trace) {
            return new Completed(
                    new Completion(
                            videoUrl,
                            state,
                            keySource,
                            Duration.ZERO,
                            trace.ids().logId(),
                            trace.ids().rayId(),
                            trace.cacheStatus()),
                    null,
                    false,
                    trace,
                    null);
        }

        /** From the ledger: nothing left for the service. */
        public static Completed replay(Run run) {
            Completion known = run.completion();
            return new Completed(
                    known == null ? Completion.PRUNED : known, run.asked(), true, Trace.NONE.task(run.taskId()), null);
        }

        /** For a delivery that waited for this one. */
        public Completed joined() {
            return new Completed(completion, asked, true, Trace.NONE.task(trace.taskId()), null);
        }

        /** The answer of the ledger to the delivery that sent the request. */
        public Completed paidBy(Trace sent) {
            return new Completed(completion, asked, false, sent, imageFixed);
        }

        public Completed recorded(NewRun run, Duration elapsed) {
            return new Completed(completion.after(elapsed), run, replayed, trace, imageFixed);
        }

        /** Found by a look-up, or by a task that was resumed; the ray id is that of the call itself. */
        public Completed recovered(@Nullable String rayId) {
            return new Completed(completion.recovered(rayId), asked, replayed, trace, imageFixed);
        }

        @Override
        public Outcome traced(Trace other) {
            return new Completed(completion, asked, replayed, other, imageFixed);
        }

        public Completed madeOf(String fixed) {
            return new Completed(completion, asked, replayed, trace, fixed);
        }
    }

    /** The request breaks a rule; nothing was sent. */
    record Invalid(List<String> violations) implements Outcome {}

    /**
     * The request provably did not start.
     *
     * @param passing whether another try soon may succeed; false for a certificate that does not fit, for example
     */
    record NotSent(String reason, boolean passing, @Nullable Throwable failure, Trace trace) implements Outcome {
        public NotSent(String reason, boolean passing, @Nullable Throwable failure) {
            this(reason, passing, failure, Trace.NONE);
        }

        @Override
        public Outcome traced(Trace other) {
            return new NotSent(reason, passing, failure, other);
        }
    }

    /** The service said "not now"; nothing was billed. */
    record Throttled(String reason, @Nullable Duration retryAfter, Trace trace) implements Outcome {
        @Override
        public Outcome traced(Trace other) {
            return new Throttled(reason, retryAfter, other);
        }
    }

    /**
     * The service refused; nothing was billed.
     *
     * @param account whether it refused the account or its key, so that it would refuse the next request, too
     */
    record Rejected(String reason, boolean account, Trace trace) implements Outcome {
        @Override
        public Outcome traced(Trace other) {
            return new Rejected(reason, account, other);
        }
    }

    /** It began, no video will come, and it may be billed. Never sent again by itself; every delivery gets this failure. */
    record Failed(String reason, Trace trace) implements Outcome {
        @Override
        public Outcome traced(Trace other) {
            return new Failed(reason, other);
        }
    }

    /**
     * It may have run and may be billed. Never sent again by itself.
     *
     * @param link of a video, as the service gave it, that cannot be fetched; null when there is none
     * @param candidates tasks that may be its own
     */
    record Unknown(
            String reason,
            @Nullable Throwable failure,
            Trace trace,
            @Nullable String link,
            List<Candidate> candidates) implements Outcome {
        public Unknown(String reason, @Nullable Throwable failure, Trace trace, @Nullable String link) {
            this(reason, failure, trace, link, List.of());
        }

        public Unknown(String reason, @Nullable Throwable failure, Trace trace) {
            this(reason, failure, trace, null);
        }

        /** Whether its task may go on. The answer for an ended task has a code or a link. */
        public boolean goesOn() {
            return trace.taskId() != null && trace.ids().code() == null && link == null;
        }

        public Unknown candidates(List<Candidate> found) {
            return new Unknown(reason, failure, trace, link, found);
        }

        @Override
        public Outcome traced(Trace other) {
            return new Unknown(reason, failure, other, link, candidates);
        }
    }

    /** An earlier try of the same request ended unknown; this one was not sent. */
    record Held(String reason, Trace trace) implements Outcome {}

    /** Sending it would exceed a cap; nothing was sent. */
    record OverBudget(String reason) implements Outcome {}

    /** The same request is in flight elsewhere; this one was not sent. */
    record InFlight(String reason) implements Outcome {}

    /** The key belongs to another request; nothing was sent. */
    record KeyReused(String reason) implements Outcome {}

    /** No permit is free and the caller does not wait, or the component stops; nothing was sent. */
    record Busy(String reason) implements Outcome {}
}
