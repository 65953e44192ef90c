package io.github.camelhh1.examples.fleet.demo;

import io.github.camelhh1.examples.fleet.settings.WorkerSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The use of resources up to a moment.
 *
 * @param processor processor time of the processes, by their role
 * @param statements how long the database has worked at statements, in all its sessions together
 */
record Costs(Map<String, Duration> processor, Duration statements) {

    static Costs now(Cloud cloud, List<WorkerNode> workers) throws Exception {
        Map<String, Duration> processor = new TreeMap<>(cloud.processor());
        processor.put("workers", workers.stream().map(WorkerNode::processor).reduce(Duration.ZERO, Duration::plus));
        processor.put(
                "this program",
                ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO));
        return new Costs(processor, statements(cloud.worker()));
    }

    /** PostgreSQL brings its statistics up to date when a session has been idle for a moment. */
    private static Duration statements(WorkerSettings settings) {
        try (var pool = settings.ledger().pool("costs", 1)) {
            Double millis = new JdbcTemplate(pool)
                    .queryForObject(
                            "select active_time from pg_stat_database where datname = current_database()",
                            Double.class);
            return Duration.ofNanos((long) (millis * 1e6));
        }
    }

    /** For people: what each photo has used since then, in milliseconds. */
    String perPhoto(Costs before, int photos) {
        String processors = processor.entrySet().stream()
                .map(entry -> entry.getKey() + " "
                        + millis(
                                entry.getValue().minus(before.processor.getOrDefault(entry.getKey(), Duration.ZERO)),
                                photos))
                .collect(Collectors.joining(", "));
        return "milliseconds a photo: statements in the database " + millis(statements.minus(before.statements), photos)
                + "; processor time: " + processors;
    }

    private static String millis(Duration time, int photos) {
        return "%.1f".formatted(time.toNanos() / 1e6 / photos);
    }
}
