package io.github.camelhh1.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.simulation.VirtualTimers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateTest {
    private final VirtualTimers time = new VirtualTimers();

    private List<CompletableFuture<Boolean>> turns(Rate rate, int count) {
        return IntStream.range(0, count).mapToObj(i -> rate.turn()).toList();
    }

    private static long passed(List<CompletableFuture<Boolean>> turns) {
        return turns.stream().filter(CompletableFuture::isDone).count();
    }

    @Test
    void theFirstHasItsTurnAtOnceAndTheOthersEvenlySpaced() {
        var turns = turns(new Rate(10, time), 21);

        assertThat(passed(turns)).isEqualTo(1);
        time.pass(Duration.ofMillis(109));
        assertThat(passed(turns)).isEqualTo(1);
        time.pass(Duration.ofMillis(1));
        assertThat(passed(turns)).isEqualTo(2);
        time.pass(Duration.ofMillis(990));
        assertThat(passed(turns)).isEqualTo(11);
        time.pass(Duration.ofMillis(1100));
        assertThat(passed(turns)).isEqualTo(21);
    }

    @Test
    void aPauseSavesNoTurnsUp() {
        var rate = new Rate(20, time);
        rate.turn();
        time.pass(Duration.ofMinutes(1));

        var turns = turns(rate, 3);

        assertThat(passed(turns)).isEqualTo(1);
    }

    @Test
    void aTurnThatWasNotUsedIsNoReasonToHurry() {
        var rate = new Rate(20, time);
        rate.turn();
        rate.turn().complete(false);

        var next = rate.turn();

        time.pass(Duration.ofMillis(109));
        assertThat(next).isNotDone();
        time.pass(Duration.ofMillis(1));
        assertThat(next).isCompletedWithValue(true);
    }

    @Test
    void waitingEndsWhenTheComponentStops() {
        var turns = turns(new Rate(1, time), 3);

        time.stop();

        assertThat(turns.get(2)).isCompletedWithValue(false);
    }
}
