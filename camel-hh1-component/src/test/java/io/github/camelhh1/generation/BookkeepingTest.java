package io.github.camelhh1.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.RunState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BookkeepingTest {
    private final TestBooks test = new TestBooks();
    private final Bookkeeping books = test.books;
    private final Claim claim = test.claimed(ScriptedGenerator.generation()).right();

    private CompletableFuture<Void> settle() {
        return settle(books);
    }

    private CompletableFuture<Void> settle(Bookkeeping by) {
        return by.settle(claim, ledger -> ledger.unknown(claim, Ending.of("silence")))
                .toCompletableFuture();
    }

    private CompletableFuture<Void> whenWritten() {
        return books.whenWritten(claim).toCompletableFuture();
    }

    @BeforeEach
    void send() {
        books.now(ledger -> ledger.sent(claim));
    }

    @Nested
    class WhenTheLedgerFails {
        @Test
        void itIsKnownWhyUntilItWorksAgain() {
            test.session.fail("sent", "find");
            assertThat(books.failingBecause()).isNull();
            assertThatThrownBy(() -> books.now(ledger -> ledger.sent(claim))).hasMessage("sent failed");
            assertThat(books.failingBecause()).isEqualTo("sent failed");
            assertThat(books.later(ledger -> ledger.find("x")))
                    .failsWithin(Duration.ZERO)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(LedgerException.class);
            assertThat(books.failingBecause()).isEqualTo("find failed");

            test.session.work();
            books.later(ledger -> ledger.find("x"));
            assertThat(books.failingBecause()).isNull();
        }
    }

    @Nested
    class OnThreadsOfItsOwn {
        private final Queue<Runnable> ledgerWork = new ArrayDeque<>();
        private final Queue<Runnable> roomsWork = new ArrayDeque<>();
        private final Bookkeeping apart = new Bookkeeping(
                test.session, ledgerWork::add, roomsWork::add, test.time, (run, failure) -> test.reported.add(run));

        @Test
        void noRoomWaitsForTheDiskAndNoLedgerThreadCarriesRooms() {
            var ending = settle(apart);
            assertThat(test.state()).isEqualTo(RunState.SENT);
            ledgerWork.remove().run();
            assertThat(test.state()).isEqualTo(RunState.UNKNOWN);
            assertThat(ending).isNotDone();
            roomsWork.remove().run();
            assertThat(ending).isCompleted();
        }

        @Test
        void aFailureComesBackOnTheRoomsToo() {
            test.session.fail("unknown");
            var ending = settle(apart);
            ledgerWork.remove().run();
            assertThat(ending).isNotDone();
            roomsWork.remove().run();
            assertThat(ending).isCompleted();
            assertThat(apart.unwritten()).isEqualTo(1);
        }
    }

    @Nested
    class AnEndingThatIsWritten {
        @Test
        void isWaitedForByNobody() {
            assertThat(settle()).isCompleted();
            assertThat(books.unwritten()).isZero();
            assertThat(whenWritten()).isCompleted();
            assertThat(test.time.pending()).isZero();
        }
    }

    @Nested
    class AnEndingThatCannotBeWritten {
        @BeforeEach
        void fail() {
            test.session.fail("unknown");
            assertThat(settle()).as("the route goes on").isCompleted();
        }

        @Test
        void isReportedOnceAndTriedAgainWithGrowingPauses() {
            test.time.pass(Duration.ofMinutes(3));

            assertThat(test.time.asked())
                    .extracting(Duration::toSeconds)
                    .startsWith(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L, 30L);
            assertThat(test.reported).containsExactly(claim.runId());
            assertThat(books.unwritten()).isEqualTo(1);
            assertThat(books.failingBecause()).isEqualTo("unknown failed");
            assertThat(whenWritten()).isNotDone();
        }

        @Test
        void isWrittenOnceTheLedgerWorksAgain() {
            var written = whenWritten();
            test.time.pass(Duration.ofSeconds(20));
            test.session.work();
            test.time.pass(Duration.ofSeconds(30));

            assertThat(test.state()).isEqualTo(RunState.UNKNOWN);
            assertThat(written).isCompleted();
            assertThat(books.unwritten()).isZero();
            assertThat(test.time.pending()).isZero();
        }

        @Test
        void isWrittenAtStopAtTheLatest() {
            var written = whenWritten();
            test.time.stop();
            assertThat(books.unwritten()).isEqualTo(1);
            test.session.work();
            books.writeTheRest();

            assertThat(test.state()).isEqualTo(RunState.UNKNOWN);
            assertThat(written).isCompleted();
        }

        @Test
        void holdsNobodyUpAtStopWhenItIsLost() {
            var written = whenWritten();
            books.writeTheRest();

            assertThat(test.state()).isEqualTo(RunState.SENT);
            assertThat(written).isCompleted();
            assertThat(books.unwritten()).isZero();
        }
    }

    @Nested
    class TwoEndingsOfOneClaim {
        private static final Completion COMPLETION =
                new Completion("https://v.example/1.mp4", "Completed", null, Duration.ZERO, null, null, null);

        /** An outcome, and then a defect in a room above. */
        @Test
        void areBothWrittenTheFirstOneFirst() {
            test.session.fail("complete", "unknown");
            books.settle(claim, ledger -> ledger.complete(claim, COMPLETION));
            var written = whenWritten();
            settle();
            test.session.work();
            test.time.pass(Duration.ofSeconds(1));

            assertThat(test.state()).isEqualTo(RunState.COMPLETED);
            assertThat(written).isCompleted();
            assertThat(books.unwritten()).isZero();
        }
    }

    @Nested
    class AtStop {
        @Test
        void anEndingThatCannotBeWrittenOnceTimeHasStoppedIsKeptForTheLastTry() {
            test.time.stop();
            test.session.fail("unknown");
            settle();
            assertThat(books.unwritten()).isEqualTo(1);
            test.session.work();
            books.writeTheRest();

            assertThat(test.state()).isEqualTo(RunState.UNKNOWN);
        }

        @Test
        void anEndingThatComesAfterTheLastTryIsReportedAndKeptNowhere() {
            test.time.stop();
            books.writeTheRest();
            test.session.fail("unknown");
            assertThat(settle()).isCompleted();

            assertThat(test.reported).containsExactly(claim.runId());
            assertThat(books.unwritten()).isZero();
            assertThat(whenWritten()).isCompleted();
        }

        @Test
        void aLedgerWithADefectDoesNotKeepTheOthersFromBeingWritten() {
            Claim second = test.claimed(otherGeneration()).right();
            books.now(ledger -> ledger.sent(second));
            test.session.fail("unknown");
            settle();
            books.settle(second, ledger -> ledger.unknown(second, Ending.of("silence")));
            test.time.stop();
            test.session.work();
            var defect = new IllegalStateException("a defect");
            books.settle(third(), ledger -> {
                throw defect;
            });
            books.writeTheRest();

            assertThat(test.other.runs(RunState.UNKNOWN, 10, 0)).hasSize(2);
            assertThat(books.unwritten()).isZero();
        }

        private Claim third() {
            return new Claim("third", claim.owner(), 99);
        }

        private Generation otherGeneration() {
            var one = ScriptedGenerator.generation();
            return new Generation(
                    one.request(),
                    null,
                    Identity.of("account", "model", "another key", "fingerprint"),
                    one.accepted(),
                    one.limits(),
                    null);
        }
    }

    @Nested
    class ALedgerOfSomebodyElse {
        @Test
        void thatThrowsWhatItPleasesIsTriedAgainToo() {
            test.session.fail("unknown", new IllegalStateException("closed pool"));
            assertThat(settle()).isCompleted();
            assertThat(test.reported).hasSize(1);
            test.session.work();
            test.time.pass(Duration.ofSeconds(1));

            assertThat(test.state()).isEqualTo(RunState.UNKNOWN);
        }
    }

    @Test
    void showsOperatorsTheSession() {
        LedgerSession session = books.session();
        assertThat(session.owner()).isEqualTo(books.owner());
    }
}
