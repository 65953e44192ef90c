package io.github.camelhh1.composing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Reply;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Routes that are suspended, or stopped, and go on later, with a call in flight. A message that is sent meanwhile may be
 * taken at once: a suspended {@code seda} consumer still takes one if it was already polling.
 */
class SuspendedRoutesTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private final CompletableFuture<Void> gate = new CompletableFuture<>();

    @BeforeEach
    void route() {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:photo?pollTimeout=20")
                        .routeId("videos")
                        .to("hh1:generate")
                        .to("mock:video");
            }
        });
        CAMEL.simulator().script(Reply.completed().heldUntil(gate));
        send();
        await().atMost(TestContext.LIMIT).until(() -> CAMEL.simulator().inFlight() == 1);
    }

    private static SentMessage send() {
        return CAMEL.sendTo("seda:photo?waitForTaskToComplete=Never", message -> message.getMessage()
                .setBody(CAMEL.simulator().sampleImageUrl()));
    }

    private static void videosAre(int count) {
        MockEndpoint videos = CAMEL.context().getEndpoint("mock:video", MockEndpoint.class);
        await().atMost(TestContext.LIMIT).until(() -> videos.getReceivedCounter() == count);
        assertThat(CAMEL.simulator().charges()).isEqualTo(count);
    }

    /** The wait for the call in flight takes a thread. */
    private static CompletableFuture<Void> aside(Step step) {
        return CompletableFuture.runAsync(() -> {
            try {
                step.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private interface Step {
        void run() throws Exception;
    }

    @Test
    void aSuspendedRouteEndsItsCallAndGoesOnWhenItIsResumed() throws Exception {
        var suspended = aside(() -> CAMEL.context().getRouteController().suspendRoute("videos"));
        gate.complete(null);
        videosAre(1);
        suspended.get();
        assertThat(CAMEL.posts()).isEqualTo(1);
        send();

        CAMEL.context().getRouteController().resumeRoute("videos");
        videosAre(2);
    }

    @Test
    void aStoppedRouteEndsItsCallAndGoesOnWhenItIsStarted() throws Exception {
        var stopped = aside(() -> CAMEL.context().getRouteController().stopRoute("videos"));
        gate.complete(null);
        videosAre(1);
        stopped.get();

        CAMEL.context().getRouteController().startRoute("videos");
        send();
        videosAre(2);
    }

    @Test
    void aSuspendedContextEndsItsCallAndGoesOnWhenItIsResumed() throws Exception {
        var suspended = aside(CAMEL.context()::suspend);
        gate.complete(null);
        videosAre(1);
        suspended.get();

        CAMEL.context().resume();
        send();
        videosAre(2);
    }
}
