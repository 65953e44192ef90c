package io.github.camelhh1.faults;

import static io.github.camelhh1.Hh1Constants.ATTEMPTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.bench.Bench;
import io.github.camelhh1.bench.Sent;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.Retry;
import io.github.camelhh1.failure.ThrottledException;
import io.github.camelhh1.simulator.Reply;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 15: the service says "not now". */
class ThrottlingTest {
    @RegisterExtension
    static final Bench BENCH = new Bench();

    @Test
    void isWaitedOutAsToldAndPaidOnce() {
        BENCH.simulator().script(Reply.throttled("1"));

        Sent sent = BENCH.send("");

        assertThat(sent.video()).isNotEmpty();
        assertThat(BENCH.delays())
                .filteredOn(delay ->
                        delay.compareTo(Duration.ofSeconds(1)) >= 0 && delay.compareTo(Duration.ofSeconds(2)) <= 0)
                .hasSize(1);
        assertThat(sent.end().getMessage().getHeader(ATTEMPTS)).isEqualTo(2);
        assertThat(BENCH.simulator().charges()).isEqualTo(1);
        assertThat(BENCH.posts()).isEqualTo(2);
    }

    @ParameterizedTest(name = "Retry-After: {0}")
    @ValueSource(
            strings = {"0", "-5", "-1e12", "soon", "1e12", "1.5", "0x10", "", "Thu, 01 Jan 1970 00:00:00 GMT", "٣", ","
            })
    void isRepeatedSoonWhenTheServiceDoesNotSayWhen(String retryAfter) {
        BENCH.simulator().script(Reply.throttled(retryAfter), Reply.throttled());

        assertThat(BENCH.send("").video()).isNotEmpty();
        assertThat(BENCH.simulator().charges()).isEqualTo(1);
        assertThat(BENCH.posts()).isEqualTo(3);
    }

    @ParameterizedTest(name = "Retry-After: {0}")
    @CsvSource({"3600, 3600", "1000000000000, 31536000", "99999999999999999999999999, 31536000"})
    void failsAtOnceWithADelayThatIsTooLong(String retryAfter, long seconds) {
        BENCH.simulator().script(Reply.throttled(retryAfter));

        var failure = BENCH.send("maxRetryDelay=2000").failure(ThrottledException.class);

        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(failure).hasMessageContaining("1 attempt was made");
        isFree(failure);
        assertThat(BENCH.posts()).isEqualTo(1);
    }

    @Test
    void understandsADate() {
        var then = ZonedDateTime.now(ZoneOffset.UTC).plusHours(1);
        BENCH.simulator().script(Reply.throttled(DateTimeFormatter.RFC_1123_DATE_TIME.format(then)));

        var failure = BENCH.send("").failure(ThrottledException.class);

        assertThat(failure.retryAfter()).isBetween(Duration.ofMinutes(50), Duration.ofMinutes(60));
        isFree(failure);
    }

    @Test
    void failsOnceAttemptsAreUsedUp() {
        BENCH.simulator().when(request -> true).reply(Reply.throttled());

        var failure = BENCH.send("maxAttempts=3").failure(ThrottledException.class);

        assertThat(failure.retryAfter()).isNull();
        isFree(failure);
        assertThat(failure).hasMessageContaining("3 attempts");
        assertThat(BENCH.posts()).isEqualTo(3);
    }

    @ParameterizedTest(name = "row 11: {0} with code {1}: {2}")
    @CsvSource({
        "200, 7003, Too many requests: please try again later",
        "402, 2021, Wholesale rate limit exceeded",
        "429, 2018, Invalid User Credentials",
        "429, 3040, Out of capacity",
        "429, 4711, Nobody knows this code"
    })
    void hasManyFaces(int status, int code, String message) {
        BENCH.simulator().script(Reply.errorArray(status, code, message));

        assertThat(BENCH.send("").video()).isNotEmpty();
        assertThat(BENCH.simulator().charges()).isEqualTo(1);
        assertThat(BENCH.posts()).isEqualTo(2);
    }

    private static void isFree(ThrottledException failure) {
        assertThat(failure.retry()).isEqualTo(Retry.AFTER);
        assertThat(failure.billing()).isEqualTo(Billing.NOT_BILLED);
        assertThat(failure.getCause())
                .isInstanceOfSatisfying(HttpOperationFailedException.class, cause -> assertThat(cause.getStatusCode())
                        .isEqualTo(429));
        assertThat(BENCH.simulator().charges()).isZero();
    }
}
