package io.github.camelhh1.generation;

import static io.github.camelhh1.generation.ScriptedGenerator.COMPLETED;
import static io.github.camelhh1.generation.ScriptedGenerator.REFUSED_CONNECTION;
import static io.github.camelhh1.generation.ScriptedGenerator.REJECTED;
import static io.github.camelhh1.generation.ScriptedGenerator.THROTTLED;
import static io.github.camelhh1.generation.ScriptedGenerator.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Caps;
import io.github.camelhh1.ledger.RunState;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** On top of the room that records, and below the one that claims: the three settle a reservation together. */
class WithinBudgetTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 1, 31);
    private static final Outcome FAILED = new Outcome.Rejected("failed", false, false, Trace.UNANSWERED);

    private final TestBooks test = new TestBooks();
    private final ScriptedGenerator backend = new ScriptedGenerator();
    private final Joins joins = new Joins();
    private Instant now = TestBooks.START;
    private Caps caps = new Caps(20L, null);
    private Prices prices = Prices.parse("720P=0.14,1080P=0.28");
    private int keys;

    private CompletableFuture<Outcome> run(GenerationRequest request, Bookkeeping books) {
        return run("key-" + keys++, request, books);
    }

    private CompletableFuture<Outcome> run(String key, GenerationRequest request, Bookkeeping books) {
        Generator rooms = new Recorded(backend, books, test.time);
        rooms = new WithinBudget(rooms, books, new Budget(caps, prices), () -> now);
        var generation = new Generation(
                request,
                null,
                Identity.of("account", "model", key, "fingerprint"),
                new Accepted(0, "photo.mp4", null),
                Limits.DEFAULT,
                null);
        return new OncePerKey(rooms, books, joins).generate(generation).toCompletableFuture();
    }

    private CompletableFuture<Outcome> run(int seconds) {
        return run(GenerationRequest.EMPTY.withDuration(seconds).withResolution("720P"), test.books);
    }

    private void complete(CompletableFuture<Outcome> call, Outcome outcome) {
        backend.lastCall().complete(outcome);
        assertThat(call).isDone();
    }

    private Amount spent(LocalDate day) {
        return test.other.spent("account", day);
    }

    private static Amount amount(long seconds, String cost) {
        return new Amount(seconds, new BigDecimal(cost));
    }

    private static void isRefused(CompletableFuture<Outcome> call, String... says) {
        assertThat(call.join()).isInstanceOfSatisfying(Outcome.OverBudget.class, over -> assertThat(List.of(says))
                .allSatisfy(text -> assertThat(over.reason()).contains(text)));
    }

    static List<Arguments> endings() {
        return List.of(
                arguments(COMPLETED, true),
                arguments(UNKNOWN, true),
                arguments(FAILED, true),
                arguments(REJECTED, false),
                arguments(THROTTLED, false),
                arguments(REFUSED_CONNECTION, false));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void isReservedBeforeItIsSentAndSpentWhenItMayBeBilled(Outcome outcome, boolean billed) {
        var call = run(10);
        assertThat(spent(TODAY)).isEqualTo(amount(10, "1.40"));
        complete(call, outcome);

        assertThat(spent(TODAY)).isEqualTo(billed ? amount(10, "1.40") : Amount.NONE);
    }

    @Nested
    class WhenTheDayHasNotEnoughLeft {
        @Test
        void nothingIsSentAndTheNumbersAreSaid() {
            run(15);

            isRefused(run(6), "it may take 6 s", "spent or reserved 15 s", "maxSecondsPerDay=20");
            assertThat(backend.calls()).hasSize(1);
            assertThat(spent(TODAY).seconds()).isEqualTo(15);
            assertThat(test.other.runs(RunState.CLAIMED, 10, 0))
                    .as("the key is free again")
                    .isEmpty();
        }

        @Test
        void theRestIsForASmallerOne() {
            run(15);

            assertThat(run(5)).isNotDone();
            assertThat(spent(TODAY).seconds()).isEqualTo(20);
            isRefused(run(3));
        }

        @Test
        void itCountsWhatAnotherNodeReserved() {
            run(GenerationRequest.EMPTY.withDuration(15), test.books(test.other));

            isRefused(run(6));
        }

        @Test
        void whatIsGivenBackIsForTheNext() {
            var call = run(15);
            complete(call, REJECTED);

            assertThat(run(15)).isNotDone();
        }

        @Test
        void theNextDayHasItsOwn() {
            var late = run(15);
            now = Instant.parse("2026-01-31T23:59:59.999Z");
            isRefused(run(6));
            now = Instant.parse("2026-02-01T00:00:00Z");
            assertThat(run(6)).isNotDone();

            backend.calls().get(0).complete(REJECTED);
            assertThat(late).isDone();
            assertThat(spent(TODAY))
                    .as("given back to the day it was taken from")
                    .isEqualTo(Amount.NONE);
            assertThat(spent(TODAY.plusDays(1)).seconds()).isEqualTo(6);
        }
    }

    @Nested
    class WithACapOnTheCost {
        @Test
        void theDearestResolutionAndTheLongestVideoCountWhereTheyAreLeftOpen() {
            caps = new Caps(null, new BigDecimal("8.40"));
            run(GenerationRequest.EMPTY, test.books);
            assertThat(spent(TODAY)).isEqualTo(amount(15, "4.20"));
            run(GenerationRequest.EMPTY, test.books);

            isRefused(
                    run(GenerationRequest.EMPTY.withDuration(3).withResolution("720P"), test.books),
                    "3 s for 0.42",
                    "30 s for 8.40",
                    "maxCostPerDay=8.40");
        }

        @Test
        void bothCapsHold() {
            caps = new Caps(100L, new BigDecimal("2"));
            run(10);
            isRefused(run(10), "maxSecondsPerDay=100, maxCostPerDay=2");
            caps = new Caps(12L, new BigDecimal("100"));
            isRefused(run(10), "maxSecondsPerDay=12");
        }
    }

    @Nested
    class AfterADefectOrADeath {
        @Test
        void whatNeverLeftIsGivenBack() {
            test.session.fail("sent");
            assertThat(run(10).join()).isInstanceOf(Outcome.NotSent.class);

            assertThat(spent(TODAY)).isEqualTo(Amount.NONE);
        }

        @Test
        void whatMayHaveLeftIsSpent() {
            run(10);
            test.lapse();

            assertThat(spent(TODAY)).isEqualTo(amount(10, "1.40"));
        }

        @Test
        void whatIsForgottenStaysSpentAndIsReservedAnew() {
            var call = run("one", GenerationRequest.EMPTY.withDuration(10), test.books);
            complete(call, UNKNOWN);
            test.other.forget(Identity.runId("account", "model", "one"));
            run("one", GenerationRequest.EMPTY.withDuration(10), test.books);

            assertThat(spent(TODAY).seconds()).isEqualTo(20);
        }
    }

    @Nested
    class WhenTheLedgerFails {
        @Test
        void nothingIsSent() {
            test.session.fail("reserve");

            assertThat(run(10).join())
                    .isInstanceOfSatisfying(Outcome.NotSent.class, notSent -> assertThat(notSent.passing())
                            .isTrue());
            assertThat(backend.calls()).isEmpty();
        }

        @Test
        void aReservationThatTookPlaceAllTheSameIsGivenBack() {
            test.session.failAfter("reserve");
            run(10);

            assertThat(backend.calls()).isEmpty();
            assertThat(spent(TODAY)).isEqualTo(Amount.NONE);
        }

        @Test
        void aRefusalWhoseNumbersCannotBeReadIsNotSentEither() {
            test.session.fail("spent");

            assertThat(run(GenerationRequest.EMPTY.withDuration(15), test.books))
                    .isNotDone();
            assertThat(run(15).join()).isInstanceOf(Outcome.NotSent.class);
            assertThat(backend.calls()).hasSize(1);
        }
    }

    @Test
    void aClaimThatIsGoneIsInFlightElsewhereAndNotOverBudget() {
        var generation = test.claimed(ScriptedGenerator.generation());
        test.lapse();
        var room = new WithinBudget(backend, test.books, new Budget(caps, prices), () -> now);

        assertThat(room.generate(generation).toCompletableFuture().join()).isInstanceOf(Outcome.InFlight.class);
        assertThat(backend.calls()).isEmpty();
    }
}
