package io.github.camelhh1.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Claiming;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BookkeepingTest {
    private final FragileSession session = new FragileSession(Ledgers.memory().open());
    private final VirtualTimers time = new VirtualTimers();
    private final List<String> reported = new ArrayList<>();
    private final Bookkeeping books = new Bookkeeping(
            session,
            Runnable::run,
            Runnable::run,
            time,
            (runId, failure) -> reported.add(runId + ": " + failure.getMessage()));

    private Claim sent(String id) {
        var run = new NewRun(id, "account", "model", "key", "fingerprint", "a.mp4", 5, null);
        Claim claim = ((Claiming.Claimed) session.claim(run, 1)).claim();
        session.sent(claim);
        return claim;
    }

    private CompletableFuture<Void> settle(Claim claim) {
        return books.settle(claim, ledger -> ledger.unknown(claim, Ending.of("silence")))
                .toCompletableFuture();
    }

    private RunState state(String id) {
        return session.find(id).map(Run::state).orElse(null);
    }

    @Test
    void settlesAtOnceWhereTheLedgerWorks() {
        Claim claim = sent("a");

        assertThat(settle(claim)).isCompleted();

        assertThat(state("a")).isEqualTo(RunState.UNKNOWN);
        assertThat(books.whenWritten(claim).toCompletableFuture()).isCompleted();
        assertThat(reported).isEmpty();
        assertThat(time.asked()).isEmpty();
    }

    @Nested
    class WhenAnEndingCannotBeWritten {
        private final Claim claim = sent("a");

        {
            session.breakDown("unknown");
        }

        @Test
        void theExchangeGoesOnAndOneReportIsMade() {
            assertThat(settle(claim)).isCompleted();
            time.pass(Duration.ofMinutes(10));

            assertThat(reported).containsExactly("a: unknown failed");
            assertThat(books.unwritten()).isEqualTo(1);
            assertThat(books.failingBecause()).isEqualTo("unknown failed");
        }

        @Test
        void itIsTriedAgainAfterPausesThatGrow() {
            settle(claim);
            time.pass(Duration.ofMinutes(3));

            assertThat(time.asked())
                    .extracting(Duration::toSeconds)
                    .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L, 30L, 30L);
        }

        @Test
        void itIsWrittenLaterAndWhoeverWaitedGoesOn() {
            settle(claim);
            var written = books.whenWritten(claim).toCompletableFuture();
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
            settle(claim);
            time.stop();
            session.mend();
            assertThat(time.pending()).isZero();

            books.writeTheRest();

            assertThat(state("a")).isEqualTo(RunState.UNKNOWN);
            assertThat(books.unwritten()).isZero();
        }

        @Test
        void nobodyWaitsAnyMoreOnceTheComponentHasStopped() {
            settle(claim);
            var written = books.whenWritten(claim).toCompletableFuture();
            time.stop();

            books.writeTheRest();

            assertThat(written).isCompleted();
            assertThat(books.unwritten()).isZero();
            assertThat(books.failingBecause()).isEqualTo("unknown failed");
            assertThat(state("a")).isEqualTo(RunState.SENT);
        }

        @Test
        void theExchangeGoesOnThoughTheReportFails() {
            var speechless = new Bookkeeping(session, Runnable::run, Runnable::run, time, (runId, failure) -> {
                throw new AssertionError("no log");
            });

            var first = speechless.settle(claim, ledger -> ledger.unknown(claim, Ending.of("silence")));
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
            var tries = new ArrayList<Claim>();
            session.breakDown("unknown");
            for (int i = 0; i < 100; i++) {
                Claim claim = sent("run " + i);
                books.settle(claim, ledger -> {
                    tries.add(claim);
                    time.pass(Duration.ofSeconds(3));
                    ledger.unknown(claim, Ending.of("silence"));
                });
            }
            time.stop();
            tries.clear();

            books.writeTheRest();

            assertThat(tries).hasSizeLessThanOrEqualTo(4);
            assertThat(books.unwritten()).isZero();
        }

        @Test
        void anEndingThatComesAfterTheLastTryIsReportedAndKeptNowhere() {
            Claim late = sent("late");
            session.breakDown("unknown");
            time.stop();
            books.writeTheRest();

            assertThat(settle(late)).isCompleted();

            assertThat(reported).containsExactly("late: unknown failed");
            assertThat(books.unwritten()).isZero();
            assertThat(books.whenWritten(late).toCompletableFuture()).isCompleted();
        }

        @Test
        void aLedgerOfAnotherKindOfFailureKeepsNoOtherEndingBack() {
            session.breakDown("unknown");
            Claim bad = sent("a");
            books.settle(bad, ledger -> {
                throw new IllegalStateException("defect");
            });
            Claim good = sent("b");
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
            Claim claim = sent("a");
            session.breakDown("complete", "unknown");
            books.settle(claim, ledger -> ledger.complete(claim, COMPLETION));
            var written = books.whenWritten(claim).toCompletableFuture();
            settle(claim);
            session.mend();
            time.pass(Duration.ofSeconds(1));

            assertThat(state("a")).isEqualTo(RunState.COMPLETED);
            assertThat(written).isCompleted();
            assertThat(books.unwritten()).isZero();
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
    void handsFailuresOnAsTheyAre() {
        session.breakDown("find");

        assertThat(books.later(ledger -> ledger.find("a")))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(LedgerException.class);
    }
}
