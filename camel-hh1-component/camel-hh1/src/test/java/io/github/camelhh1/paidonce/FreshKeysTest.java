package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Fault;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 26c: messages that nothing names. Each delivery of one is a request of its own, a redelivery is not. */
class FreshKeysTest {
    private static final String ANOTHER_EACH_TIME = "?requestKey=job-${random(1,1000000000)}";

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static final LedgerClient LEDGER = new LedgerClient(CAMEL);

    private final List<Exchange> ended = new CopyOnWriteArrayList<>();

    private static void image(Exchange exchange) {
        exchange.getMessage().setBody(CAMEL.simulator().sampleImageUrl());
    }

    private void routes() {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).maximumRedeliveries(2).redeliveryDelay(0);
                from("direct:video")
                        .errorHandler(noErrorHandler())
                        .to("hh1:generate")
                        .process(ended::add);
                from("direct:row")
                        .to("hh1:generate")
                        .process(ended::add)
                        .process(FreshKeysTest::image)
                        .to("hh1:generate")
                        .process(ended::add);
                from("direct:loop")
                        .loop(3)
                        .process(FreshKeysTest::image)
                        .to("hh1:generate")
                        .process(ended::add);
                from("direct:seda").to("seda:fresh?pollTimeout=20").to("direct:video");
                from("seda:fresh?pollTimeout=20").to("direct:video");
                from("direct:both").multicast().to("direct:video", "direct:video");
                from("direct:enrich").enrich("hh1:generate").process(ended::add);
            }
        });
    }

    @ParameterizedTest(name = "{0}: {1} of each delivery")
    @CsvSource({"video, 1", "row, 2", "loop, 3", "seda, 2", "both, 2", "enrich, 1"})
    void areEachARequestOfTheirOwn(String route, int paid) {
        routes();
        for (int delivery = 1; delivery <= 2; delivery++) {
            CAMEL.sendTo("direct:" + route, FreshKeysTest::image).end();
            int expected = delivery * paid;
            await().atMost(TestContext.LIMIT).until(() -> ended.size() == expected);
        }
        assertThat(ended)
                .allSatisfy(exchange -> assertThat(exchange.getException()).isNull());
        assertThat(CAMEL.simulator().charges()).isEqualTo(2 * paid);
        assertThat(LEDGER.runs()).hasSize(2 * paid);
    }

    @ParameterizedTest
    @CsvSource({"row", "loop", "enrich"})
    void areHeldTogetherWithTheirRedeliveries(String route) {
        routes();
        CAMEL.simulator().script(Fault.closeAfterRequest());
        assertThat(CAMEL.sendTo("direct:" + route, FreshKeysTest::image)
                        .failure(OutcomeUnknownException.class)
                        .held())
                .isTrue();
        assertThat(CAMEL.posts()).isEqualTo(1);
        CAMEL.sendTo("direct:" + route, FreshKeysTest::image).video();
    }

    /** The counter of redeliveries goes with the headers. Camel 4.18 then counts from one again, and never ends. */
    @Test
    void areTheSameWhereAStepRemovesAllHeadersAndTheSameExceptionIsThrownAgain() {
        var failure = new IllegalArgumentException("a later step failed");
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:step")
                        .errorHandler(noErrorHandler())
                        .removeHeaders("*")
                        .to("hh1:generate")
                        .process(ended::add)
                        .process(exchange -> exchange.setException(ended.size() < 3 ? failure : null));
                from("direct:caller")
                        .errorHandler(
                                defaultErrorHandler().maximumRedeliveries(3).redeliveryDelay(0))
                        .to("direct:step");
            }
        });
        CAMEL.sendTo("direct:caller", FreshKeysTest::image).video();
        assertThat(ended).hasSize(3);
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }

    private void caught(String first, String second) {
        CAMEL.simulator().script(Fault.closeAfterRequest());
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:takes")
                        .doTry()
                        .to("hh1:generate" + first)
                        .doCatch(OutcomeUnknownException.class)
                        .to("hh1:generate" + second)
                        .end();
            }
        });
    }

    @Test
    void getTheKeyThatTheSecondEndpointSays() {
        caught("?requestKey=RAW(${header.order}-1)", "?requestKey=RAW(${header.order}-2)");
        LedgerClient.made(CAMEL.sendTo("direct:takes", LEDGER.sample(Map.of("order", "7"))));
        assertThat(LEDGER.runs()).extracting(run -> run.get("key")).containsExactly("7-2", "7-1");
        LEDGER.operate("hh1:forget", null, Map.of(Hh1Constants.REQUEST_KEY, "7-1"))
                .video();
        assertThat(CAMEL.posts()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {ANOTHER_EACH_TIME, ""})
    void areHeldWhereTheSecondEndpointSaysTheSameOrNothing(String second) {
        caught(ANOTHER_EACH_TIME, second);
        assertThat(CAMEL.sendTo("direct:takes", LEDGER.sample(Map.of()))
                        .failure(OutcomeUnknownException.class)
                        .held())
                .isTrue();
        assertThat(CAMEL.posts()).isEqualTo(1);
    }

    /** A branch may be paid; the step that follows its failure requests the same video. */
    @ParameterizedTest
    @ValueSource(strings = {"multicast", "list", "split"})
    void areHeldBehindABranchOrPartThatMayBePaid(String pattern) {
        CAMEL.simulator().script(Fault.closeAfterRequest());
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:make").errorHandler(noErrorHandler()).to("hh1:generate");
                from("direct:multicast").multicast().stopOnException().to("direct:make");
                from("direct:list").recipientList(constant("direct:make")).stopOnException();
                from("direct:split").split(body()).stopOnException().to("direct:make");
                from("direct:takes")
                        .doTry()
                        .to("direct:" + pattern)
                        .doCatch(Exception.class)
                        .to("hh1:generate")
                        .end();
            }
        });
        assertThat(CAMEL.sendTo("direct:takes", FreshKeysTest::image)
                        .failure(OutcomeUnknownException.class)
                        .held())
                .isTrue();
        assertThat(CAMEL.posts()).isEqualTo(1);
    }
}
