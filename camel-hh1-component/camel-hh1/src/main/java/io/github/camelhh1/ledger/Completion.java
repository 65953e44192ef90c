package io.github.camelhh1.ledger;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the service answered, as it is given again when the same request comes again.
 *
 * @param videoUrl the whole link, signature included: it is what was paid for
 * @param state the service's word
 * @param keySource whose provider key was used, as answered
 * @param elapsed from acceptance to outcome
 * @param logId {@code cf-aig-log-id}
 * @param rayId {@code cf-ray}
 * @param cacheStatus {@code cf-aig-cache-status}
 */
public record Completion(
        String videoUrl,
        String state,
        @Nullable String keySource,
        Duration elapsed,
        @Nullable String logId,
        @Nullable String rayId,
        @Nullable String cacheStatus) {

    /** By an operator's word, for a run of which only an ending without a video is known. */
    public static Completion adopted(String videoUrl, Duration elapsed, @Nullable Ending ending) {
        return new Completion(
                videoUrl,
                "Completed",
                null,
                elapsed,
                ending == null ? null : ending.logId(),
                ending == null ? null : ending.rayId(),
                null);
    }

    /** The same answer, which took so long. */
    public Completion after(Duration time) {
        return new Completion(videoUrl, state, keySource, time, logId, rayId, cacheStatus);
    }

    /** The same answer with its video elsewhere. */
    public Completion at(String url) {
        return new Completion(url, state, keySource, elapsed, logId, rayId, cacheStatus);
    }
}
