package io.github.camelhh1.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z"));

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "7, 7",
        "' 7 ', 7",
        "007, 7",
        "3600, 3600",
        "1000000000000, 31536000",
        "99999999999999999999999999999999, 31536000",
        "'Sun, 22 Nov 2026 12:00:30 GMT', 30",
        "'Sun, 22 Nov 2026 11:00:00 GMT', 0",
        "'Thu, 01 Jan 1970 00:00:00 GMT', 0",
        "'Fri, 31 Dec 9999 23:59:59 GMT', 31536000"
    })
    void readsSecondsAndDates(String value, long seconds) {
        assertThat(Answers.retryAfter(value, CLOCK)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "-1",
                "-1e12",
                "1e12",
                "1.5",
                "soon",
                "NaN",
                "0x10",
                "٣",
                "7 seconds",
                "7,8",
                "2026-11-22T12:00:30Z",
                "Sun, 99 Nov 2026 12:00:30 GMT",
                "\u0000",
                "$(sleep 9)"
            })
    void ignoresWhatItDoesNotUnderstand(String value) {
        assertThat(Answers.retryAfter(value, CLOCK)).isNull();
    }

    @Test
    void ignoresWhatIsLong() {
        assertThat(Answers.retryAfter("9".repeat(100_000), CLOCK)).isNull();
    }
}
