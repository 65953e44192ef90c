package io.github.camelhh1.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelhh1.simulator.task.TaskPlan;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelStudioFaultsTest {
    @RegisterExtension
    static final Hh1SimulatorExtension SIMULATOR =
            new Hh1SimulatorExtension(Hh1Simulator.builder().rendering(false).requireReachableImage(false));

    private final Hh1Simulator simulator = SIMULATOR.simulator();
    private final TaskClient client = new TaskClient(simulator);

    @Nested
    class WhenTheAnswerToACreationIsLost {

        static Stream<Reply> lost() {
            return Stream.of(
                    Fault.resetAfterRequest(),
                    Fault.closeAfterRequest(),
                    Reply.completed().cutAfter(10),
                    Reply.completed().cutAfter(0));
        }

        @ParameterizedTest
        @MethodSource("lost")
        void theTaskGoesOnAndIsCharged(Reply fault) {
            simulator.script(fault);

            assertThatThrownBy(() -> client.create("run")).isInstanceOf(UncheckedIOException.class);

            assertThat(simulator.modelStudio().tasks()).hasSize(1);
            assertThat(client.status(simulator.modelStudio().tasks().get(0).id()))
                    .isEqualTo("SUCCEEDED");
            assertThat(simulator.charges("run")).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void itNeverComes(boolean begins) {
            simulator.script(begins ? Fault.stallAfterHeaders() : Fault.silence());

            CompletableFuture<HttpResponse<String>> answer = client.sendAsync(client.request(client.body("run")));

            Awaitility.await().until(() -> simulator.charges() == 1);
            assertThat(answer).isNotDone();
            assertThat(simulator.inFlight()).isEqualTo(1);
            answer.cancel(true);
            Awaitility.await().until(() -> simulator.inFlight() == 0);
        }

        @Test
        void itsFateCanBeScriptedToo() {
            simulator.script(Fault.resetAfterRequest().task(TaskPlan.failing("DataInspectionFailed", "No.")));

            assertThatThrownBy(() -> client.create("run")).isInstanceOf(UncheckedIOException.class);

            assertThat(simulator.modelStudio().tasks()).singleElement().satisfies(task -> assertThat(task.status())
                    .isEqualTo("FAILED"));
            assertThat(simulator.charges()).isZero();
        }

        @Test
        void itIsLate() {
            CompletableFuture<Void> gate = new CompletableFuture<>();
            simulator.script(Reply.completed().heldUntil(gate));
            CompletableFuture<HttpResponse<String>> answer = client.sendAsync(client.request(client.body("run")));
            Awaitility.await().until(() -> simulator.charges() == 1);
            assertThat(answer).isNotDone();

            gate.complete(null);

            assertThat(TaskClient.json(answer.join()).at("/output/task_id").textValue())
                    .isEqualTo(simulator.modelStudio().tasks().get(0).id());
        }
    }

    @Nested
    class AServerErrorToACreation {

        @Test
        void leavesATaskBehind() {
            simulator.script(Reply.refused(500, "InternalError", "?"), Reply.html(502), Reply.empty(503));

            assertThat(client.create("a").statusCode()).isEqualTo(500);
            assertThat(client.create("b").statusCode()).isEqualTo(502);
            assertThat(client.create("c").statusCode()).isEqualTo(503);

            assertThat(simulator.charges()).isEqualTo(3);
        }

        @Test
        void leavesNoneBehindWhenItIsNotBilled() {
            simulator.script(Reply.refused(500, "SystemError", "?").billed(false));

            HttpResponse<String> answer = client.create("run");

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(TaskClient.json(answer).path("code").textValue()).isEqualTo("SystemError");
            assertThat(simulator.modelStudio().tasks()).isEmpty();
        }

        @Test
        void isLostAndLeavesNoneBehindWhenItIsNotBilled() {
            simulator.script(Fault.closeAfterRequest().billed(false));

            assertThatThrownBy(() -> client.create("run")).isInstanceOf(UncheckedIOException.class);

            assertThat(simulator.modelStudio().creates()).hasSize(1);
            assertThat(simulator.modelStudio().tasks()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Arrearage", "DataInspectionFailed", "Throttling", "Model.AccessDenied"})
    void aScriptedRefusalLeavesNoTaskBehind(String code) {
        simulator.script(Reply.refused(400, code, "No."));

        HttpResponse<String> answer = client.create("run");

        assertThat(TaskClient.json(answer).path("code").textValue()).isEqualTo(code);
        assertThat(simulator.modelStudio().tasks()).isEmpty();
        assertThat(simulator.charges()).isZero();
    }

    @Test
    void aCreationWhoseUploadIsCutLeavesNoTaskBehind() {
        simulator.script(Fault.resetInUpload(10));

        assertThatThrownBy(() -> client.create("run")).isInstanceOf(UncheckedIOException.class);

        assertThat(simulator.modelStudio().tasks()).isEmpty();
        assertThat(simulator.inFlight()).isZero();
    }

    @Test
    void pollsGoWrongAsScriptedAndCreationsDoNot() {
        simulator
                .modelStudio()
                .scriptPoll(
                        Reply.html(502),
                        Reply.refused(429, "Throttling", "Requests throttling triggered."),
                        Reply.json(
                                200,
                                "{\"output\":{\"task_id\":\"${task}\",\"task_status\":\"SUCCEEDED\",\"video_url\":\"${video}\"},\"usage\":{\"SR\":\"720\"}}"),
                        Reply.completed().cutAfter(20),
                        Fault.resetAfterRequest());
        String id = client.created("run");

        assertThat(client.get("/tasks/" + id).statusCode()).isEqualTo(502);
        assertThat(client.get("/tasks/" + id).statusCode()).isEqualTo(429);
        assertThat(client.poll(id).at("/output/task_id").textValue()).isEqualTo(id);
        assertThatThrownBy(() -> client.poll(id)).isInstanceOf(UncheckedIOException.class);
        assertPollIsReset(id);
        assertThat(client.status(id)).isEqualTo("SUCCEEDED");
        assertThat(simulator.charges()).isEqualTo(1);
    }

    @Test
    void aPollIsNeverAnswered() {
        simulator.modelStudio().scriptPoll(Fault.silence());
        String id = client.created("run");

        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(client.to("/tasks/" + id).GET());

        Awaitility.await().until(() -> simulator.modelStudio().pollCount() == 1);
        assertThat(client.status(id)).isEqualTo("SUCCEEDED");
        assertThat(answer).isNotDone();
        // The client would repeat the question once its connection closes, in the middle of the next test.
        assertThat(answer.cancel(true)).isTrue();
    }

    @Test
    void listsGoWrongAsScripted() {
        simulator.modelStudio().scriptList(Reply.html(503));

        assertThat(client.get("/tasks/").statusCode()).isEqualTo(503);
        assertThat(client.get("/tasks/").statusCode()).isEqualTo(200);
    }

    @Test
    void rulesSeeAllCalls() {
        simulator
                .when(request -> request.path().endsWith("/cancel"))
                .reply(Reply.refused(429, "Throttling", "Later.").delayedBy(Duration.ofMillis(1)));
        String id = client.created("run");

        assertThat(client.cancel(id).statusCode()).isEqualTo(429);
        assertThat(client.status(id)).isEqualTo("SUCCEEDED");
    }

    @Test
    void aFaultThatKnowsNoKindOfCallIsNotScriptedForOne() {
        assertThatThrownBy(() -> simulator.modelStudio().scriptPoll(Fault.resetOnConnect()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aConnectionIsResetBeforeAPollIsRead() {
        String id = client.created("run");
        simulator.script(Fault.resetBeforeReading());

        assertPollIsReset(id);

        assertThat(simulator.modelStudio().polls()).isEmpty();
        assertThat(client.status(id)).isEqualTo("SUCCEEDED");
    }

    /** Over a socket of its own: the JDK's client asks again by itself. */
    private void assertPollIsReset(String id) {
        try (RawClient raw = new RawClient(simulator)) {
            raw.send("GET /api/v1/tasks/" + id + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                    + simulator.apiKey() + "\r\n\r\n");
            assertThatThrownBy(raw::read).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        }
    }
}
