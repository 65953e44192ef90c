package io.github.camelhh1.composing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.bench.Bench;
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
    static final Bench BENCH = new Bench();

    private final List<Object> compensated = new CopyOnWriteArrayList<>();
    private final List<Object> completed = new CopyOnWriteArrayList<>();

    @BeforeEach
    void route() throws Exception {
        BENCH.context().addService(new InMemorySagaService());
        BENCH.add(new RouteBuilder() {
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
        return BENCH.sendTo("direct:order", message -> {
                    message.getMessage().setBody(BENCH.simulator().sampleImageUrl());
                    message.getMessage().setHeader("refused", refused);
                })
                .end();
    }

    @Test
    void isCompletedWithItsVideo() {
        Exchange ended = send(false);

        assertThat(ended.getException()).isNull();
        assertThat(ended.getMessage().getBody(String.class)).startsWith("http");
        await().atMost(Bench.LIMIT).untilAsserted(() -> assertThat(completed).containsExactly("order-7"));
        assertThat(compensated).isEmpty();
        assertThat(BENCH.simulator().charges()).isEqualTo(1);
    }

    @Test
    void isCompensatedByForgettingItsRun() {
        assertThat(send(true).getException()).hasMessage("no such customer");

        await().atMost(Bench.LIMIT).untilAsserted(() -> assertThat(compensated).containsExactly("FORGOTTEN"));
        assertThat(completed).isEmpty();
        assertThat(BENCH.simulator().charges()).isEqualTo(1);
    }
}
