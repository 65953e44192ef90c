package io.github.camelhh1.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.fixture.CountingProxy;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.ReceivedRequest;
import io.github.camelhh1.simulator.Reply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows 18 and 20: the headers of every call, and its connections. */
class ConnectionReuseTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    @Test
    void row20aConnectionClosedJustBeforeThePostNeverMeansTwoPosts() throws Exception {
        for (int round = 0; round < 20; round++) {
            // The client may not have seen yet that the round before reset its connection.
            await().until(() -> CAMEL.send("").end().getException() == null);
            // The call that was reset in the round before may be charged only now.
            await().atMost(TestContext.LIMIT).until(() -> CAMEL.simulator().inFlight() == 0);
            int posts = CAMEL.posts();
            int charges = CAMEL.simulator().charges();

            SentMessage sent = racingAReset();

            if (sent.end().getException() == null) {
                assertThat(CAMEL.simulator().charges()).isEqualTo(charges + 1);
                assertThat(sent.end().getMessage().getHeader(Hh1Constants.ATTEMPTS))
                        .isEqualTo(1);
            } else {
                sent.failure(OutcomeUnknownException.class);
                assertThat(CAMEL.simulator().charges()).isLessThanOrEqualTo(charges + 1);
            }
            assertThat(CAMEL.posts()).isLessThanOrEqualTo(posts + 1);
        }
    }

    private static SentMessage racingAReset() throws InterruptedException {
        Thread reset = new Thread(() -> CAMEL.simulator().resetConnections());
        reset.start();
        SentMessage sent = CAMEL.send("");
        sent.end();
        reset.join();
        return sent;
    }

    @Test
    void row20aConnectionResetUnderThePostIsUnknownAndNotRepeated() {
        CAMEL.send("").video();
        CAMEL.simulator().script(Fault.resetBeforeReading());

        CAMEL.send("maxAttempts=4").failure(OutcomeUnknownException.class);

        assertThat(CAMEL.posts()).isEqualTo(1);
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }

    @Test
    void row20aConnectionIsUsedAgainWithinASecondAndNotLater() throws Exception {
        try (CountingProxy front = CountingProxy.plain(CAMEL.simulator().origin())) {
            String options = "baseUrl=" + front.url("http", "127.0.0.1");
            CAMEL.send(options).video();
            // A machine that pauses for a second between two calls may need a few.
            await().until(() -> {
                int before = front.accepted();
                CAMEL.send(options).video();
                return front.accepted() == before;
            });
            int before = front.accepted();

            await().pollDelay(Duration.ofMillis(1_050)).until(() -> true);

            CAMEL.send(options).video();
            assertThat(front.accepted()).isEqualTo(before + 1);
        }
    }

    @Test
    void row20aConnectionTheServerSaysItClosesIsNotUsedAgain() {
        CAMEL.simulator().script(Reply.completed().closing());

        CAMEL.send("").video();
        CAMEL.send("").video();

        assertThat(CAMEL.simulator().charges()).isEqualTo(2);
    }

    @Test
    void row18everyCallAsksTheGatewayNotToRepeatIt() {
        CAMEL.simulator().script(Reply.throttled());
        CAMEL.send("gatewayId=my-gateway", exchange -> {
                    exchange.getMessage().setBody(CAMEL.simulator().sampleImageUrl());
                    exchange.getMessage().setHeader("cf-aig-max-attempts", "5");
                    exchange.getMessage().setHeader("cf-aig-request-timeout", "1");
                    exchange.getMessage().setHeader("X-Mine", "1");
                })
                .video();

        List<ReceivedRequest> requests = CAMEL.simulator().requests();
        assertThat(requests).hasSize(2).allSatisfy(request -> {
            assertThat(request.headers().get("cf-aig-max-attempts")).containsExactly("1");
            assertThat(request.header("cf-aig-skip-cache")).isEqualTo("true");
            assertThat(request.header("cf-aig-gateway-id")).isEqualTo("my-gateway");
            assertThat(request.header("Authorization")).isEqualTo("Bearer " + TestContext.KEY);
            assertThat(request.header("Content-Type")).isEqualTo("application/json");
            assertThat(request.header("Accept-Encoding")).isEqualTo("identity");
            assertThat(request.headers().keySet().stream().map(String::toLowerCase))
                    .containsExactlyInAnyOrder(
                            "accept",
                            "accept-encoding",
                            "authorization",
                            "cf-aig-gateway-id",
                            "cf-aig-max-attempts",
                            "cf-aig-skip-cache",
                            "connection",
                            "content-length",
                            "content-type",
                            "host",
                            "user-agent");
        });
    }
}
