package io.github.camelhh1.ledger;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A run whose ending no exchange has got, on its way into a route. No other owner hands it on while this one lives.
 *
 * @param run as it was when the emission began
 * @param owner the owner that hands it on
 */
public record Emission(Run run, String owner) {

    /**
     * Selects runs to be handed on.
     *
     * @param state {@code COMPLETED} or {@code UNKNOWN}
     * @param after how long ago the run was settled at least; and, of a {@code COMPLETED} one, how long ago a delivery
     *     asked for it at last
     * @param group of the run; null selects the runs without one
     */
    public record Filter(
            RunState state, Duration after, @Nullable String group) {}
}
