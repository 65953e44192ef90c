package io.github.camelhh1.composing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.StartedParts;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Reply;
import io.github.camelhh1.simulator.VideoReply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A thread that waits for a video, as fault tolerance and executors of users let it, and is interrupted. */
class InterruptedCallersTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static Exchange ask(String options) {
        return CAMEL.context()
                .createProducerTemplate()
                .request("hh1:generate?requestKey=one" + options, exchange -> exchange.getMessage()
                        .setBody(CAMEL.simulator().sampleImageUrl()));
    }

    private static void isInterrupted(String options, Callable<Boolean> when) throws Exception {
        ExecutorService caller = Executors.newSingleThreadExecutor();
        Future<Exchange> waiting = caller.submit(() -> ask(options));
        await().atMost(TestContext.LIMIT).until(when);
        caller.shutdownNow();
        assertThat(waiting.get().getException()).isNotNull();
    }

    /** An interrupted caller does not wait for it. */
    @AfterEach
    void theExchangeEnds() {
        await().atMost(TestContext.LIMIT)
                .until(() -> CAMEL.context().getInflightRepository().size() == 0);
    }

    @Test
    void leaveARunThatIsPaidOnceAndAnsweredAgain() throws Exception {
        var gate = new CompletableFuture<Void>();
        CAMEL.simulator().script(Reply.completed().heldUntil(gate));
        isInterrupted("", () -> CAMEL.simulator().inFlight() == 1);
        gate.complete(null);

        Exchange again = ask("");
        assertThat(again.getException()).isNull();
        assertThat(again.getMessage().getHeaders()).containsEntry(Hh1Constants.REPLAYED, true);
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }

    @Test
    void leaveNoFileOfAVideoBehind() throws Exception {
        Path directory = StartedParts.of(CAMEL.component()).privateDirectory();
        CAMEL.simulator().scriptVideo(VideoReply.whole().dripping(4_000, Duration.ofMillis(50)));
        isInterrupted(
                "&output=video&allowPrivateHosts=true", () -> directory.toFile().list().length > 0);

        await().atMost(TestContext.LIMIT)
                .untilAsserted(() -> assertThat(directory).isEmptyDirectory());
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }
}
