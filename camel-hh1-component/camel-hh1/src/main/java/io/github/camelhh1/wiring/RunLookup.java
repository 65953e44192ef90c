package io.github.camelhh1.wiring;

import io.github.camelhh1.Hh1Configuration;
import io.github.camelhh1.generation.Generation.Limits;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Outcome.Trace;
import io.github.camelhh1.ledger.Candidate;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.lookup.Candidates;
import io.github.camelhh1.rooms.Resumed;
import io.github.camelhh1.rooms.Rooms;
import io.github.camelhh1.text.CleanText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** An operator's questions to the service of an endpoint. Safe for use by many threads. */
public final class RunLookup {
    private static final String NOT_YET =
            "the service's logs say nothing certain of it yet, ask again in a minute or later";
    private static final String LOST =
            "the answer was lost, and a video may have been found: list the run with hh1:runs"
                    + " before it is settled";

    private final String account;
    /** Null where the service has tasks. */
    private final @Nullable LookupKeeper keeper;

    private final @Nullable Resumed tasks;
    private final @Nullable Candidates candidates;

    private RunLookup(EndpointOptions endpoint) {
        Hh1Configuration options = endpoint.configuration();
        ComponentParts component = endpoint.component();
        Backend backend = Backend.of(options, endpoint.context(), component::asked);
        Rooms.Service service = backend.service().apply(component);
        Duration call = Duration.ofMillis(options.getGenerationTimeout());
        var limits = new Limits(call, 1, Duration.ZERO, Duration.ZERO, 1);
        Rooms.Listing listing = service.listing();
        this.account = backend.name();
        this.tasks = Rooms.resumed(service, component.shared(), limits, component.clock);
        this.candidates = listing == null ? null : new Candidates(listing.tasks(), component.books());
        this.keeper =
                service.lookups() == null ? null : new LookupKeeper(service.lookups(), call, component, run -> {});
    }

    /** For {@code hh1:lookup}. Refuses options that make every look-up impossible. */
    public static RunLookup of(EndpointOptions endpoint) {
        Hh1Configuration options = endpoint.configuration();
        if (!options.isLookup()) {
            throw new IllegalArgumentException("hh1:lookup cannot start: lookup=false looks nothing up");
        }
        return new RunLookup(endpoint);
    }

    /** For naming candidates beside the ledger's runs; null where the service lists no tasks, or no key is set. */
    public static @Nullable RunLookup ofCandidates(EndpointOptions endpoint) {
        Hh1Configuration options = endpoint.configuration();
        try {
            return Backend.isModelStudio(options) && options.isLookup() ? new RunLookup(endpoint) : null;
        } catch (IllegalArgumentException withoutKey) {
            return null;
        }
    }

    /** The account that is asked, where its runs are found by their tasks; null where they have names for look-ups. */
    public @Nullable String taskAccount() {
        return tasks == null ? null : account;
    }

    /** Whether this endpoint's service may know of the run. */
    public boolean isFor(Run run) {
        return keeper == null || keeper.isFor(run);
    }

    /** By run id, as {@link Candidates} does it. */
    public CompletableFuture<Map<String, List<Candidate>>> candidates(List<Run> runs) {
        return candidates == null ? CompletableFuture.completedFuture(Map.of()) : candidates.of(account, runs, null);
    }

    /**
     * Asks the service for an unknown run now, and settles it where the answer is its end. A run whose task has no name
     * stays unknown. The exchange that asks gets the video.
     */
    public CompletionStage<Outcome> look(Run run) {
        if (keeper != null) {
            return keeper.look(run, true)
                    .handle((found, error) -> found != null ? found : unknown(run, error == null ? NOT_YET : LOST));
        } else if (tasks != null && run.hasOpenTask()) {
            return tasks.ask(run)
                    .handle((found, error) -> found == null
                            ? unknown(run, "its task could not be asked for: " + reason(error))
                            : found instanceof Outcome.Completed completed
                                    ? completed.recovered(run.ids().rayId())
                                    : found);
        } else if (run.taskId() != null) {
            return CompletableFuture.completedStage(unknown(run, "its task has ended, and is not asked for again"));
        }
        return candidates(List.of(run)).thenApply(found -> {
            List<Candidate> named = found.get(run.runId());
            String news = named == null
                    ? "the service's list of tasks cannot be read now, or holds no tasks of that time any more"
                    : named.isEmpty() ? "the service lists no task that may be its own" : "its task has no name here";
            return unknown(run, news).candidates(named == null ? List.of() : named);
        });
    }

    private static String reason(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return CleanText.of(String.valueOf(cause.getMessage()));
    }

    private static Outcome.Unknown unknown(Run run, String news) {
        return new Outcome.Unknown(
                run.reason() + "; " + news, null, Trace.of(run.ids()).task(run.taskId()));
    }
}
