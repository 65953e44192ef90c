package io.github.camelhh1.rooms;

import io.github.camelhh1.async.TimeLimit;
import io.github.camelhh1.async.Timers;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generation.Accepted;
import io.github.camelhh1.generation.Generation.Limits;
import io.github.camelhh1.generation.Generation.Preparation;
import io.github.camelhh1.generation.Generation.Sending;
import io.github.camelhh1.generation.Generation.Task;
import io.github.camelhh1.generation.GenerationRequest;
import io.github.camelhh1.generation.Identity;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Progress;
import io.github.camelhh1.image.RequestImage;
import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.rooms.RunsUnderWay.RunUnderWay;
import io.github.camelhh1.staging.Staging.Caller;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Goes on with runs whose task the service still knows, and for which no node asks any more. The attempt stays the same:
 * nothing is sent or reserved. A delivery of the same request joins, until generationTimeout has passed since the task was
 * created; a later one is {@code InFlight} and comes again. Safe for use by many threads.
 */
public final class Resumed {
    private static final Outcome ELSEWHERE = new Outcome.InFlight("its task goes on, and is asked for");
    /** For the credentials: joined deliveries wait. */
    private static final Duration LONGEST_ASKING = Duration.ofMinutes(1);
    /** The service forgets the task then; it is asked for the last time a little before. */
    private static final Duration LONGEST = Run.TASK_LIFE.minusMinutes(1);

    private final Recorded recorded;
    private final Credentials credentials;
    private final Bookkeeping books;
    private final RunsUnderWay joins;
    private final Timers timers;
    private final Limits limits;
    private final InstantSource clock;

    Resumed(
            Recorded recorded,
            Credentials credentials,
            Bookkeeping books,
            RunsUnderWay joins,
            Timers timers,
            Limits limits,
            InstantSource clock) {
        this.recorded = recorded;
        this.credentials = credentials;
        this.books = books;
        this.joins = joins;
        this.timers = timers;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Takes the run over and asks for its task until it has ended. Returns at once.
     *
     * @return {@code InFlight} where another node was faster, or a delivery in this JVM is at work on the run. Fails where
     *     there is no API key, or the ledger cannot be written: the run stays as it is, and can be resumed later
     */
    public CompletionStage<Outcome> resume(Run run) {
        return new Resumption(run, false).begin();
    }

    /**
     * Takes the run over as well, and asks for its task once: it ends, or is unknown as before and can be resumed. The
     * caller gets the video. Otherwise as {@link #resume}.
     */
    public CompletionStage<Outcome> ask(Run run) {
        return new Resumption(run, true).begin();
    }

    private final class Resumption {
        private final Run run;
        private final String taskId;
        private final Duration age;
        private final boolean overdue;
        private final boolean once;
        private final RunUnderWay own;
        private volatile @Nullable Attempt attempt;

        Resumption(Run run, boolean once) {
            this.run = run;
            this.once = once;
            this.taskId = Objects.requireNonNull(run.taskId(), "no task");
            Duration since = Duration.between(Objects.requireNonNull(run.sentAt(), "not sent"), clock.instant());
            // Clocks of two machines differ.
            this.age = since.isNegative() ? Duration.ZERO : since;
            this.overdue = age.compareTo(limits.generationTimeout()) >= 0;
            this.own = new RunUnderWay(run.asked().fingerprint(), overdue || once ? ELSEWHERE : null, this::handOn);
        }

        CompletionStage<Outcome> begin() {
            String session = books.owner();
            if (joins.putIfAbsent(session, run.runId(), own) != null) {
                return Steps.ended(ELSEWHERE);
            }
            return TimeLimit.of(credentials.ask(), LONGEST_ASKING, timers, "apiKeySupplier gave no key", key -> {})
                    .thenCompose(this::taken)
                    .whenComplete((outcome, error) -> {
                        // As OncePerKey does it: an ending that is not in the ledger yet is known only here.
                        Attempt taken = attempt;
                        books.whenWritten(taken == null ? null : taken.claim())
                                .thenRun(() -> joins.remove(session, run.runId(), own));
                        own.tell(error == null ? outcome : ELSEWHERE, null);
                    });
        }

        private CompletionStage<Outcome> taken(String key) {
            if (!Credentials.areUsable(key)) {
                return CompletableFuture.failedStage(new IllegalStateException("apiKeySupplier gave no usable key"));
            }
            return books.later(ledger -> ledger.resume(run.runId(), taskId)).thenCompose(found -> {
                if (found.isEmpty()) {
                    return Steps.ended(ELSEWHERE);
                }
                attempt = found.get();
                return recorded.resumed(generation(found.get(), key), found.get())
                        .thenApply(this::together);
            });
        }

        /** If an earlier attempt may be billed, the ending must not state that nothing is billed. */
        private Outcome together(Outcome outcome) {
            return outcome instanceof Outcome.Rejected rejected && run.paidAttempts() > 1
                    ? new Outcome.Unknown(
                            "an earlier attempt may be billed; the last one is not: " + rejected.reason(),
                            null,
                            rejected.trace().task(null))
                    : outcome;
        }

        private Generation generation(Attempt taken, String key) {
            NewRun asked = run.asked();
            long now = timers.nanoTime();
            var accepted = new Accepted(
                    now - Duration.between(run.createdAt(), clock.instant()).toNanos(),
                    asked.videoFileName(),
                    asked::videoFileName,
                    asked.cost(),
                    asked.correlation(),
                    asked.group(),
                    Caller.NONE,
                    Progress.NONE,
                    new CompletableFuture<>());
            var request = new GenerationRequest(null, null, null, null, asked.seconds(), null, null);
            var identity =
                    new Identity(asked.account(), asked.model(), asked.key(), asked.fingerprint(), asked.runId());
            boolean toItsEnd = overdue || once;
            var limit = toItsEnd ? LONGEST : limits.generationTimeout();
            // A clock that is wrong leaves a minute for one question at least.
            var passed = toItsEnd && age.compareTo(LONGEST.minusMinutes(1)) > 0 ? LONGEST.minusMinutes(1) : age;
            var task = new Task(taskId, overdue, once, () -> once || own.isAwaited());
            return new Generation(request, new RequestImage.Link("", null), identity, accepted, limits)
                    .claimed(taken.claim(), List.of())
                    .prepared(new Preparation(key, new TimeLimit(limit, now - passed.toNanos())))
                    .sending(new Sending(null, id -> CompletableFuture.completedStage(null), task, null, null));
        }

        /** A delivery that joined gets the video: nobody else has to. */
        private CompletionStage<?> handOn(Outcome.Completed completed) {
            Attempt taken = Objects.requireNonNull(attempt, "not taken over");
            return books.settle(taken.claim(), Settlement.completed(taken, completed.completion(), true));
        }
    }
}
