package io.github.camelhh1.rooms;

import io.github.camelhh1.async.Permits;
import io.github.camelhh1.async.Timers;
import io.github.camelhh1.credentials.Credentials;
import io.github.camelhh1.generation.Budget;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.ServiceHost;
import io.github.camelhh1.image.Snapshots;
import io.github.camelhh1.image.preflight.Preflight;
import io.github.camelhh1.staging.Staging;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where the rooms are put on top of one another. */
public final class Rooms {
    private Rooms() {}

    /**
     * The stack, outermost room last. A room whose feature is off is not built.
     *
     * @param budget what may be spent; null for no limit
     */
    public static Stack stack(Service service, Images images, @Nullable Budget budget, Shared shared) {
        Timers timers = shared.timers();
        Generator rooms = Bounds.time(service.calls(), timers);
        rooms = new Recorded(rooms, shared.books(), timers);
        rooms = Prepared.located(rooms, service.host(), timers);
        FailingFast failingFast = new FailingFast(rooms, timers);
        rooms = Prepared.authorized(failingFast, service.credentials(), timers);
        rooms = new RetryingWhenSafe(rooms, timers, shared.random());
        if (images.staging() != null) {
            rooms = ImageRooms.staged(rooms, images.staging(), timers);
        }
        if (budget != null) {
            rooms = Bounds.cost(rooms, shared.books(), budget);
        }
        if (images.preflight() != null) {
            rooms = ImageRooms.preflighted(rooms, images.preflight(), timers);
        }
        if (images.snapshots() != null) {
            rooms = ImageRooms.snapshotted(rooms, images.snapshots(), timers);
        }
        rooms = Bounds.inFlight(rooms, shared.permits());
        rooms = new OncePerKey(rooms, shared.books(), shared.joins());
        return new Stack(rooms, failingFast::pausedBecause);
    }

    /**
     * Who makes the videos.
     *
     * @param calls the innermost room: one call, one outcome
     * @param credentials what each call shows
     * @param host where each call goes
     */
    public record Service(Generator calls, Credentials credentials, ServiceHost host) {}

    /**
     * What becomes of images on their way.
     *
     * @param staging gives image content a URL; null where content travels inside the request, or is not taken
     * @param preflight looks at images first; null where they are taken as they are
     * @param snapshots of images that are decoded, or sent, by this component itself; null where none are
     */
    public record Images(
            @Nullable Staging staging,
            @Nullable Preflight preflight,
            @Nullable Snapshots snapshots) {
        /** Links only. */
        public static final Images NONE = new Images(null, null, null);
    }

    /**
     * What the stacks of all endpoints share.
     *
     * @param random from 0 to 1: keeps those who wait from marching in step
     */
    public record Shared(
            Bookkeeping books, RunsUnderWay joins, Permits permits, Timers timers, DoubleSupplier random) {}

    /**
     * The whole stack.
     *
     * @param pausedBecause for health: the reason while nothing is sent, null when the way is free
     */
    public record Stack(Generator generator, Supplier<@Nullable String> pausedBecause) {}
}
