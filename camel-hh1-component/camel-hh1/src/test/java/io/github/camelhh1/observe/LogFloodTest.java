package io.github.camelhh1.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.async.Timers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** More messages than a log should tell of one by one. */
class LogFloodTest {
    private static final int BURST = 1000;

    private long now = Duration.ofDays(3).toNanos();

    private final LogLines lines = new LogLines(
            new Figures(),
            () -> 0,
            new Timers() {
                @Override
                public CompletableFuture<Boolean> after(Duration delay) {
                    return new CompletableFuture<>();
                }

                @Override
                public long nanoTime() {
                    return now;
                }
            },
            Runnable::run);

    private long admitted(int messages) {
        return IntStream.range(0, messages).filter(i -> lines.admits()).count();
    }

    @Test
    void aThousandAtOnceHaveTheirLines() {
        assertThat(admitted(5000)).isEqualTo(BURST);
    }

    @Test
    void afterThemTwentyASecondHave() {
        admitted(BURST);

        for (int second = 0; second < 10; second++) {
            now += Duration.ofSeconds(1).toNanos();
            assertThat(admitted(500)).isEqualTo(20);
        }
    }

    @Test
    void afterAMinuteOfQuietAThousandHaveTheirLinesAgain() {
        admitted(2 * BURST);
        now += Duration.ofMinutes(1).toNanos();

        assertThat(admitted(2 * BURST)).isEqualTo(BURST);
    }

    @Test
    void theClockMayPassItsEnd() {
        now = Long.MAX_VALUE - 5;
        LogLines late = new LogLines(
                new Figures(),
                () -> 0,
                new Timers() {
                    @Override
                    public CompletableFuture<Boolean> after(Duration delay) {
                        return new CompletableFuture<>();
                    }

                    @Override
                    public long nanoTime() {
                        return now;
                    }
                },
                Runnable::run);
        assertThat(late.admits()).isTrue();
        now += Duration.ofMinutes(1).toNanos();

        assertThat(IntStream.range(0, 2 * BURST).filter(i -> late.admits()).count())
                .isEqualTo(BURST);
    }
}
