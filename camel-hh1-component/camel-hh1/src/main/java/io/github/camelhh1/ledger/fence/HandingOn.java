package io.github.camelhh1.ledger.fence;

import io.github.camelhh1.ledger.Emission;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Hands a run's ending to an exchange, as the answer to a delivery or as an emission. An emission belongs to an owner
 * and lasts as long as that owner lives, so it needs no renewal while its route works. This session knows its emissions
 * under way. If another row names this session as its emitter, a late statement has changed that row.
 */
final class HandingOn {
    private record Key(String runId, RunState state, int attempt) {
        static Key of(Run run) {
            return new Key(run.runId(), run.state(), run.attempt());
        }
    }

    private final RunStore store;
    private final Owners owners;
    private final Set<Key> underWay = ConcurrentHashMap.newKeySet();
    /** Whether this session ever emitted. Otherwise it need not ask the store for emissions. */
    private volatile boolean emits;

    HandingOn(RunStore store, Owners owners) {
        this.store = store;
        this.owners = owners;
    }

    /** The answer to a delivery that may not send, once the row is marked; null when the row has changed meanwhile. */
    Claiming.@Nullable NotClaimed answer(RunRow row, Claiming.Reason refusal) {
        Claiming.Reason reason = refusal;
        if (reason == Claiming.Reason.COMPLETED && row.marks().handedAt() == null) {
            if (store.change(row.expected(), Command.Mark.REPLAY)) {
                return new Claiming.NotClaimed(reason, row.run());
            }
            // A route is at work on it, or the row has changed, and then the mark does not fit either.
            reason = Claiming.Reason.IN_FLIGHT;
        }
        boolean comesAgain = reason == Claiming.Reason.HELD || reason == Claiming.Reason.IN_FLIGHT;
        return comesAgain && !asked(row) ? null : new Claiming.NotClaimed(reason, row.run());
    }

    /** The row's state counts, also where the mark cannot be written: money may have moved. */
    private boolean asked(RunRow row) {
        try {
            return store.change(row.expected(), Command.Mark.ASK);
        } catch (LedgerException e) {
            return true;
        }
    }

    /** A failure ends the list, unless nothing has begun. */
    List<Emission> emit(Emission.Filter filter, int most) {
        var begun = new ArrayList<Emission>();
        String owner = owners.owner();
        emits = true;
        // Rows of emissions under way under a buried name come first, and begin no more.
        for (RunRow row : store.toEmit(filter, most + underWay.size())) {
            if (begun.size() == most) {
                break;
            }
            try {
                if (begins(row, owner)) {
                    begun.add(new Emission(row.run(), owner));
                }
            } catch (LedgerException e) {
                if (begun.isEmpty()) {
                    throw e;
                }
                break;
            }
        }
        return begun;
    }

    /** False also where this session hands it on already, under a name that is buried. */
    private boolean begins(RunRow row, String owner) {
        Key key = Key.of(row.run());
        if (!underWay.add(key)) {
            return false;
        }
        boolean begun = false;
        try {
            begun = store.change(row.expected(), new Command.Emit(owner));
            return begun;
        } finally {
            if (!begun) {
                underWay.remove(key);
            }
        }
    }

    /** A failure leaves it under way, to be tried again. */
    boolean ended(Emission emission, @Nullable Duration again) {
        Run run = emission.run();
        var command = new Command.Emitted(emission.owner(), run.state(), run.attempt(), again);
        boolean ended = false;
        for (int turn = 0; !ended && turn < FencedSession.MOST_TURNS; turn++) {
            RunRow row = store.find(run.runId());
            if (row == null || !RunTransitions.applies(row, command)) {
                break;
            }
            ended = store.change(row.expected(), command);
        }
        underWay.remove(Key.of(run));
        return ended;
    }

    /**
     * Ends emissions without a worker. The rows are read before the set of emissions under way: an emission joins the
     * set before its row changes.
     */
    void recover() {
        for (RunRow row : emits ? store.emittedBy(owners.owner()) : List.<RunRow>of()) {
            Run run = row.run();
            String owner = row.marks().emitOwner();
            if (owner != null && !underWay.contains(Key.of(run))) {
                store.change(row.expected(), new Command.Emitted(owner, run.state(), run.attempt(), Duration.ZERO));
            }
        }
    }
}
