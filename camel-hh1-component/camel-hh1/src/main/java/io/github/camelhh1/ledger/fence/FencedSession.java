package io.github.camelhh1.ledger.fence;

import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Emission;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.LedgerSession.Reserving;
import io.github.camelhh1.ledger.LedgerSession.Settled;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.fence.Command.Settle;
import io.github.camelhh1.ledger.fence.LiveClaims.Live;
import io.github.camelhh1.ledger.fence.RunRow.Expected;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An owner at work with a store whose statements may take effect late. It knows the version of each row that it works on
 * and names it in each change. After a change that changed no row, the row is read again: the change took place before,
 * or the row has another version by now and the change is tried on that one, or the row is not this claim's any more.
 */
public final class FencedSession extends OwnerlessSession {
    /** Others claim and release such a row again and again. */
    static final int MOST_TURNS = 100;

    private final Owners owners;
    private final LiveClaims claims = new LiveClaims();
    private final AtomicLong numbers = new AtomicLong();
    private final Recovery recovery;
    private final HandingOn handingOn;

    public FencedSession(RunStore store, Owners owners) {
        super(store);
        this.owners = owners;
        this.recovery = new Recovery(store, owners, claims);
        this.handingOn = new HandingOn(store, owners);
    }

    @Override
    public String owner() {
        return owners.session();
    }

    @Override
    public Claiming claim(NewRun run, int maxPaidAttempts) {
        var claim = new Claim(run.runId(), owners.owner(), numbers.incrementAndGet());
        return claims.begin(
                claim, live -> claim(run, claim, live, maxPaidAttempts), Claiming.Claimed.class::isInstance);
    }

    private Claiming claim(NewRun run, Claim claim, Live live, int maxPaidAttempts) {
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            if (store.insert(run, claim)) {
                live.claimed(1, 0);
                return new Claiming.Claimed(claim, null);
            }
            RunRow row = store.find(run.runId());
            if (row != null && !recovery.freed(row)) {
                Claiming.Reason refusal = RunTransitions.refusal(row, run, maxPaidAttempts, store::now);
                if (refusal != null) {
                    Claiming answer = handingOn.answer(row, refusal);
                    if (answer != null) {
                        return answer;
                    }
                } else if (store.change(row.expected(), new Command.ClaimAgain(run, claim))) {
                    Run found = row.run();
                    live.claimed(row.version() + 1, found.attempt());
                    return new Claiming.Claimed(claim, found.state() == RunState.UNKNOWN ? found : null);
                }
            }
        }
        throw changing(run.runId());
    }

    @Override
    public Optional<Attempt> sent(Claim claim, @Nullable String staged, @Nullable String lookupId) {
        Live live = claims.find(claim);
        if (live == null) {
            return Optional.empty();
        }
        int number = live.allot();
        if (!change(claim, new Command.Sent(number, staged, lookupId))) {
            return Optional.empty();
        }
        live.acknowledged = number;
        return Optional.of(new Attempt(claim, number));
    }

    /** The claim begins with its attempt as acknowledged, so that no recovery frees the run. */
    @Override
    public Optional<Attempt> resume(String runId, String taskId) {
        RunRow row = store.find(runId);
        var claim = new Claim(runId, owners.owner(), numbers.incrementAndGet());
        var command = new Command.Resume(claim);
        if (row == null || !taskId.equals(row.run().taskId()) || !RunTransitions.applies(row, command)) {
            return Optional.empty();
        }
        int attempt = row.run().attempt();
        Function<Live, Optional<Attempt>> change = live -> {
            live.claimed(row.version() + 1, attempt);
            live.acknowledged = attempt;
            return store.change(row.expected(), command) ? Optional.of(new Attempt(claim, attempt)) : Optional.empty();
        };
        return claims.begin(claim, change, Optional::isPresent);
    }

    @Override
    public boolean task(Attempt attempt, String taskId) {
        return change(attempt.claim(), new Command.Task(attempt.number(), taskId));
    }

    @Override
    public boolean noted(Attempt attempt, Ending soFar) {
        return change(attempt.claim(), new Command.Noted(attempt.number(), soFar));
    }

    @Override
    public boolean unsent(Attempt attempt) {
        return change(attempt.claim(), new Command.Unsent(attempt.number()));
    }

    @Override
    public Settled complete(Attempt attempt, Completion completion, boolean handedOn) {
        return settle(attempt, Settle.completed(attempt.number(), completion, handedOn));
    }

    @Override
    public Settled reject(Attempt attempt, Ending ending) {
        return settle(attempt, Settle.ended(attempt.number(), RunState.REJECTED, ending));
    }

    @Override
    public Settled failed(Attempt attempt, Ending ending) {
        return settle(attempt, Settle.ended(attempt.number(), RunState.FAILED, ending));
    }

    @Override
    public Settled unknown(Attempt attempt, Ending ending) {
        return settle(attempt, Settle.ended(attempt.number(), RunState.UNKNOWN, ending));
    }

    private Settled settle(Attempt attempt, Settle settle) {
        Claim claim = attempt.claim();
        Settled settled = Settled.DONE;
        if (!change(claim, settle)) {
            settled = Settled.REPAIRED;
            if (!change(claim, settle.repairing())) {
                settled = Settled.LATE;
                // An unknown ending adds nothing to the run but its link.
                if (settle.state() != RunState.UNKNOWN || settle.videoUrl() != null) {
                    claims.findOrNew(claim).doubting(() -> {
                        store.late(claim, settle);
                        return true;
                    });
                }
            }
        }
        claims.endAt(attempt);
        return settled;
    }

    @Override
    public boolean release(Claim claim) {
        boolean released = change(claim, Command.Plain.RELEASE);
        claims.end(claim);
        return released;
    }

    @Override
    public boolean abandon(Claim claim, Ending ending) {
        RunRow row = own(claim);
        if (row == null || row.run().state() != RunState.SENT) {
            return release(claim);
        }
        int number = row.run().attempt();
        boolean abandoned = change(claim, Settle.ended(number, RunState.UNKNOWN, ending));
        claims.endAt(new Attempt(claim, number));
        return abandoned;
    }

    /** False: the command does not apply to the row, or the row is not this claim's any more. */
    private boolean change(Claim claim, Command command) {
        Live live = claims.findOrNew(claim);
        return live.doubting(() -> {
            long version = live.version;
            for (int turn = 0; turn < MOST_TURNS; turn++) {
                if (version > 0 && store.change(new Expected(claim, version), command)) {
                    live.version = version + 1;
                    return true;
                }
                RunRow row = own(claim);
                if (row != null && RunTransitions.isDone(row, command)) {
                    live.version = row.version();
                    return true;
                } else if (row == null || row.version() == version) {
                    return false;
                }
                version = row.version();
            }
            throw changing(claim.runId());
        });
    }

    /** The claim's row; null when it is another claim's, or not there. */
    private @Nullable RunRow own(Claim claim) {
        RunRow row = store.find(claim.runId());
        return row != null && row.isOf(claim) ? row : null;
    }

    private static LedgerException changing(String runId) {
        return new LedgerException(
                "run " + runId + " changed " + MOST_TURNS + " times while it was worked on; try again later", null);
    }

    @Override
    public Reserving reserve(Claim claim, Amount amount, Caps caps) {
        Live live = claims.find(claim);
        return live == null ? new Reserving.Gone() : live.doubting(() -> reserve(claim, live, amount, caps));
    }

    private Reserving reserve(Claim claim, Live live, Amount amount, Caps caps) {
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            long version = live.version;
            Reserving reserving = store.reserve(new Expected(claim, version), amount, caps);
            if (reserving instanceof Reserving.Reserved) {
                live.version = version + 1;
            }
            RunRow row = reserving instanceof Reserving.Gone ? own(claim) : null;
            if (row == null || row.version() == version) {
                return reserving;
            }
            live.version = row.version();
        }
        throw changing(claim.runId());
    }

    @Override
    public List<Emission> emit(Emission.Filter filter, int most) {
        return handingOn.emit(filter, most);
    }

    @Override
    public boolean ended(Emission emission, @Nullable Duration again) {
        return handingOn.ended(emission, again);
    }

    @Override
    public void renew() {
        owners.renew();
    }

    @Override
    public List<Run> recover() {
        handingOn.recover();
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
