package io.github.camelhh1.generation;

import static io.github.camelhh1.generation.ScriptedGenerator.ACCOUNT_REJECTED;
import static io.github.camelhh1.generation.ScriptedGenerator.COMPLETED;
import static io.github.camelhh1.generation.ScriptedGenerator.REJECTED;
import static io.github.camelhh1.generation.ScriptedGenerator.THROTTLED;
import static io.github.camelhh1.generation.ScriptedGenerator.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailingFastTest {
    private final VirtualTimers time = new VirtualTimers();
    private final ScriptedGenerator backend = new ScriptedGenerator();
    private String credentials = "old";
    private final FailingFast room = new FailingFast(backend, time);

    private Generation generation(String key) {
        Generation any = ScriptedGenerator.generation();
        var identity = Identity.of("account", "model", key, "fingerprint");
        return new Generation(any.request(), null, identity, any.accepted(), any.limits(), null)
                .prepared(new Preparation(credentials, any.deadline(time.nanoTime())));
    }

    private Outcome run(Outcome outcome) {
        var ending = room.generate(generation("run")).toCompletableFuture();
        if (!ending.isDone()) {
            backend.lastCall().complete(outcome);
        }
        return ending.join();
    }

    private void assertNothingIsSent() {
        int before = backend.calls().size();
        assertThat(run(COMPLETED)).isInstanceOfSatisfying(Outcome.NotSent.class, notSent -> {
            assertThat(notSent.reason()).contains("bad key").contains("until the API key changes");
            assertThat(notSent.passing()).isFalse();
        });
        assertThat(backend.calls()).hasSize(before);
        assertThat(room.pausedBecause()).isEqualTo("bad key");
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
            return List.of(COMPLETED, REJECTED);
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
            var trial = room.generate(generation("trial")).toCompletableFuture();
            assertThat(trial).isNotDone();
            assertNothingIsSent();

            backend.lastCall().complete(COMPLETED);
            assertTheWayIsFree();
        }

        @Test
        void theOneThatTriesMayRepeatWhatDidNotStart() {
            time.pass(Duration.ofMinutes(1));
            room.generate(generation("trial"));
            backend.lastCall().complete(ScriptedGenerator.REFUSED_CONNECTION);
            assertNothingIsSent();

            var again = room.generate(generation("trial")).toCompletableFuture();

            assertThat(again).isNotDone();
            backend.lastCall().complete(COMPLETED);
            assertTheWayIsFree();
        }

        @Test
        void aTrialThatIsRefusedCostsAnotherMinute() {
            time.pass(Duration.ofMinutes(1));
            run(ACCOUNT_REJECTED);
            assertNothingIsSent();

            time.pass(Duration.ofMinutes(1));
            assertTheWayIsFree();
        }
    }
}
