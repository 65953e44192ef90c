package io.github.camelhh1.rooms;

import static io.github.camelhh1.rooms.ScriptedGenerator.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.simulation.VirtualTimers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WithDeadlineTest {
    private static final Duration TIMEOUT = ScriptedGenerator.LIMITS.generationTimeout();

    private final VirtualTimers time = new VirtualTimers();
    private final ScriptedGenerator backend = new ScriptedGenerator();
    private final CompletableFuture<Outcome> ending = WithDeadline.around(backend, time)
            .generate(ScriptedGenerator.generation())
            .toCompletableFuture();

    @Nested
    class WhenTheCallEndsInTime {
        @Test
        void itsOutcomeCountsAndNoTimerIsLeft() {
            time.pass(TIMEOUT.minusNanos(1));
            backend.lastCall().complete(COMPLETED);

            assertThat(ending).isCompletedWithValue(COMPLETED);
            assertThat(time.pending()).isZero();
        }
    }

    @Nested
    class WhenTheCallDoesNotEnd {
        @Test
        void itIsAbandonedAndUnknown() {
            time.pass(TIMEOUT);

            assertThat(ending.join()).isInstanceOf(Outcome.Unknown.class);
            assertThat(((Outcome.Unknown) ending.join()).reason()).contains("generationTimeout");
            assertThat(ending.join().trace().attempts()).isEqualTo(1);
            assertThat(backend.lastCall()).isCancelled();
        }

        @Test
        void anAnswerThatComesLaterChangesNothing() {
            time.pass(TIMEOUT);
            backend.lastCall().complete(COMPLETED);

            assertThat(ending.join()).isInstanceOf(Outcome.Unknown.class);
        }
    }

    @Nested
    class WhenTheCallHasSomethingLeftToDo {
        private final CompletableFuture<Outcome> call = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                return false;
            }
        };
        private final CompletableFuture<Outcome> ending = WithDeadline.around(generation -> call, time)
                .generate(ScriptedGenerator.generation())
                .toCompletableFuture();

        @Test
        void itsOutcomeCountsAndNoTimerIsLeft() {
            time.pass(TIMEOUT.plusSeconds(29));
            assertThat(ending).isNotDone();
            call.complete(COMPLETED);

            assertThat(ending).isCompletedWithValue(COMPLETED);
            WithDeadlineTest.this.backend.lastCall().complete(COMPLETED);
            assertThat(time.pending()).isZero();
        }

        @Test
        void itIsAbandonedAllTheSame() {
            time.pass(TIMEOUT.plusSeconds(30));

            assertThat(ending.join()).isInstanceOf(Outcome.Unknown.class);
        }

        @Test
        void itEndsByItselfWhenTheComponentStopsMeanwhile() {
            time.pass(TIMEOUT);
            time.stop();
            assertThat(ending).isNotDone();
            call.complete(COMPLETED);

            assertThat(ending).isCompletedWithValue(COMPLETED);
        }
    }

    @Nested
    class WhenTheComponentStops {
        @Test
        void theCallGoesOnUntilItsConnectionIsClosed() {
            time.stop();
            assertThat(ending).isNotDone();

            backend.lastCall().complete(COMPLETED);
            assertThat(ending).isCompletedWithValue(COMPLETED);
        }
    }

    @Nested
    class WhenTheCallIsCancelled {
        @Test
        void itIsUnknownAndNeverBetter() {
            backend.lastCall().cancel(true);

            assertThat(ending.join()).isInstanceOf(Outcome.Unknown.class);
        }
    }
}
