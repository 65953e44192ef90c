package io.github.camelhh1.wiring;

import io.github.camelhh1.async.Timers;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.ledger.CallIds;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LookupPlace;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.lookup.Lookup;
import io.github.camelhh1.lookup.Lookup.SentCall;
import io.github.camelhh1.lookup.SecondLook;
import io.github.camelhh1.rooms.Rooms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks unknown runs of a gateway up, also those of dead processes: every few minutes until half an hour after the end of
 * their call, then hourly for a day. Of all nodes one at a time looks a run up. Safe for use by many threads.
 */
public final class LookupKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(LookupKeeper.class);
    private static final Duration TURN = Duration.ofSeconds(30);
    private static final Duration OFTEN = Duration.ofMinutes(3);
    private static final Duration SELDOM = Duration.ofHours(1);
    private static final Duration YOUNG = Duration.ofMinutes(30);
    private static final Duration OLD = Duration.ofHours(24);
    /** Runs that are taken and not asked for, because of a pause, wait for their next look. */
    private static final int MOST_AT_ONCE = 10;

    private static final int MOST_BELIEFS = 1_000;

    private final Lookup lookup;
    private final LookupPlace place;
    private final Duration call;
    private final ComponentParts component;
    private final Timers timers;
    private final Consumer<Run> settled;
    private final Map<String, SecondLook> beliefs = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * Looks nothing up by itself before {@link #begin}.
     *
     * @param call the option generationTimeout
     * @param settled takes a run whose images are not needed any more
     */
    LookupKeeper(Rooms.Lookups lookups, Duration call, ComponentParts component, Consumer<Run> settled) {
        this.lookup = lookups.lookup();
        this.place = lookups.place();
        this.call = call;
        this.component = component;
        this.timers = component.timers;
        this.settled = settled;
    }

    void begin() {
        timers.after(TURN).thenAccept(passed -> {
            if (passed && !closed && lookup.pause().isZero()) {
                turn();
            } else if (passed && !closed) {
                begin();
            }
        });
    }

    void close() {
        closed = true;
    }

    /** If look-ups are useless, one run an hour is looked up as a trial. */
    private void turn() {
        int most = lookup.isOver() ? 1 : MOST_AT_ONCE;
        component
                .books()
                .later(session -> session.lookUp(place, call.plus(OLD), most, this::pause))
                .thenCompose(runs -> lookAtAll(runs).thenApply(all -> all && runs.size() == MOST_AT_ONCE))
                .whenComplete((more, error) -> {
                    if (error != null) {
                        LOG.debug("Looked up again later", error);
                    }
                    if (error == null && more) {
                        turn();
                    } else {
                        begin();
                    }
                });
    }

    private Duration pause(Duration age) {
        return age.compareTo(call.plus(YOUNG)) < 0 ? OFTEN : SELDOM;
    }

    private CompletionStage<Boolean> lookAtAll(List<Run> runs) {
        CompletionStage<Boolean> all = CompletableFuture.completedStage(true);
        for (Run run : runs) {
            all = all.thenCompose(before -> component.looks.turn())
                    .thenCompose(turn -> turn && !closed && lookup.pause().isZero()
                            ? lookTwice(run)
                            : CompletableFuture.completedStage(false));
        }
        return all;
    }

    /** A finding that needs a second look gets it before another node's turn. */
    private CompletionStage<Boolean> lookTwice(Run run) {
        return look(run, false).handle((outcome, error) -> {
            SecondLook belief = beliefs.get(key(run));
            Duration pause = belief == null ? null : belief.pause(timers.nanoTime());
            if (pause != null && !pause.isNegative()) {
                timers.after(pause).thenAccept(passed -> {
                    if (passed && !closed) {
                        look(run, false);
                    }
                });
            }
            return true;
        });
    }

    /** Whether the run may be found in the records that are looked through here. */
    boolean isFor(Run run) {
        return place.has(run);
    }

    /**
     * Asks the service for the run, and settles it where the answer is its end. Not for a run without a name for look-ups.
     *
     * @param handedOn whether an exchange gets the video
     * @return the outcome, without the service's own words, which may quote the prompt; null where the run stays as it is
     */
    public CompletionStage<@Nullable Outcome> look(Run run, boolean handedOn) {
        String id = run.lookupId();
        Instant sent = run.sentAt();
        // A link that cannot be fetched may be paid, and no look-up knows more.
        if (id == null || sent == null || run.hasLink()) {
            return CompletableFuture.completedStage(null);
        }
        long asked = timers.nanoTime();
        Duration age = Duration.between(sent, component.clock.instant());
        var named = new SentCall(id, run.ids().logId(), age.isNegative() ? Duration.ZERO : age);
        return lookup.look(named).thenCompose(finding -> {
            if (beliefs.size() > MOST_BELIEFS) {
                beliefs.clear();
            }
            Outcome found =
                    beliefs.computeIfAbsent(key(run), any -> new SecondLook()).judge(finding, asked, timers.nanoTime());
            return found == null ? CompletableFuture.completedStage(null) : settle(run, told(run, found), handedOn);
        });
    }

    private CompletionStage<@Nullable Outcome> settle(Run run, Outcome found, boolean handedOn) {
        return component
                .books()
                .later(ledger -> isWritten(ledger, run, found, handedOn))
                .thenApply(written -> {
                    beliefs.remove(key(run));
                    if (!written) {
                        return null;
                    }
                    LOG.info(
                            "Run {} ({}) was looked up: {}",
                            run.runId(),
                            run.asked().videoFileName(),
                            found instanceof Outcome.Completed ? "it has its video" : reason(found));
                    if (!(found instanceof Outcome.Unknown)) {
                        settled.accept(run);
                    }
                    return found;
                });
    }

    private boolean isWritten(LedgerSession ledger, Run run, Outcome found, boolean handedOn) {
        if (found instanceof Outcome.Completed completed) {
            boolean written = ledger.found(run, completed.completion(), handedOn);
            boolean known = written || state(ledger, run) == RunState.COMPLETED;
            if (!known) {
                LOG.error(
                        "A look-up has found the video of run {} ({}), which was sent again or settled meanwhile. Its link is"
                                + " kept in the table hh1_late; hh1:runs shows it as late where the ledger still holds"
                                + " the run",
                        run.runId(),
                        run.asked().videoFileName());
            }
            // Another look was faster: an operator gets the video all the same.
            return handedOn ? known : written;
        }
        boolean rejected = found instanceof Outcome.Rejected;
        String link = found instanceof Outcome.Unknown unknown ? unknown.link() : null;
        // The same reason is written once.
        return !reason(found).equals(run.reason())
                && ledger.found(
                        run,
                        rejected ? RunState.REJECTED : RunState.UNKNOWN,
                        new Ending(reason(found), found.trace().ids(), link))
                // An earlier attempt may be billed: the run is unknown as before.
                && (!rejected || state(ledger, run) == RunState.REJECTED);
    }

    private static @Nullable RunState state(LedgerSession ledger, Run run) {
        return ledger.find(run.runId()).map(Run::state).orElse(null);
    }

    private Outcome told(Run run, Outcome found) {
        if (found instanceof Outcome.Completed completed) {
            Duration elapsed = Duration.between(run.createdAt(), component.clock.instant());
            return completed
                    .recorded(run.asked(), elapsed.isNegative() ? Duration.ZERO : elapsed)
                    .recovered(run.ids().rayId());
        }
        if (found instanceof Outcome.Rejected rejected) {
            CallIds ids = rejected.trace().ids();
            return new Outcome.Rejected(
                    "a look-up found that it was refused with code " + ids.code() + " (HTTP status " + ids.httpStatus()
                            + ")",
                    rejected.account(),
                    Outcome.Trace.of(ids));
        }
        return found;
    }

    private static String reason(Outcome outcome) {
        return outcome instanceof Outcome.Rejected rejected
                ? rejected.reason()
                : outcome instanceof Outcome.Unknown unknown ? unknown.reason() : "";
    }

    private static String key(Run run) {
        return run.runId() + " " + run.lookupId();
    }
}
