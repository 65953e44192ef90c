package io.github.camelhh1.rooms;

import static io.github.camelhh1.rooms.ScriptedGenerator.ACCOUNT_REJECTED;
import static io.github.camelhh1.rooms.ScriptedGenerator.COMPLETED;
import static io.github.camelhh1.rooms.ScriptedGenerator.FAILED;
import static io.github.camelhh1.rooms.ScriptedGenerator.REJECTED;
import static io.github.camelhh1.rooms.ScriptedGenerator.THROTTLED;
import static io.github.camelhh1.rooms.ScriptedGenerator.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generation.Preparation;
import io.github.camelhh1.generation.Identity;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.simulation.VirtualTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailingFastTest {
    private final VirtualTimers time = new VirtualTimers();
    private final ScriptedGenerator backend = new ScriptedGenerator();
    private String credentials = "old";
    private final FailingFast room = new FailingFast(time);

    private Generation generation(String key) {
        Generation any = ScriptedGenerator.generation();
        var identity = Identity.of("account", "model", key, "fingerprint");
        return new Generation(any.request(), any.image(), identity, any.accepted(), any.limits())
                .prepared(new Preparation(credentials, any.deadline(time.nanoTime())));
    }

    private Outcome run(Outcome outcome) {
        var ending = room.around(backend).generate(generation("run")).toCompletableFuture();
        if (!ending.isDone()) {
            backend.lastCall().complete(outcome);
        }
        return ending.join();
    }

    private void assertNothingIsSent() {
        assertNothingIsSent("bad key", "refused 3 times in a row", "until the API key changes");
    }

    private void assertNothingIsSent(String... parts) {
        int before = backend.calls().size();
        assertThat(run(COMPLETED)).isInstanceOfSatisfying(Outcome.NotSent.class, notSent -> {
            assertThat(notSent.reason()).contains(parts);
            assertThat(notSent.passing()).isFalse();
        });
        assertThat(backend.calls()).hasSize(before);
        assertThat(room.pausedBecause()).contains(parts);
    }

    private void assertTheWayIsFree() {
        assertThat(run(COMPLETED)).isEqualTo(COMPLETED);
        assertThat(room.pausedBecause()).isNull();
    }

    @Nested
    class AfterTwoRefusals {
        @BeforeEach
        void refuseTwice() {
            run(ACCOUNT_REJECTED);
            run(ACCOUNT_REJECTED);
        }

        @Test
        void itStillTries() {
            assertThat(run(ACCOUNT_REJECTED)).isEqualTo(ACCOUNT_REJECTED);
        }

        static List<Outcome> answersThatKnowTheAccount() {
            return List.of(COMPLETED, REJECTED, FAILED);
        }

        @ParameterizedTest
        @MethodSource("answersThatKnowTheAccount")
        void anAnswerThatKnowsTheAccountStartsTheCountAnew(Outcome outcome) {
            run(outcome);
            run(ACCOUNT_REJECTED);

            assertTheWayIsFree();
        }

        static List<Outcome> answersThatSayNothing() {
            return List.of(THROTTLED, UNKNOWN, ScriptedGenerator.REFUSED_CONNECTION);
        }

        @ParameterizedTest
        @MethodSource("answersThatSayNothing")
        void whatSaysNothingOfTheAccountDoesNotCount(Outcome outcome) {
            run(outcome);
            run(ACCOUNT_REJECTED);

            assertNothingIsSent();
        }
    }

    @Nested
    class AfterThreeRefusals {
        @BeforeEach
        void refuseThrice() {
            for (int i = 0; i < 3; i++) {
                run(ACCOUNT_REJECTED);
            }
        }

        @Test
        void nothingIsSentForAMinute() {
            time.pass(Duration.ofMinutes(1).minusNanos(1));
            assertNothingIsSent();
        }

        @Test
        void otherCredentialsAreTriedAtOnce() {
            credentials = "new";
            assertTheWayIsFree();
        }

        @Test
        void oneTriesForAllAfterAMinute() {
            time.pass(Duration.ofMinutes(1));
            var trial = room.around(backend).generate(generation("trial")).toCompletableFuture();
            assertThat(trial).isNotDone();
            assertNothingIsSent();

            backend.lastCall().complete(COMPLETED);
            assertTheWayIsFree();
        }

        @Test
        void theOneThatTriesMayRepeatWhatDidNotStart() {
            time.pass(Duration.ofMinutes(1));
            room.around(backend).generate(generation("trial"));
            backend.lastCall().complete(ScriptedGenerator.REFUSED_CONNECTION);
            assertNothingIsSent();

            var again = room.around(backend).generate(generation("trial")).toCompletableFuture();

            assertThat(again).isNotDone();
            backend.lastCall().complete(COMPLETED);
            assertTheWayIsFree();
        }

        @Test
        void aTrialThatIsRefusedCostsAnotherMinute() {
            time.pass(Duration.ofMinutes(1));
            run(ACCOUNT_REJECTED);
            assertNothingIsSent("bad key", "refused 4 times in a row", "until the API key changes");

            time.pass(Duration.ofMinutes(1));
            assertTheWayIsFree();
        }
    }

    @Nested
    class AfterFourThatMayBeBilled {
        @BeforeEach
        void failFourTimes() {
            run(FAILED);
            run(UNKNOWN);
            run(UNKNOWN);
            run(FAILED);
        }

        @Test
        void itStillTries() {
            assertThat(run(UNKNOWN)).isEqualTo(UNKNOWN);
        }

        @Test
        void aVideoStartsTheCountAnew() {
            run(COMPLETED);
            run(FAILED);

            assertTheWayIsFree();
        }

        static List<Outcome> endingsBeforeTheModelRuns() {
            return List.of(REJECTED, ACCOUNT_REJECTED, THROTTLED, ScriptedGenerator.REFUSED_CONNECTION);
        }

        @ParameterizedTest
        @MethodSource("endingsBeforeTheModelRuns")
        void whatNeverReachedTheModelDoesNotCount(Outcome outcome) {
            run(outcome);
            run(UNKNOWN);

            assertNothingIsSent("5 requests in a row", "silence");
        }

        @Test
        void aDefectDoesNotCount() {
            var broken = room.around(backend).generate(generation("another")).toCompletableFuture();
            backend.lastCall().completeExceptionally(new IllegalStateException("a defect"));
            assertThat(broken).isCompletedExceptionally();

            assertTheWayIsFree();
        }
    }

    @Nested
    class AfterFiveThatMayBeBilled {
        @BeforeEach
        void failFiveTimes() {
            for (int i = 0; i < 4; i++) {
                run(UNKNOWN);
            }
            run(FAILED);
        }

        @Test
        void nothingIsSentForAMinute() {
            time.pass(Duration.ofMinutes(1).minusNanos(1));
            assertNothingIsSent("5 requests in a row", "may be billed", "no frame", "until one brings a video");
        }

        @Test
        void otherCredentialsChangeNothing() {
            credentials = "new";
            assertNothingIsSent("5 requests in a row");
        }

        @Test
        void oneTriesForAllHoweverLongItTakes() {
            time.pass(Duration.ofMinutes(1));
            var trial = room.around(backend).generate(generation("another")).toCompletableFuture();
            assertThat(trial).isNotDone();
            var call = backend.lastCall();
            time.pass(Duration.ofMinutes(10));
            assertNothingIsSent("5 requests in a row", "no frame");

            call.complete(COMPLETED);
            assertThat(trial).isCompletedWithValue(COMPLETED);
            assertTheWayIsFree();
        }

        static List<Outcome> endingsThatMayBeBilled() {
            return List.of(UNKNOWN, FAILED);
        }

        @ParameterizedTest
        @MethodSource("endingsThatMayBeBilled")
        void aTrialThatBringsNoVideoCostsAnotherMinuteFromItsEnd(Outcome outcome) {
            time.pass(Duration.ofMinutes(1));
            room.around(backend).generate(generation("another"));
            time.pass(Duration.ofMinutes(3));
            backend.lastCall().complete(outcome);

            time.pass(Duration.ofMinutes(1).minusNanos(1));
            assertNothingIsSent("6 requests in a row");
            time.pass(Duration.ofNanos(1));
            assertTheWayIsFree();
        }

        @Test
        void aTrialThatIsRefusedLeavesTheNextToAnotherMinute() {
            time.pass(Duration.ofMinutes(1));
            run(REJECTED);
            assertNothingIsSent("5 requests in a row");

            time.pass(Duration.ofMinutes(1));
            assertTheWayIsFree();
        }

        @Test
        void aTrialThatBreaksLeavesTheNextToAnotherMinute() {
            time.pass(Duration.ofMinutes(1));
            room.around(backend).generate(generation("another"));
            backend.lastCall().completeExceptionally(new IllegalStateException("a defect"));
            assertNothingIsSent("5 requests in a row");

            time.pass(Duration.ofMinutes(1));
            assertTheWayIsFree();
        }

        @Test
        void theRefusalsOfItsTrialsAreTheFirstReason() {
            for (int i = 0; i < 3; i++) {
                time.pass(Duration.ofMinutes(1));
                run(ACCOUNT_REJECTED);
            }
            assertNothingIsSent();

            credentials = "new";
            assertThat(run(COMPLETED))
                    .isInstanceOfSatisfying(Outcome.NotSent.class, notSent -> assertThat(notSent.reason())
                            .contains("5 requests in a row"));
        }
    }

    @Nested
    class FiveUnderWayAtOnce {
        @Test
        void stopTheNextAndTheLateVideoOfAnotherLetsItGo() {
            List<CompletableFuture<Outcome>> endings = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                endings.add(room.around(backend).generate(generation("another")).toCompletableFuture());
            }
            List<CompletableFuture<Outcome>> calls = List.copyOf(backend.calls());
            calls.subList(0, 5).forEach(call -> call.complete(UNKNOWN));
            assertNothingIsSent("5 requests in a row");

            calls.get(5).complete(COMPLETED);

            assertThat(endings).allMatch(CompletableFuture::isDone);
            assertTheWayIsFree();
        }
    }

    @Nested
    class TheReason {
        @Test
        void doesNotShowAnotherMessageThePromptThatTheServiceQuotes() {
            Generation any = ScriptedGenerator.generation();
            var secret = new Generation(
                            any.request().withPrompt("a very secret horse"),
                            any.image(),
                            any.identity(),
                            any.accepted(),
                            any.limits())
                    .prepared(new Preparation(credentials, any.deadline(time.nanoTime())));
            for (int i = 0; i < 5; i++) {
                room.around(backend).generate(secret);
                backend.lastCall().complete(new Outcome.Failed("we dislike 'a very secret horse'", Trace.UNANSWERED));
            }

            assertNothingIsSent("we dislike");
            assertThat(room.pausedBecause()).doesNotContain("secret");
        }
    }
}
