package io.github.camelhh1.rooms;

import static io.github.camelhh1.rooms.ScriptedGenerator.BAD_CERTIFICATE;
import static io.github.camelhh1.rooms.ScriptedGenerator.COMPLETED;
import static io.github.camelhh1.rooms.ScriptedGenerator.REFUSED_CONNECTION;
import static io.github.camelhh1.rooms.ScriptedGenerator.THROTTLED;
import static io.github.camelhh1.rooms.ScriptedGenerator.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.generation.Generation.Limits;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.simulation.VirtualTimers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryingWhenSafeTest {
    private final VirtualTimers time = new VirtualTimers();

    private static Limits limits(int attempts) {
        return new Limits(Duration.ofMinutes(15), attempts, Duration.ofSeconds(2), Duration.ofMinutes(5), 1);
    }

    private CompletableFuture<Outcome> run(Generator backend, int attempts, DoubleSupplier random) {
        return new RetryingWhenSafe(backend, backend, time, random)
                .generate(ScriptedGenerator.generation(limits(attempts)))
                .toCompletableFuture();
    }

    private CompletableFuture<Outcome> run(Generator backend, int attempts) {
        return run(backend, attempts, () -> 1);
    }

    private static Outcome throttledFor(Duration delay) {
        return new Outcome.Throttled("busy", delay, Trace.UNANSWERED);
    }

    static List<Outcome> whatStays() {
        return List.of(
                UNKNOWN,
                ScriptedGenerator.REJECTED,
                ScriptedGenerator.ACCOUNT_REJECTED,
                COMPLETED,
                BAD_CERTIFICATE,
                new Outcome.Invalid(List.of("x")),
                new Outcome.Busy("x"),
                new Outcome.Held("x", Trace.NONE));
    }

    @ParameterizedTest
    @MethodSource("whatStays")
    void repeatsNothingElse(Outcome outcome) {
        var backend = ScriptedGenerator.ending(outcome, COMPLETED);

        assertThat(run(backend, 4)).isCompletedWithValue(outcome);
        assertThat(backend.calls()).hasSize(1);
        assertThat(time.asked()).isEmpty();
    }

    @Test
    void repeatsWhatDidNotStart() {
        var backend = ScriptedGenerator.ending(REFUSED_CONNECTION, THROTTLED, COMPLETED);

        var ending = run(backend, 4);
        assertThat(ending).isNotDone();
        time.pass(Duration.ofSeconds(6));

        assertThat(ending.join().trace().attempts()).as("requests that left").isEqualTo(2);
        assertThat(ending.join()).isInstanceOf(Outcome.Completed.class);
    }

    @Test
    void doublesItsDelayUpToTheLongest() {
        Generator backend = generation -> CompletableFuture.completedFuture(REFUSED_CONNECTION);

        var ending = run(backend, 12);
        time.pass(Duration.ofHours(2));

        assertThat(ending.join()).isEqualTo(REFUSED_CONNECTION);
        assertThat(time.asked())
                .extracting(Duration::toSeconds)
                .containsExactly(2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L, 300L, 300L);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.25, 0.999})
    void waitsBetweenHalfTheDelayAndTheWhole(double random) {
        run(ScriptedGenerator.ending(REFUSED_CONNECTION), 2, () -> random);

        assertThat(time.asked().get(0)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(time.asked().get(0)).isEqualTo(Duration.ofMillis(1000 + (long) (random * 1000)));
    }

    @Test
    void waitsExactlyAsLongAsAsked() {
        run(ScriptedGenerator.ending(throttledFor(Duration.ofSeconds(77))), 2, () -> 0);

        assertThat(time.asked()).containsExactly(Duration.ofSeconds(77));
    }

    @Test
    void doesNotSleepThroughALongerDelayThanAllowed() {
        var outcome = throttledFor(Duration.ofSeconds(301));

        assertThat(run(ScriptedGenerator.ending(outcome, COMPLETED), 4)).isCompletedWithValue(outcome);
    }

    @Test
    void endsWithTheLastFailureOnceAttemptsAreUsedUp() {
        var backend = ScriptedGenerator.ending(THROTTLED, THROTTLED, THROTTLED, COMPLETED);

        var ending = run(backend, 3);
        time.pass(Duration.ofMinutes(1));

        assertThat(ending.join()).isEqualTo(THROTTLED.traced(Trace.NONE.attempts(3)));
        assertThat(backend.calls()).hasSize(3);
    }

    @Test
    void isNotSentAgainOnceTheComponentStops() {
        var backend = ScriptedGenerator.ending(THROTTLED, COMPLETED);

        var ending = run(backend, 3);
        time.stop();

        assertThat(ending).isCompletedWithValue(THROTTLED);
        assertThat(backend.calls()).hasSize(1);
    }

    @Test
    void neverOverflowsItsStack() {
        Generator backend = generation -> CompletableFuture.completedFuture(throttledFor(Duration.ZERO));

        var ending = run(backend, 2_000);
        time.pass(Duration.ofSeconds(1));

        assertThat(ending.join().trace().attempts()).isEqualTo(2_000);
    }
}
