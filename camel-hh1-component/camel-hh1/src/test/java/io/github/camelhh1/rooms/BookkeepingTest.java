package io.github.camelhh1.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.LedgerSession.Settled;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.simulation.FragileSession;
import io.github.camelhh1.simulation.ReportLog;
import io.github.camelhh1.simulation.VirtualTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BookkeepingTest {
    private final FragileSession session = new FragileSession(Ledgers.memory().open());
    private final VirtualTimers time = new VirtualTimers();
    private final ReportLog reports = new ReportLog();
    private final Bookkeeping books =
            new Bookkeeping(session, Runnable::run, Runnable::run, Runnable::run, time, reports);

    private Attempt sent(String id) {
        var run = new NewRun(id, "account", "model", "key", "fingerprint", "a.mp4", 5, null, null);
        Claim claim = ((Claiming.Claimed) session.claim(run, 1)).claim();
        return session.sent(claim, null).orElseThrow();
    }

    private static Settlement unknown(Attempt attempt) {
        return Settlement.unknown(attempt, Ending.of("silence"));
    }

    private CompletableFuture<Void> settle(Attempt attempt) {
        return books.settle(attempt.claim(), unknown(attempt)).toCompletableFuture();
    }

    private RunState state(String id) {
        return session.find(id).map(Run::state).orElse(null);
    }

    @Test
    void settlesAtOnceWhereTheLedgerWorks() {
        Attempt attempt = sent("a");

        assertThat(settle(attempt)).isCompleted();

        assertThat(state("a")).isEqualTo(RunState.UNKNOWN);
        assertThat(books.whenWritten(attempt.claim()).toCompletableFuture()).isCompleted();
        assertThat(reports.lines()).isEmpty();
        assertThat(time.asked()).isEmpty();
    }

    @Nested
    class WhenAnEndingCannotBeWritten {
        private final Attempt attempt = sent("a");

        {
            session.breakDown("unknown");
        }

        @Test
        void theExchangeGoesOnAndOneReportIsMade() {
            assertThat(settle(attempt)).isCompleted();
            time.pass(Duration.ofMinutes(10));

            assertThat(reports.lines()).containsExactly("a (unknown): unknown failed");
            assertThat(books.unwritten()).isEqualTo(1);
            assertThat(books.failingBecause()).isEqualTo("unknown failed");
        }

        @Test
        void itIsTriedAgainAfterPausesThatGrow() {
            settle(attempt);
            time.pass(Duration.ofMinutes(3));

            assertThat(time.asked())
                    .extracting(Duration::toSeconds)
                    .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L, 30L, 30L);
        }

        @Test
        void itIsWrittenLaterAndWhoeverWaitedGoesOn() {
            settle(attempt);
            var written = books.whenWritten(attempt.claim()).toCompletableFuture();
            time.pass(Duration.ofSeconds(10));
            assertThat(written).isNotDone();

            session.mend();
            time.pass(Duration.ofSeconds(30));

            assertThat(written).isCompleted();
            assertThat(state("a")).isEqualTo(RunState.UNKNOWN);
            assertThat(books.unwritten()).isZero();
            assertThat(books.failingBecause()).isNull();
            assertThat(time.pending()).isZero();
        }

        @Test
        void itIsTriedForTheLastTimeWhenTheComponentStops() {
            settle(attempt);
            time.stop();
            session.mend();
            assertThat(time.pending()).isZero();

            books.writeTheRest();

            assertThat(state("a")).isEqualTo(RunState.UNKNOWN);
            assertThat(books.unwritten()).isZero();
        }

        @Test
        void nobodyWaitsAnyMoreOnceTheComponentHasStopped() {
            settle(attempt);
            var written = books.whenWritten(attempt.claim()).toCompletableFuture();
            time.stop();

            books.writeTheRest();

            assertThat(written).isCompleted();
            assertThat(books.unwritten()).isZero();
            assertThat(books.failingBecause()).isEqualTo("unknown failed");
            assertThat(state("a")).isEqualTo(RunState.SENT);
        }

        @Test
        void theExchangeGoesOnThoughTheReportFails() {
            var speechless =
                    new Bookkeeping(session, Runnable::run, Runnable::run, Runnable::run, time, new Speechless());

            var first = speechless.settle(attempt.claim(), unknown(attempt));
            assertThat(first.toCompletableFuture()).isCompleted();
            session.mend();
            time.pass(Duration.ofSeconds(30));

            assertThat(state("a")).isEqualTo(RunState.UNKNOWN);
        }
    }

    @Nested
    class WhenTheComponentStopsAndTheLedgerIsSlowToFail {
        @Test
        void itIsNotWaitedForOnceForEachEnding() {
            var tries = new ArrayList<Attempt>();
            session.breakDown("unknown");
            for (int i = 0; i < 100; i++) {
                Attempt attempt = sent("run " + i);
                books.settle(attempt.claim(), new Settlement("unknown", ledger -> {
                    tries.add(attempt);
                    time.pass(Duration.ofSeconds(3));
                    return ledger.unknown(attempt, Ending.of("silence"));
                }));
            }
            time.stop();
            tries.clear();

            books.writeTheRest();

            assertThat(tries).hasSizeLessThanOrEqualTo(4);
            assertThat(books.unwritten()).isZero();
        }

        @Test
        void anEndingThatComesAfterTheLastTryIsReportedAndKeptNowhere() {
            Attempt late = sent("late");
            session.breakDown("unknown");
            time.stop();
            books.writeTheRest();

            assertThat(settle(late)).isCompleted();

            assertThat(reports.lines()).containsExactly("late (unknown): unknown failed");
            assertThat(books.unwritten()).isZero();
            assertThat(books.whenWritten(late.claim()).toCompletableFuture()).isCompleted();
        }

        @Test
        void aLedgerOfAnotherKindOfFailureKeepsNoOtherEndingBack() {
            session.breakDown("unknown");
            Attempt bad = sent("a");
            books.settle(bad.claim(), new Settlement("unknown", ledger -> {
                throw new IllegalStateException("defect");
            }));
            Attempt good = sent("b");
            settle(good);
            time.stop();
            session.mend();

            books.writeTheRest();

            assertThat(state("b")).isEqualTo(RunState.UNKNOWN);
            assertThat(books.unwritten()).isZero();
        }
    }

    @Nested
    class WhenAClaimEndsTwiceBecauseARoomBrokeAfterTheOutcome {
        private static final Completion COMPLETION =
                new Completion("https://v.example/1.mp4", "Completed", null, Duration.ZERO, null, null, null);

        @Test
        void bothAreWrittenAndTheOutcomeFirst() {
            Attempt attempt = sent("a");
            session.breakDown("complete", "unknown");
            books.settle(attempt.claim(), Settlement.completed(attempt, COMPLETION, true));
            var written = books.whenWritten(attempt.claim()).toCompletableFuture();
            settle(attempt);
            session.mend();
            time.pass(Duration.ofSeconds(1));

            assertThat(state("a")).isEqualTo(RunState.COMPLETED);
            assertThat(written).isCompleted();
            assertThat(books.unwritten()).isZero();
            assertThat(reports.lines())
                    .containsExactly(
                            "a (completed, its video is at v.example/1.mp4): complete failed",
                            "a (unknown): unknown failed");
        }
    }

    @Nested
    class WhenAnEndingIsNotWhatTheRunTakes {
        @Test
        void aLateOneIsReportedOnceWithoutTheSignatureOfItsLink() {
            Attempt attempt = sent("a");
            session.release(attempt.claim());
            var completion = new Completion(
                    "https://v.example/1.mp4?Signature=s", "Completed", null, Duration.ZERO, null, null, null);

            assertThat(books.settle(attempt.claim(), Settlement.completed(attempt, completion, true)))
                    .isCompleted();

            assertThat(reports.lines()).containsExactly("a (completed, its video is at v.example/1.mp4): LATE");
            assertThat(books.unwritten()).isZero();
        }

        @Test
        void oneThatTheRunTakesAgainstItsStateIsReported() {
            Attempt attempt = sent("a");
            session.unsent(attempt);

            settle(attempt);

            assertThat(state("a")).isEqualTo(RunState.UNKNOWN);
            assertThat(reports.lines()).containsExactly("a (unknown): REPAIRED");
        }

        @Test
        void whatWasNotSentIsSupersededInSilence() {
            Attempt attempt = sent("a");
            session.release(attempt.claim());

            books.settle(attempt.claim(), Settlement.unsent(attempt));
            books.settle(attempt.claim(), Settlement.release(attempt.claim()));
            books.settle(attempt.claim(), Settlement.abandon(attempt.claim(), Ending.of("x")));

            assertThat(reports.lines()).isEmpty();
        }
    }

    @Test
    void knowsWhetherTheLedgerWorkedTheLastTime() {
        session.breakDown("find");
        assertThatThrownBy(() -> books.now(ledger -> ledger.find("a"))).isInstanceOf(LedgerException.class);
        assertThat(books.failingBecause()).isEqualTo("find failed");

        session.mend();
        books.now(ledger -> ledger.find("a"));
        assertThat(books.failingBecause()).isNull();
    }

    @Test
    void saysOnceThatTheLedgerFailsAndOnceThatItWorks() {
        for (int i = 0; i < 2; i++) {
            session.breakDown("find");
            assertThatThrownBy(() -> books.now(ledger -> ledger.find("a"))).isInstanceOf(LedgerException.class);
            assertThatThrownBy(() -> books.now(ledger -> ledger.find("a"))).isInstanceOf(LedgerException.class);
            session.mend();
            books.now(ledger -> ledger.find("a"));
            books.now(ledger -> ledger.find("a"));
        }
        assertThat(reports.ofTheLedger()).containsExactly("find failed", "works", "find failed", "works");
    }

    @Test
    void doesNotTakeAnAnswerThatIsOlderThanTheFailureForItsEnd() {
        session.breakDown("find");
        books.now(ledger -> {
            assertThatThrownBy(() -> books.now(other -> other.find("a"))).isInstanceOf(LedgerException.class);
            return "from before";
        });
        assertThat(books.failingBecause()).isEqualTo("find failed");
        assertThat(reports.ofTheLedger()).containsExactly("find failed");
    }

    @Test
    void handsFailuresOnAsTheyAre() {
        session.breakDown("find");

        assertThat(books.later(ledger -> ledger.find("a")))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(LedgerException.class);
    }

    private static final class Speechless implements Bookkeeping.Listener {
        @Override
        public void fails(LedgerException failure) {}

        @Override
        public void works() {}

        @Override
        public void unwritten(String runId, String ending, LedgerException failure) {
            throw new AssertionError("no log");
        }

        @Override
        public void unexpected(String runId, String ending, Settled settled) {
            throw new AssertionError("no log");
        }
    }
}
