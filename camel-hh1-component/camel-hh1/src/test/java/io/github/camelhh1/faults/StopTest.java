package io.github.camelhh1.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.bench.Bench;
import io.github.camelhh1.bench.Sent;
import io.github.camelhh1.failure.BusyException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.ThrottledException;
import io.github.camelhh1.simulator.Reply;
import java.time.Duration;
import java.util.ArrayList;
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
    void row22withinItsTimeoutCallsFinishAndWhoWaitsIsLetGoAtOnce() throws Exception {
        List<Sent> all = sentOfSix(LONG);

        Thread stop = stopping();
        all.subList(2, 6).forEach(sent -> sent.failure(BusyException.class));
        assertThat(all.subList(0, 2)).noneMatch(Sent::hasEnded);
        gate.complete(null);

        all.subList(0, 2).forEach(Sent::video);
        hasStopped(stop);
        assertThat(BENCH.posts()).isEqualTo(2);
        assertThat(BENCH.simulator().charges()).isEqualTo(2);
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
    void row32aHeldBackCallerIsLetGo() throws Exception {
        BENCH.context().getShutdownStrategy().setTimeout(LONG);
        BENCH.restart(component -> {
            component.setMaxInFlight(1);
            component.setMaxQueued(0);
        });
        BENCH.simulator().when(request -> true).reply(Reply.completed().heldUntil(gate));
        Sent first = BENCH.send("");
        List<CompletableFuture<Sent>> held = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            var sent = new CompletableFuture<Sent>();
            Thread caller = new Thread(() -> sent.complete(BENCH.send("")));
            caller.start();
            await().until(() -> caller.getState() == Thread.State.WAITING);
            held.add(sent);
        }

        Thread stop = stopping();

        held.forEach(sent -> sent.join().failure(BusyException.class));
        gate.complete(null);
        first.video();
        hasStopped(stop);
        assertThat(BENCH.posts()).isEqualTo(1);
    }

    @Test
    void row22aRetryDelayIsNotWaitedOut() throws Exception {
        BENCH.context().getShutdownStrategy().setTimeout(LONG);
        BENCH.simulator().when(request -> true).reply(Reply.throttled("200"));
        Sent sent = BENCH.send("");
        await().until(() ->
                BENCH.simulator().requests().size() == 1 && BENCH.simulator().inFlight() == 0);

        hasStopped(stopping());

        assertThat(sent.hasEnded()).isTrue();
        assertThat(sent.failure(ThrottledException.class).retryAfter()).isEqualTo(Duration.ofSeconds(200));
        assertThat(BENCH.posts()).isEqualTo(1);
    }

    @Test
    void aMessageAfterTheStopHasBegunIsNotSent() throws Exception {
        List<Sent> all = sentOfSix(LONG);
        Thread stop = stopping();
        all.get(5).failure(BusyException.class);

        assertThat(BENCH.send("").end().getException()).isNotNull();

        gate.complete(null);
        hasStopped(stop);
        assertThat(BENCH.posts()).isEqualTo(2);
    }
}
