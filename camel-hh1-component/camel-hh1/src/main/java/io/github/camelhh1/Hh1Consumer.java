package io.github.camelhh1;

import io.github.camelhh1.async.Backoff;
import io.github.camelhh1.ledger.Candidate;
import io.github.camelhh1.ledger.Emission;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.message.MessageWriter;
import io.github.camelhh1.rooms.Bookkeeping;
import io.github.camelhh1.text.CleanText;
import io.github.camelhh1.wiring.ComponentParts;
import io.github.camelhh1.wiring.EndpointOptions;
import io.github.camelhh1.wiring.RunLookup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.RollbackExchangeException;
import org.apache.camel.spi.Synchronization;
import org.apache.camel.support.EmptyAsyncCallback;
import org.apache.camel.support.ScheduledPollConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consumer of {@code hh1:recovered} and {@code hh1:held}. It hands each run to its route at least once, until an
 * exchange completes. One node at a time does this for a run.
 */
final class Hh1Consumer extends ScheduledPollConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(Hh1Consumer.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);
    private static final int MOST_FAILURES = 10_000;

    private final Hh1Endpoint endpoint;
    private final RunState state;
    private final AtomicInteger underWay = new AtomicInteger();
    /** The number of failures in a row of the route, by run. */
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();

    private volatile @Nullable Asked asked;

    /** @param lookup names the tasks that may be those of held runs; null where no service is asked */
    private record Asked(ComponentParts component, @Nullable RunLookup lookup) {}

    Hh1Consumer(Hh1Endpoint endpoint, Processor processor, RunState state) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.state = state;
    }

    @Override
    protected void doStart() throws Exception {
        EndpointOptions options = endpoint.options(this);
        OptionRules.check(options, endpoint.getAfter(), endpoint.getMaxConcurrent());
        asked = null;
        lookup(options);
        super.doStart();
    }

    @Override
    protected int poll() {
        ComponentParts component = endpoint.getComponent().startedParts();
        int free = endpoint.getMaxConcurrent() - underWay.get();
        if (component == null || free <= 0) {
            return 0;
        }
        var filter = new Emission.Filter(
                state,
                Duration.ofMillis(endpoint.getAfter()),
                endpoint.getConfiguration().getGroup());
        List<HandOn> runs = component.books().apart(ledger -> ledger.emit(filter, free)).stream()
                .map(emission -> new HandOn(emission, component))
                .toList();
        var named = candidates(runs);
        // Where no service is asked, on the thread of the scheduler.
        var handedOn = named.isDone()
                ? named.thenAccept(found -> runs.forEach(run -> run.handOn(found)))
                : named.thenAcceptAsync(found -> runs.forEach(run -> run.handOn(found)), component.callbacks);
        handedOn.exceptionally(refused -> {
            runs.forEach(run -> run.end(FIRST_PAUSE));
            return null;
        });
        return runs.size();
    }

    /** The component may have been stopped and started since this consumer started. */
    private @Nullable RunLookup lookup(EndpointOptions options) {
        Asked known = asked;
        if (known == null || known.component() != options.component()) {
            known = new Asked(options.component(), state == RunState.UNKNOWN ? RunLookup.ofCandidates(options) : null);
            asked = known;
        }
        return known.lookup();
    }

    /** Of held runs: the tasks that may be theirs, by run id. */
    private CompletableFuture<Map<String, List<Candidate>>> candidates(List<HandOn> runs) {
        try {
            RunLookup lookup = lookup(endpoint.options(this));
            return lookup == null
                    ? CompletableFuture.completedFuture(Map.of())
                    : lookup.candidates(
                            runs.stream().map(run -> run.emission.run()).toList());
        } catch (RuntimeException e) {
            // The runs are handed on all the same.
            LOG.debug("Without candidates", e);
            return CompletableFuture.completedFuture(Map.of());
        }
    }

    /** One run on its way through the route. */
    private final class HandOn implements Synchronization {
        private final Emission emission;
        private final ComponentParts component;
        private final Bookkeeping books;
        private final AtomicBoolean ended = new AtomicBoolean();

        HandOn(Emission emission, ComponentParts component) {
            this.emission = emission;
            this.component = component;
            this.books = component.books();
            underWay.incrementAndGet();
            component.open.begin();
        }

        void handOn(Map<String, List<Candidate>> found) {
            try {
                begin(found.get(emission.run().runId()));
            } catch (RuntimeException | Error e) {
                LOG.warn(
                        "Run {} did not reach its route; it gets the run again later",
                        emission.run().runId(),
                        e);
                end(FIRST_PAUSE);
            }
        }

        private void begin(@Nullable List<Candidate> candidates) {
            if (!isRunAllowed()) {
                end(Duration.ZERO);
                return;
            }
            Exchange exchange = createExchange(true);
            exchange.getExchangeExtension().addOnCompletion(this);
            try {
                MessageWriter.write(exchange, emission.run(), candidates);
                getAsyncProcessor().process(exchange, EmptyAsyncCallback.get());
            } catch (RuntimeException | Error e) {
                failed(exchange, e);
            }
        }

        @Override
        public void onComplete(Exchange exchange) {
            if (exchange.isRollbackOnly()) {
                failed(exchange, null);
            } else {
                failures.remove(emission.run().runId());
                end(null);
            }
        }

        @Override
        public void onFailure(Exchange exchange) {
            failed(exchange, exchange.getException());
        }

        private void failed(Exchange exchange, @Nullable Throwable failure) {
            String runId = emission.run().runId();
            if (failures.size() > MOST_FAILURES) {
                failures.clear();
            }
            Duration again = Backoff.delay(failures.merge(runId, 1, Integer::sum), FIRST_PAUSE, LONGEST_PAUSE);
            try {
                getExceptionHandler()
                        .handleException(
                                "The route did not complete with run " + runId + " from "
                                        + CleanText.of(endpoint.toString()) + ". It gets the run again in "
                                        + again.toSeconds() + " s or later",
                                exchange,
                                failure == null ? new RollbackExchangeException(exchange) : failure);
            } finally {
                // Also where the handler, which may be the application's, fails.
                end(again);
            }
        }

        /** The ledger's threads write the end. If that fails, they write it later. */
        private void end(@Nullable Duration again) {
            if (!ended.getAndSet(true)) {
                books.settle(emission, again).whenComplete((written, error) -> {
                    underWay.decrementAndGet();
                    component.open.end();
                });
            }
        }
    }
}
