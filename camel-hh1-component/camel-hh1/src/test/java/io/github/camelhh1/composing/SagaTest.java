package io.github.camelhh1.composing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.fixture.TestContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.saga.InMemorySagaService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A video as a step of a saga: a compensation learns which run was paid, and a completed one which video it got. */
class SagaTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private final List<Object> compensated = new CopyOnWriteArrayList<>();
    private final List<Object> completed = new CopyOnWriteArrayList<>();

    @BeforeEach
    void route() throws Exception {
        CAMEL.context().addService(new InMemorySagaService());
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:order")
                        .saga()
                        .to("direct:video")
                        .filter(header("refused"))
                        .throwException(new IllegalStateException("no such customer"))
                        .end();
                from("direct:video")
                        .saga()
                        .compensation("direct:compensate")
                        .completion("direct:complete")
                        .option(Hh1Constants.REQUEST_KEY, constant("order-7"))
                        .setHeader(Hh1Constants.REQUEST_KEY, constant("order-7"))
                        .to("hh1:generate");
                from("direct:compensate").to("hh1:forget").process(SagaTest.this::compensated);
                from("direct:complete")
                        .process(exchange -> completed.add(exchange.getMessage().getHeader(Hh1Constants.REQUEST_KEY)));
            }
        });
    }

    private void compensated(Exchange exchange) {
        compensated.add(exchange.getMessage().getHeader(Hh1Constants.RUN_STATE));
    }

    private static Exchange send(boolean refused) {
        return CAMEL.sendTo("direct:order", message -> {
                    message.getMessage().setBody(CAMEL.simulator().sampleImageUrl());
                    message.getMessage().setHeader("refused", refused);
                })
                .end();
    }

    @Test
    void isCompletedWithItsVideo() {
        Exchange ended = send(false);

        assertThat(ended.getException()).isNull();
        assertThat(ended.getMessage().getBody(String.class)).startsWith("http");
        await().atMost(TestContext.LIMIT)
                .untilAsserted(() -> assertThat(completed).containsExactly("order-7"));
        assertThat(compensated).isEmpty();
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }

    @Test
    void isCompensatedByForgettingItsRun() {
        assertThat(send(true).getException()).hasMessage("no such customer");

        await().atMost(TestContext.LIMIT)
                .untilAsserted(() -> assertThat(compensated).containsExactly("FORGOTTEN"));
        assertThat(completed).isEmpty();
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }
}
