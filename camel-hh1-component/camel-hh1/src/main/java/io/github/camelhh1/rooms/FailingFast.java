package io.github.camelhh1.rooms;

import io.github.camelhh1.async.Timers;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.GenerationRequest;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.QuotedPrompt;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Stops sending after three refusals of the account in a row, until the credentials change, and after five outcomes in
 * a row that may be billed and brought no video. So a hundred queued messages cause a few failures, not a hundred. Once
 * a minute, and one at a time, a generation is sent as a trial.
 *
 * <p>A row of refusals ends when the service accepts the account: it begins the request, or refuses it for another
 * reason. A row of outcomes without a video ends with a video only, because a refused, throttled or unsent request
 * never reached the model.
 *
 * <p>It counts for all stacks that it is built into. Safe for use by many threads.
 */
public final class FailingFast {
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Timers timers;

    private final Row refusals = new Row(3);
    private final Row doubts = new Row(5);
    private @Nullable String refusedCredentials;
    private long pausedAt;
    private boolean trying;
    /** The run that is sent as a trial. It may repeat an attempt that provably did not start. */
    private @Nullable String trial;

    /** @param refusal why nothing is sent now; null when this generation is sent */
    private record Turn(@Nullable String refusal, boolean tries) {}

    /** Outcomes in a row that have the same cause. */
    private static final class Row {
        private final int most;
        private int length;
        private String last = "";

        private Row(int most) {
            this.most = most;
        }

        void add(String reason) {
            length++;
            last = reason;
        }

        void end() {
            length = 0;
        }

        boolean isFull() {
            return length >= most;
        }
    }

    public FailingFast(Timers timers) {
        this.timers = timers;
    }

    Generator around(Generator next) {
        return generation -> generate(next, generation);
    }

    private CompletionStage<Outcome> generate(Generator next, Generation generation) {
        String used = generation.credentials();
        Turn turn = turn(used, generation.identity().runId());
        if (turn.refusal() != null) {
            return Steps.ended(new Outcome.NotSent(turn.refusal(), false, null));
        }
        return Steps.into(next, generation)
                .whenComplete((outcome, defect) -> learn(outcome, generation.request(), used, turn));
    }

    private synchronized Turn turn(String used, String runId) {
        String trouble = trouble(used);
        if (trouble == null) {
            return new Turn(null, false);
        } else if (trying || (isPaused() && !runId.equals(trial))) {
            return new Turn(trouble, false);
        }
        trying = true;
        trial = runId;
        pausedAt = timers.nanoTime();
        return new Turn(null, true);
    }

    private @Nullable String trouble(@Nullable String used) {
        if (refusals.isFull() && Objects.equals(used, refusedCredentials)) {
            return "the account was refused " + refusals.length + " times in a row (the last: " + refusals.last
                    + "); one request a minute is sent until the API key changes or one is let in";
        } else if (doubts.isFull()) {
            return doubts.length + " requests in a row ended unknown or failed, and each may be billed (the last: "
                    + doubts.last + "); one request a minute is sent until one brings a video";
        }
        return null;
    }

    private boolean isPaused() {
        return trying || timers.nanoTime() - pausedAt < PAUSE.toNanos();
    }

    private synchronized void learn(@Nullable Outcome outcome, GenerationRequest request, String used, Turn turn) {
        if (turn.tries()) {
            trying = false;
            boolean perhapsAgain = outcome instanceof Outcome.NotSent || outcome instanceof Outcome.Throttled;
            trial = perhapsAgain ? trial : null;
        }
        if (outcome instanceof Outcome.Rejected rejected && rejected.account()) {
            if (!used.equals(refusedCredentials)) {
                refusals.end();
                refusedCredentials = used;
            }
            add(refusals, rejected.reason(), request);
        } else if (outcome instanceof Outcome.Failed) {
            refusals.end();
            add(doubts, outcome.reason(), request);
        } else if (outcome instanceof Outcome.Unknown) {
            add(doubts, outcome.reason(), request);
        } else if (outcome instanceof Outcome.Rejected) {
            refusals.end();
        } else if (outcome instanceof Outcome.Completed) {
            refusals.end();
            doubts.end();
        }
    }

    /** Other messages, and health, show the reason: it must not quote the prompt of this message. */
    private void add(Row row, String reason, GenerationRequest request) {
        row.add(QuotedPrompt.of(reason, request));
        pausedAt = timers.nanoTime();
    }

    /** For health: null unless nothing is sent. */
    synchronized @Nullable String pausedBecause() {
        return isPaused() ? trouble(refusedCredentials) : null;
    }
}
