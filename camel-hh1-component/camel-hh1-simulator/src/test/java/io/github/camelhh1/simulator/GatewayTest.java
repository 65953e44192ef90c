package io.github.camelhh1.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelhh1.simulator.gateway.LogPlan;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The logs of the gateway, over HTTP. */
class GatewayTest {
    private static final SetClock CLOCK = new SetClock(Instant.parse("2026-01-01T00:00:00Z"));

    @RegisterExtension
    static final Hh1SimulatorExtension SIMULATOR = new Hh1SimulatorExtension(
            Hh1Simulator.builder().rendering(false).clock(CLOCK).requireReachableImage(false));

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INPUT = "{\"image\":\"https://images.example/a.png\"}";

    private final Hh1Simulator simulator = SIMULATOR.simulator();
    private final RunClient client = new RunClient(simulator);

    @Test
    void haveARowForEachCallThatWasAnswered() throws Exception {
        HttpResponse<String> answer = run("one");

        JsonNode row = only(logs("one"));

        assertThat(row.path("id").textValue())
                .isEqualTo(answer.headers().firstValue("cf-aig-log-id").orElseThrow());
        assertThat(row.path("success").booleanValue()).isTrue();
        assertThat(row.path("metadata").textValue()).isEqualTo("{\"hh1run\":\"one\"}");
        assertThat(response(row)).isEqualTo(answer.body());
        assertThat(JSON.readTree(get("/logs/" + row.path("id").textValue()).body())
                        .path("result"))
                .isEqualTo(row);
        assertThat(get("/logs/none").statusCode()).isEqualTo(404);
    }

    @Test
    void haveARowForACallWhoseAnswerWasLost() throws Exception {
        simulator.script(Fault.resetAfterRequest(), Reply.completed().cutAfter(10));
        Assertions.catchThrowable(() -> run("lost"));
        Assertions.catchThrowable(() -> run("cut"));

        assertThat(response(only(logs("lost")))).contains("\"video\":\"http");
        assertThat(response(only(logs("cut")))).contains("\"video\":\"http");
    }

    @Test
    void haveARowForARefusalButNoneForACallThatDidNotReachTheService() throws Exception {
        simulator.script(Reply.errorArray(402, 2021, "Insufficient credits"), Fault.resetBeforeReading());
        run("refused");
        Assertions.catchThrowable(() -> run("unread"));
        client.send(withMetadata(client.requestTo(simulator.account(), "wrong", RunClient.body(INPUT)), "stranger"));

        JsonNode row = only(logs("refused"));
        assertThat(row.path("success").booleanValue()).isFalse();
        assertThat(row.path("status_code").intValue()).isEqualTo(402);
        assertThat(response(row)).contains("2021");
        assertThat(logs("unread")).isEmpty();
        assertThat(logs("stranger")).isEmpty();
    }

    @Test
    void ignoreAFilterOfAWrongForm() throws Exception {
        run("one");
        run("two");

        assertThat(logs("two")).hasSize(1);
        for (String wrong : List.of(
                "metadata.value=two",
                "{\"key\":\"metadata.value\",\"operator\":\"eq\",\"value\":[\"two\"]}",
                "[{\"key\":\"metadata\",\"operator\":\"eq\",\"value\":[\"two\"]}]",
                "[{\"key\":\"metadata.value\",\"operator\":\"eq\",\"value\":\"two\"}]",
                "")) {
            assertThat(rows("?filters=" + encoded(wrong))).as(wrong).hasSize(2);
        }
    }

    @Test
    void comeInPagesOfFiftyAtMostNewestFirst() throws Exception {
        for (int i = 0; i < 61; i++) {
            simulator.gateway().add(LogPlan.row(200, "{}").withMetadata("{\"n\":\"" + i + "\"}"));
            CLOCK.advance(Duration.ofSeconds(1));
        }

        String newestFirst = "?order_by=created_at&order_by_direction=desc&per_page=500";
        assertThat(rows(newestFirst)).hasSize(50);
        assertThat(rows(newestFirst).get(0).path("metadata").textValue()).isEqualTo("{\"n\":\"60\"}");
        assertThat(rows(newestFirst + "&page=2")).hasSize(11);
        assertThat(JSON.readTree(get("/logs" + newestFirst).body())
                        .at("/result_info/total_count")
                        .intValue())
                .isEqualTo(61);
    }

    @Test
    void showARowWhenItIsTime() throws Exception {
        simulator
                .gateway()
                .script(LogPlan.row(504, "late").and(LogPlan.usual().after(Duration.ofMinutes(1))), LogPlan.missing());
        run("slow");
        run("never");

        assertThat(only(logs("slow")).path("status_code").intValue()).isEqualTo(504);
        assertThat(logs("never")).isEmpty();
        CLOCK.advance(Duration.ofMinutes(1));
        assertThat(logs("slow"))
                .extracting(row -> row.path("success").booleanValue())
                .containsExactly(true, false);
    }

    @Test
    void keepNoPayloadsWhereTheyAreSwitchedOff() throws Exception {
        simulator.gateway().script(LogPlan.usual().withoutPayload());
        run("gateway");
        client.send(HttpRequest.newBuilder(withMetadata(client.request(RunClient.body(INPUT)), "call"), (n, v) -> true)
                .header("cf-aig-collect-log-payload", "false")
                .build());

        for (String each : List.of("gateway", "call")) {
            String id = only(logs(each)).path("id").textValue();
            assertThat(get("/logs/" + id + "/response").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void dropMetadataWithAnObjectANullOrTooManyEntries() throws Exception {
        for (String wrong : List.of(
                "{\"a\":{}}", "{\"a\":null}", "{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1}", "[]", "hello")) {
            client.send(HttpRequest.newBuilder(client.request(RunClient.body(INPUT)), (n, v) -> true)
                    .header("cf-aig-metadata", wrong)
                    .build());
        }

        assertThat(rows("")).hasSize(5).allMatch(row -> row.path("metadata").isNull());
    }

    @Test
    void showMetadataAsAnObjectWhenTold() throws Exception {
        run("one");
        simulator.gateway().metadataAsObjects();

        assertThat(only(logs("one")).at("/metadata/hh1run").textValue()).isEqualTo("one");
    }

    @Test
    void areClosedToAnotherKeyAndEmptyInTheNewSystem() throws Exception {
        run("one");
        simulator.gateway().newLogSystem();
        assertThat(logs("one")).isEmpty();
        simulator.gateway().acceptOnly("logs-key");
        assertThat(get("/logs").statusCode()).isEqualTo(403);
        simulator.gateway().failNext(500);
        assertThat(get("/logs").statusCode()).isEqualTo(500);
        assertThat(simulator.gateway().asked()).hasSize(3);
    }

    @Test
    void belongToAGatewayWithSettings() throws Exception {
        simulator.gateway().settings(false, 3);

        JsonNode settings = JSON.readTree(get("").body()).path("result");

        assertThat(settings.path("collect_logs").booleanValue()).isFalse();
        assertThat(settings.path("retry_max_attempts").intValue()).isEqualTo(3);
    }

    private HttpResponse<String> run(String uuid) throws IOException, InterruptedException {
        return client.send(withMetadata(client.request(RunClient.body(INPUT)), uuid));
    }

    private static HttpRequest withMetadata(HttpRequest request, String uuid) {
        return HttpRequest.newBuilder(request, (name, value) -> true)
                .header("cf-aig-metadata", "{\"hh1run\":\"" + uuid + "\"}")
                .build();
    }

    private List<JsonNode> logs(String uuid) throws IOException, InterruptedException {
        String filter = "[{\"key\":\"metadata.value\",\"operator\":\"eq\",\"value\":[\"" + uuid + "\"]}]";
        return rows("?per_page=50&order_by=created_at&order_by_direction=desc&filters=" + encoded(filter));
    }

    private List<JsonNode> rows(String query) throws IOException, InterruptedException {
        List<JsonNode> rows = new ArrayList<>();
        JSON.readTree(get("/logs" + query).body()).path("result").forEach(rows::add);
        return rows;
    }

    private String response(JsonNode row) throws IOException, InterruptedException {
        return get("/logs/" + row.path("id").textValue() + "/response").body();
    }

    private static JsonNode only(List<JsonNode> rows) {
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/accounts/" + simulator.account()
                        + "/ai-gateway/gateways/default" + path))
                .header("Authorization", "Bearer " + simulator.apiKey())
                .build());
    }
}
