package io.github.camelhh1.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelStudioListTest {
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

    @Test
    void showsTheNewestFirstByThePage() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            ids.add(0, client.created("run " + i));
            CLOCK.advance(Duration.ofMillis(1));
        }

        JsonNode first = list("");
        assertThat(ids(first)).isEqualTo(ids.subList(0, 10));
        assertThat(first.path("total").intValue()).isEqualTo(12);
        assertThat(first.path("total_page").intValue()).isEqualTo(2);
        assertThat(first.path("page_no").intValue()).isEqualTo(1);
        assertThat(first.path("page_size").intValue()).isEqualTo(10);
        assertThat(first.path("request_id").textValue()).isNotBlank();
        assertThat(ids(list("?page_no=2"))).isEqualTo(ids.subList(10, 12));
        assertThat(ids(list("?page_no=2&page_size=5"))).isEqualTo(ids.subList(5, 10));
        assertThat(ids(list("?page_no=9"))).isEmpty();
    }

    @Test
    void tellsTimesAndStatesButNeitherPromptNorImage() {
        String id = client.created("a secret prompt");
        long created = CLOCK.millis();
        assertThat(list("").at("/data/0/start_time").isMissingNode()).isTrue();
        CLOCK.advance(TEN_SECONDS);

        JsonNode row = list("").at("/data/0");

        assertThat(row.path("task_id").textValue()).isEqualTo(id);
        assertThat(row.path("status").textValue()).isEqualTo("SUCCEEDED");
        assertThat(row.path("model_name").textValue()).isEqualTo("happyhorse-1.0-i2v");
        assertThat(row.path("gmt_create").longValue()).isEqualTo(created);
        assertThat(row.path("start_time").longValue()).isEqualTo(created + 2000);
        assertThat(row.path("end_time").longValue()).isEqualTo(created + 10_000);
        assertThat(row.path("request_id").textValue()).isNotBlank();
        assertThat(row.toString()).doesNotContain("secret", "sample.png");
    }

    @Test
    void isFiltered() {
        String old = client.created("old");
        CLOCK.advance(Duration.ofHours(23));
        String young = client.created("young");

        assertThat(ids(list(""))).containsExactly(young, old);
        assertThat(ids(list("?status=PENDING&model_name="))).containsExactly(young);
        assertThat(ids(list("?status=FAILED"))).isEmpty();
        assertThat(ids(list("?task_id=" + old))).containsExactly(old);
        assertThat(ids(list("?model_name=happyhorse-1.1-i2v"))).isEmpty();
        assertThat(ids(list("?model_name=happyhorse-1.0-i2v"))).hasSize(2);
        // 08:00 there is midnight in UTC, when the old one was created.
        assertThat(ids(list("?start_time=20260101080000"))).containsExactly(young, old);
        assertThat(ids(list("?start_time=20260101080001"))).containsExactly(young);
        assertThat(ids(list("?end_time=20260101080000"))).containsExactly(old);
        assertThat(ids(list("?start_time=20260101070000&end_time=20260101090000")))
                .containsExactly(old);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?page_no=0",
                "?page_size=-1",
                "?page_size=x",
                "?status=DONE",
                "?start_time=2026-01-01",
                "?start_time=1767225600000",
                "?start_time=20260101080000&end_time=20260102080001",
                "?start_time=20260102080000&end_time=20260101080000",
                "?limit=3"
            })
    void isRefusedForAWrongQuery(String query) {
        HttpResponse<String> answer = client.get("/tasks/" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(TaskClient.json(answer).path("code").textValue()).isEqualTo("InvalidParameter");
    }

    private JsonNode list(String query) {
        return TaskClient.json(client.get("/tasks/" + query));
    }

    private static List<String> ids(JsonNode list) {
        return list.path("data").findValuesAsText("task_id");
    }
}
