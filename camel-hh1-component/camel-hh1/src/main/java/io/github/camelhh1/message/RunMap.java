package io.github.camelhh1.message;

import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.Run.LateResult;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run as routes, scripts and people look at it; what is not known is absent. */
public final class RunMap {
    private RunMap() {}

    public static Map<String, Object> of(Run run) {
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
        ending(map, run.ending());
        completion(map, run.completion());
        if (!run.late().isEmpty()) {
            map.put("late", run.late().stream().map(RunMap::late).toList());
        }
        map.put("owner", run.owner());
        return map;
    }

    private static void ending(Map<String, Object> map, @Nullable Ending ending) {
        if (ending != null) {
            put(map, "httpStatus", ending.httpStatus());
            put(map, "code", ending.code());
            put(map, "logId", ending.logId());
            put(map, "rayId", ending.rayId());
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

    private static void put(Map<String, Object> map, String name, @Nullable Object value) {
        if (value != null && !value.equals("")) {
            map.put(name, value);
        }
    }
}
