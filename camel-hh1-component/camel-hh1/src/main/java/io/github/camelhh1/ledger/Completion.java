package io.github.camelhh1.ledger;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The service's answer with a video; a repeated request gets the same answer again.
 *
 * @param videoUrl the whole link, signature included: it was paid for
 * @param state in the service's word
 * @param keySource source of the provider key that was used, in the service's word
 * @param elapsed from acceptance to outcome
 * @param logId {@code cf-aig-log-id}
 * @param rayId {@code cf-ray}
 * @param cacheStatus {@code cf-aig-cache-status}
 * @param recovered whether a look-up gave it, or a task that was resumed
 */
public record Completion(
        String videoUrl,
        String state,
        @Nullable String keySource,
        Duration elapsed,
        @Nullable String logId,
        @Nullable String rayId,
        @Nullable String cacheStatus,
        boolean recovered) {

    /** From the service itself. */
    public Completion(
            String videoUrl,
            String state,
            @Nullable String keySource,
            Duration elapsed,
            @Nullable String logId,
            @Nullable String rayId,
            @Nullable String cacheStatus) {
        this(videoUrl, state, keySource, elapsed, logId, rayId, cacheStatus, false);
    }

    /** In place of an answer that was pruned from the ledger: it has no link. */
    public static final Completion PRUNED = new Completion("", "Completed", null, Duration.ZERO, null, null, null);

    /** An answer that an operator has found, for a run that ended without a video. */
    public static Completion adopted(String videoUrl, Duration elapsed, @Nullable Ending ending) {
        return new Completion(
                videoUrl,
                "Completed",
                null,
                elapsed,
                ending == null ? null : ending.ids().logId(),
                ending == null ? null : ending.ids().rayId(),
                null);
    }

    /** The same answer, which took so long. */
    public Completion after(Duration time) {
        return new Completion(videoUrl, state, keySource, time, logId, rayId, cacheStatus, recovered);
    }

    /** The same answer with its video elsewhere. */
    public Completion at(String url) {
        return new Completion(url, state, keySource, elapsed, logId, rayId, cacheStatus, recovered);
    }

    /** The same answer, as it was recovered; the ray id is that of the call itself. */
    public Completion recovered(@Nullable String ray) {
        return new Completion(videoUrl, state, keySource, elapsed, logId, ray, cacheStatus, true);
    }
}
