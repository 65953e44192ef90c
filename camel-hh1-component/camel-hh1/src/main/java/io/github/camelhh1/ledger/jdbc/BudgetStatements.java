package io.github.camelhh1.ledger.jdbc;

import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.ledger.LedgerSession.Reserving;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.fence.RunRow;
import io.github.camelhh1.ledger.fence.RunRow.Expected;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The statements for an account's days. A transaction is the caller's. */
final class BudgetStatements {
    private BudgetStatements() {}

    /** Empty when another try may reserve: the day has no row yet, or it changed between two statements. */
    static Optional<Reserving> reserve(Sql sql, Expected expected, Amount amount, Caps caps) throws SQLException {
        List<Map.Entry<RunRow, LocalDate>> found = sql.select(
                seen -> Map.entry(RunReading.row(seen), RunReading.day(seen.getLong("ledger_now"))),
                "select hh1_run.*, :now as ledger_now from hh1_run where run_id = ?"
                        + sql.dialect().forUpdate(),
                expected.runId());
        RunRow row = found.isEmpty() ? null : found.get(0).getKey();
        if (row == null || !expected.fits(row) || row.run().state() != RunState.CLAIMED) {
            return Optional.of(new Reserving.Gone());
        }
        LocalDate day = found.get(0).getValue();
        var statements = new RunStatements(sql);
        statements.giveBack(row);
        if (reserve(sql, row, day, amount, caps)) {
            return Optional.of(new Reserving.Reserved(day));
        }
        List<Amount> spent = spent(sql, row.run().asked().account(), day);
        if (row.reserved() != null) {
            // It was given back above and is counted again: nothing has changed.
            statements.count(row, row.reserved().day(), row.reserved().amount());
        }
        return spent.isEmpty() || caps.allow(spent.get(0).plus(amount))
                ? Optional.empty()
                : Optional.of(new Reserving.Refused(day, spent.get(0)));
    }

    /** Empty when the account has no row for the day. */
    private static List<Amount> spent(Sql sql, String account, LocalDate day) throws SQLException {
        return sql.select(
                row -> new Amount(row.getLong(1), RunReading.money(row.getLong(2))),
                "select seconds, cost_micros from hh1_budget where account = ? and spent_day = ?",
                account,
                day);
    }

    /** Counts the amount, where the day has a row and the caps allow it, and writes it into the run's row. */
    private static boolean reserve(Sql sql, RunRow row, LocalDate day, Amount amount, Caps caps) throws SQLException {
        long seconds = amount.seconds();
        long micros = RunReading.micros(amount.cost());
        boolean allowed = sql.update(
                        "update hh1_budget set seconds = seconds + ?, cost_micros = cost_micros + ? where account = ? and"
                                + " spent_day = ? and seconds + ? <= ? and cost_micros + ? <= ?",
                        seconds,
                        micros,
                        row.run().asked().account(),
                        day,
                        seconds,
                        caps.seconds() == null ? Long.MAX_VALUE : caps.seconds(),
                        micros,
                        caps.cost() == null ? Long.MAX_VALUE : RunReading.micros(caps.cost()))
                == 1;
        if (allowed
                && !new RunStatements(sql)
                        .update(
                                row.expected(),
                                "reserved_day = ?, reserved_seconds = ?, reserved_micros = ?",
                                " and state = 'CLAIMED'",
                                day,
                                seconds,
                                micros)) {
            throw new IllegalStateException("the row is locked and has changed");
        }
        return allowed;
    }
}
