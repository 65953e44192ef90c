package io.github.camelhh1.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.Retry;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows 7, 8, 10, 11 and 17: the request left, and no answer shows its outcome. */
class AnswerFaultsTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static SentMessage send(Reply reply) {
        // A second POST would complete, and be charged.
        CAMEL.simulator().script(reply);
        return CAMEL.send("maxAttempts=4");
    }

    private static OutcomeUnknownException endsUnknownAfterOnePost(Reply reply, int charges) {
        return isUnknownAfterOnePost(send(reply), charges);
    }

    private static OutcomeUnknownException isUnknownAfterOnePost(SentMessage sent, int charges) {
        var failure = sent.failure(OutcomeUnknownException.class);
        assertThat(failure.retry()).isEqualTo(Retry.NEVER);
        assertThat(failure.billing()).isEqualTo(Billing.UNKNOWN);
        assertThat(failure.held()).isFalse();
        assertThat(failure).hasNoCause().hasMessageContaining("unknown").hasMessageContaining(failure.runId());
        assertThat(failure.runId()).isNotEmpty();
        assertThat(CAMEL.posts()).isEqualTo(1);
        assertThat(CAMEL.simulator().charges()).isEqualTo(charges);
        return failure;
    }

    private static void closesTheSocket() {
        await("the socket is closed").until(() -> CAMEL.simulator().connections() == 0);
    }

    static Stream<Named<Reply>> noAnswer() {
        return Stream.of(
                Named.of("row 7: reset", Fault.resetAfterRequest()),
                Named.of("row 7: close", Fault.closeAfterRequest()),
                Named.of("row 8: 2 MB header", Fault.hugeHeader()),
                Named.of("row 8: endless headers", Fault.endlessHeaders()),
                Named.of("row 10: cut by closing", Reply.completed().cutAfter(20)));
    }

    @ParameterizedTest
    @MethodSource("noAnswer")
    void aConnectionThatEndsIsUnknown(Reply reply) {
        endsUnknownAfterOnePost(reply, 1);
        closesTheSocket();
    }

    static Stream<Named<Reply>> noEnd() {
        return Stream.of(
                Named.of("row 7: silence", Fault.silence()),
                Named.of("row 8: headers, then nothing", Fault.stallAfterHeaders()),
                Named.of("row 8: half a body, then nothing", Reply.completed().stallingAfter(30)),
                Named.of("row 8: a drip", Reply.completed().dripping(1, Duration.ofSeconds(1))));
    }

    @ParameterizedTest
    @MethodSource("noEnd")
    void anAnswerThatDoesNotEndIsUnknownAtGenerationTimeout(Reply reply) {
        SentMessage sent = send(reply);
        await().until(() -> CAMEL.simulator().charges() == 1);
        CAMEL.letGenerationsTimeOut();

        assertThat(isUnknownAfterOnePost(sent, 1)).hasMessageContaining("generationTimeout");
        closesTheSocket();
    }

    static Stream<Named<Reply>> unreadable() {
        return Stream.of(
                Named.of("cut JSON", Reply.json(200, "{\"state\":\"Completed\",\"result\":{\"video\":\"http")),
                Named.of("two JSON texts", Reply.json(200, "{\"state\":\"Completed\"} {\"state\":\"Completed\"}")),
                Named.of("HTML", Reply.html(200)),
                Named.of("nothing", Reply.empty(200)),
                Named.of("a body in another format", Reply.bytes(200, "image/png", new byte[] {(byte) 0x89, 'P', 'N'})),
                Named.of("bytes that are no UTF-8", Reply.bytes(200, "application/json", new byte[] {-1, -2, -3})),
                Named.of("no video", Reply.json(200, "{\"state\":\"Completed\",\"result\":{}}")),
                Named.of(
                        "a video that is no link",
                        Reply.json(200, "{\"state\":\"Completed\",\"result\":{\"video\":7}}")),
                Named.of(
                        "a video of another scheme",
                        Reply.json(200, "{\"state\":\"Completed\",\"result\":{\"video\":\"file:///etc/passwd\"}}")),
                Named.of("an unknown state", Reply.state("Running")),
                Named.of("a JSON array", Reply.json(200, "[]")),
                Named.of("a JSON null", Reply.json(200, "null")),
                Named.of(
                        "another success",
                        Reply.bytes(202, "application/json", "{}".getBytes(StandardCharsets.UTF_8))
                                .billed(true)));
    }

    @ParameterizedTest(name = "row 10: {0}")
    @MethodSource("unreadable")
    void aSuccessThatNamesNoVideoIsUnknown(Reply reply) {
        assertThat(endsUnknownAfterOnePost(reply, 1).httpStatus()).isIn(200, 202);
    }

    @ParameterizedTest(name = "row 17: {0}")
    @ValueSource(ints = {408, 500, 502, 503, 504, 520, 524})
    void aStatusThatSaysNothingIsUnknown(int status) {
        assertThat(endsUnknownAfterOnePost(Reply.html(status), 1).httpStatus()).isEqualTo(status);
    }

    @ParameterizedTest(name = "row 17: {0}")
    @ValueSource(ints = {409, 425, 499, 599})
    void aStatusThatIsInDoubtIsUnknown(int status) {
        endsUnknownAfterOnePost(Reply.empty(status).billed(true), 1);
    }

    @Test
    void row11successFalseWithACodeNobodyKnowsIsUnknown() {
        var failure = endsUnknownAfterOnePost(Reply.error(200, 9999, "Strange"), 0);

        assertThat(failure.code()).isEqualTo("9999");
        assertThat(failure.httpStatus()).isEqualTo(200);
    }

    @Test
    void row17aRetryAfterOfAServerInTroubleChangesNothing() {
        endsUnknownAfterOnePost(Reply.html(503).header("Retry-After", "0"), 1);
    }
}
