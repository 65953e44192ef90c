package io.github.camelhh1.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.bench.Bench;
import io.github.camelhh1.bench.Sent;
import io.github.camelhh1.failure.BusyException;
import io.github.camelhh1.failure.OutcomeUnknownException;
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
    static final Bench BENCH = new Bench();

    private final CompletableFuture<Void> gate = new CompletableFuture<>();

    private List<Sent> sentOfSix(int shutdownSeconds) {
        BENCH.context().getShutdownStrategy().setTimeout(shutdownSeconds);
        BENCH.restart(component -> component.setMaxInFlight(2));
        BENCH.simulator().when(request -> true).reply(Reply.completed().heldUntil(gate));
        List<Sent> all = BENCH.send(6, "");
        await().until(() -> BENCH.simulator().inFlight() == 2);
        return all;
    }

    private static Thread stopping() {
        Thread stop = new Thread(() -> BENCH.context().stop());
        stop.start();
        return stop;
    }

    private static void hasStopped(Thread stop) throws InterruptedException {
        stop.join(Bench.LIMIT.toMillis());
        assertThat(stop.isAlive()).isFalse();
    }

    @Test
    void row22withinItsTimeoutCallsFinishAndWhoWaitsIsSent() throws Exception {
        List<Sent> all = sentOfSix(LONG);

        Thread stop = stopping();
        await().until(() -> BENCH.context().getStatus().isStopping());
        assertThat(all).noneMatch(Sent::hasEnded);
        gate.complete(null);

        all.forEach(Sent::video);
        hasStopped(stop);
        assertThat(BENCH.posts()).isEqualTo(6);
        assertThat(BENCH.simulator().charges()).isEqualTo(6);
    }

    @Test
    void row22pastItsTimeoutEveryExchangeEndsInTimeAndWhatWasSentIsUnknown() throws Exception {
        List<Sent> all = sentOfSix(1);

        hasStopped(stopping());

        assertThat(all).allMatch(Sent::hasEnded);
        all.subList(0, 2).forEach(sent -> sent.failure(OutcomeUnknownException.class));
        all.subList(2, 6).forEach(sent -> sent.failure(BusyException.class));
        assertThat(BENCH.posts()).isEqualTo(2);
        await().until(() -> BENCH.simulator().connections() == 0);
    }

    @Test
    void row22aRetryDelayIsNotWaitedOut() throws Exception {
        BENCH.context().getShutdownStrategy().setTimeout(1);
        BENCH.restart(component -> {});
        BENCH.simulator().when(request -> true).reply(Reply.throttled("200"));
        Sent sent = BENCH.send("");
        await().until(() ->
                BENCH.simulator().requests().size() == 1 && BENCH.simulator().inFlight() == 0);

        hasStopped(stopping());

        assertThat(sent.hasEnded()).isTrue();
        assertThat(sent.failure(BusyException.class))
                .hasMessageContainingAll("is stopping", "429", "Nothing is billed");
        assertThat(BENCH.posts()).isEqualTo(1);
    }

    @Test
    void aMessageThatComesWhileThereIsTimeIsSent() throws Exception {
        List<Sent> all = sentOfSix(LONG);
        Thread stop = stopping();
        await().until(() -> BENCH.context().getStatus().isStopping());

        Sent late = BENCH.sendTo("hh1:generate", exchange -> exchange.getMessage()
                .setBody(BENCH.simulator().sampleImageUrl()));

        gate.complete(null);
        late.video();
        all.forEach(Sent::video);
        hasStopped(stop);
        assertThat(BENCH.posts()).isEqualTo(7);
    }
}
