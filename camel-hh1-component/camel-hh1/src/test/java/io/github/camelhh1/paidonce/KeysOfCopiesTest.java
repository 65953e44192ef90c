package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Fault;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ProcessorDefinition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Row 26c: copies of a message with an upstream id, delivered, and delivered again. */
class KeysOfCopiesTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static final LedgerClient LEDGER = new LedgerClient(CAMEL);

    private final List<Exchange> ended = new CopyOnWriteArrayList<>();

    @BeforeEach
    void routes() {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:three").to("hh1:generate?duration=3").process(ended::add);
                from("direct:four").to("hh1:generate?duration=4").process(ended::add);
                from("direct:other").multicast().to("direct:three", "direct:four");
                from("direct:same").multicast().to("direct:three", "direct:three");
                from("direct:parallel")
                        .multicast()
                        .parallelProcessing()
                        .to("direct:three", "direct:four", "direct:three", "direct:four");
                image(from("direct:split").setBody(constant(List.of(1, 2, 3))).split(body()))
                        .to("direct:three");
                image(from("direct:scatter")
                                .setBody(constant(List.of(1, 2, 3)))
                                .split(body())
                                .parallelProcessing())
                        .to("direct:three");
                from("direct:loop").loop(3).copy().to("direct:three");
                from("direct:tap").wireTap("direct:three").end().to("direct:three");
                from("direct:seda").to("seda:later?pollTimeout=20").to("direct:four");
                from("seda:later?pollTimeout=20").to("direct:three");
                image(from("direct:row").to("hh1:generate?duration=3").process(ended::add))
                        .to("direct:four");
            }
        });
    }

    private static ProcessorDefinition<?> image(ProcessorDefinition<?> route) {
        return route.process(
                exchange -> exchange.getMessage().setBody(CAMEL.simulator().sampleImageUrl()));
    }

    @ParameterizedTest(name = "{0}: {1} messages, {2} paid")
    @CsvSource({
        "other, 2, 2",
        "same, 2, 1",
        "parallel, 4, 2",
        "split, 3, 3",
        "scatter, 3, 3",
        "loop, 3, 3",
        "tap, 2, 1",
        "seda, 2, 2",
        "row, 2, 2"
    })
    void eachDistinctRequestIsPaidOnceAndEachRepeatJoinsOrIsReplayed(String route, int messages, int paid) {
        for (int delivery = 1; delivery <= 3; delivery++) {
            CAMEL.sendTo("direct:" + route, LEDGER.jms("ID:1")).end();
            int expected = delivery * messages;
            await().atMost(TestContext.LIMIT).until(() -> ended.size() == expected);
        }
        assertThat(ended)
                .allSatisfy(exchange -> assertThat(exchange.getException()).isNull());
        assertThat(CAMEL.simulator().charges()).isEqualTo(paid);
        assertThat(CAMEL.posts()).isEqualTo(paid);
        assertThat(ended.stream().map(exchange -> exchange.getMessage().getBody(String.class)))
                .filteredOn(video -> video != null)
                .hasSize(3 * messages);

        CAMEL.sendTo("direct:" + route, LEDGER.jms("ID:2")).end();
        await().atMost(TestContext.LIMIT).until(() -> ended.size() == 4 * messages);
        assertThat(CAMEL.simulator().charges()).isEqualTo(2 * paid);
    }

    private static void triesAgain(boolean anotherId) {
        CAMEL.options(options -> options.setUpstreamIdHeaders("order"));
        CAMEL.simulator().script(Fault.closeAfterRequest());
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                image(from("direct:triesAgain").loop(3))
                        .setHeader("order", simple(anotherId ? "${exchangeProperty.CamelLoopIndex}" : "7"))
                        .doTry()
                        .to("hh1:generate?duration=5")
                        .doCatch(OutcomeUnknownException.class)
                        .end();
            }
        });
        assertThat(CAMEL.sendTo("direct:triesAgain", message -> {}).end().getException())
                .isNull();
    }

    /** The index of an iteration is part of the key, and the request may be paid. */
    @Test
    void aLoopThatTriesARequestOfUnknownOutcomeAgainIsPaidOnce() {
        triesAgain(false);
        assertThat(CAMEL.posts()).isEqualTo(1);
    }

    @Test
    void anotherIdInALoopIsAnotherRequest() {
        triesAgain(true);
        assertThat(CAMEL.posts()).isEqualTo(3);
    }

    /** As the component's page advises: the index stays with the message, also behind the end of the loop. */
    @Test
    void behindALoopWhoseIndexIsRemovedARequestIsPaidOnceHoweverOftenTheLoopRan() {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                image(from("direct:polls")
                                .loop(header("polls"))
                                .log("not yet")
                                .end()
                                .removeProperty("CamelLoopIndex"))
                        .to("direct:three");
            }
        });
        for (int polls = 0; polls < 3; polls++) {
            int n = polls;
            CAMEL.sendTo("direct:polls", message -> {
                        LEDGER.jms("ID:1").process(message);
                        message.getMessage().setHeader("polls", n);
                    })
                    .video();
        }
        assertThat(CAMEL.posts()).isEqualTo(1);
    }
}
