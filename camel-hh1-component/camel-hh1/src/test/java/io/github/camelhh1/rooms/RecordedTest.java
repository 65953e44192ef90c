package io.github.camelhh1.rooms;

import static io.github.camelhh1.rooms.ScriptedGenerator.COMPLETED;
import static io.github.camelhh1.rooms.ScriptedGenerator.REFUSED_CONNECTION;
import static io.github.camelhh1.rooms.ScriptedGenerator.THROTTLED;
import static io.github.camelhh1.rooms.ScriptedGenerator.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.ledger.CallIds;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.simulation.FragileSession;
import io.github.camelhh1.simulation.ReportLog;
import io.github.camelhh1.simulation.VirtualTimers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedTest {
    private static final Generation GENERATION = ScriptedGenerator.generation();
    private static final String RUN = GENERATION.identity().runId();

    private final FragileSession session = new FragileSession(Ledgers.memory().open());
    private final VirtualTimers time = new VirtualTimers();
    private final Bookkeeping books =
            new Bookkeeping(session, Runnable::run, Runnable::run, Runnable::run, time, new ReportLog());
    private final Claim claim = ((Claiming.Claimed) session.claim(GENERATION.newRun(), 1)).claim();
    private final ScriptedGenerator backend = new ScriptedGenerator();

    private CompletableFuture<Outcome> run(Generator inner) {
        return new Recorded(inner, books, time, null)
                .generate(GENERATION.claimed(claim, List.of()))
                .toCompletableFuture();
    }

    private Run found() {
        return session.find(RUN).orElseThrow();
    }

    @Test
    void saysSentBeforeTheCall() {
        var seen = new ArrayList<RunState>();

        run(generation -> {
            seen.add(found().state());
            return new CompletableFuture<>();
        });

        assertThat(seen).containsExactly(RunState.SENT);
        assertThat(found().sentAt()).isNotNull();
    }

    @Test
    void theIdsOfAnAnswerAreInTheLedgerBeforeItIsLookedUp() {
        var ids = new CallIds(200, null, "log-of-call", "ray");
        run(generation -> {
            generation.notes().apply(new Outcome.Unknown("cut", null, Trace.of(ids)));
            return new CompletableFuture<>();
        });

        assertThat(found().state()).isEqualTo(RunState.SENT);
        assertThat(found().ids()).isEqualTo(ids);
        assertThat(found().reason()).isEqualTo("cut");
    }

    @Test
    void isClaimedAgainBeforeTheRetryDelayBegins() {
        var recorded = new Recorded(backend, books, time, null);
        Generator retrying = new RetryingWhenSafe(recorded, recorded, time, () -> 1);
        var ending = retrying.generate(GENERATION.claimed(claim, List.of())).toCompletableFuture();

        backend.lastCall().complete(THROTTLED);
        assertThat(time.asked()).as("the delay has begun").hasSize(1);
        assertThat(found().state()).isEqualTo(RunState.CLAIMED);
        assertThat(found().paidAttempts()).isZero();

        time.pass(Duration.ofMinutes(5));
        assertThat(found().state()).isEqualTo(RunState.SENT);
        backend.lastCall().complete(COMPLETED);

        assertThat(ending.join().trace().attempts()).isEqualTo(2);
        assertThat(found().paidAttempts()).isEqualTo(1);
    }

    /** The route, or the component, stopped while a slow ledger wrote SENT. */
    @Test
    void sendsNothingThatIsRecalledMeanwhile() {
        var slow = new ArrayDeque<Runnable>();
        var books = new Bookkeeping(session, Runnable::run, slow::add, Runnable::run, time, new ReportLog());
        Generation generation = ScriptedGenerator.generation().claimed(claim, List.of());
        var ending =
                new Recorded(backend, books, time, null).generate(generation).toCompletableFuture();

        generation.accepted().recalled().complete(null);
        for (Runnable next = slow.poll(); next != null; next = slow.poll()) {
            next.run();
        }

        assertThat(ending.join()).isInstanceOf(Outcome.Busy.class);
        assertThat(backend.calls()).isEmpty();
        assertThat(found().state()).isEqualTo(RunState.CLAIMED);
        assertThat(found().paidAttempts()).isZero();
    }

    @Test
    void sendsNothingOnceItsClaimIsGone() {
        session.release(claim);

        assertThat(run(backend).join()).isInstanceOf(Outcome.InFlight.class);
        assertThat(backend.calls()).isEmpty();
    }

    @Test
    void sendsNothingTheSecondTimeWhenItsClaimWentDuringTheDelay() {
        var recorded = new Recorded(backend, books, time, null);
        Generator retrying = new RetryingWhenSafe(recorded, recorded, time, () -> 1);
        var ending = retrying.generate(GENERATION.claimed(claim, List.of())).toCompletableFuture();
        backend.lastCall().complete(REFUSED_CONNECTION);

        session.release(claim);
        time.pass(Duration.ofMinutes(5));

        assertThat(ending.join()).isInstanceOf(Outcome.InFlight.class);
        assertThat(backend.calls()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sendsNothingThatItCannotWriteDown(boolean written) {
        if (written) {
            session.loseAnswersOf("sent");
        } else {
            session.breakDown("sent");
        }

        assertThat(run(backend).join()).isInstanceOfSatisfying(Outcome.NotSent.class, notSent -> {
            assertThat(notSent.passing()).isTrue();
            assertThat(notSent.trace().attempts()).isZero();
            assertThat(notSent.reason()).contains("sent failed");
        });
        assertThat(backend.calls()).isEmpty();
    }

    @Test
    void goesOnOnceItCanBeWrittenAndCountsOneAttempt() {
        session.loseAnswersOf("sent");
        var recorded = new Recorded(backend, books, time, null);
        Generator retrying = new RetryingWhenSafe(recorded, recorded, time, () -> 1);
        var ending = retrying.generate(GENERATION.claimed(claim, List.of())).toCompletableFuture();

        session.mend();
        time.pass(Duration.ofMinutes(5));
        backend.lastCall().complete(UNKNOWN);

        assertThat(ending.join()).isEqualTo(UNKNOWN);
        assertThat(found().paidAttempts()).isEqualTo(1);
    }

    @Test
    void retriesThoughItCannotBeWrittenThatNothingStarted() {
        session.breakDown("unsent");

        assertThat(run(ScriptedGenerator.ending(REFUSED_CONNECTION)).join()).isEqualTo(REFUSED_CONNECTION);
        assertThat(run(ScriptedGenerator.ending(UNKNOWN)).join()).isEqualTo(UNKNOWN);

        assertThat(found().paidAttempts()).as("one left").isEqualTo(1);
    }

    @Test
    void writesWhatIsKnownOfTheEndingOnOneCleanLine() {
        var trace = new Trace(1, new CallIds(504, "3007", "log", "ray"), "MISS", "the whole answer", null);

        run(ScriptedGenerator.ending(new Outcome.Unknown("silence\nof the service", null, trace)));

        assertThat(found().ending())
                .isEqualTo(new Ending("silence of the service", new CallIds(504, "3007", "log", "ray"), null));
    }

    @Test
    void writesTheVideoWithTheTimeSinceItWasAccepted() {
        var ending = run(backend);
        time.pass(Duration.ofSeconds(90));
        backend.lastCall().complete(COMPLETED);

        var completed = (Outcome.Completed) ending.join();
        assertThat(found().completion()).isEqualTo(completed.completion());
        assertThat(completed.completion().elapsed()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(91));
        assertThat(completed.asked()).isEqualTo(GENERATION.newRun());
    }

    static List<Generator> defects() {
        return List.of(
                generation -> {
                    throw new AssertionError("thrown");
                },
                generation -> CompletableFuture.failedFuture(new IllegalStateException("failed")));
    }

    @ParameterizedTest
    @MethodSource("defects")
    void holdsWhatBrokeAfterItWasSent(Generator defect) {
        assertThat(run(defect).join()).isInstanceOf(Outcome.Unknown.class);

        assertThat(found().state()).isEqualTo(RunState.UNKNOWN);
        assertThat(found().reason()).contains("a defect of this component");
    }
}
