package io.github.camelhh1.ledger.fence;

import io.github.camelhh1.ledger.Amount.Spending;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LookupPlace;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.Run.LateResult;
import io.github.camelhh1.ledger.RunState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The part of a session that needs no owner. It reads the ledger, shortens old runs, and makes the changes of operators and
 * of look-ups. Each change is made to the row as it was read; when the answer is lost, the row is read again.
 */
abstract class OwnerlessSession implements LedgerSession {
    final RunStore store;

    OwnerlessSession(RunStore store) {
        this.store = store;
    }

    @Override
    public Spending spending(String account, LocalDate day) {
        return store.spending(account, day);
    }

    @Override
    public LocalDate today() {
        return LocalDate.ofInstant(store.now(), ZoneOffset.UTC);
    }

    @Override
    public Optional<Run> find(String runId) {
        RunRow row = store.find(runId);
        return row == null
                ? Optional.empty()
                : Optional.of(withLate(List.of(row.run())).get(0));
    }

    private List<Run> withLate(List<Run> runs) {
        Map<String, List<LateResult>> late =
                store.lateOf(runs.stream().map(Run::runId).toList());
        return runs.stream()
                .map(run -> run.withLate(late.getOrDefault(run.runId(), List.of())))
                .toList();
    }

    @Override
    public List<Run> list(Run.Filter filter, int limit, int offset) {
        return withLate(store.list(filter, limit, offset));
    }

    @Override
    public long count(Run.Filter filter) {
        return store.count(filter);
    }

    @Override
    public List<Run> toResume(String account, int most) {
        return store.toResume(account, most);
    }

    @Override
    public int prune(Duration olderThan, int most) {
        return store.prune(olderThan, most);
    }

    @Override
    public List<Run> lookUp(LookupPlace place, Duration within, int most, Function<Duration, Duration> pauses) {
        var taken = new ArrayList<Run>();
        List<RunRow> due = store.toLookUp(place, within, most);
        Instant now = due.isEmpty() ? Instant.MIN : store.now();
        for (RunRow row : due) {
            Instant sent = Objects.requireNonNull(row.run().sentAt(), "not sent");
            Duration pause = pauses.apply(Duration.between(sent, now));
            if (store.change(row.expected(), new Command.Look(row.run().attempt(), pause))) {
                taken.add(row.run());
            }
        }
        return taken;
    }

    /** A video that no exchange has got is kept as a late one: it may have been found while the operator looked. */
    @Override
    public boolean adopt(String runId, String videoUrl) {
        RunRow row = store.find(runId);
        if (row == null) {
            return false;
        }
        Completion found = row.run().completion();
        if (found != null && row.marks().handedAt() == null && !found.videoUrl().equals(videoUrl)) {
            store.late(row.claim(), Command.Settle.completed(row.run().attempt(), found, false));
        }
        return make(row, new Command.Adopt(videoUrl));
    }

    @Override
    public boolean forget(String runId, @Nullable RunState only) {
        RunRow row = store.find(runId);
        return row != null && isToBeFreed(row, only) && make(row, Command.Plain.FORGET);
    }

    private boolean isToBeFreed(RunRow row, @Nullable RunState only) {
        Run run = row.run();
        // The clock is asked only where it matters.
        if (run.hasOpenTask() && run.isGoingOn(store.now())) {
            return false;
        }
        return only == null ? run.state() != RunState.COMPLETED || row.marks().handedAt() != null : run.state() == only;
    }

    private boolean make(RunRow row, Command command) {
        if (!RunTransitions.applies(row, command)) {
            return false;
        }
        try {
            return store.change(row.expected(), command);
        } catch (LedgerException e) {
            return lookedUp(row, command, e);
        }
    }

    /** The answer was lost: the row as it is now counts, and the change is tried once more where nothing has changed. */
    private boolean lookedUp(RunRow seen, Command command, LedgerException lost) {
        try {
            RunRow now = store.find(seen.run().runId());
            if (now != null && now.version() == seen.version()) {
                if (store.change(seen.expected(), command)) {
                    return true;
                }
                now = store.find(seen.run().runId());
            }
            return now != null && RunTransitions.isDone(now, command);
        } catch (LedgerException e) {
            e.addSuppressed(lost);
            throw e.perhapsDone();
        }
    }

    @Override
    public boolean found(Run run, Completion completion, boolean handedOn) {
        return settle(run, Command.Settle.completed(run.attempt(), completion, handedOn));
    }

    @Override
    public boolean found(Run run, RunState state, Ending ending) {
        return settle(run, Command.Settle.ended(run.attempt(), state, ending));
    }

    /**
     * Settles an unknown attempt with the outcome that the service reports. If the run does not take the link any more,
     * the link is kept as a late one.
     */
    private boolean settle(Run seen, Command.Settle end) {
        var claim = new Claim(seen.runId(), seen.owner(), seen.claim());
        RunRow row = store.find(seen.runId());
        for (int turn = 0; row != null && turn < FencedSession.MOST_TURNS && isAsSeen(row, claim, end); turn++) {
            if (store.change(row.expected(), end)) {
                return true;
            }
            row = store.find(seen.runId());
        }
        if (end.videoUrl() != null && (row == null || !RunTransitions.isDone(row, end))) {
            store.late(claim, end);
        }
        return false;
    }

    /** Marks may have changed meanwhile. */
    private static boolean isAsSeen(RunRow row, Claim claim, Command.Settle end) {
        return row.run().state() == RunState.UNKNOWN
                && row.isOf(claim)
                && row.run().attempt() == end.attempt();
    }
}
