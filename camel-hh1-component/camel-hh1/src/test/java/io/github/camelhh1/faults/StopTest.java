package io.github.camelhh1.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.failure.BusyException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Row 22: the context stops with calls in flight. */
@Timeout(120)
class StopTest {
    /** Beyond the limit of every test: whatever ends sooner did not need it. */
    private static final int LONG = 300;

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private final CompletableFuture<Void> gate = new CompletableFuture<>();

    private List<SentMessage> sentOfSix(int shutdownSeconds) {
        CAMEL.context().getShutdownStrategy().setTimeout(shutdownSeconds);
        CAMEL.restart(component -> component.setMaxInFlight(2));
        CAMEL.simulator().when(request -> true).reply(Reply.completed().heldUntil(gate));
        List<SentMessage> all = CAMEL.send(6, "");
        await().until(() -> CAMEL.simulator().inFlight() == 2);
        return all;
    }

    private static Thread stopping() {
        Thread stop = new Thread(() -> CAMEL.context().stop());
        stop.start();
        return stop;
    }

    private static void hasStopped(Thread stop) throws InterruptedException {
        stop.join(TestContext.LIMIT.toMillis());
        assertThat(stop.isAlive()).isFalse();
    }

    @Test
    void row22withinItsTimeoutCallsFinishAndWhoWaitsIsSent() throws Exception {
        List<SentMessage> all = sentOfSix(LONG);

        Thread stop = stopping();
        await().until(() -> CAMEL.context().getStatus().isStopping());
        assertThat(all).noneMatch(SentMessage::hasEnded);
        gate.complete(null);

        all.forEach(SentMessage::video);
        hasStopped(stop);
        assertThat(CAMEL.posts()).isEqualTo(6);
        assertThat(CAMEL.simulator().charges()).isEqualTo(6);
    }

    @Test
    void row22pastItsTimeoutEveryExchangeEndsInTimeAndWhatWasSentIsUnknown() throws Exception {
        List<SentMessage> all = sentOfSix(1);

        hasStopped(stopping());

        assertThat(all).allMatch(SentMessage::hasEnded);
        all.subList(0, 2).forEach(sent -> sent.failure(OutcomeUnknownException.class));
        all.subList(2, 6).forEach(sent -> sent.failure(BusyException.class));
        assertThat(CAMEL.posts()).isEqualTo(2);
        await().until(() -> CAMEL.simulator().connections() == 0);
    }

    @Test
    void row22aRetryDelayIsNotWaitedOut() throws Exception {
        CAMEL.context().getShutdownStrategy().setTimeout(1);
        CAMEL.restart(component -> {});
        CAMEL.simulator().when(request -> true).reply(Reply.throttled("200"));
        SentMessage sent = CAMEL.send("");
        await().until(() ->
                CAMEL.simulator().requests().size() == 1 && CAMEL.simulator().inFlight() == 0);

        hasStopped(stopping());

        assertThat(sent.hasEnded()).isTrue();
        assertThat(sent.failure(BusyException.class))
                .hasMessageContainingAll("is stopping", "429", "Nothing is billed");
        assertThat(CAMEL.posts()).isEqualTo(1);
    }

    @Test
    void aMessageThatComesWhileThereIsTimeIsSent() throws Exception {
        List<SentMessage> all = sentOfSix(LONG);
        Thread stop = stopping();
        await().until(() -> CAMEL.context().getStatus().isStopping());

        SentMessage late = CAMEL.sendTo("hh1:generate", exchange -> exchange.getMessage()
                .setBody(CAMEL.simulator().sampleImageUrl()));

        gate.complete(null);
        late.video();
        all.forEach(SentMessage::video);
        hasStopped(stop);
        assertThat(CAMEL.posts()).isEqualTo(7);
    }
}
