package io.github.camelhh1.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.fixture.StillTimers;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** More messages than a log should tell of one by one. */
class LogFloodTest {
    private static final int BURST = 1000;

    private final StillTimers still = new StillTimers(Duration.ofDays(3));

    private final LogLines lines = new LogLines(new Figures(), () -> 0, still, Runnable::run);

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
            still.now += Duration.ofSeconds(1).toNanos();
            assertThat(admitted(500)).isEqualTo(20);
        }
    }

    @Test
    void afterAMinuteOfQuietAThousandHaveTheirLinesAgain() {
        admitted(2 * BURST);
        still.now += Duration.ofMinutes(1).toNanos();

        assertThat(admitted(2 * BURST)).isEqualTo(BURST);
    }

    @Test
    void theClockMayPassItsEnd() {
        still.now = Long.MAX_VALUE - 5;
        LogLines late = new LogLines(new Figures(), () -> 0, still, Runnable::run);
        assertThat(late.admits()).isTrue();
        still.now += Duration.ofMinutes(1).toNanos();

        assertThat(IntStream.range(0, 2 * BURST).filter(i -> late.admits()).count())
                .isEqualTo(BURST);
    }
}
