package io.github.camelhh1.simulator.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The rows that a call leaves in the logs. Immutable: the methods that change something return a changed copy. */
public final class LogPlan {
    /**
     * One row.
     *
     * @param delay until the row can be found
     * @param status null for that of the call
     * @param body null for that of the call
     * @param kept whether the body can be read later
     * @param metadata null for that of the call; an empty text for none
     */
    record Entry(
            Duration delay,
            @Nullable Integer status,
            @Nullable String body,
            boolean kept,
            @Nullable String metadata) {}

    private final List<Entry> entries;

    private LogPlan(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** One row with the status and the body that the service answered, at once. */
    public static LogPlan usual() {
        return new LogPlan(List.of(new Entry(Duration.ZERO, null, null, true, null)));
    }

    /** No row. */
    public static LogPlan missing() {
        return new LogPlan(List.of());
    }

    /** One row with this status and this body, at once. */
    public static LogPlan row(int status, String body) {
        return new LogPlan(List.of(new Entry(Duration.ZERO, status, body, true, null)));
    }

    /** The same, but found so much later. */
    public LogPlan after(Duration time) {
        return each(row -> new Entry(time, row.status, row.body, row.kept, row.metadata));
    }

    /** The same, but the gateway keeps no bodies. */
    public LogPlan withoutPayload() {
        return each(row -> new Entry(row.delay, row.status, row.body, false, row.metadata));
    }

    /** The same with other metadata; an empty text for none. */
    public LogPlan withMetadata(String json) {
        return each(row -> new Entry(row.delay, row.status, row.body, row.kept, json));
    }

    /** The same, and the rows of the other. */
    public LogPlan and(LogPlan other) {
        List<Entry> all = new ArrayList<>(entries);
        all.addAll(other.entries);
        return new LogPlan(all);
    }

    List<Entry> entries() {
        return entries;
    }

    private LogPlan each(UnaryOperator<Entry> change) {
        return new LogPlan(entries.stream().map(change).toList());
    }
}
