package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Row 39: messages without an id or a key. A step that Camel repeats, because a later one failed, is paid once. A video
 * that a route requests twice is paid twice.
 */
class SlotsTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static final LedgerClient LEDGER = new LedgerClient(CAMEL);

    private final AtomicInteger failures = new AtomicInteger();
    private final ConcurrentMap<String, String> failed = new ConcurrentHashMap<>();

    private static void image(Exchange exchange) {
        exchange.getMessage().setBody(CAMEL.simulator().sampleImageUrl());
    }

    private void fail(Exchange exchange) {
        failures.incrementAndGet();
        throw new IllegalArgumentException("a later step failed");
    }

    private void failOnce(Exchange exchange) {
        if (failed.putIfAbsent(exchange.getExchangeId(), "") == null) {
            fail(exchange);
        }
    }

    @BeforeEach
    void routes() {
        CAMEL.options(options -> options.setAllowPrivateHosts(true));
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:make").to("hh1:generate");
                from("direct:makeAndFail").to("hh1:generate").process(SlotsTest.this::fail);
                from("direct:makeAndFailOnce").to("hh1:generate").process(SlotsTest.this::failOnce);
                from("direct:enrichAndFail").enrich("hh1:generate").process(SlotsTest.this::fail);
                from("direct:dynamicAndFail").toD("hh1:generate?duration=5").process(SlotsTest.this::fail);
                from("direct:listAndFail")
                        .recipientList(constant("direct:make,hh1:generate"))
                        .end()
                        .process(SlotsTest.this::fail);
                from("direct:splitAndFail")
                        .setHeader(
                                Hh1Constants.IMAGE, constant(CAMEL.simulator().sampleImageUrl()))
                        .setBody(constant(List.of("a", "a", "a")))
                        .split(body())
                        .to("direct:make")
                        .end()
                        .process(SlotsTest.this::fail);
                from("direct:scatterAndFail")
                        .setHeader(
                                Hh1Constants.IMAGE, constant(CAMEL.simulator().sampleImageUrl()))
                        .setBody(constant(List.of("a", "a", "a")))
                        .split(body())
                        .parallelProcessing()
                        .to("direct:make")
                        .end()
                        .process(SlotsTest.this::fail);
                from("direct:multicastAndFail")
                        .multicast()
                        .to("direct:make", "direct:make")
                        .end()
                        .process(SlotsTest.this::fail);
                from("direct:loopAndFail")
                        .loop(3)
                        .process(SlotsTest::image)
                        .to("direct:make")
                        .end()
                        .process(SlotsTest.this::fail);
                from("direct:copiesAndFail")
                        .loop(3)
                        .copy()
                        .to("direct:make")
                        .end()
                        .process(SlotsTest.this::fail);
                from("seda:later?pollTimeout=20").to("direct:make");
                from("direct:sedaAndFail").to("seda:later?pollTimeout=20").process(SlotsTest.this::fail);
                from("direct:tapAndFail").wireTap("direct:make").end().process(SlotsTest.this::fail);
                from("direct:keyedTapAndFail")
                        .setHeader(Hh1Constants.REQUEST_KEY, simple("${exchangeId}-tap"))
                        .wireTap("direct:make")
                        .end()
                        .process(SlotsTest.this::fail);
                from("direct:rowAndFail")
                        .to("hh1:generate")
                        .process(SlotsTest::image)
                        .to("hh1:generate")
                        .process(SlotsTest.this::fail);
                from("direct:twiceAndFail")
                        .to("direct:make")
                        .process(SlotsTest::image)
                        .to("direct:make")
                        .process(SlotsTest.this::fail);
                from("direct:twiceWithoutHeadersAndFail")
                        .to("direct:make")
                        .removeHeaders("CamelHh1*")
                        .process(SlotsTest::image)
                        .to("direct:make")
                        .process(SlotsTest.this::fail);
                from("direct:other").log("another step");
                from("direct:beforeMulticastAndFail")
                        .to("direct:make")
                        .multicast()
                        .to("direct:other", "direct:other")
                        .end()
                        .process(SlotsTest.this::fail);
                from("direct:beforeListAndFail")
                        .to("direct:make")
                        .recipientList(constant("direct:other,direct:other"))
                        .end()
                        .process(SlotsTest.this::fail);
                from("direct:beforeSplitAndFail")
                        .to("direct:make")
                        .split(constant(List.of("a", "b")), AggregationStrategies.groupedBody())
                        .to("direct:other")
                        .end()
                        .process(SlotsTest.this::fail);
                from("direct:beforeLoopAndFail")
                        .to("direct:make")
                        .loop(2)
                        .to("direct:other")
                        .end()
                        .process(SlotsTest.this::fail);
                from("direct:beforeAllAndFail")
                        .to("direct:beforeLoop")
                        .process(SlotsTest::image)
                        .to("direct:make")
                        .multicast()
                        .to("direct:other", "direct:other")
                        .end()
                        .process(SlotsTest.this::fail);
                from("direct:beforeLoop")
                        .to("direct:make")
                        .loop(2)
                        .to("direct:other")
                        .end();
                from("direct:videoAndFail").to("hh1:generate?output=video").process(SlotsTest.this::fail);
                from("direct:namedAndFail")
                        .to("hh1:generate?requestKey=job-${random(1,1000000000)}")
                        .process(SlotsTest.this::fail);
            }
        });
    }

    /** Its error handler tries the whole step again, three times. */
    private SentMessage callerOf(String step, boolean enriching) {
        return callerOf(step, enriching, SlotsTest::image);
    }

    private SentMessage callerOf(String step, boolean enriching, Processor message) {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(3).redeliveryDelay(0));
                if (enriching) {
                    from("direct:caller").enrich("direct:" + step);
                } else {
                    from("direct:caller").to("direct:" + step);
                }
            }
        });
        return CAMEL.sendTo("direct:caller", message);
    }

    private static void assertPaid(int times) {
        await().atMost(TestContext.LIMIT)
                .until(() -> CAMEL.context().getInflightRepository().size() == 0);
        assertThat(CAMEL.simulator().charges()).isEqualTo(times);
        assertThat(LEDGER.runs()).hasSize(times);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "makeAndFail, 1",
        "enrichAndFail, 1",
        "dynamicAndFail, 1",
        "listAndFail, 2",
        "splitAndFail, 3",
        "scatterAndFail, 3",
        "multicastAndFail, 2",
        "loopAndFail, 3",
        "copiesAndFail, 3",
        "sedaAndFail, 1",
        "rowAndFail, 2",
        "twiceAndFail, 2",
        "twiceWithoutHeadersAndFail, 2",
        "videoAndFail, 1",
        "namedAndFail, 1"
    })
    void aStepThatIsTriedAgainIsPaidOnce(String step, int paid) {
        callerOf(step, false).failure(IllegalArgumentException.class);
        assertThat(failures).hasValue(4);
        assertPaid(paid);
    }

    /** Camel leaves the index of a part or an iteration with the message, also behind the end of its pattern. */
    @ParameterizedTest(name = "{0}: {1}, as {2}")
    @CsvSource({
        "beforeMulticastAndFail, 1, none",
        "beforeListAndFail, 1, none",
        "beforeSplitAndFail, 1, none",
        "beforeSplitAndFail, 1, ID:1",
        "beforeLoopAndFail, 1, none",
        "beforeLoopAndFail, 1, ID:1",
        "beforeAllAndFail, 2, none"
    })
    void aStepBeforeAnotherPatternIsPaidOnce(String step, int paid, String id) {
        callerOf(step, false, id.equals("none") ? SlotsTest::image : LEDGER.jms(id))
                .failure(IllegalArgumentException.class);
        assertThat(failures).hasValue(4);
        assertPaid(paid);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "makeAndFail, 1",
        "dynamicAndFail, 1",
        "loopAndFail, 3",
        "copiesAndFail, 3",
        "rowAndFail, 2",
        "twiceAndFail, 2",
        "twiceWithoutHeadersAndFail, 2",
        "videoAndFail, 1",
        "namedAndFail, 1"
    })
    void aStepThatIsEnrichedAgainIsPaidOnce(String step, int paid) {
        callerOf(step, true).failure(IllegalArgumentException.class);
        assertThat(failures).hasValue(4);
        assertPaid(paid);
    }

    @Test
    void aStepThatIsFailedOverIsPaidOnce() {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:caller")
                        .loadBalance()
                        .failover(3, false, true)
                        .to("direct:makeAndFail", "direct:makeAndFail");
            }
        });
        CAMEL.sendTo("direct:caller", SlotsTest::image).failure(IllegalArgumentException.class);
        assertThat(failures.get()).isGreaterThan(1);
        assertPaid(1);
    }

    private static RouteBuilder caller(String uri, RouteOf rest) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(3).redeliveryDelay(0));
                rest.after(from(uri));
            }
        };
    }

    private interface RouteOf {
        void after(RouteDefinition route);
    }

    /** Each twice: its caller repeats the request, and a step may have been repeated, too. */
    @ParameterizedTest
    @CsvSource({"make", "makeAndFailOnce"})
    void aStepThatIsCalledTwiceIsPaidTwice(String step) {
        CAMEL.add(caller(
                "direct:caller",
                route -> route.to("direct:" + step).process(SlotsTest::image).to("direct:" + step)));
        CAMEL.sendTo("direct:caller", SlotsTest::image).video();
        assertPaid(2);
    }

    @Test
    void aStepThatIsCalledAgainAfterAnotherWasRedeliveredIsPaidTwice() {
        CAMEL.add(caller("direct:caller", route -> route.to("direct:make")
                .process(this::failOnce)
                .process(SlotsTest::image)
                .to("direct:make")));
        CAMEL.sendTo("direct:caller", SlotsTest::image).video();
        assertThat(failures).hasValue(1);
        assertPaid(2);
    }

    @Test
    void aStepThatIsCalledAgainWithoutTheHeadersOfTheFirstIsPaidTwice() {
        CAMEL.add(caller("direct:caller", route -> route.to("direct:make")
                .removeHeaders("CamelHh1*")
                .process(SlotsTest::image)
                .to("direct:make")));
        CAMEL.sendTo("direct:caller", SlotsTest::image).video();
        assertPaid(2);
    }

    @ParameterizedTest
    @CsvSource({"0", "1"})
    void anEnrichedStepThatIsCalledTwiceIsPaidTwice(int failing) {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:enriched").to("hh1:generate").process(exchange -> {
                    if (failures.get() < failing) {
                        fail(exchange);
                    }
                });
            }
        });
        CAMEL.add(caller("direct:caller", route -> route.enrich("direct:enriched")
                .removeHeaders("CamelHh1*")
                .process(SlotsTest::image)
                .enrich("direct:enriched")));
        CAMEL.sendTo("direct:caller", SlotsTest::image).video();
        assertThat(failures).hasValue(failing);
        assertPaid(2);
    }

    /** Camel keeps nothing that ties the copy to its original: each tap is a message of its own. */
    @ParameterizedTest
    @CsvSource({"tapAndFail, 4", "keyedTapAndFail, 1"})
    void aWireTapThatIsTriedAgainIsAnotherMessageUnlessItHasAKey(String step, int paid) {
        callerOf(step, false).failure(IllegalArgumentException.class);
        await().atMost(TestContext.LIMIT).until(() -> CAMEL.simulator().charges() == paid);
        assertPaid(paid);
    }

    @Test
    void aStepThatIsCaughtAndCalledAgainIsPaidTwice() {
        CAMEL.add(caller("direct:caller", route -> route.doTry()
                .to("direct:makeAndFail")
                .doCatch(IllegalArgumentException.class)
                .process(SlotsTest::image)
                .to("direct:make")
                .end()));
        CAMEL.sendTo("direct:caller", SlotsTest::image).video();
        assertPaid(2);
    }

    @Test
    void anIterationThatIsTriedAgainIsPaidOnce() {
        CAMEL.add(caller("direct:caller", route -> route.loop(3)
                .process(SlotsTest::image)
                .to("direct:makeAndFailOnce")
                .end()));
        CAMEL.sendTo("direct:caller", SlotsTest::image).end();
        assertThat(failures).hasValue(1);
        assertPaid(3);
    }

    @Test
    void theSameExchangeSentAgainIsAnotherMessage() {
        var exchange = CAMEL.context().getEndpoint("direct:make").createExchange();
        for (int times = 1; times <= 2; times++) {
            image(exchange);
            CAMEL.context().createProducerTemplate().send("direct:make", exchange);
            assertThat(exchange.getException()).isNull();
            exchange.getMessage().removeHeaders("*");
            assertPaid(times);
        }
    }
}
