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
import io.github.camelhh1.ledger.CallIds;
import io.github.camelhh1.lookup.LookedUp;
import io.github.camelhh1.lookup.Lookup;
import io.github.camelhh1.simulation.VirtualTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LookedUpTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Outcome CUT = new Outcome.Unknown(
            "cut", null, new Trace(1, new CallIds(200, null, "log-of-call", "ray"), "MISS", null, null));
    private static final Outcome FOUND = Outcome.Completed.of(
            "https://v.example/found.mp4",
            "Completed",
            "Unified",
            Trace.of(new CallIds(200, null, "log-of-row", null)).attempts(1));

    private final VirtualTimers time = new VirtualTimers();
    private final ScriptedGenerator backend = new ScriptedGenerator();
    private final Logs logs = new Logs();
    private final List<Outcome> noted = new ArrayList<>();
    private CompletionStage<Boolean> note = done(true);
    private final Generation generation = ScriptedGenerator.generation()
            .sending(new Generation.Sending(null, id -> done(true), null, "uuid", unknown -> {
                noted.add(unknown);
                return note;
            }));
    private final CompletableFuture<Outcome> ending =
            LookedUp.around(backend, logs, LIMIT, time).generate(generation).toCompletableFuture();

    private static <T> CompletionStage<T> done(T value) {
        return CompletableFuture.completedStage(value);
    }

    /** Says what the test wants, and when it was asked. */
    private final class Logs implements Lookup {
        final List<Long> asked = new ArrayList<>();
        final List<SentCall> calls = new ArrayList<>();
        Supplier<CompletionStage<Finding>> answer = () -> done(Finding.NOTHING);
        boolean over;

        @Override
        public Duration pause() {
            return Duration.ZERO;
        }

        @Override
        public CompletionStage<Finding> look(SentCall call) {
            asked.add(Duration.ofNanos(time.nanoTime() - 1).toSeconds());
            calls.add(call);
            return answer.get();
        }

        @Override
        public boolean isOver() {
            return over;
        }

        void say(Outcome outcome, boolean believable, String... rows) {
            answer = () -> done(new Finding(outcome, believable, Set.of(rows)));
        }
    }

    @Nested
    class WhenTheOutcomeIsKnown {
        static List<Outcome> known() {
            return List.of(
                    COMPLETED,
                    FAILED,
                    REJECTED,
                    THROTTLED,
                    REFUSED_CONNECTION,
                    new Outcome.Unknown("odd link", null, Trace.UNANSWERED, "ftp://v.example/1"));
        }

        @ParameterizedTest
        @MethodSource("known")
        void nothingIsLookedUp(Outcome known) {
            backend.lastCall().complete(known);

            assertThat(ending).isCompletedWithValue(known);
            assertThat(noted).isEmpty();
            assertThat(time.asked()).isEmpty();
        }
    }

    @Nested
    class WhenTheOutcomeIsUnknown {
        @Test
        void itIsLookedUpAtGrowingIntervalsUntilTheLimit() {
            backend.lastCall().complete(UNKNOWN);
            assertThat(ending).isNotDone();

            time.pass(Duration.ofSeconds(119));
            assertThat(logs.asked).containsExactly(2L, 5L, 10L, 25L, 60L, 115L);
            assertThat(ending).isNotDone();
            time.pass(Duration.ofSeconds(1));

            assertThat(ending).isCompletedWithValue(UNKNOWN);
            assertThat(time.pending()).isZero();
        }

        @Test
        void whatIsKnownIsWrittenBeforeTheFirstLook() {
            var written = new CompletableFuture<Boolean>();
            note = written;
            backend.lastCall().complete(CUT);
            assertThat(noted).containsExactly(CUT);
            time.pass(Duration.ofSeconds(30));
            assertThat(logs.asked).isEmpty();

            written.complete(true);
            time.pass(Duration.ofSeconds(1));
            assertThat(logs.asked).containsExactly(30L);
        }

        @Test
        void aLedgerThatDoesNotAnswerHoldsNoMessageForLongerThanTheLimit() {
            note = new CompletableFuture<>();
            backend.lastCall().complete(CUT);
            time.pass(LIMIT);

            assertThat(ending).isCompletedWithValue(CUT);
        }

        @Test
        void theLookNamesTheCall() {
            time.pass(Duration.ofSeconds(30));
            backend.lastCall().complete(CUT);
            time.pass(Duration.ofSeconds(2));

            assertThat(logs.calls).containsExactly(new Lookup.SentCall("uuid", "log-of-call", Duration.ofSeconds(32)));
        }

        @Test
        void aVideoThatIsFoundIsBelievedAtOnce() {
            backend.lastCall().complete(CUT);
            time.pass(Duration.ofSeconds(4));
            logs.say(FOUND, true, "row");
            time.pass(Duration.ofSeconds(1));

            var completed = (Outcome.Completed) ending.join();
            assertThat(completed.completion().recovered()).isTrue();
            assertThat(completed.completion().videoUrl()).isEqualTo("https://v.example/found.mp4");
            assertThat(completed.completion().logId()).isEqualTo("log-of-row");
            assertThat(completed.completion().rayId()).isEqualTo("ray");
            assertThat(completed.trace().attempts()).isEqualTo(1);
            assertThat(time.pending()).isZero();
        }

        @Test
        void aRefusalIsBelievedOnASecondLookAMinuteLater() {
            logs.say(REJECTED, true, "row");
            backend.lastCall().complete(UNKNOWN);

            time.pass(Duration.ofSeconds(61));
            assertThat(ending).isNotDone();
            time.pass(Duration.ofSeconds(1));

            assertThat(ending.join()).isInstanceOf(Outcome.Rejected.class);
            assertThat(logs.asked).containsExactly(2L, 5L, 10L, 25L, 60L, 62L);
        }

        @Test
        void aRefusalFollowedByASuccessIsTheSuccess() {
            logs.say(REJECTED, true, "row");
            backend.lastCall().complete(UNKNOWN);
            time.pass(Duration.ofSeconds(60));
            logs.say(FOUND, true, "row", "row-2");
            time.pass(Duration.ofSeconds(2));

            assertThat(ending.join()).isInstanceOf(Outcome.Completed.class);
        }

        @Test
        void aRefusalWithAnotherRowBesideItWaitsAnew() {
            logs.say(REJECTED, true, "row");
            backend.lastCall().complete(UNKNOWN);
            time.pass(Duration.ofSeconds(59));
            logs.say(REJECTED, true, "row", "row-2");
            time.pass(Duration.ofSeconds(60));
            assertThat(ending).isNotDone();
            time.pass(Duration.ofSeconds(1));

            assertThat(ending.join()).isInstanceOf(Outcome.Unknown.class);
        }

        @Test
        void aLookThatFailsInBetweenChangesNothing() {
            logs.say(REJECTED, true, "row");
            backend.lastCall().complete(UNKNOWN);
            time.pass(Duration.ofSeconds(10));
            logs.answer = () -> done(Lookup.Finding.NOTHING);
            time.pass(Duration.ofSeconds(50));
            logs.say(REJECTED, true, "row");
            time.pass(Duration.ofSeconds(2));

            assertThat(ending.join()).isInstanceOf(Outcome.Rejected.class);
        }

        @Test
        void aSuccessWithoutALinkIsToldAsUnknownWithItsLogId() {
            var lost = new Outcome.Unknown("it ran", null, Trace.of(new CallIds(200, null, "log-of-row", null)));
            logs.say(lost, true, "row");
            backend.lastCall().complete(UNKNOWN);
            time.pass(Duration.ofSeconds(62));

            var unknown = (Outcome.Unknown) ending.join();
            assertThat(unknown.reason()).isEqualTo("silence; it ran");
            assertThat(unknown.trace().ids().logId()).isEqualTo("log-of-row");
        }

        @Test
        void aFailureOfAnotherKindStaysUnknownAndIsTold() {
            logs.say(new Outcome.Unknown("HTTP status 504", null, Trace.UNANSWERED), false, "row");
            backend.lastCall().complete(CUT);
            time.pass(LIMIT);

            var unknown = (Outcome.Unknown) ending.join();
            assertThat(unknown.reason()).isEqualTo("cut; HTTP status 504");
            assertThat(unknown.trace().attempts()).isEqualTo(1);
        }
    }

    @Nested
    class WhenLookingIsUseless {
        @Test
        void nobodyWaits() {
            logs.over = true;
            backend.lastCall().complete(UNKNOWN);

            assertThat(ending).isCompletedWithValue(UNKNOWN);
        }

        @Test
        void theWaitEndsAtOnce() {
            backend.lastCall().complete(UNKNOWN);
            logs.answer = () -> {
                logs.over = true;
                return done(Lookup.Finding.NOTHING);
            };
            time.pass(Duration.ofSeconds(2));

            assertThat(ending).isCompletedWithValue(UNKNOWN);
            assertThat(time.pending()).isZero();
        }
    }

    @Nested
    class WhenTheComponentStops {
        @Test
        void theWaitEndsAndTheOutcomeStaysUnknown() {
            backend.lastCall().complete(UNKNOWN);
            time.stop();

            assertThat(ending).isCompletedWithValue(UNKNOWN);
        }

        @Test
        void aMessageThatIsRecalledWaitsNoLonger() {
            backend.lastCall().complete(UNKNOWN);
            generation.accepted().recalled().complete(null);

            assertThat(ending).isCompletedWithValue(UNKNOWN);
            assertThat(time.pending()).isZero();
            assertThat(logs.asked).isEmpty();
        }
    }

    @Nested
    class WhenALookDoesNotEnd {
        @Test
        void theLimitHolds() {
            logs.answer = CompletableFuture::new;
            backend.lastCall().complete(UNKNOWN);
            time.pass(LIMIT);

            assertThat(ending).isCompletedWithValue(UNKNOWN);
        }

        @Test
        void anAnswerThatComesLaterChangesNothing() {
            var look = new CompletableFuture<Lookup.Finding>();
            logs.answer = () -> look;
            backend.lastCall().complete(UNKNOWN);
            time.pass(LIMIT);
            look.complete(new Lookup.Finding(FOUND, true, Set.of("row")));

            assertThat(ending).isCompletedWithValue(UNKNOWN);
            assertThat(time.pending()).isZero();
        }

        @Test
        void aLookThatThrowsIsADefectAndNoMore() {
            logs.answer = () -> {
                throw new IllegalStateException("a defect");
            };
            backend.lastCall().complete(UNKNOWN);
            time.pass(LIMIT);

            assertThat(ending).isCompletedWithValue(UNKNOWN);
        }
    }

    @Nested
    class WhenTheTimeoutIsZero {
        @Test
        void theRoomIsNotBuilt() {
            assertThat(LookedUp.around(backend, logs, Duration.ZERO, time)).isSameAs(backend);
        }
    }
}
