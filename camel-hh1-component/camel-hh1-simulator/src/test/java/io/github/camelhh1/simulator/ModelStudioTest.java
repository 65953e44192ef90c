package io.github.camelhh1.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelhh1.simulator.pictures.SampleImage;
import io.github.camelhh1.simulator.task.TaskPlan;
import io.github.camelhh1.simulator.task.TaskView;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ModelStudioTest {
    private static final SetClock CLOCK = new SetClock(Instant.parse("2026-01-01T00:00:00Z"));
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    @RegisterExtension
    static final Hh1SimulatorExtension SIMULATOR = new Hh1SimulatorExtension(Hh1Simulator.builder()
            .rendering(false)
            .requireReachableImage(false)
            .clock(CLOCK)
            .delay(TEN_SECONDS));

    private final Hh1Simulator simulator = SIMULATOR.simulator();
    private final TaskClient client = new TaskClient(simulator);

    @BeforeEach
    void beginsAtTheSameTime() {
        CLOCK.set(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Nested
    class ATask {

        @Test
        void isCreatedAndPolledUntilItsVideoIsThere() throws Exception {
            Instant begin = CLOCK.instant();
            HttpResponse<String> created = client.create("run");
            assertThat(created.statusCode()).isEqualTo(200);
            assertThat(TaskClient.json(created).at("/output/task_status").textValue())
                    .isEqualTo("PENDING");
            assertThat(TaskClient.json(created).path("request_id").textValue()).isNotBlank();
            String id = TaskClient.json(created).at("/output/task_id").textValue();

            CLOCK.advance(Duration.ofMillis(1999));
            assertThat(client.status(id)).isEqualTo("PENDING");
            CLOCK.advance(Duration.ofMillis(1));
            assertThat(client.status(id)).isEqualTo("RUNNING");
            CLOCK.advance(Duration.ofMillis(7999));
            assertThat(client.status(id)).isEqualTo("RUNNING");
            assertThat(simulator.charges()).isZero();
            CLOCK.advance(Duration.ofMillis(1));
            JsonNode done = client.poll(id);

            JsonNode output = done.path("output");
            assertThat(output.path("task_status").textValue()).isEqualTo("SUCCEEDED");
            assertThat(output.path("task_id").textValue()).isEqualTo(id);
            assertThat(output.path("orig_prompt").textValue()).isEqualTo("run");
            assertThat(output.path("submit_time").textValue()).isEqualTo("2026-01-01 08:00:00.000");
            assertThat(output.path("scheduled_time").textValue()).isEqualTo("2026-01-01 08:00:02.000");
            assertThat(output.path("end_time").textValue()).isEqualTo("2026-01-01 08:00:10.000");
            assertThat(done.path("usage").path("duration").intValue()).isEqualTo(4);
            assertThat(done.path("usage").path("SR").intValue()).isEqualTo(720);
            HttpResponse<byte[]> video =
                    new RunClient(simulator).get(output.path("video_url").textValue());
            assertThat(video.statusCode()).isEqualTo(200);
            assertThat(simulator.modelStudio().tasks())
                    .containsExactly(new TaskView(
                            id,
                            1,
                            "happyhorse-1.0-i2v",
                            simulator.sampleImageUrl(),
                            "run",
                            "SUCCEEDED",
                            begin,
                            begin.plusSeconds(2),
                            begin.plusSeconds(10),
                            output.path("video_url").textValue()));
        }

        @Test
        void isChargedWhenItSucceedsEvenIfNobodyPolls() {
            client.created("run");
            assertThat(simulator.charges()).isZero();
            assertThat(simulator.requests()).noneMatch(ReceivedRequest::billed);

            CLOCK.advance(TEN_SECONDS);

            assertThat(simulator.meter())
                    .containsExactly(new Charge(1, "happyhorse-1.0-i2v", simulator.sampleImageUrl(), "run", "720P", 4));
            assertThat(simulator.charges("run")).isEqualTo(1);
            assertThat(simulator.requests()).allMatch(ReceivedRequest::billed);
        }

        @Test
        void takesTheDearDefaultsOfTheService() {
            client.create(
                    client.request(
                            "{\"model\":\"happyhorse-1.0-i2v\",\"input\":{\"media\":[{\"type\":\"first_frame\",\"url\":\"http://127.0.0.1/a.png\"}]}}"));
            CLOCK.advance(TEN_SECONDS);

            assertThat(simulator.meter())
                    .containsExactly(new Charge(1, "happyhorse-1.0-i2v", "http://127.0.0.1/a.png", null, "1080P", 5));
        }

        @Test
        void takesAnImageInTheRequest() {
            String image = "data:image/png;base64," + Base64.getEncoder().encodeToString(SampleImage.bytes());
            client.create(client.request(TaskClient.body("run", image, "{}")));
            CLOCK.advance(TEN_SECONDS);

            assertThat(simulator.charges()).isEqualTo(1);
            assertThat(simulator.requests().get(0).image()).startsWith("data:image/png;base64,sha256:");
        }

        @Test
        void failsWithItsCodeAndIsNotCharged() {
            simulator.script(Reply.completed().task(TaskPlan.failing("InternalError", "The model broke.")));
            String id = client.created("run");
            CLOCK.advance(TEN_SECONDS);

            JsonNode output = client.poll(id).path("output");
            assertThat(output.path("task_status").textValue()).isEqualTo("FAILED");
            assertThat(output.path("code").textValue()).isEqualTo("InternalError");
            assertThat(output.path("message").textValue()).isEqualTo("The model broke.");
            assertThat(output.has("video_url")).isFalse();
            assertThat(client.poll(id).has("usage")).isFalse();
            assertThat(simulator.charges()).isZero();
        }

        @Test
        void showsAStatusThatNoPageDocumentsAndThenSucceeds() {
            CompletableFuture<Void> gate = new CompletableFuture<>();
            simulator
                    .when(request -> "slow".equals(request.prompt()))
                    .reply(Reply.completed()
                            .task(TaskPlan.succeeding("http://127.0.0.1/own.mp4")
                                    .pending(Duration.ofSeconds(1))
                                    .running(Duration.ofSeconds(1))
                                    .runningUntil(gate)
                                    .showing("SUSPENDED")));
            String id = client.created("slow");
            assertThat(client.status(id)).isEqualTo("PENDING");
            CLOCK.advance(TEN_SECONDS);
            assertThat(client.status(id)).isEqualTo("SUSPENDED");
            assertThat(simulator.charges()).isZero();

            gate.complete(null);

            assertThat(client.poll(id).at("/output/video_url").textValue()).isEqualTo("http://127.0.0.1/own.mp4");
            assertThat(simulator.charges()).isEqualTo(1);
        }

        @Test
        void staysPendingAsLongAsTheTestWants() {
            CompletableFuture<Void> gate = new CompletableFuture<>();
            simulator.script(Reply.completed().task(TaskPlan.succeeding().pendingUntil(gate)));
            String id = client.created("run");
            CLOCK.advance(Duration.ofHours(1));
            assertThat(client.status(id)).isEqualTo("PENDING");

            gate.completeExceptionally(new IllegalStateException("in whichever way"));
            assertThat(client.status(id)).isEqualTo("RUNNING");
            CLOCK.advance(TEN_SECONDS);
            assertThat(client.status(id)).isEqualTo("SUCCEEDED");
        }

        @Test
        void isUnknownAfterADay() throws Exception {
            String id = client.created("run");
            CLOCK.advance(TEN_SECONDS);
            String link = client.poll(id).at("/output/video_url").textValue();
            assertThat(link)
                    .endsWith("?Expires=" + CLOCK.instant().plusSeconds(86_400).getEpochSecond());

            CLOCK.advance(Duration.ofHours(24).minus(TEN_SECONDS).minusMillis(1));
            assertThat(client.status(id)).isEqualTo("SUCCEEDED");
            CLOCK.advance(Duration.ofMillis(1));
            assertThat(client.status(id)).isEqualTo("UNKNOWN");
            assertThat(TaskClient.json(client.get("/tasks/")).path("total").intValue())
                    .isZero();
            assertThat(new RunClient(simulator).get(link).statusCode()).isEqualTo(200);
            CLOCK.advance(TEN_SECONDS);
            assertThat(new RunClient(simulator).get(link).statusCode()).isEqualTo(403);
        }

        @Test
        void isUnknownWhenItNeverWas() {
            JsonNode answer = client.poll("never-was");

            assertThat(answer.at("/output/task_status").textValue()).isEqualTo("UNKNOWN");
            assertThat(answer.at("/output/task_id").textValue()).isEqualTo("never-was");
        }

        @Test
        void isForgottenByAResetAndNeverChargedAfterIt() {
            CompletableFuture<Void> gate = new CompletableFuture<>();
            simulator.script(Reply.completed().task(TaskPlan.succeeding().runningUntil(gate)));
            String id = client.created("run");
            CLOCK.advance(TEN_SECONDS);
            assertThat(client.status(id)).isEqualTo("RUNNING");

            simulator.reset();
            gate.complete(null);

            assertThat(client.status(id)).isEqualTo("UNKNOWN");
            assertThat(simulator.modelStudio().tasks()).isEmpty();
            assertThat(simulator.charges()).isZero();
        }
    }

    @Nested
    class ACancellation {

        @Test
        void endsATaskThatIsPendingAndCostsNothing() {
            String id = client.created("run");

            HttpResponse<String> answer = client.cancel(id);
            CLOCK.advance(TEN_SECONDS);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(TaskClient.json(answer).path("request_id").textValue()).isNotBlank();
            assertThat(client.status(id)).isEqualTo("CANCELED");
            assertThat(simulator.charges()).isZero();
        }

        @Test
        void isRefusedForATaskThatIsNotPending() {
            String id = client.created("run");
            CLOCK.advance(Duration.ofSeconds(2));

            for (String each : List.of(id, "never-was")) {
                HttpResponse<String> answer = client.cancel(each);
                assertThat(answer.statusCode()).isEqualTo(400);
                assertThat(TaskClient.json(answer).path("code").textValue()).isEqualTo("UnsupportedOperation");
            }
            CLOCK.advance(TEN_SECONDS);
            assertThat(client.status(id)).isEqualTo("SUCCEEDED");
            assertThat(client.cancel(id).statusCode()).isEqualTo(400);
            assertThat(simulator.charges()).isEqualTo(1);
        }

        @Test
        void isAmbiguousAndTakesEffectOnlyWhenItIsBilled() {
            String cancelled = client.created("cancelled");
            String goesOn = client.created("goes on");
            simulator
                    .modelStudio()
                    .scriptCancel(
                            Reply.refused(500, "InternalError", "?"),
                            Reply.refused(500, "InternalError", "?").billed(false));

            assertThat(client.cancel(cancelled).statusCode()).isEqualTo(500);
            assertThat(client.cancel(goesOn).statusCode()).isEqualTo(500);

            CLOCK.advance(TEN_SECONDS);
            assertThat(client.status(cancelled)).isEqualTo("CANCELED");
            assertThat(client.status(goesOn)).isEqualTo("SUCCEEDED");
            assertThat(simulator.charges()).isEqualTo(1);
            assertThat(simulator.charges("goes on")).isEqualTo(1);
        }
    }

    @Test
    void callsAreKeptByTheirKindWithTheirTimes() {
        Instant begin = CLOCK.instant();
        String id = client.created("run");
        CLOCK.advance(Duration.ofSeconds(1));
        client.poll(id);
        CLOCK.advance(Duration.ofSeconds(1));
        client.poll(id);
        client.get("/tasks/");
        client.cancel(id);

        ModelStudio studio = simulator.modelStudio();
        assertThat(studio.creates()).isEqualTo(simulator.requests()).hasSize(1);
        assertThat(studio.creates().get(0).prompt()).isEqualTo("run");
        assertThat(studio.creates().get(0).image()).isEqualTo(simulator.sampleImageUrl());
        assertThat(studio.polls())
                .extracting(ReceivedRequest::arrived)
                .containsExactly(begin.plusSeconds(1), begin.plusSeconds(2));
        assertThat(studio.pollCount()).isEqualTo(2);
        assertThat(studio.lists()).extracting(ReceivedRequest::path).containsExactly("/api/v1/tasks/");
        assertThat(studio.cancels())
                .extracting(ReceivedRequest::path)
                .containsExactly("/api/v1/tasks/" + id + "/cancel");
        assertThat(simulator.requestCount()).isEqualTo(1);
        assertThat(simulator.inFlight()).isZero();
    }
}
