package io.github.camelhh1.generation;

import static io.github.camelhh1.generation.ScriptedGenerator.BAD_CERTIFICATE;
import static io.github.camelhh1.generation.ScriptedGenerator.COMPLETED;
import static io.github.camelhh1.generation.ScriptedGenerator.REJECTED;
import static io.github.camelhh1.generation.ScriptedGenerator.THROTTLED;
import static io.github.camelhh1.generation.ScriptedGenerator.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.Caps;
import io.github.camelhh1.ledger.RunState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code onUnknown=resend}: an unknown outcome is sent again, as often as may be paid. */
class ResendTest {
    private final TestBooks test = new TestBooks();
    private final Joins joins = new Joins();
    private final Generation generation = ScriptedGenerator.generation(
            new Limits(Duration.ofMinutes(15), 4, Duration.ofSeconds(2), Duration.ofMinutes(5), 3));

    private CompletableFuture<Outcome> run(Generator backend) {
        return new OncePerKey(new Recorded(backend, test.books, test.time), test.books, joins)
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
        assertThat(test.state()).isEqualTo(RunState.COMPLETED);
        assertThat(test.run().paidAttempts()).isEqualTo(3);
        assertThat(test.run().causes()).isEqualTo("attempt 1: silence\nattempt 2: silence\n");
    }

    @Test
    void isHeldOnceAllThatMayBePaidAreSent() {
        Outcome ending = run(UNKNOWN, UNKNOWN, UNKNOWN);

        assertThat(ending).isInstanceOf(Outcome.Unknown.class);
        assertThat(ending.trace().attempts()).isEqualTo(3);
        assertThat(test.state()).isEqualTo(RunState.UNKNOWN);
        assertThat(run().getClass()).isEqualTo(Outcome.Held.class);
    }

    static List<Outcome> whatWasNotPaid() {
        return List.of(REJECTED, THROTTLED, BAD_CERTIFICATE);
    }

    @ParameterizedTest
    @MethodSource("whatWasNotPaid")
    void whatMayBePaidOutweighsWhatCameOfSendingItAgain(Outcome second) {
        Outcome ending = run(UNKNOWN, second);

        assertThat(ending).isInstanceOf(Outcome.Unknown.class);
        assertThat(ending.trace().attempts()).isEqualTo(1 + second.trace().attempts());
        assertThat(test.state()).isEqualTo(RunState.UNKNOWN);
        assertThat(test.run().paidAttempts()).isEqualTo(1);
        assertThat(test.run().reason()).isEqualTo("silence");
    }

    @Test
    void whatWasNotPaidIsNotCountedAndMayBeSentByTheNextDelivery() {
        run(UNKNOWN, REJECTED);

        assertThat(run(UNKNOWN, COMPLETED)).isInstanceOf(Outcome.Completed.class);
        assertThat(test.run().paidAttempts()).isEqualTo(3);
    }

    @Nested
    class WhenTheLedgerFailsInBetween {
        @Test
        void theFirstUnknownOutcomeIsTheEnding() {
            test.session.fail("unknown");
            var backend = ScriptedGenerator.ending(UNKNOWN);

            assertThat(run(backend).join()).isEqualTo(UNKNOWN);
            assertThat(joins.size()).isEqualTo(1);
            test.session.work();
            test.time.pass(Duration.ofSeconds(1));
            assertThat(test.state()).isEqualTo(RunState.UNKNOWN);
            assertThat(joins.size()).isZero();
        }

        @Test
        void aSecondClaimThatFailsLeavesItHeld() {
            var backend = new ScriptedGenerator();
            var call = run(backend);
            test.session.fail("claim");
            backend.lastCall().complete(UNKNOWN);

            assertThat(call.join()).isEqualTo(UNKNOWN);
            assertThat(test.state()).isEqualTo(RunState.UNKNOWN);
        }

        @Test
        void aSecondClaimThatTookPlaceAllTheSameIsTakenOverByTheNextDelivery() {
            var backend = new ScriptedGenerator();
            var call = run(backend);
            test.session.failAfter("claim");
            backend.lastCall().complete(UNKNOWN);
            assertThat(call.join()).isEqualTo(UNKNOWN);

            test.session.work();
            assertThat(run(UNKNOWN, COMPLETED)).isInstanceOf(Outcome.Completed.class);
            assertThat(test.run().paidAttempts()).isEqualTo(3);
        }

        @Test
        void aSecondSentThatFailsLeavesItHeld() {
            var backend = new ScriptedGenerator();
            var call = run(backend);
            test.session.fail("sent");
            backend.lastCall().complete(UNKNOWN);

            assertThat(call.join()).isEqualTo(UNKNOWN);
            assertThat(backend.calls()).hasSize(1);
            assertThat(test.state()).isEqualTo(RunState.UNKNOWN);
            assertThat(test.run().paidAttempts()).isEqualTo(1);
        }
    }

    @Test
    void aBudgetThatIsUsedUpLeavesItHeld() {
        var backend = ScriptedGenerator.ending(UNKNOWN, COMPLETED);
        Generator rooms = new Recorded(backend, test.books, test.time);
        rooms = new WithinBudget(
                rooms, test.books, new Budget(new Caps(20L, null), Prices.NONE), () -> TestBooks.START);
        Outcome ending = new OncePerKey(rooms, test.books, joins)
                .generate(generation)
                .toCompletableFuture()
                .join();

        assertThat(ending).isEqualTo(UNKNOWN);
        assertThat(backend.calls()).hasSize(1);
        assertThat(test.state()).isEqualTo(RunState.UNKNOWN);
    }

    @Test
    void aDefectWhenItIsSentAgainLeavesItHeld() {
        var backend = ScriptedGenerator.ending(UNKNOWN);
        Generator recorded = new Recorded(backend, test.books, test.time);
        Generator breaks = next -> {
            if (!backend.calls().isEmpty()) {
                throw new IllegalStateException("a defect");
            }
            return recorded.generate(next);
        };
        var ending =
                new OncePerKey(breaks, test.books, joins).generate(generation).toCompletableFuture();

        assertThat(ending.join()).isInstanceOfSatisfying(Outcome.Unknown.class, unknown -> assertThat(unknown.reason())
                .contains("silence")
                .contains("a defect"));
        assertThat(test.state()).isEqualTo(RunState.UNKNOWN);
        assertThat(joins.size()).isZero();
    }

    @Test
    void anUnknownOutcomeOfAnEarlierProcessIsSentAgainToo() {
        run(new ScriptedGenerator());
        test.lapse();
        var books = test.books(test.other);
        var backend = ScriptedGenerator.ending(COMPLETED);
        var ending = new OncePerKey(new Recorded(backend, books, test.time), books, joins).generate(generation);

        assertThat(ending.toCompletableFuture().join()).isInstanceOf(Outcome.Completed.class);
        assertThat(test.run().paidAttempts()).isEqualTo(2);
        assertThat(test.run().causes()).startsWith("attempt 1: ");
    }
}
