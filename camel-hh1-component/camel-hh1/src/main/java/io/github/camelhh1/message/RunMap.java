package io.github.camelhh1.message;

import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.ledger.Amount.Spending;
import io.github.camelhh1.ledger.Candidate;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.Run.LateResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows runs and a budget as maps. */
public final class RunMap {
    private RunMap() {}

    /**
     * A run for routes, scripts and people; unknown values are absent.
     *
     * @param candidates null where the service was not asked
     */
    public static Map<String, Object> of(Run run, @Nullable List<Candidate> candidates) {
        var map = new LinkedHashMap<String, Object>();
        NewRun asked = run.asked();
        map.put("runId", asked.runId());
        map.put("state", run.state().name());
        put(map, "reason", run.reason());
        map.put("key", asked.key());
        map.put("account", asked.account());
        map.put("model", asked.model());
        map.put("videoFileName", asked.videoFileName());
        put(map, "correlation", asked.correlation());
        put(map, "seconds", asked.seconds());
        put(map, "cost", asked.cost());
        map.put("paidAttempts", run.paidAttempts());
        put(map, "causes", run.causes());
        map.put("createdAt", run.createdAt());
        put(map, "sentAt", run.sentAt());
        put(map, "settledAt", run.settledAt());
        put(map, "taskId", run.taskId());
        put(
                map,
                "candidates",
                candidates == null
                        ? null
                        : candidates.stream().map(RunMap::candidate).toList());
        ending(map, run.ending());
        completion(map, run.completion());
        if (!run.late().isEmpty()) {
            map.put("late", run.late().stream().map(RunMap::late).toList());
        }
        map.put("owner", run.owner());
        return map;
    }

    private static Map<String, Object> candidate(Candidate candidate) {
        var map = new LinkedHashMap<String, Object>();
        map.put("taskId", candidate.taskId());
        map.put("status", candidate.status());
        map.put("createdAt", candidate.createdAt());
        put(map, "videoUrl", candidate.videoUrl());
        return map;
    }

    /** A day's budget as texts and numbers; a cap that is not set is absent. */
    public static Map<String, Object> of(Spending spending, @Nullable Caps caps) {
        var map = new LinkedHashMap<String, Object>();
        map.put("account", spending.account());
        map.put("day", spending.day().toString());
        map.put("secondsSpent", spending.spent().seconds());
        map.put("secondsReserved", spending.reserved().seconds());
        map.put("costSpent", spending.spent().cost());
        map.put("costReserved", spending.reserved().cost());
        if (caps != null) {
            put(map, "maxSecondsPerDay", caps.seconds());
            put(map, "maxCostPerDay", caps.cost());
        }
        return map;
    }

    private static void ending(Map<String, Object> map, @Nullable Ending ending) {
        if (ending != null) {
            put(map, "httpStatus", ending.ids().httpStatus());
            put(map, "code", ending.ids().code());
            put(map, "logId", ending.ids().logId());
            put(map, "rayId", ending.ids().rayId());
            put(map, "videoUrl", ending.link());
        }
    }

    private static void completion(Map<String, Object> map, @Nullable Completion completion) {
        if (completion != null) {
            map.put("videoUrl", completion.videoUrl());
            put(map, "videoExpiresAt", MessageWriter.expiresAt(completion.videoUrl()));
            put(map, "keySource", completion.keySource());
            map.put("elapsedMillis", completion.elapsed().toMillis());
            put(map, "logId", completion.logId());
            put(map, "rayId", completion.rayId());
        }
    }

    /** A result that came when the run belonged to another attempt: its video may have been paid for. */
    private static Map<String, Object> late(LateResult late) {
        var map = new LinkedHashMap<String, Object>();
        map.put("state", late.state().name());
        map.put("attempt", late.attempt());
        map.put("at", late.at());
        put(map, "videoUrl", late.videoUrl());
        if (late.ending() != null) {
            put(map, "reason", late.ending().reason());
            ending(map, late.ending());
        }
        return map;
    }

    /** Nothing where there is no value. */
    public static void put(Map<String, Object> map, String name, @Nullable Object value) {
        if (value != null && !value.equals("")) {
            map.put(name, value);
        }
    }
}
