package io.github.camelhh1.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.failure.BusyException;
import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.failure.RejectedException;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.Reply;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows 14 and 34: an account that is refused. That it recovers after a minute is shown with virtual time. */
class FailingFastTest {
    private static final String NEW_KEY = TestContext.KEY + "-new";

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    @ParameterizedTest(name = "row 14: {0}")
    @ValueSource(ints = {401, 403})
    void aHundredQueuedMessagesCostAHandfulOfRefusals(int status) {
        CAMEL.restart(component -> component.setMaxInFlight(2));
        CAMEL.simulator().when(request -> true).reply(Reply.error(status, 10000, "Authentication error"));

        List<SentMessage> all = CAMEL.send(100, "");

        assertThat(all).allSatisfy(sent -> assertThat(sent.end().getException())
                .isInstanceOfAny(RejectedException.class, NotSentException.class)
                .hasMessageContaining("Authentication error"));
        assertThat(all.get(99).failure(NotSentException.class))
                .hasMessageContaining("times in a row")
                .hasMessageContaining("until the API key changes");
        assertThat(CAMEL.posts()).isBetween(3, 4);
        assertThat(CAMEL.simulator().charges()).isZero();
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(Reply.error(401, 10000, "Authentication error"), 3),
                Arguments.of(Fault.closeAfterRequest(), 5));
    }

    /** As {@code toD} without a cache has it, or a template for each message. */
    @ParameterizedTest
    @MethodSource("failures")
    void messagesThatHaveAProducerEachCostNoMore(Reply failure, int posts) {
        CAMEL.simulator().when(request -> true).reply(failure);
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:dynamic").toD("hh1:generate?duration=${header.seconds}", -1);
            }
        });
        for (int message = 0; message < 12; message++) {
            CAMEL.sendTo("direct:dynamic", exchange -> {
                        exchange.getMessage().setBody(CAMEL.simulator().sampleImageUrl());
                        exchange.getMessage().setHeader("seconds", 5);
                    })
                    .end();
        }
        assertThat(CAMEL.posts()).isEqualTo(posts);
    }

    @Test
    void row14theWayIsFreeOnceTheKeyChanges() {
        var key = new AtomicReference<>(TestContext.KEY);
        CAMEL.options(options -> options.setApiKeySupplier(key::get));
        CAMEL.simulator().acceptOnly(NEW_KEY);
        CAMEL.send(10, "").forEach(SentMessage::end);
        assertThat(CAMEL.send("").failure(NotSentException.class)).hasMessageContaining("until the API key changes");

        key.set(NEW_KEY);

        assertThat(CAMEL.send("").video()).isNotEmpty();
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }

    @Test
    void row14othersRefusalsDoNotCount() {
        CAMEL.simulator().when(request -> true).reply(Reply.error(400, 7003, "Invalid input"));
        CAMEL.send(5, "").forEach(sent -> sent.failure(RejectedException.class));

        assertThat(CAMEL.posts()).isEqualTo(5);
    }

    @Test
    void row34twoAccountsShareNothingButThePool() {
        try (Hh1Simulator other = Hh1Simulator.builder()
                .account("other")
                .apiKey(NEW_KEY)
                .rendering(false)
                .start()) {
            String options = "accountId=other&apiKey=RAW(" + NEW_KEY + ")&baseUrl=" + other.baseUrl();
            CAMEL.simulator().when(request -> true).reply(Reply.error(401, 10000, "Authentication error"));
            CAMEL.send(10, "").forEach(sent -> assertThat(sent.end().getException())
                    .isInstanceOf(Hh1Exception.class)
                    .isNotInstanceOf(BusyException.class));

            assertThat(CAMEL.send(options).video()).startsWith(other.origin());

            assertThat(other.requests()).hasSize(1).allMatch(request -> ("Bearer " + NEW_KEY)
                    .equals(request.header("Authorization")));
            assertThat(CAMEL.simulator().requests()).isNotEmpty().allMatch(request -> ("Bearer " + TestContext.KEY)
                    .equals(request.header("Authorization")));
            assertThat(other.charges()).isEqualTo(1);
            assertThat(CAMEL.simulator().charges()).isZero();
        }
    }
}
