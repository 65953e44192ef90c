package io.github.camelhh1.examples.filedrop.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunTableTest {
    private static Map<String, Object> run(String state, String photo, Map<String, Object> more) {
        Map<String, Object> run = new HashMap<>(more);
        run.put("runId", "0123456789abcdef");
        run.put("state", state);
        run.put("videoFileName", photo + ".mp4");
        run.put(
                "sentAt",
                LocalDateTime.of(2026, 1, 2, 3, 4, 5)
                        .atZone(ZoneId.systemDefault())
                        .toInstant());
        return run;
    }

    @Test
    void columnsAreAlignedAndDetailsStandBelow() {
        List<Map<String, Object>> runs = List.of(
                run(
                        "UNKNOWN",
                        "cat",
                        Map.of("reason", "no answer came", "causes", "attempt 1: cut off\n", "seconds", 5)),
                run(
                        "COMPLETED",
                        "lighthouse",
                        Map.of("videoUrl", "https://a.example/v.mp4?key=secret", "seconds", 15)));

        assertThat(new RunTable(runs, false).lines())
                .containsExactly(
                        "sent                 state      photo       seconds  run",
                        "2026-01-02 03:04:05  UNKNOWN    cat         5        0123456789abcdef",
                        "    attempt 1: cut off",
                        "    no answer came",
                        "2026-01-02 03:04:05  COMPLETED  lighthouse  15       0123456789abcdef",
                        "    https://a.example/v.mp4?...");
    }

    @Test
    void costsAreShownWhereThereAreAny() {
        List<Map<String, Object>> runs = List.of(run("REJECTED", "cat", Map.of("cost", new BigDecimal("0.70"))));

        assertThat(new RunTable(runs, false).lines())
                .containsExactly(
                        "sent                 state     photo  cost  run",
                        "2026-01-02 03:04:05  REJECTED  cat    0.70  0123456789abcdef");
    }

    @Test
    void linksAreWholeWhenAskedFor() {
        List<Map<String, Object>> runs =
                List.of(run("COMPLETED", "cat", Map.of("videoUrl", "https://a.example/v?key=k")));

        assertThat(new RunTable(runs, true).lines()).last().isEqualTo("    https://a.example/v?key=k");
    }
}
