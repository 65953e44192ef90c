package io.github.camelhh1.ledger;

import org.jspecify.annotations.Nullable;

/**
 * The end of an attempt that brought no video.
 *
 * @param reason one cleaned line
 * @param ids of the answer
 * @param link the whole link of a video that cannot be fetched as it is, signature included: it may have been paid for;
 *     null when there is none
 */
public record Ending(String reason, CallIds ids, @Nullable String link) {

    public static Ending of(String reason) {
        return new Ending(reason, CallIds.NONE, null);
    }

    /** The same ending with this link, or without one. */
    public Ending link(@Nullable String known) {
        return new Ending(reason, ids, known);
    }
}
