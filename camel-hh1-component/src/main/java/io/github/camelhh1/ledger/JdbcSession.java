package io.github.camelhh1.ledger;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** An owner at work with a ledger in a database. */
final class JdbcSession implements LedgerSession {
    /** A row that changes under a claim so often is claimed and released in a circle by somebody else. */
    private static final int MOST_TURNS = 100;

    private final Database database;
    private final Owners owners;
    private final Recovery recovery;
    private final DoubtfulClaims doubtful;
    private final AtomicLong claims = new AtomicLong();

    JdbcSession(Database database, Owners owners) {
        this.database = database;
        this.owners = owners;
        this.recovery = new Recovery(database, owners);
        this.doubtful = new DoubtfulClaims(database, owners.owner());
    }

    @Override
    public String owner() {
        return owners.owner();
    }

    @Override
    public Claiming claim(NewRun run, int maxPaidAttempts) {
        var claim = new Claim(run.runId(), owner(), claims.incrementAndGet());
        try {
            return claim(run, claim, maxPaidAttempts);
        } catch (LedgerException e) {
            doubtful.add(claim);
            throw e;
        }
    }

    private Claiming claim(NewRun run, Claim claim, int maxPaidAttempts) {
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            if (database.run(sql -> new RunChanges(sql).insert(run, claim))) {
                return new Claiming.Claimed(claim);
            }
            RunRow row = row(run.runId()).orElse(null);
            Claiming claiming = row == null ? null : claim(row, run, claim, maxPaidAttempts);
            if (claiming != null) {
                return claiming;
            }
        }
        throw new LedgerException(
                "run " + run.runId() + " changed " + MOST_TURNS + " times while it was claimed; try again later", null);
    }

    /** Null when the row has changed, and is to be looked at once more. */
    private @Nullable Claiming claim(RunRow row, NewRun request, Claim claim, int maxPaidAttempts) {
        if (row.isOpen() && (recovery.freeOwn(row) || recovery.free(row))) {
            return null;
        }
        Run run = row.run();
        boolean free = run.state() == RunState.REJECTED || run.state() == RunState.FORGOTTEN;
        if (!free && !run.asked().fingerprint().equals(request.fingerprint())) {
            return new Claiming.KeyReused(run);
        } else if (row.isOpen()) {
            return new Claiming.InFlight(run);
        } else if (run.state() == RunState.COMPLETED) {
            return new Claiming.Completed(run);
        } else if (run.state() == RunState.UNKNOWN && run.paidAttempts() >= maxPaidAttempts) {
            return new Claiming.Held(run);
        }
        return database.run(sql -> new RunChanges(sql).claimAgain(row, request, claim))
                ? new Claiming.Claimed(claim)
                : null;
    }

    @Override
    public boolean sent(Claim claim, @Nullable String staged) {
        return database.run(sql -> new RunChanges(sql).sent(claim, staged));
    }

    @Override
    public boolean unsent(Claim claim) {
        return database.run(sql -> new RunChanges(sql).unsent(claim));
    }

    @Override
    public boolean complete(Claim claim, Completion completion) {
        return database.run(sql -> new RunChanges(sql).complete(claim, completion)) || is(claim, RunState.COMPLETED);
    }

    @Override
    public boolean reject(Claim claim, Ending ending, boolean billed) {
        boolean rejected = database.inTransaction(sql -> {
            var changes = new RunChanges(sql);
            RunRow row = changes.find(claim.runId()).orElse(null);
            if (row == null || !row.isOf(claim) || row.run().state() != RunState.SENT) {
                return false;
            }
            if (row.before() == RunState.UNKNOWN) {
                return changes.undo(row, billed, "");
            }
            boolean changed = changes.rejected(claim, ending);
            if (changed && !billed) {
                changes.ofClaim(
                        claim,
                        "update hh1_run set paid_attempts = paid_attempts - 1 where run_id = ?"
                                + " and owner = ? and claim_number = ?");
                changes.giveBack(row);
            }
            return changed;
        });
        return rejected || is(claim, RunState.REJECTED);
    }

    @Override
    public boolean unknown(Claim claim, Ending ending) {
        return database.run(sql -> new RunChanges(sql).unknown(claim, ending));
    }

    @Override
    public boolean release(Claim claim) {
        return database.inTransaction(sql -> {
            var changes = new RunChanges(sql);
            RunRow row = changes.find(claim.runId()).orElse(null);
            return row != null && row.isOf(claim) && row.isOpen() && changes.undo(row, false, "");
        });
    }

    private boolean is(Claim claim, RunState state) {
        RunRow row = row(claim.runId()).orElse(null);
        return row != null && row.isOf(claim) && row.run().state() == state;
    }

    @Override
    public boolean reserve(Claim claim, LocalDate day, Amount amount, Caps caps) {
        RunRow row = row(claim.runId()).orElse(null);
        if (row == null || !row.isOf(claim)) {
            return false;
        }
        String account = row.run().asked().account();
        makeDay(account, day);
        return database.inTransaction(sql -> {
            var changes = new RunChanges(sql);
            if (!changes.reserved(claim, day.toString(), amount)) {
                return false;
            }
            changes.giveBack(row);
            boolean allowed = changes.spend(account, day.toString(), amount, caps);
            if (!allowed) {
                changes.reserved(claim, null, Amount.NONE);
            }
            return allowed;
        });
    }

    private void makeDay(String account, LocalDate day) {
        database.run(sql -> sql.insertIfAbsent(
                "insert into hh1_budget (account, spent_day, seconds, cost_micros) select ?, ?, 0, 0 where not exists"
                        + " (select 1 from hh1_budget where account = ? and spent_day = ?)",
                account,
                day,
                account,
                day));
    }

    @Override
    public Amount spent(String account, LocalDate day) {
        List<Amount> found = database.run(sql -> sql.select(
                row -> new Amount(row.getLong(1), RunRow.money(row.getLong(2))),
                "select seconds, cost_micros from hh1_budget where account = ? and spent_day = ?",
                account,
                day));
        return found.isEmpty() ? Amount.NONE : found.get(0);
    }

    @Override
    public Optional<Run> find(String runId) {
        return row(runId).map(RunRow::run);
    }

    private Optional<RunRow> row(String runId) {
        return database.run(sql -> new RunChanges(sql).find(runId));
    }

    @Override
    public List<Run> runs(@Nullable RunState state, int limit, int offset) {
        String which = state == null ? "" : " where state = ?";
        var parameters = new ArrayList<Object>();
        if (state != null) {
            parameters.add(state);
        }
        parameters.add(limit);
        parameters.add(offset);
        return database.run(sql -> sql.select(
                row -> RunRow.read(row).run(),
                RunRow.SELECT + which + " order by created_at desc, run_id desc limit ? offset ?",
                parameters.toArray()));
    }

    @Override
    public boolean adopt(String runId, String videoUrl) {
        return database.run(sql -> sql.update(
                        "update hh1_run set state = 'COMPLETED', settled_at = :now, video_url = ?,"
                                + " service_state = coalesce(service_state, 'Completed'),"
                                + " elapsed_millis = coalesce(elapsed_millis, :now - created_at),"
                                + " reason = null, http_status = null, code = null, staged = null"
                                + " where run_id = ? and state in ('UNKNOWN', 'COMPLETED')",
                        videoUrl,
                        runId))
                == 1;
    }

    @Override
    public boolean forget(String runId) {
        return database.run(sql -> sql.update(
                        "update hh1_run set state = 'FORGOTTEN', settled_at = :now, video_url = null,"
                                + " service_state = null, key_source = null, elapsed_millis = null, cache_status = null,"
                                + " staged = null"
                                + " where run_id = ? and state in ('UNKNOWN', 'COMPLETED')",
                        runId))
                == 1;
    }

    @Override
    public void renew() {
        owners.renew();
    }

    @Override
    public List<Run> recover() {
        doubtful.release();
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
            // Whoever recovers next finds out that it is dead.
        } finally {
            database.close();
        }
    }
}
