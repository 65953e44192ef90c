package io.github.camelhh1.generation;

import static io.github.camelhh1.generation.ScriptedGenerator.BAD_CERTIFICATE;
import static io.github.camelhh1.generation.ScriptedGenerator.COMPLETED;
import static io.github.camelhh1.generation.ScriptedGenerator.REJECTED;
import static io.github.camelhh1.generation.ScriptedGenerator.THROTTLED;
import static io.github.camelhh1.generation.ScriptedGenerator.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.camelhh1.ledger.RunState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** On top of the room that records: the two bring a run from its first claim to its end. */
class OncePerKeyTest {
    private static final Outcome FAILED = new Outcome.Rejected("failed", false, false, Trace.UNANSWERED);
    private static final Generation ONE = ScriptedGenerator.generation();

    private final TestBooks test = new TestBooks();
    private final ScriptedGenerator backend = new ScriptedGenerator();
    private final Joins joins = new Joins();
    private final OncePerKey room = room(test.books);

    private OncePerKey room(Bookkeeping books) {
        return new OncePerKey(new Recorded(backend, books, test.time), books, joins);
    }

    private CompletableFuture<Outcome> run(Generation generation) {
        return room.generate(generation).toCompletableFuture();
    }

    private CompletableFuture<Outcome> run() {
        return run(ONE);
    }

    private Outcome run(Outcome outcome) {
        var call = run();
        backend.lastCall().complete(outcome);
        return call.join();
    }

    private static Generation otherRequest() {
        return new Generation(
                ONE.request(),
                null,
                Identity.of("account", "model", "key", "other"),
                ONE.accepted(),
                ONE.limits(),
                null);
    }

    private void isSent(CompletableFuture<Outcome> call, int calls) {
        assertThat(call).isNotDone();
        assertThat(backend.calls()).hasSize(calls);
    }

    private void isNotSent(int calls) {
        assertThat(backend.calls()).hasSize(calls);
    }

    @AfterEach
    void nobodyWaitsForAnEndedDelivery() {
        if (backend.calls().stream().allMatch(CompletableFuture::isDone) && test.books.unwritten() == 0) {
            assertThat(joins.size()).isZero();
        }
    }

    @Nested
    class AnEarlierDelivery {
        @Test
        void thatWasCompletedAnswersAgain() {
            var first = (Outcome.Completed) run(COMPLETED);

            assertThat(run().join())
                    .isEqualTo(new Outcome.Completed(first.completion(), ONE.newRun(), true, Trace.NONE));
            isNotSent(1);
        }

        @Test
        void thatEndedUnknownHoldsTheKeyAndSaysWhy() {
            run(new Outcome.Unknown("silence", null, new Trace(1, 504, "1031", "log-1", null, null, null)));

            assertThat(run().join())
                    .isEqualTo(new Outcome.Held("silence", new Trace(0, 504, "1031", "log-1", null, null, null)));
            isNotSent(1);
        }

        static List<Arguments> whatFreesTheKey() {
            return List.of(
                    arguments(REJECTED, RunState.REJECTED),
                    arguments(FAILED, RunState.REJECTED),
                    arguments(THROTTLED, null),
                    arguments(BAD_CERTIFICATE, null));
        }

        @ParameterizedTest
        @MethodSource("whatFreesTheKey")
        void thatEndedOtherwiseFreesTheKey(Outcome outcome, RunState left) {
            assertThat(run(outcome)).hasSameClassAs(outcome);
            assertThat(test.state()).isEqualTo(left);

            isSent(run(otherRequest()), 2);
        }

        @Test
        void thatWasForgottenFreesTheKeyToo() {
            run(COMPLETED);
            test.other.forget(ONE.identity().runId());

            isSent(run(otherRequest()), 2);
        }

        @Test
        void thatWasAdoptedAnswers() {
            run(UNKNOWN);
            test.other.adopt(ONE.identity().runId(), "https://v.example/adopted.mp4");

            assertThat(run().join()).isInstanceOfSatisfying(Outcome.Completed.class, completed -> {
                assertThat(completed.completion().videoUrl()).isEqualTo("https://v.example/adopted.mp4");
                assertThat(completed.replayed()).isTrue();
            });
        }

        static List<Outcome> whatKeepsTheKey() {
            return List.of(COMPLETED, UNKNOWN);
        }

        @ParameterizedTest
        @MethodSource("whatKeepsTheKey")
        void keepsTheKeyFromAnotherRequest(Outcome outcome) {
            run(outcome);

            assertThat(run(otherRequest()).join()).isInstanceOf(Outcome.KeyReused.class);
            isNotSent(1);
        }
    }

    @Nested
    class WhileAnotherDeliveryOfTheKeyRuns {
        private final CompletableFuture<Outcome> first = run();
        private final CompletableFuture<Outcome> second = run();

        @Test
        void itJoinsAndIsAnsweredAsOneThatPaidNothing() {
            isSent(second, 1);
            backend.lastCall().complete(COMPLETED);

            assertThat(first.join().trace().attempts()).isEqualTo(1);
            assertThat(second.join()).isInstanceOfSatisfying(Outcome.Completed.class, joined -> {
                assertThat(joined.replayed()).isTrue();
                assertThat(joined.trace().attempts()).isZero();
                assertThat(joined.asked()).isEqualTo(ONE.newRun());
                assertThat(joined.completion()).isEqualTo(((Outcome.Completed) first.join()).completion());
            });
        }

        @Test
        void anUnknownEndingIsHeldForWhoeverJoined() {
            backend.lastCall().complete(UNKNOWN);

            assertThat(first.join()).isEqualTo(UNKNOWN);
            assertThat(second.join()).isInstanceOf(Outcome.Held.class);
        }

        @Test
        void everyOtherEndingIsTheirs() {
            backend.lastCall().complete(REJECTED);

            assertThat(second.join()).isEqualTo(REJECTED);
        }

        @Test
        void anotherRequestIsRefusedAtOnce() {
            assertThat(run(otherRequest()).join()).isInstanceOf(Outcome.KeyReused.class);
            isNotSent(1);
        }

        @Test
        void anotherComponentOfThisJvmJoinsToo() {
            var third = room(test.books(test.other)).generate(ONE).toCompletableFuture();
            var reused = room(test.books(test.other)).generate(otherRequest()).toCompletableFuture();
            isSent(third, 1);
            assertThat(reused.join()).isInstanceOf(Outcome.KeyReused.class);
            backend.lastCall().complete(COMPLETED);

            assertThat(third.join())
                    .isInstanceOfSatisfying(Outcome.Completed.class, joined -> assertThat(joined.replayed())
                            .isTrue());
            assertThat(joins.size()).isZero();
        }

        @Test
        void anotherJvmIsToldSo() {
            var books = test.books(test.other);
            var elsewhere = new OncePerKey(new Recorded(backend, books, test.time), books, new Joins());

            assertThat(elsewhere.generate(ONE).toCompletableFuture().join()).isInstanceOf(Outcome.InFlight.class);
            isNotSent(1);
        }

        @Test
        void aDefectReachesBoth() {
            var broken = new OncePerKey(generation -> first.thenCompose(never -> null), test.books, new Joins());
            var one = broken.generate(otherKey()).toCompletableFuture();
            var two = broken.generate(otherKey()).toCompletableFuture();
            backend.lastCall().complete(COMPLETED);

            assertThat(one).isCompletedExceptionally();
            assertThat(two).isCompletedExceptionally();
        }

        private static Generation otherKey() {
            return new Generation(
                    ONE.request(),
                    null,
                    Identity.of("account", "model", "another", "fingerprint"),
                    ONE.accepted(),
                    ONE.limits(),
                    null);
        }
    }

    /** Where the next room breaks. */
    enum Defect {
        EXCEPTION,
        ERROR,
        STAGE;

        CompletableFuture<Outcome> strike() {
            switch (this) {
                case EXCEPTION -> throw new IllegalStateException("a defect");
                case ERROR -> throw new StackOverflowError("a defect");
                default -> {
                    return CompletableFuture.failedFuture(new AssertionError("a defect"));
                }
            }
        }
    }

    @Nested
    class WhenARoomBreaks {
        @ParameterizedTest
        @EnumSource
        void beforeAnythingWasSentTheKeyIsFree(Defect defect) {
            var broken = new OncePerKey(generation -> defect.strike(), test.books, joins);

            assertThat(broken.generate(ONE)).isCompletedExceptionally();
            assertThat(test.state()).isNull();
            isSent(run(), 1);
        }

        @ParameterizedTest
        @EnumSource
        void afterItWasSentTheKeyIsHeld(Defect defect) {
            Generator sends = generation -> {
                test.session.sent(generation.right());
                return defect.strike();
            };

            assertThat(new OncePerKey(sends, test.books, joins).generate(ONE)).isCompletedExceptionally();
            assertThat(test.state()).isEqualTo(RunState.UNKNOWN);
            assertThat(test.run().reason()).contains("defect");
            assertThat(run().join()).isInstanceOf(Outcome.Held.class);
        }

        @ParameterizedTest
        @EnumSource
        void afterItWasPaidItIsStillAnswered(Defect defect) {
            Generator pays = new Recorded(backend, test.books, test.time);
            Generator breaks = generation -> pays.generate(generation).thenCompose(outcome -> defect.strike());
            var call = new OncePerKey(breaks, test.books, joins).generate(ONE);
            backend.lastCall().complete(COMPLETED);

            assertThat(call).isCompletedExceptionally();
            assertThat(run().join()).isInstanceOf(Outcome.Completed.class);
        }
    }

    @Nested
    class WhenTheClaimCannotBeWritten {
        @Test
        void nothingIsSentUntilItCan() {
            test.session.fail("claim");
            isNotWritten();
            assertThat(test.state()).isNull();

            test.session.work();
            isSent(run(), 1);
        }

        @Test
        void norWhenItTookPlaceAllTheSame() {
            test.session.failAfter("claim");
            isNotWritten();
            assertThat(test.state()).isEqualTo(RunState.CLAIMED);

            test.session.work();
            isSent(run(), 1);
        }

        private void isNotWritten() {
            assertThat(run().join()).isInstanceOfSatisfying(Outcome.NotSent.class, notSent -> {
                assertThat(notSent.passing()).isTrue();
                assertThat(notSent.reason()).contains("ledger").contains("claim failed");
            });
            isNotSent(0);
        }

        @Test
        void aDefectOfTheLedgerIsNoReasonToSend() {
            test.session.fail("claim", new IllegalStateException("a defect"));

            assertThat(run()).isCompletedExceptionally();
            isNotSent(0);
        }
    }

    @Nested
    class WhenTheEndingCannotBeWritten {
        @Test
        void whoeverAsksMeanwhileGetsItAndNothingIsSent() {
            test.session.fail("complete");
            run(COMPLETED);

            assertThat(run().join())
                    .isInstanceOfSatisfying(Outcome.Completed.class, joined -> assertThat(joined.replayed())
                            .isTrue());
            isNotSent(1);
            assertThat(joins.size()).isEqualTo(1);

            test.session.work();
            test.time.pass(Duration.ofSeconds(1));
            assertThat(joins.size()).isZero();
            assertThat(run().join()).isInstanceOf(Outcome.Completed.class);
            isNotSent(1);
        }

        @Test
        void aClaimThatCannotBeGivenUpIsGivenUpLater() {
            test.session.fail("unsent", "release");
            assertThat(run(THROTTLED)).isEqualTo(THROTTLED);
            assertThat(test.reported).hasSize(1);
            assertThat(run().join()).as("joins").isEqualTo(THROTTLED);

            test.session.work();
            test.time.pass(Duration.ofSeconds(1));
            assertThat(test.state()).isNull();
            isSent(run(), 2);
        }

        @Test
        void nobodyIsLeftWaitingWhenTheComponentStopsBeforeItIsWritten() {
            test.session.fail("complete");
            run(COMPLETED);
            test.time.stop();
            test.books.writeTheRest();

            assertThat(joins.size()).isZero();
        }

        @Test
        void norWhenItStoppedBeforeTheEndingCame() {
            var call = run();
            test.time.stop();
            test.books.writeTheRest();
            test.session.fail("complete");
            backend.lastCall().complete(COMPLETED);

            assertThat(call.join()).isInstanceOf(Outcome.Completed.class);
            assertThat(joins.size()).isZero();
        }
    }
}
