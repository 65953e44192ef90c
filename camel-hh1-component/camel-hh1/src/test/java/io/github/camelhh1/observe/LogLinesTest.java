package io.github.camelhh1.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.RejectedException;
import io.github.camelhh1.fixture.CapturedLog;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The story of a message, as an operator reads it in the log. */
class LogLinesTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private CapturedLog log;

    @BeforeEach
    void listen() {
        log = CapturedLog.start();
    }

    @AfterEach
    void stop() {
        log.close();
    }

    private List<String> lines(String part) {
        return log.text()
                .lines()
                .filter(line -> line.contains("io.github.camelhh1.Runs"))
                .filter(line -> line.contains(part))
                .toList();
    }

    private void awaitLine(String... parts) {
        await().atMost(TestContext.LIMIT).untilAsserted(() -> assertThat(lines(parts[0]))
                .anySatisfy(line -> assertThat(line).contains(parts)));
    }

    @Test
    void aVideoIsAcceptedSentAndCompleted() {
        SentMessage sent = CAMEL.send("duration=5&resolution=720P&pricePerSecond=720P=0.14");
        sent.video();

        awaitLine("completed after", "5 s of video", "cost 0.70");
        String run = "Run " + sent.end().getMessage().getHeader(Hh1Constants.RUN_ID);
        assertThat(lines(run)).hasSize(3);
        assertThat(lines(run).get(0)).contains("accepted");
        assertThat(lines(run).get(1)).contains("sent to the model alibaba/hh1-i2v");
    }

    @Test
    void aRepeatedRequestPaysNothing() {
        CAMEL.send("requestKey=same").video();
        CAMEL.send("requestKey=same").video();

        awaitLine("answered again with its video; nothing was paid");
        assertThat(lines("sent to the model")).hasSize(1);
    }

    @Test
    void aRefusalHasItsReasonWithoutThePrompt() {
        CAMEL.simulator().next(Reply.error(400, 7003, "the prompt 'a dancing horse in the rain' is not allowed"));

        CAMEL.send("prompt=RAW(a dancing horse in the rain)").failure(RejectedException.class);

        awaitLine("no video after");
        assertThat(lines("")).noneMatch(line -> line.contains("dancing horse"));
    }

    @Test
    void whileACallIsInFlightALineAMinuteSaysSo() {
        CAMEL.send("").video();
        var held = new CompletableFuture<Void>();
        CAMEL.simulator().next(Reply.completed().heldUntil(held));
        SentMessage sent = CAMEL.send("");
        await().atMost(TestContext.LIMIT)
                .untilAsserted(() -> assertThat(lines("sent to")).hasSize(2));

        CAMEL.letTimersRing(MINUTE);
        // Not on a thread of the rooms: a log may be slow.
        awaitLine("1 in flight, 0 waiting; the oldest was accepted", "Half of the last videos took", "hh1-observers");
        await().atMost(TestContext.LIMIT)
                .untilAsserted(() ->
                        assertThat(CAMEL.delays()).filteredOn(MINUTE::equals).hasSize(2));
        CAMEL.letTimersRing(MINUTE);
        await().atMost(TestContext.LIMIT)
                .untilAsserted(() -> assertThat(lines("in flight")).hasSize(2));

        held.complete(null);
        sent.video();
    }

    @Test
    void aRunIdOfASenderMakesNoLineOfItsOwn() {
        String link = CAMEL.send("").video();
        CAMEL.sendTo("hh1:download?allowPrivateHosts=true", exchange -> {
                    exchange.getMessage().setBody(link);
                    exchange.getMessage()
                            .setHeader(
                                    Hh1Constants.RUN_ID, "a\nINFO forged https://h.example/v?X-Amz-Signature=canary");
                })
                .end();

        awaitLine("downloaded");
        assertThat(log.text().lines()).noneMatch(line -> line.startsWith("INFO forged"));
        assertThat(log.text()).doesNotContain("canary");
    }

    @Test
    void aQuietComponentSaysNothing() {
        CAMEL.restart(component -> component.setQuiet(true));

        CAMEL.send("").video();

        assertThat(CAMEL.delays()).doesNotContain(MINUTE);
        assertThat(lines("")).isEmpty();
    }
}
