package io.github.camelhh1;

import io.github.camelhh1.async.TimeLimit;
import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.generation.GenerationRequest;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.ledger.Candidate;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.link.AddressGuard;
import io.github.camelhh1.message.FailureMessages;
import io.github.camelhh1.message.MessageWriter;
import io.github.camelhh1.message.RunMap;
import io.github.camelhh1.message.RunMessage;
import io.github.camelhh1.message.RunsMessage;
import io.github.camelhh1.staging.SharedImages;
import io.github.camelhh1.staging.Staging;
import io.github.camelhh1.staging.Staging.Caller;
import io.github.camelhh1.wiring.Backend;
import io.github.camelhh1.wiring.ComponentParts;
import io.github.camelhh1.wiring.EndpointOptions;
import io.github.camelhh1.wiring.GenerateParts;
import io.github.camelhh1.wiring.RunLookup;
import io.github.camelhh1.wiring.VideoFetch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.util.function.ThrowingBiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operators' operations. {@code hh1:runs} lists what the ledger holds, {@code hh1:budget} what an account has used
 * of its day. {@code hh1:adopt} and {@code hh1:forget} settle a run by hand: each finds the run, changes it in the ledger
 * and removes its staged images.
 */
final class RunOperations implements StartedOperation {
    private static final Logger LOG = LoggerFactory.getLogger(RunOperations.class);
    private static final int BATCH = 500;
    private static final Duration LONGEST_REMOVAL = Duration.ofSeconds(10);

    private final EndpointOptions options;
    private final ComponentParts component;
    private final StartedOperation work;
    private final @Nullable Staging staging;

    private RunOperations(
            EndpointOptions options,
            ThrowingBiFunction<RunOperations, Exchange, CompletionStage<?>, Hh1Exception> settling)
            throws Exception {
        this.options = options;
        this.component = options.component();
        this.work = reading(exchange -> settling.apply(this, exchange));
        component.books();
        this.staging = GenerateParts.staging(options);
    }

    /** Frees a run: its request may then be sent, and paid, again. The body stays as it is. */
    static StartedOperation forget(EndpointOptions options) throws Exception {
        return new RunOperations(options, RunOperations::forget);
    }

    /**
     * An operator has found the video of a run whose outcome was unknown, or another link for a run whose link is dead.
     * The message goes on as from {@code hh1:generate}.
     */
    static StartedOperation adopt(EndpointOptions options) throws Exception {
        AddressGuard guard = VideoFetch.guard(options);
        var output = VideoFetch.output(options);
        return new RunOperations(options, (operations, exchange) -> operations
                .adopt(exchange, guard)
                .thenCompose(adopted -> output.apply(exchange)));
    }

    /**
     * Asks the service for the outcome of an unknown run. The message goes on as from {@code hh1:generate}, or fails.
     */
    static StartedOperation lookup(EndpointOptions options) throws Exception {
        RunLookup lookup = RunLookup.of(options);
        var failures = new FailureMessages(Backend.baseUrl(options.configuration()));
        var output = VideoFetch.output(options);
        return new RunOperations(options, (operations, exchange) -> operations
                .lookUp(exchange, lookup, failures)
                .thenComposeAsync(found -> goOn(exchange, output), operations.component.callbacks));
    }

    private static CompletionStage<?> goOn(Exchange exchange, Function<Exchange, CompletionStage<?>> output) {
        return exchange.getException() == null ? output.apply(exchange) : CompletableFuture.completedStage(false);
    }

    private CompletionStage<?> lookUp(Exchange exchange, RunLookup lookup, FailureMessages failures)
            throws Hh1Exception {
        String runId = runId(exchange.getMessage());
        Run run = component.books().apart(ledger -> RunMessage.unknown(ledger, runId, lookup.taskAccount()));
        if (!lookup.isFor(run)) {
            throw RunMessage.invalid("runId: run " + runId + " was sent through another gateway or account than this"
                    + " endpoint has; set its gatewayId and accountId here");
        }
        return lookup.look(run)
                .thenComposeAsync(
                        outcome -> {
                            if (outcome instanceof Outcome.Completed found) {
                                new MessageWriter(false).write(exchange, runId, found);
                                exchange.getMessage().setHeader(Hh1Constants.RUN_STATE, RunState.COMPLETED.name());
                            } else {
                                exchange.setException(failures.of(outcome, runId, GenerationRequest.EMPTY));
                            }
                            boolean ended = outcome instanceof Outcome.Completed || outcome instanceof Outcome.Rejected;
                            return ended ? removeImages(run, exchange) : CompletableFuture.completedStage(false);
                        },
                        component.callbacks);
    }

    @Override
    public CompletionStage<?> process(Exchange exchange) throws Exception {
        return work.process(exchange);
    }

    /** The same operation; its exchange fails where the ledger does not work. */
    private static StartedOperation reading(StartedOperation operation) {
        return exchange -> {
            try {
                return operation.process(exchange);
            } catch (LedgerException e) {
                throw RunMessage.unreadable(e);
            }
        };
    }

    @Override
    public void close() {
        if (staging != null) {
            staging.close();
        }
    }

    /** The ledger's runs, newest first, as a list of maps. */
    static StartedOperation runs(EndpointOptions options) {
        ComponentParts component = options.component();
        var books = component.books();
        RunLookup lookup = RunLookup.ofCandidates(options);
        return reading(exchange -> {
            Message message = exchange.getMessage();
            var page = RunsMessage.page(message, component.clock);
            List<Run> runs = books.apart(ledger -> ledger.list(page.filter(), page.limit(), page.offset()));
            long total = page.total(runs.size());
            // Apart from the list, so that others have their turn between the two.
            message.setHeader(
                    Hh1Constants.RUN_TOTAL, total < 0 ? books.apart(ledger -> ledger.count(page.filter())) : total);
            var named = lookup == null
                    ? CompletableFuture.completedFuture(Map.<String, List<Candidate>>of())
                    : lookup.candidates(runs);
            Consumer<Map<String, List<Candidate>>> show = candidates -> message.setBody(runs.stream()
                    .map(run -> RunMap.of(run, candidates.get(run.runId())))
                    .toList());
            // Where no service is asked, on the caller's thread.
            return named.isDone() ? named.thenAccept(show) : named.thenAcceptAsync(show, component.callbacks);
        });
    }

    /** The day's budget of the endpoint's account, as a map. */
    static StartedOperation budget(EndpointOptions options) {
        ComponentParts component = options.component();
        component.books();
        String account = Backend.accountId(options.configuration(), options.context());
        return reading(exchange -> {
            if (account.isEmpty()) {
                throw RunMessage.invalid(
                        "accountId: a budget is counted for an account, and none is known; set the option"
                                + " accountId");
            }
            exchange.getMessage().setBody(RunMap.of(component.spending(account), component.caps()));
            return CompletableFuture.completedStage(true);
        });
    }

    /** Shortens old runs, in batches, between which others have their turn. The body becomes their number. */
    static StartedOperation prune(EndpointOptions options) {
        var books = options.component().books();
        return exchange -> {
            Duration olderThan = RunsMessage.olderThan(exchange.getMessage());
            long all = 0;
            for (int pruned = BATCH; pruned == BATCH; all += pruned) {
                try {
                    pruned = books.apart(ledger -> ledger.prune(olderThan, BATCH));
                } catch (LedgerException e) {
                    throw RunMessage.pruned(all, e);
                }
            }
            exchange.getMessage().setBody(all);
            return CompletableFuture.completedStage(true);
        };
    }

    private CompletionStage<?> forget(Exchange exchange) throws Hh1Exception {
        Message message = exchange.getMessage();
        String runId = runId(message);
        RunState only = RunsMessage.state(message);
        Run run = component.books().apart(ledger -> RunMessage.forget(ledger, runId, only));
        message.setHeader(Hh1Constants.RUN_ID, runId);
        message.setHeader(Hh1Constants.RUN_STATE, RunState.FORGOTTEN.name());
        return removeImages(run, exchange);
    }

    private CompletionStage<?> adopt(Exchange exchange, AddressGuard guard) throws Hh1Exception {
        Message message = exchange.getMessage();
        // First the link: a wrong one needs no ledger.
        String link = RunMessage.link(message, guard::objection, component.clock.instant());
        String runId = runId(message);
        Run before = component.books().apart(ledger -> RunMessage.adoptable(ledger, runId));
        Run run = component.books().apart(ledger -> adopted(runId, link, ledger));
        new MessageWriter(false).write(exchange, runId, Outcome.Completed.replay(run));
        message.setHeader(Hh1Constants.RUN_STATE, run.state().name());
        return removeImages(before, exchange);
    }

    private static Run adopted(String runId, String link, LedgerSession ledger) throws Hh1Exception {
        if (!ledger.adopt(runId, link)) {
            throw RunMessage.changed(runId);
        }
        try {
            return ledger.find(runId)
                    .filter(run -> run.completion() != null)
                    .orElseThrow(() -> RunMessage.changed(runId));
        } catch (LedgerException e) {
            throw RunMessage.perhapsDone("The video was adopted, and the run could not be read again", e);
        }
    }

    /** The id of the run that a message names, by its id or its key. */
    private String runId(Message message) throws InvalidRequestException {
        return RunMessage.of(
                message,
                Backend.model(options.configuration()),
                () -> Backend.accountId(options.configuration(), options.context()));
    }

    /** The stage never fails, and does not wait for a store that hangs. */
    private CompletionStage<Boolean> removeImages(Run run, Exchange exchange) {
        if (run.staged().isEmpty() || !options.configuration().isStagingCleanup()) {
            return CompletableFuture.completedStage(true);
        } else if (staging == null) {
            LOG.warn(
                    "The staged images {} of run {} stay where they are: hh1:{} removes them where it has the staging"
                            + " options of the generate that staged them",
                    run.staged().stream().map(SharedImages::reference).toList(),
                    run.runId(),
                    options.operation());
            return CompletableFuture.completedStage(true);
        }
        Staging mine = staging.onBehalfOf(Caller.of(exchange, run.asked().correlation()));
        var removals = run.staged().stream()
                .map(image -> mine.remove(image).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        var all = CompletableFuture.allOf(removals);
        return TimeLimit.of(all, LONGEST_REMOVAL, component.timers, "not removed", late -> {})
                .handleAsync((gone, late) -> true, component.callbacks);
    }
}
