package io.github.camelhh1.ledger.fence;

import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Attempt;
import io.github.camelhh1.ledger.Caps;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Claiming;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.LateResult;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Reserving;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.Settled;
import io.github.camelhh1.ledger.fence.LiveClaims.Live;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An owner at work with a store whose statements may take effect late. It knows the version of each row that it works on
 * and names it in each change. A change that changes no row is looked up: it took place before, or the row is another
 * version by now and the change is tried on that one, or the row is not this claim's any more.
 */
public final class FencedSession implements LedgerSession {
    /** A row that changes so often meanwhile is claimed and released in a circle by others. */
    private static final int MOST_TURNS = 100;

    private enum Changed {
        DONE,
        /** The command does not apply to the row, which is this claim's. */
        REFUSED,
        /** The row is not this claim's, or is not there. */
        GONE
    }

    private final RunStore store;
    private final Owners owners;
    private final LiveClaims claims = new LiveClaims();
    private final AtomicLong numbers = new AtomicLong();
    private final Recovery recovery;
    private final ChangesByHand byHand;

    public FencedSession(RunStore store, Owners owners) {
        this.store = store;
        this.owners = owners;
        this.recovery = new Recovery(store, owners, claims);
        this.byHand = new ChangesByHand(store);
    }

    @Override
    public String owner() {
        return owners.session();
    }

    @Override
    public Claiming claim(NewRun run, int maxPaidAttempts) {
        var claim = new Claim(run.runId(), owners.owner(), numbers.incrementAndGet());
        Live live = claims.begin(claim);
        try {
            Claiming claiming = claim(run, claim, live, maxPaidAttempts);
            if (!(claiming instanceof Claiming.Claimed)) {
                claims.end(claim);
            }
            return claiming;
        } catch (RuntimeException | Error e) {
            live.doubtful = true;
            claims.end(claim);
            throw e;
        }
    }

    private Claiming claim(NewRun run, Claim claim, Live live, int maxPaidAttempts) {
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            if (store.insert(run, claim)) {
                live.claimed(1, 0);
                return new Claiming.Claimed(claim, null);
            }
            RunRow row = store.find(run.runId()).orElse(null);
            Claiming claiming =
                    row == null || recovery.freed(row) ? null : claim(row, run, claim, live, maxPaidAttempts);
            if (claiming != null) {
                return claiming;
            }
        }
        throw changing(run.runId());
    }

    /** Null when the row has changed, and is to be looked at once more. */
    private @Nullable Claiming claim(RunRow row, NewRun request, Claim claim, Live live, int maxPaidAttempts) {
        Run run = row.run();
        boolean free = run.state() == RunState.REJECTED || run.state() == RunState.FORGOTTEN;
        if (!free && !run.asked().fingerprint().equals(request.fingerprint())) {
            return new Claiming.KeyReused(run);
        } else if (row.isOpen()) {
            return new Claiming.InFlight(run);
        } else if (run.state() == RunState.COMPLETED) {
            return new Claiming.Completed(run);
        } else if (run.state() == RunState.FAILED) {
            return new Claiming.Failed(run);
        } else if (run.state() == RunState.UNKNOWN && run.paidAttempts() >= maxPaidAttempts) {
            return new Claiming.Held(run);
        } else if (!store.change(Expected.of(row), new Command.ClaimAgain(request, claim))) {
            return null;
        }
        live.claimed(row.version() + 1, run.attempt());
        return new Claiming.Claimed(claim, run.state() == RunState.UNKNOWN ? run : null);
    }

    @Override
    public Optional<Attempt> sent(Claim claim, @Nullable String staged) {
        Live live = claims.find(claim);
        if (live == null) {
            return Optional.empty();
        }
        int number = live.allot();
        if (change(claim, new Command.Sent(number, staged)) != Changed.DONE) {
            return Optional.empty();
        }
        live.acknowledged = number;
        return Optional.of(new Attempt(claim, number));
    }

    @Override
    public boolean unsent(Attempt attempt) {
        return change(attempt.claim(), new Command.Unsent(attempt.number())) == Changed.DONE;
    }

    @Override
    public Settled complete(Attempt attempt, Completion completion) {
        return settle(
                attempt,
                new Command.Complete(attempt.number(), completion, false),
                new Command.Complete(attempt.number(), completion, true),
                new Late(attempt, RunState.COMPLETED, completion, null));
    }

    @Override
    public Settled reject(Attempt attempt, Ending ending) {
        var reject = new Command.Reject(attempt.number(), ending);
        return settle(attempt, reject, reject, new Late(attempt, RunState.REJECTED, null, ending));
    }

    @Override
    public Settled failed(Attempt attempt, Ending ending) {
        return settle(
                attempt,
                new Command.Fail(attempt.number(), ending, false),
                new Command.Fail(attempt.number(), ending, true),
                new Late(attempt, RunState.FAILED, null, ending));
    }

    /** One that comes late adds nothing to what the run says, but for a link. */
    @Override
    public Settled unknown(Attempt attempt, Ending ending) {
        return settle(
                attempt,
                new Command.Unknown(attempt.number(), ending, false),
                new Command.Unknown(attempt.number(), ending, true),
                ending.link() == null ? null : new Late(attempt, RunState.UNKNOWN, null, ending));
    }

    private Settled settle(Attempt attempt, Command command, Command fromClaimed, @Nullable Late late) {
        Settled settled = Settled.DONE;
        if (change(attempt.claim(), command) != Changed.DONE) {
            settled = Settled.REPAIRED;
            if (change(attempt.claim(), fromClaimed) != Changed.DONE) {
                keep(attempt, late);
                settled = Settled.LATE;
            }
        }
        claims.endAt(attempt);
        return settled;
    }

    private void keep(Attempt attempt, @Nullable Late late) {
        if (late != null) {
            try {
                store.late(late);
            } catch (RuntimeException | Error e) {
                claims.doubt(attempt.claim());
                throw e;
            }
        }
    }

    @Override
    public boolean release(Claim claim) {
        boolean released = change(claim, new Command.Release()) == Changed.DONE;
        claims.end(claim);
        return released;
    }

    @Override
    public boolean abandon(Claim claim, Ending ending) {
        RunRow row = store.find(claim.runId()).orElse(null);
        if (row == null || !row.isOf(claim) || row.run().state() != RunState.SENT) {
            return release(claim);
        }
        return settle(
                        new Attempt(claim, row.run().attempt()),
                        new Command.Unknown(row.run().attempt(), ending, false),
                        new Command.Unknown(row.run().attempt(), ending, false),
                        null)
                == Settled.DONE;
    }

    private Changed change(Claim claim, Command command) {
        Live live = claims.find(claim);
        try {
            return change(claim, live, command);
        } catch (RuntimeException | Error e) {
            if (live != null) {
                live.doubtful = true;
            }
            throw e;
        }
    }

    private Changed change(Claim claim, @Nullable Live live, Command command) {
        long version = live == null ? 0 : live.version;
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            if (version > 0 && store.change(new Expected(claim, version), command)) {
                acknowledged(live, version + 1);
                return Changed.DONE;
            }
            RunRow row = store.find(claim.runId()).orElse(null);
            if (row == null || !row.isOf(claim)) {
                return Changed.GONE;
            } else if (RunTransitions.isDone(row, command)) {
                acknowledged(live, row.version());
                return Changed.DONE;
            } else if (row.version() == version) {
                return Changed.REFUSED;
            }
            version = row.version();
        }
        throw changing(claim.runId());
    }

    private static void acknowledged(@Nullable Live live, long version) {
        if (live != null) {
            live.version = version;
        }
    }

    private static LedgerException changing(String runId) {
        return new LedgerException(
                "run " + runId + " changed " + MOST_TURNS + " times while it was worked on; try again later", null);
    }

    @Override
    public Reserving reserve(Claim claim, Amount amount, Caps caps) {
        Live live = claims.find(claim);
        if (live == null) {
            return new Reserving.Gone();
        }
        try {
            return reserve(claim, live, amount, caps);
        } catch (RuntimeException | Error e) {
            live.doubtful = true;
            throw e;
        }
    }

    private Reserving reserve(Claim claim, Live live, Amount amount, Caps caps) {
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            long version = live.version;
            Reserving reserving = store.reserve(new Expected(claim, version), amount, caps);
            if (reserving instanceof Reserving.Reserved) {
                live.version = version + 1;
                return reserving;
            } else if (reserving instanceof Reserving.Refused) {
                return reserving;
            }
            RunRow row = store.find(claim.runId()).orElse(null);
            if (row == null || !row.isOf(claim) || row.version() == version) {
                return new Reserving.Gone();
            }
            live.version = row.version();
        }
        throw changing(claim.runId());
    }

    @Override
    public Amount spent(String account, LocalDate day) {
        return store.spent(account, day);
    }

    @Override
    public LocalDate today() {
        return store.today();
    }

    @Override
    public Optional<Run> find(String runId) {
        return store.find(runId).map(row -> withLate(List.of(row.run())).get(0));
    }

    private List<Run> withLate(List<Run> runs) {
        Map<String, List<LateResult>> late =
                store.lateOf(runs.stream().map(Run::runId).toList());
        return late.isEmpty()
                ? runs
                : runs.stream()
                        .map(run -> run.withLate(late.getOrDefault(run.runId(), List.of())))
                        .toList();
    }

    @Override
    public List<Run> runs(@Nullable RunState state, int limit, int offset) {
        return withLate(store.runs(state, limit, offset));
    }

    @Override
    public boolean adopt(String runId, String videoUrl) {
        return byHand.make(runId, new Command.Adopt(videoUrl));
    }

    @Override
    public boolean forget(String runId) {
        return byHand.make(runId, new Command.Forget());
    }

    @Override
    public void renew() {
        owners.renew();
    }

    @Override
    public List<Run> recover() {
        return recovery.recover();
    }

    @Override
    public Duration lease() {
        return owners.lease();
    }

    @Override
    public void close() {
        try {
            owners.close();
        } catch (LedgerException e) {
            // The next recovery finds out that it is dead.
        } finally {
            store.close();
        }
    }
}
