package io.github.camelhh1.ledger;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An owner at work with the ledger in memory. */
final class MemorySession implements LedgerSession {
    private final MemoryLedger ledger;
    private final String owner;
    private long claims;

    MemorySession(MemoryLedger ledger, String owner) {
        this.ledger = ledger;
        this.owner = owner;
    }

    @Override
    public String owner() {
        return owner;
    }

    @Override
    public Claiming claim(NewRun asked, int maxPaidAttempts) {
        synchronized (ledger) {
            MemoryRun run = ledger.runs().get(asked.runId());
            if (run != null && run.isOpen()) {
                free(run, run.claim.owner().equals(owner) && run.state == RunState.CLAIMED);
                run = ledger.runs().get(asked.runId());
            }
            if (run == null) {
                return claimed(new MemoryRun(asked, nextClaim(asked.runId()), ledger.clock.instant()));
            }
            if (run.holdsItsKey() && !run.asked.fingerprint().equals(asked.fingerprint())) {
                return new Claiming.KeyReused(run.view());
            }
            return claim(run, asked, maxPaidAttempts);
        }
    }

    private Claiming claim(MemoryRun run, NewRun asked, int maxPaidAttempts) {
        if (run.isOpen()) {
            return new Claiming.InFlight(run.view());
        } else if (run.state == RunState.COMPLETED) {
            return new Claiming.Completed(run.view());
        } else if (run.state == RunState.UNKNOWN && run.paidAttempts >= maxPaidAttempts) {
            return new Claiming.Held(run.view());
        }
        run.claimedBy(nextClaim(asked.runId()), asked);
        return claimed(run);
    }

    private Claiming claimed(MemoryRun run) {
        ledger.runs().put(run.asked.runId(), run);
        ledger.changed(run);
        return new Claiming.Claimed(run.claim);
    }

    private Claim nextClaim(String runId) {
        return new Claim(runId, owner, ++claims);
    }

    @Override
    public boolean sent(Claim claim, @Nullable String staged) {
        synchronized (ledger) {
            MemoryRun run = held(claim);
            if (run != null && run.state == RunState.CLAIMED) {
                run.state = RunState.SENT;
                run.sentAt = ledger.clock.instant();
                run.paidAttempts++;
            }
            if (run == null || run.state != RunState.SENT) {
                return false;
            }
            if (staged != null) {
                run.staged.add(staged);
            }
            return true;
        }
    }

    @Override
    public boolean unsent(Claim claim) {
        synchronized (ledger) {
            MemoryRun run = held(claim);
            if (run != null && run.state == RunState.SENT) {
                run.state = RunState.CLAIMED;
                run.paidAttempts--;
            }
            return run != null && run.state == RunState.CLAIMED;
        }
    }

    @Override
    public boolean complete(Claim claim, Completion completion) {
        synchronized (ledger) {
            MemoryRun run = held(claim);
            if (run != null && (run.state == RunState.SENT || run.state == RunState.UNKNOWN)) {
                run.completion = completion;
                run.ending = null;
                settle(run, RunState.COMPLETED);
            }
            return run != null && run.state == RunState.COMPLETED;
        }
    }

    @Override
    public boolean reject(Claim claim, Ending ending, boolean billed) {
        synchronized (ledger) {
            MemoryRun run = held(claim);
            if (run == null || run.state != RunState.SENT) {
                return run != null && run.state == RunState.REJECTED;
            }
            if (!billed) {
                ledger.giveBack(run);
                run.paidAttempts--;
            }
            boolean unknownBefore = run.before == RunState.UNKNOWN;
            run.ending = unknownBefore ? run.ending : ending;
            settle(run, unknownBefore ? RunState.UNKNOWN : RunState.REJECTED);
            return true;
        }
    }

    @Override
    public boolean unknown(Claim claim, Ending ending) {
        synchronized (ledger) {
            MemoryRun run = held(claim);
            if (run == null || (run.state != RunState.SENT && run.state != RunState.UNKNOWN)) {
                return false;
            }
            run.ending = ending;
            settle(run, RunState.UNKNOWN);
            return true;
        }
    }

    @Override
    public boolean release(Claim claim) {
        synchronized (ledger) {
            MemoryRun run = held(claim);
            return run != null && run.isOpen() && free(run, true);
        }
    }

    /** Of an open run whose owner lives no more, or which its owner gives up. */
    private boolean free(MemoryRun run, boolean givenUp) {
        if (!givenUp && ledger.isAlive(run.claim.owner())) {
            return false;
        }
        if (!givenUp && run.state == RunState.SENT) {
            run.ending = Abandoned.ENDING;
            settle(run, RunState.UNKNOWN);
            return true;
        }
        ledger.giveBack(run);
        if (run.state == RunState.SENT) {
            run.paidAttempts--;
        }
        if (run.before == null) {
            ledger.delete(run);
        } else {
            run.state = run.before;
            ledger.changed(run);
        }
        return true;
    }

    private void settle(MemoryRun run, RunState state) {
        run.settle(state, ledger.clock.instant());
        ledger.changed(run);
    }

    /** The run that {@code claim} is the last claim of. */
    private @Nullable MemoryRun held(Claim claim) {
        MemoryRun run = ledger.runs().get(claim.runId());
        return run != null && run.claim.equals(claim) ? run : null;
    }

    @Override
    public boolean reserve(Claim claim, LocalDate day, Amount amount, Caps caps) {
        synchronized (ledger) {
            MemoryRun run = held(claim);
            if (run == null || run.state != RunState.CLAIMED) {
                return false;
            }
            ledger.giveBack(run);
            if (!caps.allow(ledger.spent(run.asked.account(), day).plus(amount))) {
                return false;
            }
            ledger.spend(run.asked.account(), day, amount);
            run.reserved = new MemoryRun.Reservation(day, amount);
            return true;
        }
    }

    @Override
    public Amount spent(String account, LocalDate day) {
        synchronized (ledger) {
            return ledger.spent(account, day);
        }
    }

    @Override
    public Optional<Run> find(String runId) {
        synchronized (ledger) {
            return Optional.ofNullable(ledger.runs().get(runId)).map(MemoryRun::view);
        }
    }

    @Override
    public List<Run> runs(@Nullable RunState state, int limit, int offset) {
        synchronized (ledger) {
            var all = new ArrayList<>(ledger.runs().values());
            Collections.reverse(all);
            return all.stream()
                    .filter(run -> state == null || run.state == state)
                    .skip(offset)
                    .limit(limit)
                    .map(MemoryRun::view)
                    .toList();
        }
    }

    @Override
    public boolean adopt(String runId, String videoUrl) {
        synchronized (ledger) {
            MemoryRun run = ledger.runs().get(runId);
            if (run == null || (run.state != RunState.UNKNOWN && run.state != RunState.COMPLETED)) {
                return false;
            }
            var sinceCreation = Duration.between(run.createdAt, ledger.clock.instant());
            run.completion = run.completion == null
                    ? Completion.adopted(videoUrl, sinceCreation, run.ending)
                    : run.completion.at(videoUrl);
            run.ending = null;
            settle(run, RunState.COMPLETED);
            return true;
        }
    }

    @Override
    public boolean forget(String runId) {
        synchronized (ledger) {
            MemoryRun run = ledger.runs().get(runId);
            if (run == null || (run.state != RunState.UNKNOWN && run.state != RunState.COMPLETED)) {
                return false;
            }
            run.completion = null;
            settle(run, RunState.FORGOTTEN);
            return true;
        }
    }

    @Override
    public void renew() {
        synchronized (ledger) {
            ledger.renew(owner);
        }
    }

    @Override
    public List<Run> recover() {
        synchronized (ledger) {
            var unknown = new ArrayList<Run>();
            for (String id : List.copyOf(ledger.openRuns())) {
                MemoryRun run = ledger.runs().get(id);
                if (run != null && free(run, false) && run.state == RunState.UNKNOWN && run.sentAt != null) {
                    unknown.add(run.view());
                }
            }
            return unknown;
        }
    }

    @Override
    public Duration lease() {
        return ledger.lease;
    }

    @Override
    public void close() {
        synchronized (ledger) {
            ledger.end(owner);
        }
    }
}
