package io.github.camelhh1.ledger.fence;

import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.fence.ModelDatabase.Statement;
import io.github.camelhh1.ledger.fence.ModelSession.Answered;
import io.github.camelhh1.ledger.fence.ModelSession.Memory;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call of the model check's session that is under way.
 *
 * @param last the statement that was answered last
 * @param waiting the answer of its statement when it has taken effect and the answer is on its way, or null
 */
record ModelWork(
        Call call,
        Memory begin,
        List<Answered> answers,
        @Nullable Statement last,
        @Nullable Statement next,
        @Nullable Object waiting) {
    private static final Ending ENDING = Ending.of("ended");

    /** How an attempt ended, or that its claim is given up. */
    enum Ended {
        COMPLETED,
        REJECTED,
        FAILED,
        UNKNOWN,
        /** Throttled, or provably not started. */
        UNSENT,
        RELEASED,
        /** The service has named its task. */
        NOTED
    }

    /** A {@code Settlement}. */
    record Writing(
            Ended ended,
            Claim claim,
            @Nullable Attempt attempt,
            @Nullable String link,
            boolean handedOn) {
        /** Null where {@code link} is the name of a task, or null. */
        @Nullable
        String video() {
            return ended == Ended.NOTED ? null : link;
        }

        /** Null where {@code link} is that of a video, or null. */
        @Nullable
        String task() {
            return ended == Ended.NOTED ? link : null;
        }

        private void write(LedgerSession session) {
            switch (ended) {
                case COMPLETED ->
                    session.complete(
                            attempt,
                            new Completion(link, "Completed", null, Duration.ZERO, null, null, null),
                            handedOn);
                case REJECTED -> session.reject(attempt, ENDING);
                case FAILED -> session.failed(attempt, ENDING);
                case UNKNOWN -> session.unknown(attempt, ENDING);
                case UNSENT -> session.unsent(attempt);
                case RELEASED -> session.release(claim);
                case NOTED -> session.task(attempt, link);
            }
        }
    }

    /** The present step of a delivery. */
    enum Step {
        CLAIMING,
        RESERVING,
        SENDING,
        /** The POST is in flight, from the moment that {@code SENT} is acknowledged. */
        POSTED,
        /** The name of its task is written. */
        NOTING,
        /** The task is asked for. */
        ASKING,
        /** A task that nobody asks for is taken over. */
        RESUMING,
        SETTLING,
        /** {@code RetryingWhenSafe} waits before the next attempt. */
        WAITING,
        RELEASING
    }

    /** A call of the session. */
    record Call(
            Step step,
            @Nullable Claim claim,
            List<Writing> writings,
            int mostPaid,
            @Nullable String task) implements Function<LedgerSession, Object> {
        @Override
        public Object apply(LedgerSession session) {
            return switch (step) {
                case CLAIMING -> session.claim(ModelDatabase.ASKED, mostPaid);
                case RESERVING -> session.reserve(claim, ModelDatabase.RESERVATION.amount(), new Caps(null, null));
                case SENDING -> session.sent(claim, null);
                case WAITING -> session.recover();
                case RESUMING -> session.resume(ModelDatabase.ASKED.runId(), task);
                default -> {
                    writings.forEach(writing -> writing.write(session));
                    yield true;
                }
            };
        }
    }

    ModelWork waitingFor(Object answer) {
        return new ModelWork(call, begin, answers, last, next, answer);
    }

    @Nullable
    Object lastAnswer() {
        return answers.isEmpty() ? null : answers.get(answers.size() - 1).answer();
    }
}
