package io.github.camelhh1.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.RejectedException;
import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.Reply;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Each meter, by messages that pass through a route. */
class MetersTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static final Duration LOOK = Duration.ofSeconds(30);

    private final MeterRegistry registry = new SimpleMeterRegistry();

    @BeforeEach
    void start() {
        CAMEL.context().getRegistry().bind("metricsRegistry", registry);
        CAMEL.restart(component -> component.setMaxInFlight(1));
    }

    private double counted(String name, String... tags) {
        return registry.get(name).tag("component", "hh1").tags(tags).counter().count();
    }

    private double read(String name) {
        return registry.get(name).tag("component", "hh1").gauge().value();
    }

    private long timed(String name, String... tags) {
        return registry.get(name).tag("component", "hh1").tags(tags).timer().count();
    }

    private void awaitTimed(String name, String... tags) {
        await().atMost(TestContext.LIMIT)
                .untilAsserted(() -> assertThat(timed(name, tags)).isPositive());
    }

    private double ended(String outcome) {
        return counted("hh1.outcomes", "model", "alibaba/hh1-i2v", "outcome", outcome);
    }

    @Test
    void aVideoIsTimedAndCounted() {
        CAMEL.send("duration=5&resolution=720P&pricePerSecond=720P=0.14").video();

        awaitTimed("hh1.generate");
        assertThat(registry.get("hh1.generate").timer().totalTime(TimeUnit.NANOSECONDS))
                .isPositive();
        assertThat(registry.get("hh1.generate").timer().takeSnapshot().histogramCounts())
                .hasSize(10)
                .allSatisfy(bucket -> assertThat(bucket.count()).isEqualTo(1));
        assertThat(ended("completed")).isEqualTo(1);
        assertThat(ended("unknown")).isZero();
        assertThat(counted("hh1.attempts")).isEqualTo(1);
        assertThat(counted("hh1.video.seconds")).isEqualTo(5);
        assertThat(counted("hh1.cost")).isEqualTo(0.70);
        assertThat(counted("hh1.replays")).isZero();
        assertThat(timed("hh1.ledger")).isGreaterThanOrEqualTo(3);
    }

    @Test
    void aReplayIsNoNewVideo() {
        CAMEL.send("requestKey=same&duration=5").video();
        CAMEL.send("requestKey=same&duration=5").video();

        await().atMost(TestContext.LIMIT)
                .untilAsserted(() -> assertThat(ended("completed")).isEqualTo(2));
        assertThat(counted("hh1.replays")).isEqualTo(1);
        assertThat(timed("hh1.generate")).isEqualTo(1);
        assertThat(counted("hh1.video.seconds")).isEqualTo(5);
        assertThat(counted("hh1.attempts")).isEqualTo(1);
    }

    @Test
    void aRefusalIsCountedAndNotTimed() {
        CAMEL.simulator().next(Reply.error(400, 7003, "not allowed"));

        CAMEL.send("").failure(RejectedException.class);

        await().atMost(TestContext.LIMIT)
                .untilAsserted(() -> assertThat(ended("rejected")).isEqualTo(1));
        assertThat(timed("hh1.generate")).isZero();
        assertThat(counted("hh1.attempts")).isEqualTo(1);
    }

    @Test
    void eachAttemptIsCounted() {
        CAMEL.simulator().next(Reply.error(429, 3040, "capacity exceeded"));

        CAMEL.send("").video();

        await().atMost(TestContext.LIMIT)
                .untilAsserted(() -> assertThat(ended("completed")).isEqualTo(1));
        assertThat(counted("hh1.attempts")).isEqualTo(2);
    }

    @Test
    void callsInFlightAndWaitingAreShown() {
        var held = new CompletableFuture<Void>();
        CAMEL.simulator().next(Reply.completed().heldUntil(held));
        SentMessage sent = CAMEL.send("");
        SentMessage waiting = CAMEL.send("");

        await().atMost(TestContext.LIMIT)
                .untilAsserted(() -> assertThat(read("hh1.queued")).isEqualTo(1));
        assertThat(read("hh1.in.flight")).isEqualTo(1);
        assertThat(read("hh1.permits")).isEqualTo(1);
        assertThat(read("hh1.ledger.failing")).isZero();

        held.complete(null);
        sent.video();
        waiting.video();
        await().atMost(TestContext.LIMIT)
                .untilAsserted(() -> assertThat(read("hh1.in.flight")).isZero());
    }

    /** A call under budget reserves the most that it can cost, and spends it when there is a video. */
    @Test
    void theBudgetAndUnknownRunsAreThoseOfTheLastLook() {
        CAMEL.restart(component -> {
            component.setMaxSecondsPerDay(100L);
            component.setMaxCostPerDay("50");
        });
        String options = "duration=5&resolution=720P&pricePerSecond=RAW(720P=0.14,1080P=0.28)";
        CAMEL.send(options + "&requestKey=made").video();
        CAMEL.simulator().next(Fault.closeAfterRequest());
        CAMEL.send(options + "&requestKey=unknown").failure(OutcomeUnknownException.class);
        var held = new CompletableFuture<Void>();
        CAMEL.simulator().next(Reply.completed().heldUntil(held));
        SentMessage sent = CAMEL.send(options + "&requestKey=held");
        await().atMost(TestContext.LIMIT)
                .untilAsserted(() -> assertThat(counted("hh1.attempts")).isEqualTo(3));

        await().atMost(TestContext.LIMIT).untilAsserted(() -> {
            CAMEL.letTimersRing(LOOK);
            assertThat(read("hh1.unknown.runs")).isEqualTo(1);
            assertThat(read("hh1.budget.spent.seconds")).isEqualTo(5);
            assertThat(read("hh1.budget.spent.cost")).isEqualTo(0.70);
            assertThat(read("hh1.budget.reserved.seconds")).isEqualTo(10);
            assertThat(read("hh1.budget.reserved.cost")).isEqualTo(1.40);
        });
        assertThat(read("hh1.budget.cap.seconds")).isEqualTo(100);
        assertThat(read("hh1.budget.cap.cost")).isEqualTo(50);

        held.complete(null);
        sent.video();
    }

    @Test
    void aStagedImageIsTimedAndCounted(@TempDir Path directory) {
        byte[] image = Images.png();
        CAMEL.send(
                        "stagingDirectory=" + directory + "&stagingBaseUrl="
                                + CAMEL.simulator().sampleImageUrl() + "/",
                        exchange -> exchange.getMessage().setBody(image))
                .end();

        awaitTimed("hh1.staging");
        assertThat(counted("hh1.staged.bytes")).isEqualTo(image.length);
    }

    @Test
    void aDownloadIsTimedAndCounted() {
        String link = CAMEL.send("").video();
        SentMessage video = CAMEL.sendTo("hh1:download?allowPrivateHosts=true", exchange -> exchange.getMessage()
                .setBody(link));
        assertThat(video.end().getException()).isNull();

        awaitTimed("hh1.download", "outcome", "downloaded");
        assertThat(counted("hh1.downloaded.bytes"))
                .isEqualTo(video.end().getMessage().getBody(byte[].class).length);
        assertThat(timed("hh1.download", "outcome", "failed")).isZero();
    }
}
