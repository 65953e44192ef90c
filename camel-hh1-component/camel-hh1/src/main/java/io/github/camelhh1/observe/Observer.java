package io.github.camelhh1.observe;

import io.github.camelhh1.generation.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Hears of the steps of all messages of a component, those of one message in their order. */
interface Observer {

    default void accepted(ObservedMessage message) {}

    default void staged(ObservedMessage message, long bytes, Duration elapsed) {}

    default void sent(ObservedMessage message, int attempt) {}

    default void ended(ObservedMessage message, Ended ended) {}

    default void downloaded(Downloaded video) {}

    /** A piece of work with the ledger ended, of no message in particular. */
    default void ledgerTook(Duration elapsed) {}

    /**
     * How a message ended.
     *
     * @param elapsed since acceptance
     * @param failure as the route gets it; null when the message goes on with a link
     */
    record Ended(
            Outcome outcome, Duration elapsed, @Nullable Throwable failure) {

        /** The outcome's name, as {@code Completed} or {@code NotSent}. */
        String name() {
            return outcome.getClass().getSimpleName();
        }

        /** Whether the ledger, or another delivery, answered. */
        boolean isReplay() {
            return outcome instanceof Outcome.Completed completed && completed.replayed();
        }
    }

    /**
     * How a download ended.
     *
     * @param runId empty where the message names no run
     * @param bytes of the video; 0 where there is none
     */
    record Downloaded(
            String runId,
            String exchangeId,
            @Nullable String routeId,
            long bytes,
            Duration elapsed,
            @Nullable Throwable failure) {}
}
