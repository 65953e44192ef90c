package io.github.camelhh1.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.StartedParts;
import io.github.camelhh1.failure.BusyException;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.DelegatingSession;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.simulator.Reply;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The ledger fails for a moment while the context stops and other calls are waited for; the process may be killed then. */
@Timeout(240)
class StopLedgerTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private final CompletableFuture<Void> first = new CompletableFuture<>();
    private final CompletableFuture<Void> last = new CompletableFuture<>();
    private final CompletableFuture<Void> slow = new CompletableFuture<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final Ledger memory = Ledgers.memory();
    private final LedgerSession looking = memory.open();

    private final class FailsOnce implements Ledger {
        private final String broken;

        private FailsOnce(String broken) {
            this.broken = broken;
        }

        @Override
        public LedgerSession open() {
            return new DelegatingSession(memory.open()) {
                @Override
                protected <T> T around(String method, Supplier<T> call) {
                    if (method.equals(broken) && failures.getAndIncrement() == 0) {
                        throw new LedgerException("busy for a moment", null);
                    }
                    T answer = call.get();
                    if (method.equals("sent") && sent.incrementAndGet() == 3) {
                        slow.join();
                    }
                    return answer;
                }
            };
        }

        @Override
        public boolean isDurable() {
            return true;
        }

        @Override
        public String toString() {
            return "fails once";
        }
    }

    @AfterEach
    void open() {
        slow.complete(null);
        first.complete(null);
        last.complete(null);
    }

    private void start(String broken) {
        CAMEL.context().getShutdownStrategy().setTimeout(60);
        CAMEL.restart(component -> {
            component.setLedger(new FailsOnce(broken));
            StartedParts.resolver(component, host -> new InetAddress[] {InetAddress.getLoopbackAddress()});
            component.getConfiguration().setAllowPlainHttp(true);
            component
                    .getConfiguration()
                    .setBaseUrl(CAMEL.simulator().baseUrl().replaceFirst("//[^:/]+", "//service.test"));
        });
        CAMEL.simulator()
                .script(Reply.completed().heldUntil(first), Reply.completed().heldUntil(last));
    }

    private static SentMessage photo(String key) {
        return CAMEL.send("", exchange -> {
            exchange.getMessage().setBody(CAMEL.simulator().sampleImageUrl());
            exchange.getMessage().setHeader(Hh1Constants.REQUEST_KEY, key);
        });
    }

    private static void inFlight(int calls) {
        await().atMost(TestContext.LIMIT).until(() -> CAMEL.simulator().inFlight() == calls);
    }

    private static Thread stopping() {
        var stop = new Thread(() -> CAMEL.context().stop());
        stop.start();
        await().atMost(TestContext.LIMIT).until(() -> stop.getState() == Thread.State.TIMED_WAITING);
        // 60 s, less 5 for the routes and 30 for the shortest call.
        CAMEL.letTimersRing(Duration.ofSeconds(25));
        return stop;
    }

    private List<RunState> states() {
        return looking.runs(null, 10, 0).stream().map(Run::state).toList();
    }

    @Test
    void aPaidVideoIsWrittenAgainWhileTheStopWaitsForAnotherCall() throws Exception {
        start("complete");
        SentMessage paid = photo("first");
        inFlight(1);
        SentMessage other = photo("last");
        inFlight(2);
        Thread stop = stopping();

        first.complete(null);
        paid.video();

        try {
            await("the video is in the ledger").atMost(TestContext.LIMIT).until(() -> states().contains(
                            RunState.COMPLETED));
        } finally {
            assertThat(other.hasEnded()).isFalse();
            last.complete(null);
            stop.join(TimeUnit.SECONDS.toMillis(60));
        }
    }

    @Test
    void whatWasRecalledAfterTheLedgerSaidSentIsNotLeftAsSent() throws Exception {
        start("unsent");
        photo("first");
        inFlight(1);
        photo("last");
        inFlight(2);
        SentMessage recalled = photo("recalled");
        await().atMost(TestContext.LIMIT).until(() -> sent.get() == 3);
        Thread stop = stopping();

        slow.complete(null);
        assertThat(recalled.failure(BusyException.class)).hasMessageContaining("Nothing is billed");

        try {
            await("only the two in flight are sent")
                    .atMost(TestContext.LIMIT)
                    .until(() -> states().stream().filter(RunState.SENT::equals).count() == 2);
        } finally {
            assertThat(CAMEL.posts()).isEqualTo(2);
            assertThat(failures).as("writes that were tried").hasPositiveValue();
            first.complete(null);
            last.complete(null);
            stop.join(TimeUnit.SECONDS.toMillis(60));
        }
    }
}
