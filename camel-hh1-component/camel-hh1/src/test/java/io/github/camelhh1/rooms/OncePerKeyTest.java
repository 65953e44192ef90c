package io.github.camelhh1.rooms;

import static io.github.camelhh1.rooms.ScriptedGenerator.ACCOUNT_REJECTED;
import static io.github.camelhh1.rooms.ScriptedGenerator.BAD_CERTIFICATE;
import static io.github.camelhh1.rooms.ScriptedGenerator.COMPLETED;
import static io.github.camelhh1.rooms.ScriptedGenerator.REFUSED_CONNECTION;
import static io.github.camelhh1.rooms.ScriptedGenerator.REJECTED;
import static io.github.camelhh1.rooms.ScriptedGenerator.THROTTLED;
import static io.github.camelhh1.rooms.ScriptedGenerator.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Identity;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.memory.MemoryLedgers;
import io.github.camelhh1.simulation.FragileSession;
import io.github.camelhh1.simulation.ReportLog;
import io.github.camelhh1.simulation.VirtualTimers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OncePerKeyTest {
    private static final Outcome FAILED = new Outcome.Failed("state: Failed", Trace.UNANSWERED);

    /** Longer than any pause between two tries to write. */
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Ledger ledger = Ledgers.memory();
    private final FragileSession session = new FragileSession(ledger.open());
    private final VirtualTimers time = new VirtualTimers();
    private final RunsUnderWay joins = new RunsUnderWay();
    private final ScriptedGenerator backend = new ScriptedGenerator();

    /** One component: its own owner, the JVM's joins. */
    private Generator node(FragileSession owner, Generator inner) {
        var books = new Bookkeeping(owner, Runnable::run, Runnable::run, Runnable::run, time, new ReportLog());
        return new OncePerKey(new Recorded(inner, books, time, null), books, joins);
    }

    private Generator node(Generator inner) {
        return node(session, inner);
    }

    private static Generation generation(String fingerprint) {
        Generation any = ScriptedGenerator.generation();
        var identity = Identity.of("account", "model", "key", fingerprint);
        return new Generation(any.request(), any.image(), identity, any.accepted(), any.limits());
    }

    private static Generation held() {
        return generation("fingerprint");
    }

    private static CompletableFuture<Outcome> run(Generator node, Generation generation) {
        return node.generate(generation).toCompletableFuture();
    }

    private CompletableFuture<Outcome> run(Outcome... script) {
        return run(node(ScriptedGenerator.ending(script)), held());
    }

    private Optional<Run> found() {
        return session.find(held().identity().runId());
    }

    private RunState state() {
        return found().map(Run::state).orElse(null);
    }

    private int paid() {
        return found().map(Run::paidAttempts).orElse(0);
    }

    static Stream<Arguments> endings() {
        return Stream.of(
                Arguments.of(COMPLETED, RunState.COMPLETED, 1),
                Arguments.of(UNKNOWN, RunState.UNKNOWN, 1),
                Arguments.of(REJECTED, RunState.REJECTED, 0),
                Arguments.of(ACCOUNT_REJECTED, RunState.REJECTED, 0),
                Arguments.of(FAILED, RunState.FAILED, 1),
                Arguments.of(REFUSED_CONNECTION, null, 0),
                Arguments.of(BAD_CERTIFICATE, null, 0),
                Arguments.of(THROTTLED, null, 0),
                Arguments.of(new Outcome.Invalid(List.of("x")), null, 0),
                Arguments.of(new Outcome.OverBudget("x"), null, 0),
                Arguments.of(new Outcome.Busy("x"), null, 0),
                Arguments.of(new Outcome.InFlight("x"), null, 0));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void leavesEachEndingInTheLedger(Outcome outcome, RunState state, int paid) {
        assertThat(run(outcome)).isCompleted();

        assertThat(state()).isEqualTo(state);
        assertThat(paid()).isEqualTo(paid);
        assertThat(joins.size()).isZero();
    }

    @ParameterizedTest
    @MethodSource("endings")
    void sendsTheNextDeliveryUnlessItIsMadeHeldOrFailed(Outcome outcome, RunState state, int paid) {
        run(outcome);

        Outcome next = run(node(ScriptedGenerator.ending(COMPLETED)), held()).join();

        if (state == RunState.UNKNOWN) {
            var sentAt = found().orElseThrow().sentAt();
            assertThat(next).isEqualTo(new Outcome.Held("silence, sent at " + sentAt, Trace.NONE));
        } else if (state == RunState.FAILED) {
            assertThat(next).isEqualTo(new Outcome.Failed("state: Failed", Trace.NONE));
        } else {
            assertThat(next)
                    .isInstanceOfSatisfying(Outcome.Completed.class, completed -> assertThat(completed.replayed())
                            .isEqualTo(state == RunState.COMPLETED));
            assertThat(paid()).isEqualTo(state == null || state == RunState.COMPLETED ? 1 : paid + 1);
        }
    }

    @Test
    void answersAsTheFirstTime() {
        var first = (Outcome.Completed) run(COMPLETED).join();

        var again = (Outcome.Completed) run(node(backend), held()).join();

        assertThat(again).isEqualTo(first.joined());
        assertThat(again.trace().attempts()).isZero();
        assertThat(backend.calls()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("endings")
    void givesTheKeyToAnotherRequestOnlyWhereItIsFree(Outcome outcome, RunState state, int paid) {
        run(outcome);

        Outcome next = run(node(ScriptedGenerator.ending(COMPLETED)), generation("another"))
                .join();

        boolean taken = state == RunState.COMPLETED || state == RunState.UNKNOWN || state == RunState.FAILED;
        assertThat(next).isInstanceOf(taken ? Outcome.KeyReused.class : Outcome.Completed.class);
    }

    @Nested
    class WhileTheFirstIsUnderWay {
        private final Generator node = node(backend);
        private final CompletableFuture<Outcome> first = run(node, held());
        private final CompletableFuture<Outcome> second = run(node, held());

        @Test
        void theSecondSendsNothingAndWaits() {
            assertThat(second).isNotDone();
            assertThat(backend.calls()).hasSize(1);
            assertThat(session.calls("claim")).isEqualTo(1);
        }

        @Test
        void theSecondGetsTheVideoAndPaidNothing() {
            backend.lastCall().complete(COMPLETED);

            var completed = (Outcome.Completed) second.join();
            var paid = (Outcome.Completed) first.join();
            assertThat(completed).isEqualTo(paid.joined());
            assertThat(paid.replayed()).isFalse();
            assertThat(paid.trace().attempts()).isEqualTo(1);
        }

        @Test
        void theSecondIsHeldWhenTheFirstEndsUnknown() {
            backend.lastCall().complete(UNKNOWN);

            assertThat(first.join()).isEqualTo(UNKNOWN);
            assertThat(second.join()).isEqualTo(new Outcome.Held("silence", Trace.UNANSWERED));
        }

        @Test
        void theSecondSharesAnyOtherEnding() {
            backend.lastCall().complete(THROTTLED);

            assertThat(second.join()).isEqualTo(THROTTLED).isEqualTo(first.join());
        }

        @Test
        void theSecondIsHeldWhenTheFirstCallBreaks() {
            backend.lastCall().completeExceptionally(new AssertionError("defect"));

            assertThat(first.join()).isInstanceOf(Outcome.Unknown.class);
            assertThat(second.join()).isInstanceOf(Outcome.Held.class);
        }

        @Test
        void anotherRequestMayNotHaveTheKey() {
            assertThat(run(node, generation("another")).join()).isInstanceOf(Outcome.KeyReused.class);
            assertThat(first).isNotDone();
            assertThat(backend.calls()).hasSize(1);
        }

        @Test
        void theSecondMaySendAtOnceWhatDidNotStart() {
            var redelivered = second.thenCompose(outcome -> run(node, held()));

            backend.lastCall().complete(REFUSED_CONNECTION);
            assertThat(backend.calls()).as("sent anew, not told the old ending").hasSize(2);
            backend.lastCall().complete(COMPLETED);

            assertThat(redelivered.join()).isInstanceOf(Outcome.Completed.class);
        }

        @Test
        void nobodyJoinsOnceItEnded() {
            backend.lastCall().complete(COMPLETED);

            run(node, held());

            assertThat(session.calls("claim")).isEqualTo(2);
            assertThat(joins.size()).isZero();
        }
    }

    @Nested
    class WhileAnotherOwnerIsAtWork {
        private final CompletableFuture<Outcome> first = run(node(backend), held());
        private final FragileSession other = new FragileSession(ledger.open());

        @Test
        void itIsJoinedWhereItIsOfThisJvm() {
            var second = run(node(other, backend), held());
            assertThat(second).isNotDone();

            backend.lastCall().complete(COMPLETED);

            assertThat(((Outcome.Completed) second.join()).replayed()).isTrue();
            assertThat(((Outcome.Completed) first.join()).replayed()).isFalse();
            assertThat(backend.calls()).hasSize(1);
            assertThat(joins.size()).isZero();
        }

        @Test
        void aChainOfDeliveriesEndsWithTheOneThatIsAtWork() {
            Generator elsewhere = node(other, backend);
            var second = run(elsewhere, held());
            var third = run(elsewhere, held());

            backend.lastCall().complete(UNKNOWN);

            assertThat(List.of(second.join(), third.join()))
                    .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Held.class));
        }

        @Test
        void itIsInFlightWhereItIsOfAnotherJvm() {
            var books = new Bookkeeping(other, Runnable::run, Runnable::run, Runnable::run, time, new ReportLog());
            var farAway = new OncePerKey(backend, books, new RunsUnderWay());

            assertThat(run(farAway, held()).join()).isInstanceOf(Outcome.InFlight.class);
            assertThat(backend.calls()).hasSize(1);
        }

        @Test
        void itsKeyIsReusedByAnotherRequest() {
            assertThat(run(node(other, backend), generation("another")).join()).isInstanceOf(Outcome.KeyReused.class);
        }
    }

    @Nested
    class WhenARoomHasADefect {
        private final AssertionError defect = new AssertionError("defect");

        private OncePerKey above(Generator inner) {
            var books = new Bookkeeping(session, Runnable::run, Runnable::run, Runnable::run, time, new ReportLog());
            return new OncePerKey(inner, books, joins);
        }

        @Test
        void theClaimIsGivenUpThatWasNotSent() {
            var ending = run(
                    above(generation -> {
                        throw defect;
                    }),
                    held());

            assertThatThrownBy(ending::join).hasCause(defect);
            assertThat(state()).isNull();
            assertThat(joins.size()).isZero();
        }

        /** Without the room that records: it makes an unknown outcome of every error below it. */
        @Test
        void theSecondSharesAnError() {
            Generator node = above(backend);
            var first = run(node, held());
            var second = run(node, held());

            backend.lastCall().completeExceptionally(defect);

            assertThat(first)
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .havingRootCause()
                    .isSameAs(defect);
            assertThat(second)
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .havingRootCause()
                    .isSameAs(defect);
            assertThat(backend.calls()).hasSize(1);
            assertThat(joins.size()).isZero();
        }

        @Test
        void itIsHeldOnceItWasSent() {
            var ending = run(
                    above(generation -> {
                        session.sent(generation.right(), null);
                        return CompletableFuture.failedFuture(defect);
                    }),
                    held());

            assertThatThrownBy(ending::join).hasCause(defect);
            assertThat(state()).isEqualTo(RunState.UNKNOWN);
            assertThat(found().orElseThrow().reason()).contains("a defect of this component", "defect");
        }

        @Test
        void theVideoStaysThatWasPaid() {
            var ending = run(
                    above(generation -> {
                        var attempt = session.sent(generation.right(), null).orElseThrow();
                        session.complete(attempt, ((Outcome.Completed) COMPLETED).completion());
                        throw defect;
                    }),
                    held());

            assertThatThrownBy(ending::join).hasCause(defect);
            assertThat(state()).isEqualTo(RunState.COMPLETED);
        }
    }

    @Nested
    class WhenTheLedgerFails {
        @Test
        void nothingIsSentWithoutAClaim() {
            session.breakDown("claim");

            assertThat(run(node(backend), held()).join())
                    .isInstanceOfSatisfying(Outcome.NotSent.class, notSent -> assertThat(notSent.reason())
                            .contains("nothing is sent", "claim failed"));
            assertThat(backend.calls()).isEmpty();
            assertThat(joins.size()).isZero();
        }

        @Test
        void aClaimWhoseAnswerGotLostIsTakenOver() {
            var lost = new AtomicBoolean(true);
            var forgetful = new FragileSession(MemoryLedgers.losingClaims(ledger, lost::get));
            assertThat(run(node(forgetful, backend), held()).join()).isInstanceOf(Outcome.NotSent.class);
            assertThat(state()).isEqualTo(RunState.CLAIMED);
            lost.set(false);

            Generator again = node(forgetful, ScriptedGenerator.ending(COMPLETED));
            assertThat(run(again, held()).join()).isInstanceOf(Outcome.Completed.class);
            assertThat(paid()).isEqualTo(1);
        }

        @Test
        void theVideoIsKnownHereUntilItIsWritten() {
            session.breakDown("complete");
            var first = run(COMPLETED).join();

            Outcome meanwhile = run(node(backend), held()).join();
            assertThat(meanwhile).isEqualTo(((Outcome.Completed) first).joined());
            assertThat(state()).isEqualTo(RunState.SENT);

            session.mend();
            time.pass(LONG);

            assertThat(state()).isEqualTo(RunState.COMPLETED);
            assertThat(joins.size()).isZero();
            assertThat(backend.calls()).isEmpty();
        }

        @Test
        void nobodySendsWhatCouldNotBeReleasedUntilItIs() {
            session.breakDown("release", "unsent");
            run(REFUSED_CONNECTION);

            assertThat(run(node(backend), held()).join()).isEqualTo(REFUSED_CONNECTION);
            assertThat(backend.calls()).isEmpty();
            session.mend();
            time.pass(LONG);

            assertThat(run(COMPLETED).join()).isInstanceOf(Outcome.Completed.class);
            assertThat(paid()).isEqualTo(1);
        }
    }
}
