package io.github.camelhh1.rooms;

import static io.github.camelhh1.rooms.ScriptedGenerator.BAD_CERTIFICATE;
import static io.github.camelhh1.rooms.ScriptedGenerator.COMPLETED;
import static io.github.camelhh1.rooms.ScriptedGenerator.FAILED;
import static io.github.camelhh1.rooms.ScriptedGenerator.REJECTED;
import static io.github.camelhh1.rooms.ScriptedGenerator.THROTTLED;
import static io.github.camelhh1.rooms.ScriptedGenerator.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.async.Permits;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generation.Limits;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.generation.Prices;
import io.github.camelhh1.generation.Prices.Budget;
import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.DelegatingSession;
import io.github.camelhh1.ledger.Emission;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.memory.MemoryLedgers;
import io.github.camelhh1.simulation.FragileSession;
import io.github.camelhh1.simulation.ReportLog;
import io.github.camelhh1.simulation.VirtualTimers;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code onUnknown=resend}: an unknown outcome is sent again, as often as may be paid. */
class ResendTest {
    private static final Completion VIDEO = new Completion(
                    "https://v.example/found.mp4", "Completed", null, Duration.ZERO, null, null, null)
            .recovered(null);

    private final VirtualTimers time = new VirtualTimers();
    private final Ledger ledger = Ledgers.memory();
    private final AtomicBoolean claimsGetLost = new AtomicBoolean();
    private final FragileSession session = new FragileSession(MemoryLedgers.losingClaims(ledger, claimsGetLost::get));
    private final LedgerSession other = ledger.open();
    private final Bookkeeping books = books(session);
    private final RunsUnderWay joins = new RunsUnderWay();
    private Generation generation = generation(3);

    private static Generation generation(int maxPaidAttempts) {
        return ScriptedGenerator.generation(
                new Limits(Duration.ofMinutes(15), 4, Duration.ofSeconds(2), Duration.ofMinutes(5), maxPaidAttempts));
    }

    private Bookkeeping books(LedgerSession owner) {
        return new Bookkeeping(owner, Runnable::run, Runnable::run, Runnable::run, time, new ReportLog());
    }

    private Run found() {
        return other.find(generation.identity().runId()).orElseThrow();
    }

    private RunState state() {
        return found().state();
    }

    private CompletableFuture<Outcome> run(Generator backend) {
        return new OncePerKey(new Recorded(backend, books, time, null), books, joins)
                .generate(generation)
                .toCompletableFuture();
    }

    private Outcome run(Outcome... script) {
        var backend = ScriptedGenerator.ending(script);
        Outcome ending = run(backend).join();
        assertThat(backend.calls()).as("requests that left").hasSize(script.length);
        assertThat(joins.size()).isZero();
        return ending;
    }

    @Test
    void endsWithTheVideoThatCameAtLast() {
        Outcome ending = run(UNKNOWN, UNKNOWN, COMPLETED);

        assertThat(ending).isInstanceOf(Outcome.Completed.class);
        assertThat(ending.trace().attempts()).isEqualTo(3);
        assertThat(state()).isEqualTo(RunState.COMPLETED);
        assertThat(found().paidAttempts()).isEqualTo(3);
        assertThat(found().causes()).isEqualTo("attempt 1: silence\nattempt 2: silence\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void isHeldOnceAllThatMayBePaidAreSent(int most) {
        generation = generation(most);
        Outcome ending = run(Collections.nCopies(most, UNKNOWN).toArray(Outcome[]::new));

        assertThat(ending).isEqualTo(UNKNOWN.traced(Trace.NONE.attempts(most)));
        assertThat(found().paidAttempts()).isEqualTo(most);
        assertThat(state()).isEqualTo(RunState.UNKNOWN);
        assertThat(run().getClass()).isEqualTo(Outcome.Held.class);
    }

    /** The threads of the rooms give permits back: if they wait for one, no call ends any more. */
    @Test
    void doesNotHoldItsThreadBackWhenTheQueueIsFull() throws Exception {
        var backend = new ScriptedGenerator();
        var permits = new Permits(1, 0, false, Runnable::run);
        Generator rooms = Bounded.around(new Recorded(backend, books, time, null), permits);
        CompletableFuture<Outcome> first =
                new OncePerKey(rooms, books, joins).generate(generation).toCompletableFuture();
        Thread heldBack = new Thread(() -> Bounded.around(backend, permits).generate(generation(1)));
        heldBack.start();
        await().until(() -> permits.waiting() == 1);

        Thread room = new Thread(() -> backend.calls().get(0).complete(UNKNOWN));
        room.start();
        room.join(5_000);

        assertThat(room.isAlive()).as("waits for a permit").isFalse();
        await().until(() -> backend.calls().size() == 2 && permits.waiting() == 1);
        backend.calls().get(1).complete(COMPLETED);
        backend.calls().get(2).complete(COMPLETED);
        assertThat(first.join()).isInstanceOf(Outcome.Completed.class);
        assertThat(permits.inFlight()).isZero();
    }

    static List<Outcome> whatWasNotPaid() {
        return List.of(REJECTED, THROTTLED, BAD_CERTIFICATE, new Outcome.OverBudget("x"));
    }

    @ParameterizedTest
    @MethodSource("whatWasNotPaid")
    void whatMayBePaidOutweighsWhatCameOfSendingItAgain(Outcome second) {
        Outcome ending = run(UNKNOWN, second);

        assertThat(ending).isInstanceOf(Outcome.Unknown.class);
        assertThat(ending.trace().attempts()).isEqualTo(1 + second.trace().attempts());
        assertThat(state()).isEqualTo(RunState.UNKNOWN);
        assertThat(found().paidAttempts()).isEqualTo(1);
        assertThat(found().reason()).isEqualTo("silence");
    }

    @Test
    void whatWasNotPaidIsNotCountedAndMayBeSentByTheNextDelivery() {
        run(UNKNOWN, REJECTED);

        assertThat(run(UNKNOWN, COMPLETED)).isInstanceOf(Outcome.Completed.class);
        assertThat(found().paidAttempts()).isEqualTo(3);
    }

    /** A look-up of another node is faster than this node's next statement. */
    @Test
    void endsWithTheVideoThatWasFoundBeforeItIsSentAgain() {
        var overtaken = new DelegatingSession(session) {
            @Override
            protected <T> T around(String method, Supplier<T> call) {
                Run run = other.find(generation.identity().runId()).orElse(null);
                if (method.equals("claim") && run != null) {
                    assertThat(other.found(run, VIDEO, false)).isTrue();
                }
                return call.get();
            }
        };
        var backend = ScriptedGenerator.ending(UNKNOWN);
        Bookkeeping slow = books(overtaken);
        Outcome ending = new OncePerKey(new Recorded(backend, slow, time, null), slow, joins)
                .generate(generation)
                .toCompletableFuture()
                .join();

        assertThat(ending).isInstanceOfSatisfying(Outcome.Completed.class, found -> {
            assertThat(found.completion().videoUrl()).isEqualTo(VIDEO.videoUrl());
            assertThat(found.completion().recovered()).isTrue();
            assertThat(found.replayed()).as("it was paid by this delivery").isFalse();
            assertThat(found.trace().attempts()).isEqualTo(1);
        });
        assertThat(backend.calls()).hasSize(1);
        assertThat(other.emit(new Emission.Filter(RunState.COMPLETED, Duration.ZERO, null), 9))
                .as("no route needs it")
                .isEmpty();
    }

    @Test
    void aRunThatFailedIsNotSentAgain() {
        assertThat(run(FAILED)).isEqualTo(FAILED);
    }

    @Test
    void aRunThatFailedAfterAnUnknownAttemptIsNotSentAgain() {
        assertThat(run(UNKNOWN, FAILED)).isEqualTo(FAILED.traced(Trace.NONE.attempts(2)));
    }

    @Nested
    class WhenTheLedgerFailsInBetween {
        @Test
        void theFirstUnknownOutcomeIsTheEnding() {
            session.breakDown("unknown");
            var backend = ScriptedGenerator.ending(UNKNOWN);

            assertThat(run(backend).join()).isEqualTo(UNKNOWN);
            assertThat(joins.size()).isEqualTo(1);
            session.mend();
            time.pass(Duration.ofSeconds(1));
            assertThat(state()).isEqualTo(RunState.UNKNOWN);
            assertThat(joins.size()).isZero();
        }

        @Test
        void anAnswerThatGotLostKeepsNothingFromBeingSentAgain() {
            session.loseAnswersOf("unknown");
            Outcome ending = run(ScriptedGenerator.ending(UNKNOWN, COMPLETED)).join();
            session.mend();
            time.pass(Duration.ofMinutes(1));

            assertThat(ending).isInstanceOf(Outcome.Completed.class);
            assertThat(state()).as("the late write changes nothing").isEqualTo(RunState.COMPLETED);
            assertThat(found().paidAttempts()).isEqualTo(2);
        }

        @Test
        void aSecondClaimThatFailsLeavesItHeld() {
            var backend = new ScriptedGenerator();
            var call = run(backend);
            session.breakDown("claim");
            backend.lastCall().complete(UNKNOWN);

            assertThat(call.join()).isEqualTo(UNKNOWN);
            assertThat(state()).isEqualTo(RunState.UNKNOWN);
        }

        @Test
        void aSecondClaimThatTookPlaceAllTheSameIsTakenOverByTheNextDelivery() {
            var backend = new ScriptedGenerator();
            var call = run(backend);
            claimsGetLost.set(true);
            backend.lastCall().complete(UNKNOWN);
            assertThat(call.join()).isEqualTo(UNKNOWN);
            assertThat(state()).isEqualTo(RunState.CLAIMED);

            claimsGetLost.set(false);
            assertThat(run(UNKNOWN, COMPLETED)).isInstanceOf(Outcome.Completed.class);
            assertThat(found().paidAttempts()).isEqualTo(3);
        }

        @Test
        void aSecondSentThatFailsLeavesItHeld() {
            var backend = new ScriptedGenerator();
            var call = run(backend);
            session.breakDown("sent");
            backend.lastCall().complete(UNKNOWN);

            assertThat(call.join()).isEqualTo(UNKNOWN);
            assertThat(backend.calls()).hasSize(1);
            assertThat(state()).isEqualTo(RunState.UNKNOWN);
            assertThat(found().paidAttempts()).isEqualTo(1);
        }
    }

    @Test
    void aBudgetThatIsUsedUpLeavesItHeld() {
        var backend = ScriptedGenerator.ending(UNKNOWN, COMPLETED);
        Generator rooms = new Recorded(backend, books, time, null);
        rooms = WithinBudget.around(rooms, books, new Budget(new Caps(20L, null), Prices.NONE));
        Outcome ending = new OncePerKey(rooms, books, joins)
                .generate(generation)
                .toCompletableFuture()
                .join();

        assertThat(ending).isEqualTo(UNKNOWN);
        assertThat(backend.calls()).hasSize(1);
        assertThat(state()).isEqualTo(RunState.UNKNOWN);
    }

    @Test
    void aDefectWhenItIsSentAgainLeavesItHeld() {
        var backend = ScriptedGenerator.ending(UNKNOWN);
        Generator recorded = new Recorded(backend, books, time, null);
        Generator breaks = next -> {
            if (!backend.calls().isEmpty()) {
                throw new IllegalStateException("a defect");
            }
            return recorded.generate(next);
        };
        var ending = new OncePerKey(breaks, books, joins).generate(generation).toCompletableFuture();

        assertThat(ending.join()).isInstanceOfSatisfying(Outcome.Unknown.class, unknown -> assertThat(unknown.reason())
                .contains("silence")
                .contains("a defect"));
        assertThat(state()).isEqualTo(RunState.UNKNOWN);
        assertThat(joins.size()).isZero();
    }

    @Test
    void anUnknownOutcomeOfAnEarlierProcessIsSentAgainToo() {
        run(new ScriptedGenerator());
        session.close();
        other.recover();
        Bookkeeping successor = books(other);
        var backend = ScriptedGenerator.ending(COMPLETED);
        var ending =
                new OncePerKey(new Recorded(backend, successor, time, null), successor, joins).generate(generation);

        assertThat(ending.toCompletableFuture().join()).isInstanceOf(Outcome.Completed.class);
        assertThat(found().paidAttempts()).isEqualTo(2);
        assertThat(found().causes()).startsWith("attempt 1: ");
    }
}
