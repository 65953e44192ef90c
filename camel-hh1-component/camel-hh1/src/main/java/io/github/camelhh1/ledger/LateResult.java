package io.github.camelhh1.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A result that came when its run belonged to another claim or attempt.
 *
 * @param at when it was written, by the ledger's clock
 * @param state what the run would have become
 * @param videoUrl the whole link, signature included: it may have been paid for; null when there is none
 * @param ending what is known of an attempt without a video; null when there is a video
 */
public record LateResult(
        Instant at,
        int attempt,
        RunState state,
        @Nullable String videoUrl,
        @Nullable Ending ending) {}
