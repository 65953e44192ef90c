package io.github.camelhh1.composing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Reply;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A throttle before the component: its permit is held until the video is there, though no thread is. */
class ThrottleTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    @Test
    void holdsBackMoreCallsThanItAllowsAtOnce() {
        var gate = new CompletableFuture<Void>();
        CAMEL.simulator().when(request -> true).reply(Reply.completed().heldUntil(gate));
        CAMEL.add(new RouteBuilder() {
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
            CAMEL.sendTo("seda:photo?waitForTaskToComplete=Never", message -> message.getMessage()
                    .setBody(CAMEL.simulator().sampleImageUrl()));
        }
        await().atMost(TestContext.LIMIT).until(() -> CAMEL.simulator().inFlight() == 2);
        gate.complete(null);

        MockEndpoint videos = CAMEL.context().getEndpoint("mock:video", MockEndpoint.class);
        await().atMost(TestContext.LIMIT).until(() -> videos.getReceivedCounter() == 6);
        assertThat(CAMEL.simulator().peakInFlight()).isEqualTo(2);
        assertThat(CAMEL.simulator().charges()).isEqualTo(6);
    }
}
