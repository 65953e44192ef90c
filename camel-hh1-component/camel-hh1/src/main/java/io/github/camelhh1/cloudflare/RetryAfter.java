package io.github.camelhh1.cloudflare;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After} (RFC 9110, 10.2.3): seconds, or an HTTP date. */
final class RetryAfter {
    /** Longer is as good as never; keeps arithmetic on it from overflowing. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private RetryAfter() {}

    /** Null when there is none, or none that can be understood. Never negative. */
    static @Nullable Duration read(@Nullable String value, InstantSource clock) {
        if (value == null || value.length() > 64) {
            return null;
        }
        String text = value.strip();
        if (text.matches("\\d+")) {
            return text.length() > 9 ? LONGEST : clamp(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return clamp(Duration.between(clock.instant(), date));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Duration clamp(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
    }
}
