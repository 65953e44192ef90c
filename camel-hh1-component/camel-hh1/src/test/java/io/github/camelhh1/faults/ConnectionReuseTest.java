package io.github.camelhh1.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.bench.Bench;
import io.github.camelhh1.bench.Front;
import io.github.camelhh1.bench.Sent;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.ReceivedRequest;
import io.github.camelhh1.simulator.Reply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows 18 and 20: what every call says, and the connections it travels on. */
class ConnectionReuseTest {
    @RegisterExtension
    static final Bench BENCH = new Bench();

    @Test
    void row20aConnectionClosedJustBeforeThePostNeverMeansTwoPosts() throws Exception {
        for (int round = 0; round < 20; round++) {
            // The client may not have seen yet that the round before reset its connection.
            await().until(() -> BENCH.send("").end().getException() == null);
            // The call that was reset in the round before may be charged only now.
            await().atMost(Bench.LIMIT).until(() -> BENCH.simulator().inFlight() == 0);
            int posts = BENCH.posts();
            int charges = BENCH.simulator().charges();

            Sent sent = racingAReset();

            if (sent.end().getException() == null) {
                assertThat(BENCH.simulator().charges()).isEqualTo(charges + 1);
                assertThat(sent.end().getMessage().getHeader(Hh1Constants.ATTEMPTS))
                        .isEqualTo(1);
            } else {
                sent.failure(OutcomeUnknownException.class);
                assertThat(BENCH.simulator().charges()).isLessThanOrEqualTo(charges + 1);
            }
            assertThat(BENCH.posts()).isLessThanOrEqualTo(posts + 1);
        }
    }

    private static Sent racingAReset() throws InterruptedException {
        Thread reset = new Thread(() -> BENCH.simulator().resetConnections());
        reset.start();
        Sent sent = BENCH.send("");
        sent.end();
        reset.join();
        return sent;
    }

    @Test
    void row20aConnectionResetUnderThePostIsUnknownAndNotRepeated() {
        BENCH.send("").video();
        BENCH.simulator().script(Fault.resetBeforeReading());

        BENCH.send("maxAttempts=4").failure(OutcomeUnknownException.class);

        assertThat(BENCH.posts()).isEqualTo(1);
        assertThat(BENCH.simulator().charges()).isEqualTo(1);
    }

    @Test
    void row20aConnectionIsUsedAgainWithinASecondAndNotLater() throws Exception {
        try (Front front = Front.plain(BENCH.simulator().origin())) {
            String options = "baseUrl=" + front.url("http", "127.0.0.1");
            BENCH.send(options).video();
            // A machine that pauses for a second between two calls may need a few.
            await().until(() -> {
                int before = front.accepted();
                BENCH.send(options).video();
                return front.accepted() == before;
            });
            int before = front.accepted();

            await().pollDelay(Duration.ofMillis(1_050)).until(() -> true);

            BENCH.send(options).video();
            assertThat(front.accepted()).isEqualTo(before + 1);
        }
    }

    @Test
    void row20aConnectionTheServerSaysItClosesIsNotUsedAgain() {
        BENCH.simulator().script(Reply.completed().closing());

        BENCH.send("").video();
        BENCH.send("").video();

        assertThat(BENCH.simulator().charges()).isEqualTo(2);
    }

    @Test
    void row18everyCallAsksTheGatewayNotToRepeatIt() {
        BENCH.simulator().script(Reply.throttled());
        BENCH.send("gatewayId=my-gateway", exchange -> {
                    exchange.getMessage().setBody(BENCH.simulator().sampleImageUrl());
                    exchange.getMessage().setHeader("cf-aig-max-attempts", "5");
                    exchange.getMessage().setHeader("cf-aig-request-timeout", "1");
                    exchange.getMessage().setHeader("X-Mine", "1");
                })
                .video();

        List<ReceivedRequest> requests = BENCH.simulator().requests();
        assertThat(requests).hasSize(2).allSatisfy(request -> {
            assertThat(request.headers().get("cf-aig-max-attempts")).containsExactly("1");
            assertThat(request.header("cf-aig-skip-cache")).isEqualTo("true");
            assertThat(request.header("cf-aig-gateway-id")).isEqualTo("my-gateway");
            assertThat(request.header("Authorization")).isEqualTo("Bearer " + Bench.KEY);
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
