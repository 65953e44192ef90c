package io.github.camelhh1.generation;

import static io.github.camelhh1.generation.ScriptedGenerator.COMPLETED;
import static io.github.camelhh1.generation.ScriptedGenerator.REFUSED_CONNECTION;
import static io.github.camelhh1.generation.ScriptedGenerator.REJECTED;
import static io.github.camelhh1.generation.ScriptedGenerator.THROTTLED;
import static io.github.camelhh1.generation.ScriptedGenerator.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.RunState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedTest {
    private static final Outcome FAILED = new Outcome.Rejected("failed", false, false, Trace.UNANSWERED);

    private final TestBooks books = new TestBooks();
    private final ScriptedGenerator backend = new ScriptedGenerator();
    private final Generation generation = books.claimed(ScriptedGenerator.generation());

    private CompletableFuture<Outcome> run(Generator next) {
        return new Recorded(next, books.books, books.time).generate(generation).toCompletableFuture();
    }

    private CompletableFuture<Outcome> run() {
        return run(backend);
    }

    static List<Arguments> endings() {
        return List.of(
                arguments(COMPLETED, RunState.COMPLETED, 1),
                arguments(UNKNOWN, RunState.UNKNOWN, 1),
                arguments(REJECTED, RunState.REJECTED, 0),
                arguments(FAILED, RunState.REJECTED, 1),
                arguments(REFUSED_CONNECTION, RunState.CLAIMED, 0),
                arguments(THROTTLED, RunState.CLAIMED, 0));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void saysSentBeforeTheFirstByteAndTheOutcomeAfterTheLast(Outcome outcome, RunState state, int paid) {
        var ending = run();
        assertThat(books.state()).as("while it is on its way").isEqualTo(RunState.SENT);
        assertThat(books.run().paidAttempts()).isEqualTo(1);
        backend.lastCall().complete(outcome);

        assertThat(ending.join()).hasSameClassAs(outcome);
        assertThat(books.state()).isEqualTo(state);
        assertThat(books.run().paidAttempts()).isEqualTo(paid);
        assertThat(books.reported).isEmpty();
    }

    @Test
    void keepsWhatTheServiceAnsweredAndHowLongItTookSinceItWasAccepted() {
        var ending = run();
        books.time.pass(Duration.ofSeconds(90));
        var trace = new Trace(1, 200, null, "log-1", "ray-1", "MISS", "{}");
        backend.lastCall().complete(Outcome.Completed.of("https://v.example/1.mp4?sig=x", "Completed", "BYOK", trace));

        var completion = books.run().completion();
        assertThat(completion.videoUrl()).isEqualTo("https://v.example/1.mp4?sig=x");
        assertThat(completion.keySource()).isEqualTo("BYOK");
        assertThat(completion.elapsed()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(91));
        assertThat(List.of(completion.logId(), completion.rayId(), completion.cacheStatus()))
                .containsExactly("log-1", "ray-1", "MISS");
        assertThat(ending.join()).isInstanceOfSatisfying(Outcome.Completed.class, completed -> {
            assertThat(completed.completion()).isEqualTo(completion);
            assertThat(completed.asked()).isEqualTo(generation.newRun());
            assertThat(completed.replayed()).isFalse();
        });
    }

    @Test
    void keepsWhatIsKnownOfAnUnknownOutcomeOnOneLine() {
        run();
        var trace = new Trace(1, 504, "1031", "log-1", "ray-1", null, null);
        backend.lastCall().complete(new Outcome.Unknown("gateway\ntime-out", null, trace));

        assertThat(books.run().ending()).isEqualTo(new Ending("gateway time-out", 504, "1031", "log-1", "ray-1"));
    }

    @Nested
    class WhenSentCannotBeWritten {
        @Test
        void nothingIsSentAndItMayBeTriedAgain() {
            books.session.fail("sent");

            isNotSent(RunState.CLAIMED);
        }

        @Test
        void norWhenItTookPlaceAllTheSame() {
            books.session.failAfter("sent");

            isNotSent(RunState.SENT);
        }

        private void isNotSent(RunState left) {
            assertThat(run().join())
                    .isInstanceOfSatisfying(Outcome.NotSent.class, notSent -> assertThat(notSent.passing())
                            .isTrue());
            assertThat(backend.calls()).isEmpty();
            assertThat(books.state()).isEqualTo(left);

            books.session.work();
            var again = run();
            backend.lastCall().complete(COMPLETED);
            assertThat(again.join()).isInstanceOf(Outcome.Completed.class);
            assertThat(books.run().paidAttempts()).isEqualTo(1);
        }

        @Test
        void aDefectIsNoReasonToSendEither() {
            books.session.fail("sent", new IllegalStateException("a defect"));

            assertThat(run()).isCompletedExceptionally();
            assertThat(backend.calls()).isEmpty();
        }
    }

    @Nested
    class WhenTheProcessWasCutOff {
        @Test
        void beforeItWasSentNothingIsSent() {
            books.lapse();

            assertThat(run().join()).isInstanceOf(Outcome.InFlight.class);
            assertThat(backend.calls()).isEmpty();
        }

        @Test
        void afterItWasSentALateAnswerIsAccepted() {
            run();
            books.lapse();
            assertThat(books.state()).isEqualTo(RunState.UNKNOWN);
            backend.lastCall().complete(COMPLETED);

            assertThat(books.state()).isEqualTo(RunState.COMPLETED);
        }

        @Test
        void afterItWasSentARefusalLeavesItHeld() {
            run();
            books.lapse();
            backend.lastCall().complete(REJECTED);

            assertThat(books.state()).isEqualTo(RunState.UNKNOWN);
        }

        @Test
        void andAnotherHasSentItSinceTheLateAnswerReachesTheRouteOnly() {
            var ending = run();
            books.lapse();
            books.other.forget(generation.identity().runId());
            books.other.claim(generation.newRun(), 1);
            backend.lastCall().complete(COMPLETED);

            assertThat(ending.join()).isInstanceOf(Outcome.Completed.class);
            assertThat(books.state()).isEqualTo(RunState.CLAIMED);
            assertThat(books.run().owner()).isEqualTo(books.other.owner());
        }
    }

    @Nested
    class WhenTheNextRoomBreaks {
        private void isHeld(Generator broken) {
            assertThat(run(broken).join()).isInstanceOfSatisfying(Outcome.Unknown.class, unknown -> {
                assertThat(unknown.reason()).contains("defect");
                assertThat(unknown.trace().attempts()).isEqualTo(1);
            });
            assertThat(books.state()).isEqualTo(RunState.UNKNOWN);
        }

        @Test
        void whatItThrowsIsUnknown() {
            isHeld(next -> {
                throw new IllegalStateException("a defect");
            });
        }

        @Test
        void anErrorIsToo() {
            isHeld(next -> {
                throw new StackOverflowError("a defect");
            });
        }

        @Test
        void soIsAStageThatFails() {
            isHeld(next -> CompletableFuture.failedStage(new AssertionError("a defect")));
        }
    }

    @Nested
    class WhenTheOutcomeCannotBeWritten {
        @ParameterizedTest
        @ValueSource(strings = {"complete", "unknown", "reject"})
        void theRouteHasItAllTheSameAndTheLedgerLater(String write) {
            Outcome outcome = write.equals("complete") ? COMPLETED : write.equals("unknown") ? UNKNOWN : REJECTED;
            books.session.fail(write);
            var ending = run();
            backend.lastCall().complete(outcome);

            assertThat(ending.join()).hasSameClassAs(outcome);
            assertThat(books.state()).isEqualTo(RunState.SENT);
            assertThat(books.reported).containsExactly(generation.identity().runId());

            books.session.work();
            books.time.pass(Duration.ofSeconds(1));
            assertThat(books.state())
                    .isEqualTo(
                            write.equals("complete")
                                    ? RunState.COMPLETED
                                    : write.equals("unknown") ? RunState.UNKNOWN : RunState.REJECTED);
        }

        @Test
        void aWriteThatTookPlaceIsHarmlessTwice() {
            books.session.failAfter("reject");
            run();
            backend.lastCall().complete(REJECTED);
            books.session.work();
            books.time.pass(Duration.ofSeconds(1));

            assertThat(books.state()).isEqualTo(RunState.REJECTED);
            assertThat(books.run().paidAttempts()).isZero();
        }

        @Test
        void notEvenThatNothingWasSentItIsReadyToBeSentAgain() {
            books.session.fail("unsent");
            var ending = run();
            backend.lastCall().complete(THROTTLED);
            assertThat(ending).isCompletedWithValue(THROTTLED);
            assertThat(books.reported).isEmpty();

            books.session.work();
            run();
            backend.lastCall().complete(COMPLETED);
            assertThat(books.run().paidAttempts()).isEqualTo(1);
        }
    }
}
