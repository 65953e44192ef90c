package io.github.camelhh1.composing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.bench.Bench;
import io.github.camelhh1.bench.Sent;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code toD} makes endpoints and producers by thousands, and Camel evicts those it has not used for long. */
class ManyEndpointsTest {
    private static final int THREADS = 13;
    private static final int ENDPOINTS = 3_000;
    private static final int CACHED = 100;

    @RegisterExtension
    static final Bench BENCH = new Bench();

    private static HealthCheckRepository producersAreChecked() {
        var registry = HealthCheckHelper.getHealthCheckRegistry(BENCH.context());
        var producers = (HealthCheckRepository) registry.resolveById("producers");
        producers.setEnabled(true);
        registry.register(producers);
        BENCH.restart(component -> {
            component.setHealthCheckProducerEnabled(true);
            component.setMaxInFlight(32);
        });
        return producers;
    }

    private static void send(List<Callable<Sent>> messages) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (Future<Sent> sent : threads.invokeAll(messages)) {
                assertThat(sent.get().video()).startsWith("http");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void eachGetsItsVideoAndNoneLeavesAHealthCheckBehind() throws Exception {
        HealthCheckRepository producers = producersAreChecked();
        BENCH.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:any").routeId("any").toD("hh1:generate?seed=${header.seed}", CACHED);
            }
        });
        BENCH.sendTo("direct:any", message -> {
                    message.getMessage().setBody(BENCH.simulator().sampleImageUrl());
                    message.getMessage().setHeader("seed", 0);
                })
                .video();

        send(IntStream.range(1, ENDPOINTS)
                .mapToObj(seed -> (Callable<Sent>) () -> {
                    Sent sent = BENCH.sendTo("direct:any", message -> {
                        message.getMessage().setBody(BENCH.simulator().sampleImageUrl());
                        message.getMessage().setHeader("seed", seed);
                    });
                    sent.end();
                    return sent;
                })
                .toList());

        assertThat(BENCH.simulator().charges()).isEqualTo(ENDPOINTS);
        assertThat(BENCH.simulator().requests())
                .extracting(request -> request.input().get("seed"))
                .doesNotHaveDuplicates();
        assertThat(producers.stream().count()).isPositive().isLessThanOrEqualTo(CACHED + THREADS);

        BENCH.context().getRouteController().stopRoute("any");
        BENCH.context().removeRoute("any");
        assertThat(producers.stream()).isEmpty();
    }
}
