package io.github.camelhh1.ledger;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is first written. Holds no prompt, no API key and no image; the sender's key is written as it is.
 *
 * @param runId hash of account, model and key: the run's primary key, at most 64 characters
 * @param fingerprint hash of the request
 * @param videoFileName name of the file that the video will have
 * @param seconds of video asked for; null when left to the service
 * @param cost price of those seconds; null when no price or no duration is known
 * @param correlation the sender's own text, at most 1,000 characters; null when there is none
 * @param group the consumers that a late result is for, at most 200 characters; null for those without a group
 */
public record NewRun(
        String runId,
        String account,
        String model,
        String key,
        String fingerprint,
        String videoFileName,
        @Nullable Integer seconds,
        @Nullable BigDecimal cost,
        @Nullable String correlation,
        @Nullable String group) {

    /** For consumers without a group. */
    public NewRun(
            String runId,
            String account,
            String model,
            String key,
            String fingerprint,
            String videoFileName,
            @Nullable Integer seconds,
            @Nullable BigDecimal cost,
            @Nullable String correlation) {
        this(runId, account, model, key, fingerprint, videoFileName, seconds, cost, correlation, null);
    }
}
