package io.github.camelhh1.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Row 39: a message without an id is on its way while its component is stopped and started, and a step is tried again. */
class KeysOverARestartTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private final CompletableFuture<Void> gate = new CompletableFuture<>();
    private final CompletableFuture<Void> restarted = new CompletableFuture<>();
    private final AtomicInteger failures = new AtomicInteger();

    @AfterEach
    void open() {
        gate.complete(null);
        restarted.complete(null);
    }

    private static SentMessage send(String start) {
        return CAMEL.sendTo(start, exchange -> exchange.getMessage()
                .setBody(CAMEL.simulator().sampleImageUrl()));
    }

    private void failOnceRestarted(Exchange exchange) {
        if (failures.getAndIncrement() == 0) {
            restarted.join();
            throw new IllegalArgumentException("a later step failed");
        }
    }

    @Test
    void aVideoIsPaidOnceThoughItsStepIsTriedAgainAfterwards() {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                // The component's own threads end with it.
                from("direct:make").to("hh1:generate").threads(1).process(KeysOverARestartTest.this::failOnceRestarted);
            }
        });
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(1).redeliveryDelay(0));
                from("direct:photo").to("direct:make");
            }
        });
        SentMessage sent = send("direct:photo");
        await().atMost(TestContext.LIMIT).until(() -> failures.get() == 1);
        CAMEL.restart(component -> {});
        restarted.complete(null);

        assertThat(sent.video()).isNotEmpty();
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }

    @Test
    void anUnknownOutcomeIsHeldForARedeliveryThatComesAfterwards() {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler()
                        .maximumRedeliveries(1)
                        .redeliveryDelay(1)
                        .asyncDelayedRedelivery()
                        .onRedelivery(exchange -> restarted.join()));
                from("direct:photo").to("hh1:generate");
            }
        });
        CAMEL.simulator().script(Reply.completed().heldUntil(gate));
        SentMessage sent = send("direct:photo");
        await().atMost(TestContext.LIMIT).until(() -> CAMEL.simulator().inFlight() == 1);
        CAMEL.restart(component -> {});
        restarted.complete(null);
        gate.complete(null);

        assertThat(sent.failure(OutcomeUnknownException.class).held()).isTrue();
        assertThat(CAMEL.posts()).isEqualTo(1);
    }
}
