package io.github.camelhh1.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SimulatorRepliesTest {
    @RegisterExtension
    static final Hh1SimulatorExtension SIMULATOR = new Hh1SimulatorExtension();

    private final Hh1Simulator simulator = SIMULATOR.simulator();
    private final RunClient client = new RunClient(simulator);
    private final String input = "{\"image\":\"" + simulator.sampleImageUrl() + "\",\"prompt\":\"run\"}";

    @ParameterizedTest
    @EnumSource
    void comeInEitherEnvelope(Envelope envelope) throws Exception {
        try (Hh1Simulator other = Hh1Simulator.builder().envelope(envelope).start()) {
            HttpResponse<String> answer = new RunClient(other).run(input);
            JsonNode json = new ObjectMapper().readTree(answer.body());
            JsonNode inner = envelope == Envelope.BARE ? json : json.path("result");

            assertThat(inner.path("state").asText()).isEqualTo("Completed");
            assertThat(inner.path("result").path("video").asText()).startsWith(other.origin() + "/videos/");
            assertThat(inner.path("gatewayMetadata").path("keySource").asText()).isEqualTo("Unified");
            assertThat(json.path("success").asBoolean()).isEqualTo(envelope == Envelope.V4);
            assertThat(answer.headers().firstValue("cf-ray")).isPresent();
            assertThat(answer.headers().firstValue("cf-aig-log-id")).isPresent();
        }
    }

    @ParameterizedTest
    @MethodSource("replies")
    void canBeScripted(Reply reply, int status, String body, int charges) throws Exception {
        simulator.script(reply);

        HttpResponse<String> answer = client.run(input);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(body);
        assertThat(simulator.charges()).isEqualTo(charges);
        assertThat(simulator.requests()).hasSize(1).allMatch(ReceivedRequest::complete);
        assertThat(simulator.requests().get(0).billed()).isEqualTo(charges == 1);
        assertThat(client.run(input).body()).contains("Completed");
    }

    static Stream<Arguments> replies() {
        String other = "https://videos.example/a.mp4";
        return Stream.of(
                Arguments.of(Reply.completed(), 200, "/videos/", 1),
                Arguments.of(Reply.completed(other), 200, other, 1),
                Arguments.of(Reply.completed().chunked(), 200, "/videos/", 1),
                Arguments.of(Reply.completed().closing(), 200, "/videos/", 1),
                Arguments.of(Reply.completed().hugeHeader(1000), 200, "/videos/", 1),
                Arguments.of(Reply.completed().dripping(16, Duration.ofMillis(1)), 200, "/videos/", 1),
                Arguments.of(Reply.state("Paused"), 200, "\"state\":\"Paused\"", 1),
                Arguments.of(Reply.failed("provider_unavailable", "busy"), 200, "\"code\":\"provider_unavailable\"", 1),
                Arguments.of(Reply.failed("it broke"), 200, "\"error\":\"it broke\"", 1),
                Arguments.of(Reply.error(424, 2016, "request blocked"), 424, "\"code\":2016", 0),
                Arguments.of(Reply.error(424, 2017, "response blocked"), 424, "\"code\":2017", 1),
                Arguments.of(Reply.errorArray(424, 2030, "response blocked"), 424, "\"internalCode\":2030", 1),
                Arguments.of(Reply.thrown(424, 2030, "response blocked"), 424, "2030: response", 1),
                Arguments.of(Reply.error(200, 7003, "slow down"), 200, "\"success\":false,\"errors\":[", 0),
                Arguments.of(Reply.error(402, 2021, "credits"), 402, "\"code\":2021", 0),
                Arguments.of(Reply.error(503, 0, "down"), 503, "down", 1),
                Arguments.of(Reply.error(408, 3007, "timeout"), 408, "3007", 1),
                Arguments.of(Reply.errorArray(429, 2018, "busy"), 429, "\"internalCode\":2018", 0),
                Arguments.of(Reply.thrown(429, 3040, "capacity"), 429, "3040: capacity", 0),
                Arguments.of(Reply.html(524), 524, "<!DOCTYPE html>", 1),
                Arguments.of(Reply.html(200), 200, "<html>", 1),
                Arguments.of(Reply.empty(200), 200, "", 1),
                Arguments.of(Reply.empty(404), 404, "", 0),
                Arguments.of(Reply.json(200, "{\"video\":\"${video}\"}"), 200, "/videos/", 1),
                Arguments.of(Reply.bytes(200, "image/png", new byte[] {'%', 'P'}), 200, "%P", 1),
                Arguments.of(Reply.huge(100_000), 200, "xxxxx", 1),
                Arguments.of(Reply.html(502).billed(false), 502, "502", 0));
    }

    @Test
    void carryTheHeadersTheyWereGiven() throws Exception {
        simulator.script(
                Reply.throttled("Fri, 31 Dec 1999 23:59:59 GMT"),
                Reply.redirect(307, "http://elsewhere.example/"),
                Reply.completed().header("cf-ray", "mine"));

        assertThat(client.run(input).headers().map())
                .containsEntry("retry-after", List.of("Fri, 31 Dec 1999 23:59:59 GMT"));
        assertThat(client.run(input).headers().firstValue("location")).contains("http://elsewhere.example/");
        assertThat(client.run(input).headers().allValues("cf-ray")).containsExactly("mine");
    }

    @Test
    void areExactlyAsHugeAsAsked() throws Exception {
        simulator.script(Reply.huge(3_000_001));

        assertThat(client.run(input).body())
                .hasSize(3_000_001)
                .startsWith("{\"state\":\"x")
                .endsWith("x\"}");
    }

    @Test
    void canDependOnTheRequest() throws Exception {
        simulator
                .when(request -> "run".equals(request.prompt()))
                .reply(Reply.html(500))
                .when(request -> request.input().containsKey("seed"))
                .reply(Reply.empty(200));

        assertThat(client.run(input).statusCode()).isEqualTo(500);
        assertThat(client.run(input.replace("run", "walk")).body()).contains("Completed");
        assertThat(client.run(input.replace("}", ",\"seed\":1}")).body()).isEmpty();
        assertThatThrownBy(() -> simulator.when(request -> true).reply(Fault.resetOnConnect()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Nested
    class WhenAnAnswerIsHeldBack {

        @Test
        void itComesWhenTheTestLetsGo() throws Exception {
            CompletableFuture<Void> gate = new CompletableFuture<>();
            simulator.script(Reply.completed().heldUntil(gate));

            CompletableFuture<HttpResponse<String>> answer = client.runAsync(input);
            Awaitility.await().until(() -> simulator.inFlight() == 1 && simulator.charges() == 1);
            assertThat(answer).isNotDone();
            gate.complete(null);

            assertThat(answer.get().statusCode()).isEqualTo(200);
            assertThat(simulator.inFlight()).isZero();
            assertThat(simulator.peakInFlight()).isEqualTo(1);
        }

        @Test
        void itIsNoticedThatTheClientWentAway() {
            simulator.script(Reply.completed().delayedBy(Duration.ofHours(1)));

            try (RawClient raw = new RawClient(simulator)) {
                raw.sendRun(input);
                Awaitility.await().until(() -> simulator.charges() == 1);
            }

            Awaitility.await().until(() -> simulator.abandoned() == 1);
            assertThat(simulator.inFlight()).isZero();
            assertThat(simulator.connections()).isZero();
        }

        @Test
        void theNextTestHearsNothingOfIt() {
            CompletableFuture<Void> gate = new CompletableFuture<>();
            simulator.script(Reply.completed().heldUntil(gate));
            CompletableFuture<HttpResponse<String>> answer = client.runAsync(input);
            Awaitility.await().until(() -> simulator.charges() == 1);

            simulator.reset();

            assertThat(answer)
                    .failsWithin(Duration.ofSeconds(5))
                    .withThrowableThat()
                    .withCauseInstanceOf(IOException.class);
            assertThat(simulator.charges()).isZero();
            assertThat(simulator.requests()).isEmpty();
            assertThat(simulator.inFlight()).isZero();
        }
    }

    @Test
    void areAllMetered() throws Exception {
        client.run(input);
        client.run(input.replace("}", ",\"duration\":7,\"resolution\":\"720P\"}"));

        assertThat(simulator.meter())
                .containsExactly(
                        new Charge(1, "alibaba/hh1-i2v", simulator.sampleImageUrl(), "run", "1080P", 5),
                        new Charge(2, "alibaba/hh1-i2v", simulator.sampleImageUrl(), "run", "720P", 7));
        assertThat(simulator.charges(simulator.sampleImageUrl())).isEqualTo(2);
        assertThat(simulator.charges("run")).isEqualTo(2);
        assertThat(simulator.charges("walk")).isZero();
        ReceivedRequest last = simulator.requests().get(1);
        assertThat(last.header("AUTHORIZATION")).isEqualTo("Bearer " + simulator.apiKey());
        assertThat(last.header("x-none")).isNull();
        assertThat(last.model()).isEqualTo("alibaba/hh1-i2v");
        assertThat(last.input()).containsAllEntriesOf(Map.of("duration", 7, "resolution", "720P"));
        assertThat(last.method() + " " + last.path())
                .isEqualTo("POST /client/v4/accounts/" + simulator.account() + "/ai/run");
    }

    @Test
    void goToManyCallersOnFewThreads() {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        simulator.when(request -> true).reply(Reply.completed().heldUntil(gate));
        HttpClient many = HttpClient.newHttpClient();

        var answers = Stream.generate(() ->
                        many.sendAsync(client.request(RunClient.body(input)), HttpResponse.BodyHandlers.ofString()))
                .limit(300)
                .toList();
        Awaitility.await().until(() -> simulator.charges() == 300);
        long threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("hh1-simulator-"))
                .count();
        gate.complete(null);

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
        assertThat(simulator.peakInFlight()).isEqualTo(300);
        assertThat(threads).isLessThanOrEqualTo(4);
    }
}
