package io.github.camelhh1.composing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.StartedParts;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code toD} makes endpoints and producers by thousands, and Camel evicts those it has not used for long. */
class ManyEndpointsTest {
    private static final int THREADS = 13;
    private static final int ENDPOINTS = 3_000;
    private static final int CACHED = 100;

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static void send(List<Callable<SentMessage>> messages) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (Future<SentMessage> sent : threads.invokeAll(messages)) {
                assertThat(sent.get().video()).startsWith("http");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void eachGetsItsVideoAndNoneLeavesItsPartOfTheHealthCheckBehind() throws Exception {
        CAMEL.restart(component -> component.setMaxInFlight(32));
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:any").routeId("any").toD("hh1:generate?seed=${header.seed}", CACHED);
            }
        });
        CAMEL.sendTo("direct:any", message -> {
                    message.getMessage().setBody(CAMEL.simulator().sampleImageUrl());
                    message.getMessage().setHeader("seed", 0);
                })
                .video();

        send(IntStream.range(1, ENDPOINTS)
                .mapToObj(seed -> (Callable<SentMessage>) () -> {
                    SentMessage sent = CAMEL.sendTo("direct:any", message -> {
                        message.getMessage().setBody(CAMEL.simulator().sampleImageUrl());
                        message.getMessage().setHeader("seed", seed);
                    });
                    sent.end();
                    return sent;
                })
                .toList());

        assertThat(CAMEL.simulator().charges()).isEqualTo(ENDPOINTS);
        assertThat(CAMEL.simulator().requests())
                .extracting(request -> request.input().get("seed"))
                .doesNotHaveDuplicates();
        assertThat(StartedParts.of(CAMEL.component()).pauses.size())
                .isPositive()
                .isLessThanOrEqualTo(CACHED + THREADS);

        CAMEL.context().getRouteController().stopRoute("any");
        CAMEL.context().removeRoute("any");
        assertThat(StartedParts.of(CAMEL.component()).pauses).isEmpty();
    }
}
