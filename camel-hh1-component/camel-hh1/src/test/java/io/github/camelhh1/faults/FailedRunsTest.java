package io.github.camelhh1.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.BudgetExceededException;
import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.failure.RejectedException;
import io.github.camelhh1.failure.Retry;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Reply;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.util.ObjectHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Row 41: the model ran and no video will come. */
class FailedRunsTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    static Stream<Reply> failures() {
        return Stream.of(
                Reply.error(424, 2017, "The response was blocked by a guardrail"),
                Reply.errorArray(424, 2030, "The response was blocked by DLP"),
                Reply.thrown(424, 2017, "The response was blocked by a guardrail"),
                Reply.failed("provider_unavailable", "The provider is down"),
                Reply.failed("Model execution failed (no frame)"));
    }

    private static void script(Reply reply) {
        CAMEL.simulator().when(request -> true).reply(reply);
    }

    private static Processor keyed(String key) {
        return exchange -> {
            exchange.getMessage().setHeaders(Map.of(Hh1Constants.REQUEST_KEY, key));
            exchange.getMessage().setBody(CAMEL.simulator().sampleImageUrl());
        };
    }

    @ParameterizedTest(name = "row 41: {0}")
    @MethodSource("failures")
    void tellWhatHappenedWhetherMoneyMovedAndWhatToDo(Reply reply) {
        script(reply);

        var failure = CAMEL.send("maxAttempts=4").failure(RejectedException.class);

        assertThat(failure)
                .hasNoCause()
                .hasMessageContaining("no video will come")
                .hasMessageContaining("Whether it is billed is unknown")
                .hasMessageContaining("counted in the budget")
                .hasMessageContaining("The same request gets the same failure again")
                .hasMessageContaining("hh1:forget")
                .hasMessageContaining(failure.runId());
        assertThat(failure.retry()).isEqualTo(Retry.NEVER);
        assertThat(failure.billing()).isEqualTo(Billing.UNKNOWN);
        assertThat(failure.httpStatus()).isIn(200, 424);
        assertThat(failure.rayId()).isNotNull();
        assertThat(CAMEL.posts()).isEqualTo(1);
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }

    @ParameterizedTest(name = "row 41: {0}")
    @MethodSource("failures")
    void areNotSentAgainByAClauseForHttp(Reply reply) {
        script(reply);
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                onException(HttpOperationFailedException.class)
                        .maximumRedeliveries(5)
                        .redeliveryDelay(0);
                from("direct:retrying").to("hh1:generate");
            }
        });

        var failure = CAMEL.sendTo("direct:retrying", keyed("one")).failure(RejectedException.class);

        assertThat(CAMEL.posts()).isEqualTo(1);
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
        assertThat(ObjectHelper.createExceptionIterable(failure))
                .noneMatch(HttpOperationFailedException.class::isInstance);
    }

    @ParameterizedTest(name = "row 41: {0}")
    @MethodSource("failures")
    void areCountedByTheCapOfTheDay(Reply reply) {
        CAMEL.restart(component -> component.setMaxSecondsPerDay(6L));
        script(reply);

        List<SentMessage> all = IntStream.range(0, 6)
                .mapToObj(number -> {
                    SentMessage sent = CAMEL.send("duration=3", keyed("key-" + number));
                    sent.end();
                    return sent;
                })
                .toList();

        assertThat(CAMEL.posts()).isEqualTo(2);
        all.subList(0, 2).forEach(sent -> sent.failure(RejectedException.class));
        all.subList(2, 6).forEach(sent -> sent.failure(BudgetExceededException.class));
    }

    @Test
    void areTheSameForADeliveryThatJoined() {
        var gate = new CompletableFuture<Void>();
        script(Reply.failed("8001", "The model failed").heldUntil(gate));
        SentMessage first = CAMEL.send("", keyed("one"));
        await().until(() -> CAMEL.simulator().inFlight() == 1);
        SentMessage second = CAMEL.send("", keyed("one"));
        gate.complete(null);

        assertThat(second.failure(RejectedException.class))
                .hasMessage(first.failure(RejectedException.class).getMessage());
        assertThat(CAMEL.posts()).isEqualTo(1);
    }

    @Test
    void stopTheSendingAfterFiveInARow() {
        script(Reply.failed("8001", "The model failed"));

        List<SentMessage> all = IntStream.range(0, 20)
                .mapToObj(number -> {
                    SentMessage sent = CAMEL.send("", keyed("key-" + number));
                    sent.end();
                    return sent;
                })
                .toList();

        assertThat(CAMEL.posts()).isEqualTo(5);
        all.subList(0, 5).forEach(sent -> sent.failure(RejectedException.class));
        assertThat(all.subList(5, 20)).allSatisfy(sent -> assertThat(sent.failure(NotSentException.class))
                .hasMessageContaining("5 requests in a row")
                .hasMessageContaining("The model failed")
                .hasMessageContaining("Nothing is billed"));
    }

    @Test
    void countTogetherWithUnknownOnesWhateverTheKey() {
        String newKey = TestContext.KEY + "-new";
        var key = new AtomicReference<>(TestContext.KEY);
        CAMEL.options(options -> options.setApiKeySupplier(key::get));
        for (int number = 0; number < 5; number++) {
            script(number % 2 == 0 ? Reply.html(504) : Reply.failed("8001", "The model failed"));
            CAMEL.send("", keyed("key-" + number)).end();
        }

        key.set(newKey);
        CAMEL.simulator().acceptOnly(newKey);

        assertThat(CAMEL.send("", keyed("next")).failure(NotSentException.class))
                .hasMessageContaining("5 requests in a row");
        assertThat(CAMEL.posts()).isEqualTo(5);
    }
}
