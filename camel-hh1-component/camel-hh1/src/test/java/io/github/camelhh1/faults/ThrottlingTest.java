package io.github.camelhh1.faults;

import static io.github.camelhh1.Hh1Constants.ATTEMPTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.Retry;
import io.github.camelhh1.failure.ThrottledException;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
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
    static final TestContext CAMEL = new TestContext();

    @Test
    void isWaitedOutAsToldAndPaidOnce() {
        CAMEL.simulator().script(Reply.throttled("1"));

        SentMessage sent = CAMEL.send("");

        assertThat(sent.video()).isNotEmpty();
        assertThat(CAMEL.delays())
                .filteredOn(delay ->
                        delay.compareTo(Duration.ofSeconds(1)) >= 0 && delay.compareTo(Duration.ofSeconds(2)) <= 0)
                .hasSize(1);
        assertThat(sent.end().getMessage().getHeader(ATTEMPTS)).isEqualTo(2);
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
        assertThat(CAMEL.posts()).isEqualTo(2);
    }

    @ParameterizedTest(name = "Retry-After: {0}")
    @ValueSource(
            strings = {"0", "-5", "-1e12", "soon", "1e12", "1.5", "0x10", "", "Thu, 01 Jan 1970 00:00:00 GMT", "٣", ","
            })
    void isRepeatedSoonWhenTheServiceDoesNotSayWhen(String retryAfter) {
        CAMEL.simulator().script(Reply.throttled(retryAfter), Reply.throttled());

        assertThat(CAMEL.send("").video()).isNotEmpty();
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
        assertThat(CAMEL.posts()).isEqualTo(3);
    }

    @ParameterizedTest(name = "Retry-After: {0}")
    @CsvSource({"3600, 3600", "1000000000000, 31536000", "99999999999999999999999999, 31536000"})
    void failsAtOnceWithADelayThatIsTooLong(String retryAfter, long seconds) {
        CAMEL.simulator().script(Reply.throttled(retryAfter));

        var failure = CAMEL.send("maxRetryDelay=2000").failure(ThrottledException.class);

        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(failure).hasMessageContaining("1 attempt was made");
        isFree(failure);
        assertThat(CAMEL.posts()).isEqualTo(1);
    }

    @Test
    void understandsADate() {
        var then = ZonedDateTime.now(ZoneOffset.UTC).plusHours(1);
        CAMEL.simulator().script(Reply.throttled(DateTimeFormatter.RFC_1123_DATE_TIME.format(then)));

        var failure = CAMEL.send("").failure(ThrottledException.class);

        assertThat(failure.retryAfter()).isBetween(Duration.ofMinutes(50), Duration.ofMinutes(60));
        isFree(failure);
    }

    @Test
    void failsOnceAttemptsAreUsedUp() {
        CAMEL.simulator().when(request -> true).reply(Reply.throttled());

        var failure = CAMEL.send("maxAttempts=3").failure(ThrottledException.class);

        assertThat(failure.retryAfter()).isNull();
        isFree(failure);
        assertThat(failure).hasMessageContaining("3 attempts");
        assertThat(CAMEL.posts()).isEqualTo(3);
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
        CAMEL.simulator().script(Reply.errorArray(status, code, message));

        assertThat(CAMEL.send("").video()).isNotEmpty();
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
        assertThat(CAMEL.posts()).isEqualTo(2);
    }

    private static void isFree(ThrottledException failure) {
        assertThat(failure.retry()).isEqualTo(Retry.AFTER);
        assertThat(failure.billing()).isEqualTo(Billing.NOT_BILLED);
        assertThat(failure.getCause())
                .isInstanceOfSatisfying(HttpOperationFailedException.class, cause -> assertThat(cause.getStatusCode())
                        .isEqualTo(429));
        assertThat(CAMEL.simulator().charges()).isZero();
    }
}
