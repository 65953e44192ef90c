package io.github.camelhh1.generation;

import io.github.camelhh1.image.preflight.Preflight;
import io.github.camelhh1.staging.Staging;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where the rooms are put on top of one another. */
public final class Generators {
    private Generators() {}

    /**
     * The stack, outermost room last. A room whose feature is off is not built.
     *
     * @param backend the innermost room: one call, one outcome
     * @param staging gives image content a URL; null where content travels inside the request, or is not taken
     * @param preflight looks at images first; null where they are taken as they are
     * @param budget what may be spent; null for no limit
     * @param credentials what the next call would show the service: compared, never shown
     */
    public static Stack stack(
            Generator backend,
            @Nullable Staging staging,
            @Nullable Preflight preflight,
            @Nullable Budget budget,
            Supplier<String> credentials,
            Shared shared) {
        Timers timers = shared.timers();
        Generator rooms = new WithDeadline(backend, timers);
        rooms = new Recorded(rooms, shared.books(), timers);
        rooms = new RetryingWhenSafe(rooms, timers, shared.random());
        FailingFast failingFast = new FailingFast(rooms, credentials, timers);
        rooms = failingFast;
        if (staging != null) {
            rooms = new Staged(rooms, staging, timers);
        }
        if (budget != null) {
            rooms = new WithinBudget(rooms, shared.books(), budget, shared.clock());
        }
        if (preflight != null) {
            rooms = new Preflighted(rooms, preflight, timers);
        }
        rooms = new Bounded(rooms, shared.permits());
        rooms = new OncePerKey(rooms, shared.books(), shared.joins());
        return new Stack(rooms, failingFast::pausedBecause);
    }

    /**
     * What the stacks of all endpoints share.
     *
     * @param clock the one on the wall, which may jump: it tells the day and nothing else
     * @param random from 0 to 1: keeps those who wait from marching in step
     */
    public record Shared(
            Bookkeeping books,
            Joins joins,
            Permits permits,
            Timers timers,
            InstantSource clock,
            DoubleSupplier random) {}

    /**
     * The whole stack.
     *
     * @param pausedBecause for health: the reason while nothing is sent, null when the way is free
     */
    public record Stack(Generator generator, Supplier<@Nullable String> pausedBecause) {}
}
