package io.github.camelhh1.rooms;

import io.github.camelhh1.async.Permits;
import io.github.camelhh1.async.Rate;
import io.github.camelhh1.async.Timers;
import io.github.camelhh1.generation.Generation.Limits;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Prices.Budget;
import io.github.camelhh1.generation.ServiceHost;
import io.github.camelhh1.image.Snapshots;
import io.github.camelhh1.image.preflight.Preflight;
import io.github.camelhh1.ledger.LookupPlace;
import io.github.camelhh1.lookup.Candidates;
import io.github.camelhh1.lookup.CandidatesNamed;
import io.github.camelhh1.lookup.LookedUp;
import io.github.camelhh1.lookup.Lookup;
import io.github.camelhh1.lookup.LookupNames;
import io.github.camelhh1.lookup.TaskListing;
import io.github.camelhh1.staging.Staging;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts the rooms on top of one another. */
public final class Rooms {
    private Rooms() {}

    /**
     * The stack, outermost room last. A room whose feature is off is not built.
     *
     * @param budget null for no limit
     * @param failingFast shared by the stacks of one endpoint
     */
    public static Stack stack(
            Service service, Images images, @Nullable Budget budget, FailingFast failingFast, Shared shared) {
        Timers timers = shared.timers();
        Generator rooms = WithDeadline.around(service.calls(), timers);
        Lookups lookups = service.lookups();
        if (lookups != null) {
            rooms = LookedUp.around(rooms, lookups.lookup(), lookups.limit(), timers);
        }
        rooms = new Recorded(
                rooms, shared.books(), timers, lookups == null ? null : new LookupNames(lookups.place())::next);
        rooms = Located.around(rooms, service.host(), timers);
        if (service.creates() != null) {
            rooms = Bounded.paced(rooms, service.creates());
        }
        rooms = failingFast.around(rooms);
        rooms = Authorized.around(rooms, service.credentials(), timers);
        Generator again = budget == null ? rooms : WithinBudget.again(rooms, shared.books(), budget);
        rooms = new RetryingWhenSafe(rooms, again, timers, shared.random());
        if (images.staging() != null) {
            rooms = Staged.around(rooms, images.staging(), timers);
        }
        if (budget != null) {
            rooms = WithinBudget.around(rooms, shared.books(), budget);
        }
        if (images.preflight() != null) {
            rooms = Preflighted.around(rooms, images.preflight(), timers);
        }
        if (images.snapshots() != null) {
            rooms = Snapshotted.around(rooms, images.snapshots(), timers);
        }
        rooms = Bounded.around(rooms, service.permits());
        rooms = new OncePerKey(rooms, shared.books(), shared.joins());
        Listing listing = service.listing();
        if (listing != null) {
            var candidates = new Candidates(listing.tasks(), shared.books());
            rooms = CandidatesNamed.around(rooms, candidates, listing.limit(), timers);
        }
        return new Stack(rooms, failingFast::pausedBecause);
    }

    /** The shorter stack of runs whose task goes on: no room may refuse a task that may be paid. Null without tasks. */
    public static @Nullable Resumed resumed(Service service, Shared shared, Limits limits, InstantSource clock) {
        if (service.creates() == null) {
            return null;
        }
        Bookkeeping books = shared.books();
        Timers timers = shared.timers();
        Generator rooms = WithDeadline.around(service.calls(), timers);
        var recorded = new Recorded(rooms, books, timers, null);
        return new Resumed(recorded, service.credentials(), books, shared.joins(), timers, limits, clock);
    }

    /**
     * The service that makes the videos.
     *
     * @param calls the innermost room: one call, one outcome
     * @param credentials of each call
     * @param host of each call
     * @param permits so many calls at once
     * @param creates so many tasks a second; null where calls make no tasks
     * @param lookups null where unknown outcomes are not looked up
     * @param listing null where no tasks are listed
     */
    public record Service(
            Generator calls,
            Credentials credentials,
            ServiceHost host,
            Permits permits,
            @Nullable Rate creates,
            @Nullable Lookups lookups,
            @Nullable Listing listing) {}

    /**
     * How unknown outcomes are looked up.
     *
     * @param place of the service's records
     * @param limit how long a message waits for it; zero for not at all
     */
    public record Lookups(Lookup lookup, LookupPlace place, Duration limit) {}

    /**
     * How the tasks are listed that may be those of creates without an answer.
     *
     * @param limit how long a message waits for it; zero for not at all
     */
    public record Listing(TaskListing tasks, Duration limit) {}

    /**
     * The parts of the rooms for images.
     *
     * @param staging null where content travels inside the request, or is refused
     * @param preflight null where images are sent as they are
     * @param snapshots null where this component decodes and sends no images itself
     */
    public record Images(
            @Nullable Staging staging,
            @Nullable Preflight preflight,
            @Nullable Snapshots snapshots) {}

    /**
     * Shared by the stacks of all endpoints.
     *
     * @param random from 0 to 1: spreads the retries of many messages
     */
    public record Shared(Bookkeeping books, RunsUnderWay joins, Timers timers, DoubleSupplier random) {}

    /**
     * The whole stack.
     *
     * @param pausedBecause for health: null unless nothing is sent
     */
    public record Stack(Generator generator, Supplier<@Nullable String> pausedBecause) {}
}
