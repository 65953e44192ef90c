package io.github.camelhh1.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.RejectedException;
import io.github.camelhh1.failure.Retry;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Reply;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows 11, 12, 13, 16 and 19: the service says no, and once is enough. */
class RefusalsTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static RejectedException isRefusedOnce(Reply reply, int status) {
        CAMEL.simulator().script(reply);

        var failure = CAMEL.send("maxAttempts=4").failure(RejectedException.class);

        assertThat(failure.retry()).isEqualTo(Retry.NEVER);
        assertThat(failure.httpStatus()).isEqualTo(status);
        assertThat(failure.rayId()).isNotNull();
        assertThat(failure.getCause())
                .isInstanceOfSatisfying(HttpOperationFailedException.class, cause -> assertThat(cause.getStatusCode())
                        .isEqualTo(status));
        assertThat(CAMEL.posts()).isEqualTo(1);
        assertThat(CAMEL.simulator().charges()).isZero();
        return failure;
    }

    @ParameterizedTest(name = "row 13: {0} with code {1}")
    @CsvSource({
        "400, 2001, No such gateway",
        "400, 7003, Invalid input: image cannot be fetched",
        "401, 10000, Authentication error",
        "402, 2021, This model is not available via unified billing",
        "403, 10000, Authentication error",
        "404, 7003, No such model",
        "413, 3006, Request is too large",
        "422, 5004, Invalid data",
        "424, 2016, Blocked by a guardrail",
        "424, 2029, Blocked by DLP"
    })
    void aRefusalKeepsCodeAndMessage(int status, int code, String message) {
        var failure = isRefusedOnce(Reply.error(status, code, message), status);

        assertThat(failure.billing()).isEqualTo(Billing.NOT_BILLED);
        assertThat(failure.code()).isEqualTo(Integer.toString(code));
        assertThat(failure).hasMessageContaining(message).hasMessageContaining("Nothing is billed");
    }

    @ParameterizedTest(name = "row 13: {0} without a word")
    @ValueSource(ints = {400, 401, 402, 403, 404, 413, 422, 424})
    void aRefusalNeedsNoCode(int status) {
        assertThat(isRefusedOnce(Reply.html(status), status).code()).isNull();
    }

    @ParameterizedTest(name = "row 16: {0} with code {1}: {2}")
    @CsvSource({
        "429, 2045, Spend limit reached",
        "429, 3036, You have used up your daily free allocation",
        "402, 2021, Insufficient wholesale credits"
    })
    void aLimitOfTheAccountMakesNoStorm(int status, int code, String message) {
        isRefusedOnce(Reply.errorArray(status, code, message), status);
    }

    @Test
    void row11successFalseUnderStatus200IsARefusalByItsCode() {
        assertThat(isRefusedOnce(Reply.error(200, 10000, "Authentication error"), 200)
                        .code())
                .isEqualTo("10000");
    }

    @Test
    void row12aThrownTextIsReadLikeJson() {
        assertThat(isRefusedOnce(Reply.thrown(400, 5007, "No such model"), 400).code())
                .isEqualTo("5007");
    }

    @Nested
    class WhenTheAnswerPointsElsewhere {
        @ParameterizedTest(name = "row 19: {0}")
        @ValueSource(ints = {301, 302, 303, 307, 308})
        void theKeyStaysHere(int status) {
            try (Hh1Simulator elsewhere = Hh1Simulator.builder()
                    .apiKey(TestContext.KEY)
                    .rendering(false)
                    .start()) {
                String there = elsewhere.baseUrl() + "/accounts/" + elsewhere.account() + "/ai/run";

                isRefusedOnce(Reply.redirect(status, there), status);

                assertThat(elsewhere.requests()).isEmpty();
                assertThat(elsewhere.connections()).isZero();
            }
        }

        @Test
        void row19theSameHostIsElsewhereToo() {
            isRefusedOnce(Reply.redirect(307, CAMEL.simulator().baseUrl() + "/accounts/x/ai/run"), 307);
        }
    }
}
