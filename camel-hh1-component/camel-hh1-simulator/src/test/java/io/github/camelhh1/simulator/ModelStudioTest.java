package io.github.camelhh1.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelhh1.simulator.task.TaskPlan;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ModelStudioTest {
    @RegisterExtension
    static final Hh1SimulatorExtension SIMULATOR =
            new Hh1SimulatorExtension(Hh1Simulator.builder().rendering(false));

    private final Hh1Simulator simulator = SIMULATOR.simulator();
    private final TaskClient client = new TaskClient(simulator);

    @Nested
    class ATask {

        @Test
        void isCreatedAndPolledUntilItsVideoIsThere() throws Exception {
            HttpResponse<String> created = client.create("run");

            assertThat(created.statusCode()).isEqualTo(200);
            assertThat(TaskClient.json(created).at("/output/task_status").textValue())
                    .isEqualTo("PENDING");
            assertThat(TaskClient.json(created).path("request_id").textValue()).isNotBlank();
            String id = TaskClient.json(created).at("/output/task_id").textValue();
            JsonNode done = succeeded(id);
            assertThat(done.at("/output/task_id").textValue()).isEqualTo(id);
            assertThat(done.at("/output/orig_prompt").textValue()).isEqualTo("run");
            assertThat(done.at("/output/submit_time").textValue())
                    .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}");
            assertThat(done.at("/output/end_time").textValue()).isNotBlank();
            assertThat(done.path("usage").path("duration").intValue()).isEqualTo(4);
            assertThat(done.path("usage").path("SR").intValue()).isEqualTo(720);
            HttpResponse<byte[]> video =
                    new RunClient(simulator).get(done.at("/output/video_url").textValue());
            assertThat(video.statusCode()).isEqualTo(200);
            assertThat(video.headers().firstValue("Content-Type")).contains("video/mp4");
        }

        @Test
        void isChargedOnceItHasSucceeded() {
            CompletableFuture<Void> gate = new CompletableFuture<>();
            simulator.script(Reply.completed().task(TaskPlan.succeeding().runningUntil(gate)));
            String id = client.created("run");

            Awaitility.await().until(() -> client.status(id).equals("RUNNING"));
            assertThat(simulator.charges()).isZero();
            gate.complete(null);
            assertThat(client.status(id)).isEqualTo("SUCCEEDED");
            assertThat(simulator.meter())
                    .containsExactly(new Charge(1, "happyhorse-1.0-i2v", simulator.sampleImageUrl(), "run", "720P", 4));
            assertThat(simulator.charges("run")).isEqualTo(1);
            assertThat(simulator.modelStudio().tasks().get(0).id()).isEqualTo(id);
        }
    }

    private JsonNode succeeded(String id) {
        Awaitility.await().until(() -> client.status(id).equals("SUCCEEDED"));
        return client.poll(id);
    }
}
