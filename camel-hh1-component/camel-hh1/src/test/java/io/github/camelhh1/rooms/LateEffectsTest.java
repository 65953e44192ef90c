package io.github.camelhh1.rooms;

import static io.github.camelhh1.rooms.ScriptedGenerator.COMPLETED;
import static io.github.camelhh1.rooms.ScriptedGenerator.REJECTED;
import static io.github.camelhh1.rooms.ScriptedGenerator.THROTTLED;
import static io.github.camelhh1.rooms.ScriptedGenerator.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generation.Limits;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Prices;
import io.github.camelhh1.generation.Prices.Budget;
import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.memory.Defect;
import io.github.camelhh1.ledger.memory.MemoryLedgers;
import io.github.camelhh1.simulation.HeldStatements;
import io.github.camelhh1.simulation.ReportLog;
import io.github.camelhh1.simulation.VirtualTimers;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Row 35: a statement that was given up takes effect later. */
class LateEffectsTest {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Generation GENERATION = ScriptedGenerator.generation();
    private static final String RUN = GENERATION.identity().runId();

    private Instant now = Instant.parse("2026-01-31T23:59:00Z");
    private final Ledger ledger = MemoryLedgers.withLease(() -> now, LEASE);
    private final HeldStatements statements = new HeldStatements();
    private final VirtualTimers time = new VirtualTimers();
    private final RunsUnderWay joins = new RunsUnderWay();
    private final ReportLog reports = new ReportLog();
    private final ScriptedGenerator backend = new ScriptedGenerator();
    private final LedgerSession other = MemoryLedgers.open(ledger, "other");

    private LedgerSession session;
    private Generator rooms;

    LateEffectsTest() {
        build(Defect.NONE, null);
    }

    private void build(Defect defect, Budget budget) {
        session = MemoryLedgers.late(ledger, "node", statements, defect, reserve -> () -> {
            Instant ledgersTime = now;
            now = now.plus(Duration.ofHours(1));
            try {
                return reserve.get();
            } finally {
                now = ledgersTime;
            }
        });
        var books = new Bookkeeping(session, Runnable::run, Runnable::run, Runnable::run, time, reports);
        var recorded = new Recorded(backend, books, time, null);
        Generator stack = new RetryingWhenSafe(recorded, recorded, time, () -> 1);
        stack = budget == null ? stack : WithinBudget.around(stack, books, budget);
        rooms = new OncePerKey(stack, books, joins);
    }

    private CompletableFuture<Outcome> deliver() {
        return rooms.generate(GENERATION).toCompletableFuture();
    }

    private Run found() {
        return other.find(RUN).orElseThrow();
    }

    /** The node is cut off for longer than its lease, and others take it for dead. */
    private void isBuried() {
        now = now.plus(LEASE).plusSeconds(1);
        other.renew();
        other.recover();
    }

    @Nested
    class OfAnUnsent {
        /** A1. */
        @ParameterizedTest
        @EnumSource(names = {"NONE", "NO_FENCE"})
        void doesNotTakeTheNextAttemptBack(Defect defect) {
            build(defect, null);
            deliver();
            statements.hold("Unsent");
            backend.lastCall().complete(THROTTLED);
            // The background writes it too, with the same effect.
            time.pass(LONG);
            assertThat(backend.calls()).hasSize(2);

            statements.arrive();

            boolean fenced = defect == Defect.NONE;
            assertThat(found().state())
                    .as("the row while a call is in flight, with %s", defect)
                    .isEqualTo(fenced ? RunState.SENT : RunState.CLAIMED);
            isBuried();
            var again = new OncePerKey(
                            new Recorded(
                                    backend,
                                    new Bookkeeping(other, Runnable::run, Runnable::run, Runnable::run, time, reports),
                                    time,
                                    null),
                            new Bookkeeping(other, Runnable::run, Runnable::run, Runnable::run, time, reports),
                            new RunsUnderWay())
                    .generate(GENERATION);
            assertThat(backend.calls())
                    .as("calls, with %s: without the fence the request is sent, and paid, again", defect)
                    .hasSize(fenced ? 2 : 3);
            if (fenced) {
                assertThat(again.toCompletableFuture().join()).isInstanceOf(Outcome.Held.class);
            }
        }
    }

    @Nested
    class OfASent {
        /** A2. */
        @Test
        void leavesNoRunThatNobodyWorksOn() {
            statements.hold("Sent");
            statements.hold("RELEASE");
            CompletableFuture<Outcome> first = rooms.generate(limited(1)).toCompletableFuture();
            statements.arrive();
            assertThat(first.join()).isInstanceOf(Outcome.NotSent.class);
            assertThat(backend.calls()).isEmpty();
            time.pass(LONG);
            session.recover();

            CompletableFuture<Outcome> second = deliver();

            assertThat(backend.calls()).hasSize(1);
            backend.lastCall().complete(COMPLETED);
            assertThat(second).isCompleted();
            assertThat(found().state()).isEqualTo(RunState.COMPLETED);
        }

        /** A2: the delivery that finds its own place does not wait for itself. */
        @Test
        void isNotWaitedForByTheNextDeliveryOfThatKey() {
            statements.hold("Sent");
            statements.hold("RELEASE");
            rooms.generate(limited(1));
            statements.arrive();

            CompletableFuture<Outcome> second = deliver();
            time.pass(LONG);
            backend.calls().forEach(call -> call.complete(COMPLETED));

            assertThat(second).isCompleted();
            assertThat(joins.size()).isZero();
        }

        private static Generation limited(int attempts) {
            Limits limits = ScriptedGenerator.LIMITS;
            return ScriptedGenerator.generation(new Limits(
                    limits.generationTimeout(),
                    attempts,
                    limits.retryDelay(),
                    limits.maxRetryDelay(),
                    limits.maxPaidAttempts()));
        }
    }

    @Nested
    class OfAnInsert {
        /** A3. */
        @ParameterizedTest
        @EnumSource(names = {"NONE", "LATE_CLAIMS_FORGOTTEN"})
        void isFreedHoweverLateItArrives(Defect defect) {
            build(defect, null);
            statements.hold("insert");
            assertThat(deliver().join()).isInstanceOf(Outcome.NotSent.class);
            session.recover();
            statements.arrive();
            assertThat(found().state()).isEqualTo(RunState.CLAIMED);

            session.recover();

            assertThat(other.find(RUN).isPresent()).as("with %s", defect).isEqualTo(defect != Defect.NONE);
        }
    }

    @Nested
    class OfAnAnswer {
        private final Amount five = new Amount(15, BigDecimal.ZERO);

        /** A13: a refusal that comes after the node was taken for dead bills nothing. */
        @Test
        void givesARefusedReservationBackThoughTheRunWasTakenForUnknown() {
            build(Defect.NONE, new Budget(new Caps(100L, null), Prices.NONE));
            deliver();
            assertThat(other.spent("account", other.today())).isEqualTo(five);
            isBuried();
            assertThat(found().state()).isEqualTo(RunState.UNKNOWN);

            backend.lastCall().complete(REJECTED);

            assertThat(found().state()).isEqualTo(RunState.REJECTED);
            assertThat(other.spent("account", java.time.LocalDate.of(2026, 1, 31)))
                    .isEqualTo(Amount.NONE);
        }

        /** A13. */
        @Test
        void isKeptWithItsLinkWhenItsRunBelongsToAnotherAttempt() {
            deliver();
            isBuried();
            other.forget(RUN);
            other.claim(GENERATION.newRun(), 1);

            backend.lastCall().complete(COMPLETED);

            assertThat(found().late()).singleElement().satisfies(late -> assertThat(late.videoUrl())
                    .isEqualTo("https://v.example/1.mp4"));
            assertThat(reports.lines()).singleElement().asString().contains("v.example/1.mp4");
        }

        /** The row says so, and its node is not told for two minutes. */
        @Test
        void isWrittenAndKeepsNobodyWaitingThoughTheLedgerIsSilentForMinutes() {
            CompletableFuture<Outcome> first = deliver();
            // At once, and 1, 3, 7, 15, 31, 61 and 91 seconds later.
            for (int i = 0; i < 8; i++) {
                statements.hold("COMPLETED");
            }
            backend.lastCall().complete(COMPLETED);
            statements.arrive();
            time.pass(Duration.ofMinutes(2));

            assertThat(found().state()).isEqualTo(RunState.COMPLETED);
            assertThat(first.join()).isInstanceOf(Outcome.Completed.class);
            assertThat(deliver().join())
                    .isInstanceOfSatisfying(Outcome.Completed.class, video -> assertThat(video.replayed())
                            .isTrue());
            assertThat(backend.calls()).as("calls that may be paid").hasSize(1);
            assertThat(joins.size()).as("the ending waits for an answer").isEqualTo(1);

            time.pass(Duration.ofMinutes(1));

            assertThat(joins.size()).as("places of deliveries").isZero();
            assertThat(time.pending()).as("tries to come").isZero();
            assertThat(reports.lines()).as("reports of that ending").hasSize(1);
        }

        @Test
        void thatIsUnknownKeepsWhatItReserved() {
            build(Defect.NONE, new Budget(new Caps(100L, null), Prices.NONE));
            deliver();
            backend.lastCall().complete(UNKNOWN);

            assertThat(other.spent("account", other.today())).isEqualTo(five);
        }
    }

    @Nested
    class OfANodeWhoseClockIsAnHourAhead {
        /** A12. */
        @ParameterizedTest
        @EnumSource(names = {"NONE", "DAY_OF_THE_NODE"})
        void spendsTheCapOfTheLedgersDay(Defect defect) {
            build(defect, new Budget(new Caps(15L, null), Prices.NONE));
            deliver();

            assertThat(other.spent("account", other.today()).seconds())
                    .as("with %s", defect)
                    .isEqualTo(defect == Defect.NONE ? 15 : 0);
        }
    }
}
