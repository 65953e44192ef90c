package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.fixture.TestContext;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.ExpressionAdapter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Row 39: the step of a message without an id is within a pattern that Camel repeats, because a later step failed. */
class PatternSlotsTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private final AtomicInteger failures = new AtomicInteger();

    private void fail(Exchange exchange) {
        failures.incrementAndGet();
        throw new IllegalArgumentException("a later step failed");
    }

    private static void image(Exchange exchange) {
        exchange.getMessage().setBody(CAMEL.simulator().sampleImageUrl());
    }

    /** The given endpoints, one after another, in each try. */
    private static Expression routed(String... endpoints) {
        return new ExpressionAdapter() {
            @Override
            public Object evaluate(Exchange exchange) {
                int turn = exchange.getProperty("turn", 0, Integer.class);
                exchange.setProperty("turn", turn + 1);
                return turn < endpoints.length ? endpoints[turn] : null;
            }
        };
    }

    @BeforeEach
    void routes() {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                interceptSendToEndpoint("direct:intercepted").process(exchange -> {});
                from("direct:make").to("hh1:generate");
                from("direct:image").process(PatternSlotsTest::image);
                from("direct:fail").process(PatternSlotsTest.this::fail);
                from("direct:intercepted").to("hh1:generate");
                from("direct:slip").routingSlip(constant("direct:make,direct:fail"));
                from("direct:slipTwice").routingSlip(constant("direct:make,direct:image,direct:make,direct:fail"));
                from("direct:router")
                        .setProperty("turn", constant(0))
                        .dynamicRouter(routed("direct:make", "direct:fail"));
                from("direct:routerTwice")
                        .setProperty("turn", constant(0))
                        .dynamicRouter(routed("direct:make", "direct:image", "direct:make", "direct:fail"));
                from("direct:sharedSplit")
                        .setHeader(
                                Hh1Constants.IMAGE, constant(CAMEL.simulator().sampleImageUrl()))
                        .setBody(constant(List.of("a", "a")))
                        .split(body())
                        .shareUnitOfWork()
                        .to("direct:make")
                        .end()
                        .process(PatternSlotsTest.this::fail);
                from("direct:sharedScatter")
                        .setHeader(
                                Hh1Constants.IMAGE, constant(CAMEL.simulator().sampleImageUrl()))
                        .setBody(constant(List.of("a", "a")))
                        .split(body())
                        .parallelProcessing()
                        .streaming()
                        .shareUnitOfWork()
                        .to("direct:make")
                        .end()
                        .process(PatternSlotsTest.this::fail);
                from("direct:onThreads")
                        .setHeader(
                                Hh1Constants.IMAGE, constant(CAMEL.simulator().sampleImageUrl()))
                        .setBody(constant(List.of("a", "a")))
                        .split(body())
                        .threads(2)
                        .to("direct:make")
                        .process(PatternSlotsTest.this::fail)
                        .end()
                        .end();
                from("direct:sharedMulticast")
                        .multicast()
                        .shareUnitOfWork()
                        .to("direct:make", "direct:make")
                        .end()
                        .process(PatternSlotsTest.this::fail);
                from("direct:parallelList")
                        .recipientList(constant("direct:make,hh1:generate"))
                        .parallelProcessing()
                        .shareUnitOfWork()
                        .end()
                        .process(PatternSlotsTest.this::fail);
                from("direct:sharedEnrich")
                        .enrich("direct:make", (first, second) -> second, false, true)
                        .process(PatternSlotsTest.this::fail);
                from("direct:interceptedAndFail").to("direct:intercepted").process(PatternSlotsTest.this::fail);
                from("direct:variables")
                        .setVariable("photo", body())
                        .toV("hh1:generate", "photo", "video")
                        .process(PatternSlotsTest.this::fail);
                from("direct:variablesTwice")
                        .setVariable("photo", body())
                        .toV("hh1:generate", "photo", "one")
                        .toV("hh1:generate", "photo", "two")
                        .process(PatternSlotsTest.this::fail);
                from("direct:variablesCalledTwice")
                        .toV("direct:make", null, "one")
                        .toV("direct:make", null, "two")
                        .process(PatternSlotsTest.this::fail);
                from("direct:finally")
                        .doTry()
                        .to("direct:make")
                        .process(PatternSlotsTest.this::fail)
                        .doFinally()
                        .process(exchange -> {})
                        .end();
                from("direct:loopWhile")
                        .loopDoWhile(exchange -> exchange.getProperty(Exchange.LOOP_INDEX, 0, Integer.class) < 1)
                        .process(PatternSlotsTest::image)
                        .to("direct:make")
                        .end()
                        .process(PatternSlotsTest.this::fail);
            }
        });
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0));
                from("direct:again").toD("direct:${header.pattern}");
            }
        });
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(deadLetterChannel("direct:dead").useOriginalMessage());
                from("direct:dead").errorHandler(noErrorHandler()).to("direct:make");
                from("direct:dying").to("direct:make").process(PatternSlotsTest.this::fail);
            }
        });
    }

    private static Exchange send(String start, String pattern) {
        return CAMEL.sendTo(start, exchange -> {
                    exchange.getMessage().setHeader("pattern", pattern);
                    image(exchange);
                })
                .end();
    }

    @ParameterizedTest
    @CsvSource({
        "slip, 1",
        "slipTwice, 2",
        "router, 1",
        "routerTwice, 2",
        "sharedSplit, 2",
        "sharedScatter, 2",
        "onThreads, 2",
        "sharedMulticast, 2",
        "sharedEnrich, 1",
        "interceptedAndFail, 1",
        "variables, 1",
        "variablesTwice, 2",
        "variablesCalledTwice, 2",
        "finally, 1",
        "loopWhile, 2",
    })
    void isPaidOnce(String pattern, int paid) {
        assertThat(send("direct:again", pattern).getException()).hasMessageContaining("a later step failed");

        assertThat(failures).hasValueGreaterThanOrEqualTo(3);
        await().atMost(TestContext.LIMIT).until(() -> CAMEL.simulator().inFlight() == 0);
        assertThat(CAMEL.simulator().charges()).isEqualTo(paid);
    }

    /** Its branches share a unit of work, whose route is that of either. */
    @RepeatedTest(10)
    void isPaidOnceBesideABranchThatRunsAtTheSameTime() {
        isPaidOnce("parallelList", 2);
    }

    @Test
    void isPaidOnceWhereTheRouteOfDeadLettersAsksForItAgain() {
        assertThat(send("direct:dying", "").getException()).isNull();

        assertThat(failures).hasValue(1);
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }
}
