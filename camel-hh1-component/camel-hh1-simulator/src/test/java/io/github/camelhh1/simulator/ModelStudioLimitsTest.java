package io.github.camelhh1.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.simulator.task.TaskLimits;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ModelStudioLimitsTest {
    private static final SetClock CLOCK = new SetClock(Instant.parse("2026-01-01T00:00:00Z"));

    @RegisterExtension
    static final Hh1SimulatorExtension SIMULATOR = new Hh1SimulatorExtension(Hh1Simulator.builder()
            .rendering(false)
            .requireReachableImage(false)
            .clock(CLOCK)
            .delay(Duration.ofSeconds(10)));

    private final Hh1Simulator simulator = SIMULATOR.simulator();
    private final TaskClient client = new TaskClient(simulator);

    @Test
    void ofCreationsHoldsForAnySecond() {
        simulator.modelStudio().limits(TaskLimits.documented().tasksAtOnce(100));
        for (int i = 0; i < 10; i++) {
            assertThat(client.create("run").statusCode()).isEqualTo(200);
            CLOCK.advance(Duration.ofMillis(50));
        }

        ModelStudioChecksTest.assertRefused(client.create("one too many"), 429, "Throttling.RateQuota");
        CLOCK.advance(Duration.ofMillis(500));
        assertThat(client.create("run").statusCode()).isEqualTo(200);
        ModelStudioChecksTest.assertRefused(client.create("one too many"), 429, "Throttling.RateQuota");
        assertThat(simulator.modelStudio().tasks()).hasSize(11);
    }

    @Test
    void ofPollsHoldsForPollsAlone() {
        simulator.modelStudio().limits(TaskLimits.documented());
        for (int i = 0; i < 20; i++) {
            assertThat(client.get("/tasks/1").statusCode()).isEqualTo(200);
        }

        ModelStudioChecksTest.assertRefused(client.get("/tasks/1"), 429, "Throttling.RateQuota");
        assertThat(client.get("/tasks/").statusCode()).isEqualTo(200);
        assertThat(client.create("run").statusCode()).isEqualTo(200);
        CLOCK.advance(Duration.ofSeconds(1));
        assertThat(client.get("/tasks/1").statusCode()).isEqualTo(200);
    }

    @Test
    void ofTasksAtOnceRefusesTheSixth() {
        simulator.modelStudio().limits(TaskLimits.documented());
        String first = client.created("run");
        for (int i = 1; i < 5; i++) {
            client.created("run");
        }

        ModelStudioChecksTest.assertRefused(client.create("sixth"), 429, "Throttling.AllocationQuota");
        client.cancel(first);
        assertThat(client.create("sixth").statusCode()).isEqualTo(200);
    }

    @Test
    void ofTasksAtOnceLetsTheSixthWait() {
        simulator.modelStudio().limits(TaskLimits.documented().queueing(true));
        for (int i = 0; i < 5; i++) {
            client.created("run");
        }
        CLOCK.advance(Duration.ofSeconds(1));
        String sixth = client.created("sixth");
        String seventh = client.created("seventh");

        CLOCK.advance(Duration.ofSeconds(8));
        assertThat(client.status(sixth)).isEqualTo("PENDING");
        CLOCK.advance(Duration.ofSeconds(1));
        assertThat(client.status(sixth)).isEqualTo("RUNNING");
        assertThat(client.cancel(seventh).statusCode()).isEqualTo(400);
        CLOCK.advance(Duration.ofSeconds(8));
        assertThat(client.status(sixth)).isEqualTo("SUCCEEDED");
    }

    @Test
    void waitingTasksStartWhenTheLimitIsRaised() {
        simulator.modelStudio().limits(TaskLimits.none().tasksAtOnce(1));
        client.created("first");
        String second = client.created("second");
        CLOCK.advance(Duration.ofSeconds(2));
        assertThat(client.status(second)).isEqualTo("PENDING");

        simulator.modelStudio().limits(TaskLimits.none());

        assertThat(client.status(second)).isEqualTo("RUNNING");
    }

    @Test
    void aThousandTasksCostNoThread() {
        for (int hundred = 0; hundred < 10; hundred++) {
            List<CompletableFuture<HttpResponse<String>>> creates = IntStream.range(0, 100)
                    .mapToObj(i -> client.sendAsync(client.request(TaskClient.body("run", "http://127.0.0.1/", "{}"))))
                    .toList();
            creates.forEach(CompletableFuture::join);
        }

        assertThat(simulator.modelStudio().tasks()).hasSize(1_000).allMatch(task -> task.status()
                .equals("PENDING"));
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("hh1-simulator-"))
                .hasSizeLessThanOrEqualTo(3);
        CLOCK.advance(Duration.ofSeconds(10));
        assertThat(simulator.charges()).isEqualTo(1_000);
    }
}
