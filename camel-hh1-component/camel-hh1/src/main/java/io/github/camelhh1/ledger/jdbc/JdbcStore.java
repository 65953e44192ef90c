package io.github.camelhh1.ledger.jdbc;

import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.ledger.Amount.Spending;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession.Reserving;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.Run.LateResult;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.fence.Command;
import io.github.camelhh1.ledger.fence.RunRow;
import io.github.camelhh1.ledger.fence.RunRow.Expected;
import io.github.camelhh1.ledger.fence.RunTransitions;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs in a database. */
final class JdbcStore extends LateStatements {
    private static final String OPEN = " where state in ('CLAIMED', 'SENT') and owner ";
    /** A day's row is missing at most once. A row that changes during a reservation is read again. */
    private static final int MOST_TURNS = 10;

    JdbcStore(Database database) {
        super(database);
    }

    @Override
    public @Nullable RunRow find(String runId) {
        return first(database.select(RunReading::row, RunReading.SELECT + " where run_id = ?", runId));
    }

    private static <T> @Nullable T first(List<T> rows) {
        return rows.isEmpty() ? null : rows.get(0);
    }

    @Override
    public boolean insert(NewRun run, Claim claim) {
        return database.run(sql -> new RunStatements(sql).insert(run, claim));
    }

    @Override
    public boolean change(Expected expected, Command command) {
        if (command instanceof Command.Reserve) {
            throw new IllegalArgumentException("a reservation is checked against caps");
        } else if (command instanceof Command.ClaimAgain
                || command == Command.Plain.RELEASE
                || command == Command.Plain.ABANDON
                || command instanceof Command.Emitted
                || (command instanceof Command.Settle settle && settle.state() == RunState.REJECTED)) {
            return changeRow(expected, command);
        }
        return database.run(sql -> {
            var statements = new RunStatements(sql);
            if (command instanceof Command.Marking marking) {
                return LateStatements.change(statements, expected, marking);
            }
            return command instanceof Command.Resume resume
                    ? LateStatements.resume(statements, expected, resume.claim())
                    : statements.change(expected, command);
        });
    }

    /** A change that depends on the row. Its version says that it is still as it was read. */
    private boolean changeRow(Expected expected, Command command) {
        RunRow row = find(expected.runId());
        if (row == null || !expected.fits(row) || !RunTransitions.applies(row, command)) {
            return false;
        }
        Sql.Work<Boolean> work = sql -> change(sql, row, command);
        return row.reserved() == null ? database.run(work) : database.inTransaction(work);
    }

    private static boolean change(Sql sql, RunRow row, Command command) throws SQLException {
        var statements = new RunStatements(sql);
        if (command instanceof Command.ClaimAgain again) {
            return statements.claimAgain(row, again);
        } else if (RunTransitions.undoes(row, command)) {
            return statements.undo(row, false);
        } else if (command == Command.Plain.ABANDON) {
            return statements.abandon(row, false);
        } else if (command instanceof Command.Emitted emitted) {
            return LateStatements.change(statements, row.expected(), emitted);
        }
        return statements.change(row.expected(), command) && statements.giveBack(row);
    }

    @Override
    public Reserving reserve(Expected expected, Amount amount, Caps caps) {
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            Optional<Reserving> answer =
                    database.inTransaction(sql -> BudgetStatements.reserve(sql, expected, amount, caps));
            if (answer.isPresent()) {
                return answer.get();
            }
            RunRow row = find(expected.runId());
            if (row != null) {
                // Outside of the transaction, where two may do it at once.
                makeDay(row.run().asked().account(), LocalDate.ofInstant(now(), ZoneOffset.UTC));
            }
        }
        throw new LedgerException("the budget's day changed again and again; try again later", null);
    }

    private void makeDay(String account, LocalDate day) {
        database.run(sql -> sql.insertIfAbsent(
                "insert into hh1_budget (account, spent_day, seconds, cost_micros) values (?, ?, 0, 0)", account, day));
    }

    @Override
    public List<Claim> openOf(String owner) {
        return database.select(
                row -> new Claim(row.getString(1), owner, row.getLong(2)),
                "select run_id, claim_number from hh1_run" + OPEN + "= ?",
                owner);
    }

    @Override
    public List<RunRow> openOfTheDead() {
        return database.select(
                RunReading::row,
                RunReading.SELECT + OPEN + "not in (select owner from hh1_owner) order by created_at, run_id");
    }

    @Override
    public List<Run> freeOfTheDead(List<RunRow> seen) {
        return database.inTransaction(sql -> {
            var statements = new RunStatements(sql);
            var freed = new ArrayList<String>();
            for (RunRow row : seen) {
                boolean sent = row.run().state() == RunState.SENT;
                if (row.isOpen() && (sent ? statements.abandon(row, true) : statements.undo(row, true))) {
                    freed.add(row.run().runId());
                }
            }
            return freed.isEmpty()
                    ? List.of()
                    : sql.select(
                            RunReading::run,
                            RunReading.SELECT + " where state = 'UNKNOWN' and run_id in " + marks(freed),
                            freed.toArray());
        });
    }

    private static String marks(Collection<String> values) {
        return "(" + String.join(", ", Collections.nCopies(values.size(), "?")) + ")";
    }

    @Override
    public Map<String, List<LateResult>> lateOf(List<String> runIds) {
        Map<String, List<LateResult>> late = new HashMap<>();
        if (!runIds.isEmpty()) {
            database.select(
                    row -> late.computeIfAbsent(row.getString("run_id"), id -> new ArrayList<>())
                            .add(RunReading.late(row)),
                    "select * from hh1_late where run_id in " + marks(runIds) + " order by written_at, attempt, state",
                    runIds.toArray());
        }
        return late;
    }

    @Override
    public List<Run> list(Run.Filter filter, int limit, int offset) {
        var parameters = new ArrayList<@Nullable Object>();
        String where = where(filter, parameters);
        parameters.addAll(List.of(limit, offset));
        return database.aside(sql -> sql.select(
                RunReading::run,
                RunReading.SELECT + where + " order by created_at desc, run_id desc limit ? offset ?",
                parameters.toArray()));
    }

    @Override
    public long count(Run.Filter filter) {
        var parameters = new ArrayList<@Nullable Object>();
        String where = where(filter, parameters);
        return database.aside(sql ->
                        sql.select(row -> row.getLong(1), "select count(*) from hh1_run" + where, parameters.toArray()))
                .get(0);
    }

    private String where(Run.Filter filter, List<@Nullable Object> parameters) {
        var conditions = new LinkedHashMap<String, @Nullable Object>();
        conditions.put("state = ?", filter.state());
        conditions.put("account = ?", filter.account());
        conditions.put(
                "created_at >= ?",
                filter.since() == null ? null : filter.since().toEpochMilli());
        conditions.put(database.dialect().isPartOf("video_file_name"), filter.name());
        conditions.values().removeIf(Objects::isNull);
        parameters.addAll(conditions.values());
        if (filter.taskIds() != null) {
            conditions.put("task_id in " + marks(filter.taskIds()), "");
            parameters.addAll(filter.taskIds());
        }
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions.keySet());
    }

    /** One statement, which sees one moment. Only runs of these states have reservations; the index knows them. */
    @Override
    public Spending spending(String account, LocalDate day) {
        Spending found = first(database.select(
                row -> {
                    Amount reserved = new Amount(row.getLong(3), RunReading.money(row.getLong(4)));
                    Amount counted = new Amount(row.getLong(1), RunReading.money(row.getLong(2)));
                    return new Spending(account, day, counted.plus(reserved.negate()), reserved);
                },
                "select b.seconds, b.cost_micros, sum(r.reserved_seconds), sum(r.reserved_micros) from hh1_budget b"
                        + " left join hh1_run r on r.state in ('CLAIMED', 'SENT', 'UNKNOWN') and r.account = b.account"
                        + " and r.reserved_day = b.spent_day where b.account = ? and b.spent_day = ?"
                        + " group by b.seconds, b.cost_micros",
                account,
                day));
        return found == null ? new Spending(account, day, Amount.NONE, Amount.NONE) : found;
    }

    @Override
    public Instant now() {
        return database.select(row -> Instant.ofEpochMilli(row.getLong(1)), "select :now")
                .get(0);
    }

    @Override
    public void close() {
        database.close();
    }
}
