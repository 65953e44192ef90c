package io.github.camelhh1.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.cloudflare.FailureTable.Meaning;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of what is known about the service's failures. */
class FailureTableTest {

    @ParameterizedTest(name = "{1} with code {0} \"{2}\" is {3}")
    @CsvSource({
        "10000, 401, Authentication error, ACCOUNT_REJECTED",
        "10000, 403, Authentication error, ACCOUNT_REJECTED",
        "2001, 400, Gateway does not exist, REJECTED",
        "2009, 401, Unauthorized, ACCOUNT_REJECTED",
        "2016, 424, Guardrail, REJECTED",
        "2017, 424, Guardrail, FAILED",
        "2029, 424, DLP, REJECTED",
        "2030, 424, DLP, FAILED",
        "7003, 404, No such model, REJECTED",
        "7003, 400, Invalid input, REJECTED",
        "7003, 400, Invalid input: rate limit is no field, REJECTED",
        "7003, 200, Too many requests, THROTTLED",
        "7003, 200, You are being throttled, THROTTLED",
        "7003, 200, Something else, UNKNOWN",
        "2003, 429, Rate limited, THROTTLED",
        "2018, 429, Throttled, THROTTLED",
        "2018, 429, Invalid User Credentials, THROTTLED",
        "2021, 402, Wholesale rate limit exceeded, THROTTLED",
        "2021, 402, Insufficient wholesale credits, ACCOUNT_REJECTED",
        "2021, 402, This model is not available via unified billing, REJECTED",
        "2021, 402, Something new, REJECTED",
        "2045, 429, Spend limit reached, ACCOUNT_REJECTED",
        "3036, 429, Daily allocation used up, ACCOUNT_REJECTED",
        "3040, 429, Out of capacity, THROTTLED",
        "3007, 408, Timeout, UNKNOWN",
        "3008, 408, Aborted, UNKNOWN",
        "3007, 500, Timeout, UNKNOWN",
        "5007, 400, No such model, REJECTED",
        "3042, 404, Incomplete, REJECTED",
        "3003, 400, Incomplete, REJECTED",
        "3006, 413, Too large, REJECTED",
        "5004, 400, Bad data, REJECTED"
    })
    void codesAreTold(String code, int status, String message, Meaning meaning) {
        assertThat(FailureTable.meaning(status, code, message)).isEqualTo(meaning);
    }

    @ParameterizedTest(name = "{1} with code {0} is {2}")
    @CsvSource({
        "10000, 500, ACCOUNT_REJECTED",
        "2003, 503, THROTTLED",
        "3040, 502, THROTTLED",
        "7003, 500, REJECTED",
        "10000, 200, ACCOUNT_REJECTED",
        "2016, 200, REJECTED",
        "2016, 500, REJECTED",
        "2017, 200, FAILED",
        "2017, 400, FAILED",
        "2030, 200, FAILED",
        "2030, 502, FAILED",
        "2003, 200, THROTTLED"
    })
    void aCodeIsBelievedMoreThanTheStatus(String code, int status, Meaning meaning) {
        assertThat(FailureTable.meaning(status, code, "")).isEqualTo(meaning);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {200, 201, 202, 299, 408, 409, 425, 499, 500, 502, 503, 504, 520, 524, 529, 599, 600, 999, 0, 150})
    void everyDoubtIsUnknown(int status) {
        assertThat(FailureTable.meaning(status, null, "")).isEqualTo(Meaning.UNKNOWN);
        assertThat(FailureTable.meaning(status, "4711", "what nobody has heard of"))
                .isEqualTo(Meaning.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 307, 308, 400, 402, 404, 405, 410, 413, 415, 418, 422, 424, 431, 451})
    void otherRefusalsAreRefusals(int status) {
        assertThat(FailureTable.meaning(status, null, "")).isEqualTo(Meaning.REJECTED);
        assertThat(FailureTable.meaning(status, "4711", "what nobody has heard of"))
                .isEqualTo(Meaning.REJECTED);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void refusedCredentialsAreTheAccounts(int status) {
        assertThat(FailureTable.meaning(status, null, "")).isEqualTo(Meaning.ACCOUNT_REJECTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4711", "", "rate_limited"})
    void a429WithoutAKnownCodeIsAThrottle(String code) {
        assertThat(FailureTable.meaning(429, code, "anything")).isEqualTo(Meaning.THROTTLED);
    }
}
