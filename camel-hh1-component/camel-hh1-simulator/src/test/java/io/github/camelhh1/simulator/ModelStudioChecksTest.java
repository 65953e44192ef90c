package io.github.camelhh1.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelStudioChecksTest {
    private static final SetClock CLOCK = new SetClock(Instant.parse("2026-01-01T00:00:00Z"));

    @RegisterExtension
    static final Hh1SimulatorExtension SIMULATOR = new Hh1SimulatorExtension(
            Hh1Simulator.builder().rendering(false).clock(CLOCK).delay(Duration.ofSeconds(10)));

    private final Hh1Simulator simulator = SIMULATOR.simulator();
    private final TaskClient client = new TaskClient(simulator);

    @Nested
    class ACallIsRefused {

        @Test
        void forItsKey() {
            simulator.acceptOnly("rotated");

            assertRefused(client.create("run"), 401, "InvalidApiKey");
            assertRefused(client.get("/tasks/1"), 401, "InvalidApiKey");
            assertRefused(client.get("/tasks/"), 401, "InvalidApiKey");
            assertRefused(client.cancel("1"), 401, "InvalidApiKey");
        }

        @Test
        void withoutTheHeaderForTasks() {
            HttpRequest.Builder request = client.request(client.body("run"));

            assertRefused(client.create(request.setHeader("X-DashScope-Async", "disable")), 403, "AccessDenied");
            assertThat(TaskClient.json(client.create(request)).path("message").textValue())
                    .contains("does not support synchronous calls");
        }

        @Test
        void withoutTheTypeOfItsBody() {
            HttpRequest.Builder request = client.request(client.body("run")).setHeader("Content-Type", "text/plain");

            assertRefused(client.create(request), 400, "InvalidParameter");
        }

        @Test
        void atAPathThatIsNotThere() {
            assertThat(client.get("/tasks").statusCode()).isEqualTo(404);
            assertThat(client.get("/tasks/1/2").statusCode()).isEqualTo(404);
            assertThat(client.get("/services/aigc/video-generation/video-synthesis")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(client.get("/tasks/1/cancel").statusCode()).isEqualTo(404);
        }

        @Test
        void forAModelThatItsRegionDoesNotHave() {
            simulator.modelStudio().offer("happyhorse-1.0-i2v");
            String body = client.body("run").replace("-1.0-", "-1.1-");

            assertRefused(client.create(client.request(body)), 400, "InvalidParameter");
            simulator.reset();
            assertThat(client.create(client.request(body)).statusCode()).isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "[]",
                    "{",
                    "{\"model\":5}",
                    "{\"model\":\"alibaba/hh1-i2v\",\"input\":{\"media\":[{\"type\":\"first_frame\",\"url\":\"http://a/\"}]}}",
                    "{\"model\":\"happyhorse-1.0-i2v\"}",
                    "{\"model\":\"happyhorse-1.0-i2v\",\"input\":{}}",
                    "{\"model\":\"happyhorse-1.0-i2v\",\"input\":{\"image\":\"http://a/\"}}",
                    "{\"model\":\"happyhorse-1.0-i2v\",\"input\":{\"media\":{}}}",
                    "{\"model\":\"happyhorse-1.0-i2v\",\"input\":{\"media\":[]}}",
                    "{\"model\":\"happyhorse-1.0-i2v\",\"input\":{\"media\":[{\"type\":\"first_frame\"}]}}",
                    "{\"model\":\"happyhorse-1.0-i2v\",\"input\":{\"media\":[{\"type\":\"last_frame\",\"url\":\"http://a/\"}]}}",
                    "{\"model\":\"happyhorse-1.0-i2v\",\"input\":{\"media\":[{\"type\":\"first_frame\",\"url\":\"ftp://a/\"}]}}",
                    "{\"model\":\"happyhorse-1.0-i2v\",\"input\":{\"media\":[{\"type\":\"first_frame\",\"url\":\"http://a/\"},{\"type\":\"first_frame\",\"url\":\"http://a/\"}]}}",
                    "{\"model\":\"happyhorse-1.0-i2v\",\"input\":{\"media\":[{\"type\":\"first_frame\",\"url\":\"http://a/\",\"id\":1}]}}",
                    "{\"model\":\"happyhorse-1.0-i2v\",\"input\":{\"media\":[{\"type\":\"first_frame\",\"url\":\"http://a/\"}]},\"stream\":true}",
                    "{\"model\":\"happyhorse-1.0-i2v\",\"input\":{\"negative_prompt\":\"rain\",\"media\":[{\"type\":\"first_frame\",\"url\":\"http://a/\"}]}}",
                    "{\"model\":\"happyhorse-1.0-i2v\",\"input\":{\"prompt\":5,\"media\":[{\"type\":\"first_frame\",\"url\":\"http://a/\"}]}}",
                    "{\"model\":\"happyhorse-1.0-i2v\",\"input\":{\"media\":[{\"type\":\"first_frame\",\"url\":\"http://a/\"}]},\"parameters\":[]}",
                })
        void forItsBody(String body) {
            assertRefused(client.create(client.request(body)), 400, "InvalidParameter");
            assertThat(simulator.modelStudio().tasks()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '\'',
                delimiter = '|',
                value = {
                    "duration | 2",
                    "duration | 16",
                    "duration | \"8\"",
                    "duration | 5.0",
                    "duration | null",
                    "resolution | \"720p\"",
                    "resolution | \"480P\"",
                    "seed | -1",
                    "seed | 2147483648",
                    "watermark | \"true\"",
                    "ratio | \"16:9\"",
                    "negative_prompt | \"rain\"",
                })
        void forAParameter(String name, String value) {
            String body = TaskClient.body("run", simulator.sampleImageUrl(), "{\"" + name + "\":" + value + "}");

            HttpResponse<String> answer = client.create(client.request(body));

            assertRefused(answer, 400, "InvalidParameter");
            assertThat(TaskClient.json(answer).path("message").textValue()).contains("parameters." + name);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"resolution\":\"1080P\",\"watermark\":false}",
                "{\"duration\":3,\"seed\":0}",
                "{\"duration\":15,\"seed\":2147483647}"
            })
    void documentedParametersAreTaken(String parameters) {
        String body = TaskClient.body("", simulator.sampleImageUrl(), parameters);

        assertThat(client.create(client.request(body)).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:1/gone.png", "data:image/png;base64,AAAA", "data:image/png,raw"})
    void anImageThatIsNoneFailsItsTaskAndIsNotCharged(String image) {
        String body = TaskClient.body("run", image, "{}");
        String id = TaskClient.json(client.create(client.request(body)))
                .at("/output/task_id")
                .textValue();
        CLOCK.advance(Duration.ofSeconds(10));

        Awaitility.await().until(() -> client.status(id).equals("FAILED"));
        assertThat(client.poll(id).at("/output/code").textValue()).isEqualTo("InvalidParameter.DataInspection");
        assertThat(simulator.charges()).isZero();
    }

    static void assertRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(TaskClient.json(answer).path("code").textValue()).isEqualTo(code);
        assertThat(TaskClient.json(answer).path("message").textValue()).isNotBlank();
        assertThat(TaskClient.json(answer).path("request_id").textValue()).isNotBlank();
    }
}
