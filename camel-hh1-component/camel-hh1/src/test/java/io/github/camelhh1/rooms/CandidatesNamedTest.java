package io.github.camelhh1.rooms;

import static io.github.camelhh1.rooms.ScriptedGenerator.COMPLETED;
import static io.github.camelhh1.rooms.ScriptedGenerator.FAILED;
import static io.github.camelhh1.rooms.ScriptedGenerator.REFUSED_CONNECTION;
import static io.github.camelhh1.rooms.ScriptedGenerator.REJECTED;
import static io.github.camelhh1.rooms.ScriptedGenerator.THROTTLED;
import static io.github.camelhh1.rooms.ScriptedGenerator.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.ledger.Candidate;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.memory.MemoryLedgers;
import io.github.camelhh1.lookup.Candidates;
import io.github.camelhh1.lookup.CandidatesNamed;
import io.github.camelhh1.lookup.TaskListing;
import io.github.camelhh1.simulation.VirtualTimers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CandidatesNamedTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final Candidate TASK = new Candidate("task-1", "RUNNING", NOW, null);

    private final VirtualTimers time = new VirtualTimers();
    private final ScriptedGenerator next = new ScriptedGenerator();
    private final Generation generation = ScriptedGenerator.generation();
    private final LedgerSession session =
            MemoryLedgers.open(MemoryLedgers.withLease(() -> NOW, Duration.ofDays(9)), "node");
    private final Listing listing = new Listing();
    private boolean broken;

    private final CompletableFuture<Outcome> ending = CandidatesNamed.around(
                    next,
                    new Candidates(listing, new Candidates.Ledger() {
                        @Override
                        public <T> CompletableFuture<T> later(Function<LedgerSession, T> work) {
                            return broken
                                    ? CompletableFuture.failedFuture(new LedgerException("away", null))
                                    : CompletableFuture.completedFuture(work.apply(session));
                        }
                    }),
                    LIMIT,
                    time)
            .generate(generation)
            .toCompletableFuture();

    /** Lists what the test wants, when it wants. */
    private final class Listing implements TaskListing {
        final List<Long> asked = new ArrayList<>();
        CompletableFuture<List<ListedTask>> answer = CompletableFuture.completedFuture(List.of());
        boolean over;

        void show(Candidate task) {
            answer = CompletableFuture.completedFuture(List.of(new ListedTask("model", task, null)));
        }

        @Override
        public CompletableFuture<List<ListedTask>> list(String model, Instant since) {
            asked.add(Duration.ofNanos(time.nanoTime() - 1).toSeconds());
            return answer;
        }

        @Override
        public CompletableFuture<ListedTask> inFull(ListedTask task) {
            return CompletableFuture.completedFuture(task);
        }

        @Override
        public Instant earliest() {
            return Instant.EPOCH;
        }

        @Override
        public boolean isOver() {
            return over;
        }
    }

    @BeforeEach
    void hold() {
        var claiming = (Claiming.Claimed) session.claim(generation.newRun(), 1);
        session.unknown(session.sent(claiming.claim(), null).orElseThrow(), Ending.of("silence"));
    }

    @Nested
    class WhenTheOutcomeIsKnownOrHasATask {
        static List<Outcome> others() {
            return List.of(
                    COMPLETED,
                    FAILED,
                    REJECTED,
                    THROTTLED,
                    REFUSED_CONNECTION,
                    UNKNOWN.traced(Trace.UNANSWERED.task("task-0")),
                    new Outcome.Unknown("odd link", null, Trace.UNANSWERED, "ftp://v.example/1"),
                    new Outcome.Held("silence", Trace.NONE));
        }

        @ParameterizedTest
        @MethodSource("others")
        void nothingIsAsked(Outcome other) {
            next.lastCall().complete(other);

            assertThat(ending).isCompletedWithValue(other);
            assertThat(time.asked()).isEmpty();
        }
    }

    @Nested
    class WhenACreateWasNotAnswered {
        @Test
        void theListIsReadThreeTimesAtMost() {
            next.lastCall().complete(UNKNOWN);
            time.pass(Duration.ofSeconds(14));
            assertThat(ending).isNotDone();
            time.pass(Duration.ofSeconds(1));

            assertThat(listing.asked).containsExactly(2L, 5L, 15L);
            assertThat(ending).isCompletedWithValue(UNKNOWN);
            assertThat(time.pending()).isZero();
        }

        @Test
        void theFirstListThatNamesATaskIsTheLast() {
            next.lastCall().complete(UNKNOWN);
            time.pass(Duration.ofSeconds(4));
            listing.show(TASK);
            time.pass(Duration.ofSeconds(1));

            assertThat(ending).isCompletedWithValue(((Outcome.Unknown) UNKNOWN).candidates(List.of(TASK)));
            assertThat(time.pending()).isZero();
        }

        @Test
        void aListThatIsTooSlowIsNotWaitedForLongerThanTheLimit() {
            listing.answer = new CompletableFuture<>();
            next.lastCall().complete(UNKNOWN);
            time.pass(LIMIT.minusSeconds(1));
            assertThat(ending).isNotDone();
            time.pass(Duration.ofSeconds(1));

            assertThat(ending).isCompletedWithValue(UNKNOWN);
            assertThat(time.pending()).isZero();
        }

        @Test
        void aListThatBreaksIsReadAgain() {
            listing.answer = CompletableFuture.failedFuture(new IllegalStateException("no list"));
            next.lastCall().complete(UNKNOWN);
            time.pass(Duration.ofSeconds(2));
            listing.show(TASK);
            time.pass(Duration.ofSeconds(3));

            assertThat(ending.join()).isNotEqualTo(UNKNOWN);
        }

        @Test
        void aLedgerThatIsAwayDoesNotChangeTheOutcome() {
            broken = true;
            next.lastCall().complete(UNKNOWN);
            time.pass(Duration.ofSeconds(15));

            assertThat(ending).isCompletedWithValue(UNKNOWN);
        }

        @Test
        void aListThatTurnsOutToBeRefusedEndsTheWait() {
            next.lastCall().complete(UNKNOWN);
            listing.over = true;
            time.pass(Duration.ofSeconds(2));

            assertThat(ending).isCompletedWithValue(UNKNOWN);
        }

        @Test
        void aListThatWasRefusedIsNotWaitedFor() {
            listing.over = true;
            next.lastCall().complete(UNKNOWN);

            assertThat(ending).isCompletedWithValue(UNKNOWN);
        }

        @Test
        void aStopEndsTheWait() {
            next.lastCall().complete(UNKNOWN);
            time.stop();

            assertThat(ending).isCompletedWithValue(UNKNOWN);
        }

        @Test
        void aStopOfItsRouteEndsTheWait() {
            next.lastCall().complete(UNKNOWN);
            generation.accepted().recalled().complete(null);

            assertThat(ending).isCompletedWithValue(UNKNOWN);
            assertThat(time.pending()).isZero();
        }
    }

    @Test
    void withATimeoutOfZeroThereIsNoSuchRoom() {
        assertThat(CandidatesNamed.around(next, new Candidates(listing, null), Duration.ZERO, time))
                .isSameAs(next);
    }
}
