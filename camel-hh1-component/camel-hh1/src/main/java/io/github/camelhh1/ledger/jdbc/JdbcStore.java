package io.github.camelhh1.ledger.jdbc;

import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Caps;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.LateResult;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Reserving;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.fence.Command;
import io.github.camelhh1.ledger.fence.Expected;
import io.github.camelhh1.ledger.fence.Late;
import io.github.camelhh1.ledger.fence.Reservation;
import io.github.camelhh1.ledger.fence.RunRow;
import io.github.camelhh1.ledger.fence.RunStore;
import io.github.camelhh1.ledger.fence.RunTransitions;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs in a database. */
final class JdbcStore implements RunStore {
    private static final String BURIED =
            " where state in ('CLAIMED', 'SENT') and owner not in (select owner from hh1_owner)";

    /** A day's row is missing at most once; a row that changes under a reservation is looked at again. */
    private static final int MOST_TURNS = 10;

    private final Database database;

    JdbcStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<RunRow> find(String runId) {
        return database.run(sql -> new RunStatements(sql).find(runId));
    }

    @Override
    public boolean insert(NewRun run, Claim claim) {
        return database.run(sql -> new RunStatements(sql).insert(run, claim));
    }

    @Override
    public boolean change(Expected expected, Command command) {
        if (command instanceof Command.ClaimAgain
                || command instanceof Command.Reject
                || command instanceof Command.Release) {
            return onRow(expected, command);
        } else if (command instanceof Command.Reserve) {
            throw new IllegalArgumentException("a reservation is checked against caps");
        }
        return database.run(sql -> new RunStatements(sql).change(expected, command));
    }

    /** Changes that depend on what the row holds. Its version says that it is still as it was read. */
    private boolean onRow(Expected expected, Command command) {
        RunRow row = database.run(sql -> new RunStatements(sql).find(expected.runId()))
                .filter(expected::fits)
                .filter(found -> RunTransitions.applies(found, command))
                .orElse(null);
        if (row == null) {
            return false;
        } else if (command instanceof Command.ClaimAgain again) {
            return database.run(sql -> new RunStatements(sql).claimAgain(row, again));
        } else if (row.reserved() == null) {
            return database.run(sql -> onRow(new RunStatements(sql), row, command));
        }
        return database.inTransaction(sql -> onRow(new RunStatements(sql), row, command));
    }

    private static boolean onRow(RunStatements statements, RunRow row, Command command) throws SQLException {
        boolean changed = (command instanceof Command.Reject reject && row.before() != RunState.UNKNOWN)
                ? statements.rejected(row, reject)
                : statements.undo(row, false);
        if (changed) {
            statements.giveBack(row.run().asked().account(), row.reserved());
        }
        return changed;
    }

    /** The outcome of one turn; {@code answer} is null when the account has no row for the day yet. */
    private record Turn(@Nullable Reserving answer, String account, LocalDate day) {}

    @Override
    public Reserving reserve(Expected expected, Amount amount, Caps caps) {
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            Turn tried = database.inTransaction(sql -> reserve(sql, expected, amount, caps));
            if (tried.answer() != null) {
                return tried.answer();
            }
            // Outside the transaction, where two may do it at once.
            makeDay(tried.account(), tried.day());
        }
        throw new LedgerException("the budget's day changed again and again; try again later", null);
    }

    private static Turn reserve(Sql sql, Expected expected, Amount amount, Caps caps) throws SQLException {
        var statements = new RunStatements(sql);
        Locked locked = sql
                .select(
                        found -> new Locked(RunReading.row(found), day(found.getLong("ledger_now"))),
                        "select hh1_run.*, :now as ledger_now from hh1_run where run_id = ?" + sql.forUpdate(),
                        expected.runId())
                .stream()
                .filter(found -> expected.fits(found.row()))
                .filter(found -> found.row().run().state() == RunState.CLAIMED)
                .findFirst()
                .orElse(null);
        if (locked == null) {
            return new Turn(new Reserving.Gone(), "", LocalDate.EPOCH);
        }
        RunRow row = locked.row();
        LocalDate day = locked.day();
        String account = row.run().asked().account();
        statements.giveBack(account, row.reserved());
        if (statements.spend(account, day, amount, caps)) {
            if (!statements.reserved(row, new Reservation(day, amount))) {
                throw new IllegalStateException("the row is locked and has changed");
            }
            return new Turn(new Reserving.Reserved(day), account, day);
        }
        Amount spent = spent(sql, account, day).orElse(null);
        // What was given back above is taken again: nothing has changed.
        statements.giveBack(account, negated(row.reserved()));
        return new Turn(spent == null ? null : new Reserving.Refused(day, spent), account, day);
    }

    /** A locked row, and the ledger's day. */
    private record Locked(RunRow row, LocalDate day) {}

    private static @Nullable Reservation negated(@Nullable Reservation reservation) {
        return reservation == null
                ? null
                : new Reservation(reservation.day(), reservation.amount().negate());
    }

    private static LocalDate day(long millis) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }

    private void makeDay(String account, LocalDate day) {
        database.run(sql -> sql.insertIfAbsent(
                "insert into hh1_budget (account, spent_day, seconds, cost_micros) select ?, ?, 0, 0 where not"
                        + " exists (select 1 from hh1_budget where account = ? and spent_day = ?)",
                account,
                day,
                account,
                day));
    }

    @Override
    public List<Claim> openOf(String owner) {
        return database.run(sql -> sql.select(
                row -> new Claim(row.getString(1), owner, row.getLong(2)),
                "select run_id, claim_number from hh1_run where state in ('CLAIMED', 'SENT') and owner = ?",
                owner));
    }

    @Override
    public List<RunRow> openOfTheDead() {
        return database.run(
                sql -> sql.select(RunReading::row, RunReading.SELECT + BURIED + " order by created_at, run_id"));
    }

    @Override
    public List<Run> freeOfTheDead(List<RunRow> seen) {
        return database.inTransaction(sql -> {
            var statements = new RunStatements(sql);
            var freed = new ArrayList<String>();
            for (RunRow row : seen) {
                if (free(statements, row)) {
                    freed.add(row.run().runId());
                }
            }
            return unknown(sql, freed);
        });
    }

    private static List<Run> unknown(Sql sql, List<String> runIds) throws SQLException {
        return runIds.isEmpty()
                ? List.of()
                : sql.select(
                        row -> RunReading.row(row).run(),
                        RunReading.SELECT + " where state = 'UNKNOWN' and run_id in (" + marks(runIds) + ")",
                        runIds.toArray());
    }

    private static String marks(List<String> values) {
        return String.join(", ", Collections.nCopies(values.size(), "?"));
    }

    private static boolean free(RunStatements statements, RunRow row) throws SQLException {
        if (row.run().state() == RunState.SENT) {
            return statements.abandon(Expected.of(row), true);
        } else if (!row.isOpen()) {
            return false;
        }
        boolean freed = statements.undo(row, true);
        if (freed) {
            statements.giveBack(row.run().asked().account(), row.reserved());
        }
        return freed;
    }

    @Override
    public void late(Late late) {
        database.run(sql -> {
            new RunStatements(sql).late(late);
            return true;
        });
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
                row -> RunReading.row(row).run(),
                RunReading.SELECT + which + " order by created_at desc, run_id desc limit ? offset ?",
                parameters.toArray()));
    }

    @Override
    public Map<String, List<LateResult>> lateOf(List<String> runIds) {
        Map<String, List<LateResult>> late = new HashMap<>();
        if (!runIds.isEmpty()) {
            database.run(sql -> sql.select(
                    row -> late.computeIfAbsent(row.getString("run_id"), id -> new ArrayList<>())
                            .add(RunReading.late(row)),
                    "select * from hh1_late where run_id in ("
                            + marks(runIds)
                            + ") order by written_at, attempt, state",
                    runIds.toArray()));
        }
        return late;
    }

    @Override
    public Amount spent(String account, LocalDate day) {
        return database.run(sql -> spent(sql, account, day)).orElse(Amount.NONE);
    }

    private static Optional<Amount> spent(Sql sql, String account, LocalDate day) throws SQLException {
        return sql
                .select(
                        row -> new Amount(row.getLong(1), RunReading.money(row.getLong(2))),
                        "select seconds, cost_micros from hh1_budget where account = ? and spent_day = ?",
                        account,
                        day)
                .stream()
                .findFirst();
    }

    @Override
    public LocalDate today() {
        return day(database.run(sql -> sql.select(row -> row.getLong(1), "select :now"))
                .get(0));
    }

    @Override
    public void close() {
        database.close();
    }
}
