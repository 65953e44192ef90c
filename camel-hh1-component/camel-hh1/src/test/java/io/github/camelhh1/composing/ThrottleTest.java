package io.github.camelhh1.composing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.bench.Bench;
import io.github.camelhh1.simulator.Reply;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A throttle before the component: its permit is held until the video is there, though no thread is. */
class ThrottleTest {
    @RegisterExtension
    static final Bench BENCH = new Bench();

    @Test
    void holdsBackMoreCallsThanItAllowsAtOnce() {
        var gate = new CompletableFuture<Void>();
        BENCH.simulator().when(request -> true).reply(Reply.completed().heldUntil(gate));
        BENCH.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:photo?concurrentConsumers=4&pollTimeout=20")
                        .throttle(2)
                        .concurrentRequestsMode()
                        .to("hh1:generate")
                        .to("mock:video");
            }
        });
        for (int i = 0; i < 6; i++) {
            BENCH.sendTo("seda:photo?waitForTaskToComplete=Never", message -> message.getMessage()
                    .setBody(BENCH.simulator().sampleImageUrl()));
        }
        await().atMost(Bench.LIMIT).until(() -> BENCH.simulator().inFlight() == 2);
        gate.complete(null);

        MockEndpoint videos = BENCH.context().getEndpoint("mock:video", MockEndpoint.class);
        await().atMost(Bench.LIMIT).until(() -> videos.getReceivedCounter() == 6);
        assertThat(BENCH.simulator().peakInFlight()).isEqualTo(2);
        assertThat(BENCH.simulator().charges()).isEqualTo(6);
    }
}
