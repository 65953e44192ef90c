package io.github.camelhh1.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.download.DownloadResult.Repeat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final DownloadLimits LIMITS =
            new DownloadLimits(1_000_000, 4, Duration.ofSeconds(2), Duration.ofSeconds(10));

    private static List<Long> secondsOf(RetryPolicy patience, int attempts) {
        var seconds = new ArrayList<Long>();
        for (int i = 0; i < attempts; i++) {
            Duration delay = patience.delayAfter(Repeat.UNTIL_THE_LINK_EXPIRES, 0, NOW);
            seconds.add(delay == null ? null : delay.toSeconds());
        }
        return seconds;
    }

    @Test
    void doublesUpToItsLimit() {
        assertThat(secondsOf(new RetryPolicy(LIMITS, NOW.plusSeconds(86_400), () -> 1), 6))
                .containsExactly(2L, 4L, 8L, 10L, 10L, 10L);
    }

    @Test
    void jittersDownToHalfOfIt() {
        assertThat(secondsOf(new RetryPolicy(LIMITS, NOW.plusSeconds(86_400), () -> 0), 4))
                .containsExactly(1L, 2L, 4L, 5L);
    }

    @Test
    void doesNotOverflowAfterManyAttempts() {
        assertThat(secondsOf(new RetryPolicy(LIMITS, NOW.plusSeconds(86_400), () -> 1), 500))
                .endsWith(10L);
    }

    @Test
    void endsAfterAttemptsThatBringNothing() {
        assertThat(secondsOf(new RetryPolicy(LIMITS, null, () -> 1), 4)).containsExactly(2L, 4L, 8L, null);
    }

    @Test
    void countsAnewAfterEachByteMore() {
        var patience = new RetryPolicy(LIMITS, null, () -> 1);
        for (int length = 1; length < 100; length++) {
            assertThat(patience.delayAfter(Repeat.UNTIL_THE_LINK_EXPIRES, length, NOW))
                    .hasSeconds(2);
            assertThat(patience.delayAfter(Repeat.A_FEW_TIMES, length, NOW)).hasSeconds(2);
        }
    }

    @Test
    void doesNotCountBytesTwiceThatWereThrownAway() {
        var patience = new RetryPolicy(LIMITS, null, () -> 1);
        assertThat(patience.delayAfter(Repeat.A_FEW_TIMES, 100, NOW)).isNotNull();
        assertThat(patience.delayAfter(Repeat.A_FEW_TIMES, 0, NOW)).isNotNull();
        assertThat(patience.delayAfter(Repeat.A_FEW_TIMES, 100, NOW)).isNotNull();
        assertThat(patience.delayAfter(Repeat.A_FEW_TIMES, 50, NOW)).isNotNull();
        assertThat(patience.delayAfter(Repeat.A_FEW_TIMES, 100, NOW)).isNull();
    }

    @Test
    void doesNotWaitForAnotherVideoUntilTheLinkExpires() {
        var patience = new RetryPolicy(LIMITS, NOW.plusSeconds(86_400), () -> 1);
        for (int i = 0; i < 3; i++) {
            assertThat(patience.delayAfter(Repeat.A_FEW_TIMES, 0, NOW)).isNotNull();
        }
        assertThat(patience.delayAfter(Repeat.A_FEW_TIMES, 0, NOW)).isNull();
    }

    @Test
    void hasItsLastAttemptRightBeforeTheLinkExpires() {
        var patience = new RetryPolicy(LIMITS, NOW.plusSeconds(6), () -> 1);
        assertThat(patience.delayAfter(Repeat.UNTIL_THE_LINK_EXPIRES, 0, NOW)).hasSeconds(1);
        assertThat(patience.delayAfter(Repeat.UNTIL_THE_LINK_EXPIRES, 0, NOW.plusSeconds(1)))
                .isNull();
    }

    @Test
    void isNotAsLongAsALinkThatNeverExpires() {
        var patience = new RetryPolicy(LIMITS, Instant.parse("9999-01-01T00:00:00Z"), () -> 1);
        assertThat(patience.delayAfter(Repeat.UNTIL_THE_LINK_EXPIRES, 0, NOW)).isNotNull();
        assertThat(patience.delayAfter(Repeat.UNTIL_THE_LINK_EXPIRES, 0, NOW.plus(Duration.ofDays(6))))
                .isNotNull();
        assertThat(patience.delayAfter(Repeat.UNTIL_THE_LINK_EXPIRES, 0, NOW.plus(Duration.ofDays(7))))
                .isNull();
    }

    @Test
    void hasNoneWithALinkThatHasExpired() {
        assertThat(secondsOf(new RetryPolicy(LIMITS, NOW.minusSeconds(1), () -> 1), 1))
                .containsExactly((Long) null);
    }

    @Test
    void isNotAskedWhereNothingIsToBeRepeated() {
        assertThat(new RetryPolicy(LIMITS, null, () -> 1).delayAfter(Repeat.NEVER, 9, NOW))
                .isNull();
        assertThat(new RetryPolicy(new DownloadLimits(1_000_000, 1, Duration.ZERO, Duration.ZERO), null, () -> 1)
                        .delayAfter(Repeat.UNTIL_THE_LINK_EXPIRES, 9, NOW))
                .isNull();
    }
}
