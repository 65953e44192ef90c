package io.github.camelhh1.generation;

import io.github.camelhh1.staging.Staging;
import java.util.concurrent.ThreadLocalRandom;
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
     * @param credentials what the next call would show the service: compared, never shown
     */
    public static Stack stack(
            Generator backend,
            @Nullable Staging staging,
            Supplier<String> credentials,
            Permits permits,
            Timers timers) {
        Generator rooms = new WithDeadline(backend, timers);
        rooms = new RetryingWhenSafe(
                rooms, timers, () -> ThreadLocalRandom.current().nextDouble());
        FailingFast failingFast = new FailingFast(rooms, credentials, timers);
        rooms = failingFast;
        if (staging != null) {
            rooms = new Staged(rooms, staging, timers);
        }
        rooms = new Bounded(rooms, permits);
        return new Stack(rooms, failingFast);
    }

    /** The whole stack, and the room that health looks at. */
    public record Stack(Generator generator, FailingFast failingFast) {}
}
