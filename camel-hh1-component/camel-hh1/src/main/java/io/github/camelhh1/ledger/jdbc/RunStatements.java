package io.github.camelhh1.ledger.jdbc;

import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.fence.Command;
import io.github.camelhh1.ledger.fence.MarkRules;
import io.github.camelhh1.ledger.fence.RunRow;
import io.github.camelhh1.ledger.fence.RunRow.Expected;
import io.github.camelhh1.ledger.fence.RunRow.Reservation;
import io.github.camelhh1.ledger.fence.RunTransitions;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The changes of {@link RunTransitions} as statements: one statement a change, each on the version of the row that it was
 * meant for. A transaction, where one is needed, is the caller's.
 */
final class RunStatements {
    private static final String EXPECTED = " and run_id = ? and owner = ? and claim_number = ? and version = ?";
    private static final String NOTHING_RESERVED =
            ", reserved_day = null, reserved_seconds = null, reserved_micros = null";
    /** The columns of an ending. Its link stands in the column of an answer's link, unless there is an answer. */
    private static final String ENDING =
            ", reason = ?, http_status = ?, code = ?, log_id = ?, ray_id = ?, video_url = case when service_state is null"
                    + " then cast(? as varchar) else video_url end";

    private static final String IS_ALIVE = "exists (select 1 from hh1_owner o where o.owner = hh1_run.owner)";
    /** Nothing is sent by an owner that is buried: others may be at work on its runs. */
    private static final String ALIVE = " and " + IS_ALIVE;

    private static final String BURIED = " and not " + IS_ALIVE;
    private static final String MAY_BE_PAID = " and state in ('SENT', 'UNKNOWN')";

    private final Sql sql;

    RunStatements(Sql sql) {
        this.sql = sql;
    }

    boolean insert(NewRun run, Claim claim) throws SQLException {
        return sql.insertIfAbsent(
                        "insert into hh1_run (run_id, account, model, run_key, fingerprint, video_file_name, seconds,"
                                + " cost_micros, correlation, run_group, state, owner, claim_number, version, attempt, paid_attempts,"
                                + " created_at) select ?, ?, ?, ?, ?, ?, cast(? as bigint), cast(? as bigint),"
                                + " cast(? as varchar), cast(? as varchar), 'CLAIMED', ?, cast(? as bigint), 1, 0, 0, :now"
                                + " where not exists (select 1 from hh1_run where run_id = ?)",
                        run.runId(),
                        run.account(),
                        run.model(),
                        run.key(),
                        run.fingerprint(),
                        run.videoFileName(),
                        run.seconds(),
                        run.cost() == null ? null : RunReading.micros(run.cost()),
                        run.correlation(),
                        run.group(),
                        claim.owner(),
                        claim.number(),
                        run.runId())
                == 1;
    }

    /** The changes that do not depend on the row; of a rejection, the reservation is still to be given back. */
    boolean change(Expected expected, Command command) throws SQLException {
        if (command instanceof Command.Settle settle) {
            return settle(expected, settle);
        } else if (command instanceof Command.Sent sent) {
            return sent(expected, sent);
        } else if (command instanceof Command.Unsent unsent) {
            return update(
                    expected,
                    "paid_attempts = paid_attempts - 1, state = 'CLAIMED', lookup_id = null",
                    " and attempt = " + unsent.attempt() + MAY_BE_PAID);
        } else if (command instanceof Command.Task task) {
            return update(expected, "task_id = ?", " and attempt = " + task.attempt() + MAY_BE_PAID, task.taskId());
        } else if (command instanceof Command.Adopt adopt) {
            return adopt(expected, adopt);
        } else if (command == Command.Plain.FORGET) {
            return forget(expected);
        }
        throw new IllegalArgumentException(command + " depends on the row");
    }

    /** @param parameters of the changes, then of the condition */
    boolean update(Expected expected, String changes, String condition, @Nullable Object... parameters)
            throws SQLException {
        return matched(expected, "update hh1_run set version = version + 1, " + changes, condition, parameters);
    }

    private boolean matched(Expected expected, String text, String condition, @Nullable Object... parameters)
            throws SQLException {
        var all = new ArrayList<@Nullable Object>(Arrays.asList(parameters));
        all.addAll(List.of(
                expected.runId(), expected.claim().owner(), expected.claim().number(), expected.version()));
        return sql.update(text + " where 1 = 1" + condition + EXPECTED, all.toArray()) == 1;
    }

    /** The images that were staged for earlier attempts stay written, each once and in a line of its own. */
    private boolean sent(Expected expected, Command.Sent sent) throws SQLException {
        String staged = sent.staged();
        String line = staged == null ? "" : "\n" + staged;
        return update(
                expected,
                "staged = case when staged is null then ? when length(staged) + ? > " + RunRow.LONGEST_STAGED
                        + " or replace('\n' || staged || '\n', cast(? as varchar), '') <> '\n' || staged || '\n'"
                        + " then staged else staged || cast(? as varchar) end, sent_at = :now, task_id = null, lookup_id = ?, look_at = null,"
                        + LateStatements.HANDED + "null,"
                        + " paid_attempts = case when state = 'CLAIMED' then paid_attempts + 1 else paid_attempts end,"
                        + " attempt = " + sent.attempt() + ", state = 'SENT'",
                " and attempt < " + sent.attempt() + " and state in ('CLAIMED', 'SENT')" + ALIVE,
                staged,
                line.length(),
                staged == null ? "" : line + "\n",
                line,
                sent.lookupId());
    }

    private boolean settle(Expected expected, Command.Settle settle) throws SQLException {
        String condition = settle.attempt() < 1
                ? " and 1 = 0"
                : " and attempt = " + settle.attempt()
                        + (settle.fromClaimed() ? " and state = 'CLAIMED'" : mayBePaid(settle));
        // A row that says that nothing was sent does not count the attempt.
        String paid = settle.state() == RunState.REJECTED
                ? ", paid_attempts = paid_attempts - 1"
                : settle.fromClaimed() ? ", paid_attempts = paid_attempts + 1" : "";
        Completion completion = settle.completion();
        if (completion == null) {
            String kept = settle.state() == RunState.UNKNOWN
                    ? ""
                    : ", staged = null," + LateStatements.HANDED + ":now" + NOTHING_RESERVED;
            return ended(
                    expected,
                    "state = '" + settle.state() + "', settled_at = :now" + kept + paid,
                    condition,
                    Objects.requireNonNull(settle.ending()));
        }
        return update(
                expected,
                "state = 'COMPLETED', settled_at = :now," + LateStatements.HANDED
                        + (settle.handedOn() ? ":now" : "null")
                        + ", reason = null, http_status = null,"
                        + " code = null, staged = null, video_url = ?, service_state = ?, key_source = ?,"
                        + " elapsed_millis = ?, cache_status = ?, log_id = ?, ray_id = ?, recovered = ?"
                        + NOTHING_RESERVED
                        + paid,
                condition,
                completion.videoUrl(),
                completion.state(),
                completion.keySource(),
                completion.elapsed().toMillis(),
                completion.cacheStatus(),
                completion.logId(),
                completion.rayId(),
                completion.recovered() ? 1 : null);
    }

    /** The states from which a settlement goes, for its attempt. */
    private static String mayBePaid(Command.Settle settle) {
        return settle.state() == RunState.COMPLETED && settle.handedOn()
                ? " and (state in ('SENT', 'UNKNOWN') or (state = 'COMPLETED' and handed_at is null))"
                : MAY_BE_PAID;
    }

    boolean ended(Expected expected, String changes, String condition, Ending ending) throws SQLException {
        return update(
                expected,
                changes + ENDING,
                condition,
                ending.reason(),
                ending.ids().httpStatus(),
                ending.ids().code(),
                ending.ids().logId(),
                ending.ids().rayId(),
                ending.link());
    }

    /**
     * Holds a sent run of a buried owner, or of any. If an ending was noted for the attempt, it becomes the run's
     * ending.
     */
    boolean abandon(RunRow seen, boolean ofTheDead) throws SQLException {
        String changes = "state = 'UNKNOWN', settled_at = :now";
        String condition = " and state = 'SENT'" + (ofTheDead ? BURIED : "");
        return MarkRules.hasOwnEnding(seen)
                ? update(seen.expected(), changes, condition)
                : ended(seen.expected(), changes, condition, RunTransitions.ABANDONED);
    }

    /** Adopted runs count as handed on. */
    private boolean adopt(Expected expected, Command.Adopt adopt) throws SQLException {
        return update(
                expected,
                "state = 'COMPLETED', settled_at = :now," + LateStatements.HANDED + ":now, video_url = ?,"
                        + " service_state = coalesce(service_state, 'Completed'),"
                        + " elapsed_millis = coalesce(elapsed_millis, :now - created_at),"
                        + " reason = null, http_status = null, code = null, staged = null" + NOTHING_RESERVED,
                " and state in ('UNKNOWN', 'COMPLETED')",
                adopt.videoUrl());
    }

    private boolean forget(Expected expected) throws SQLException {
        return update(
                expected,
                "state = 'FORGOTTEN', settled_at = :now," + LateStatements.HANDED
                        + ":now, video_url = null, service_state = null, key_source = null,"
                        + " elapsed_millis = null, cache_status = null, recovered = null, staged = null"
                        + NOTHING_RESERVED,
                " and state in ('UNKNOWN', 'COMPLETED', 'FAILED')");
    }

    boolean claimAgain(RunRow seen, Command.ClaimAgain again) throws SQLException {
        Run run = seen.run();
        boolean unknown = run.state() == RunState.UNKNOWN;
        NewRun asked = unknown ? run.asked() : again.request();
        return update(
                seen.expected(),
                "state = 'CLAIMED', before_state = ?, before_lookup_id = lookup_id, before_sent_at = sent_at,"
                        + " owner = ?, claim_number = ?, paid_attempts = ?, causes = ?,"
                        + " fingerprint = ?, video_file_name = ?, seconds = ?, cost_micros = ?, correlation = ?,"
                        + " run_group = ?, emit_owner = null, emit_until = null"
                        + (unknown ? "" : ", staged = null") + NOTHING_RESERVED,
                " and state = '" + run.state() + "'",
                run.state(),
                again.claim().owner(),
                again.claim().number(),
                run.state() == RunState.FORGOTTEN ? 0 : run.paidAttempts(),
                unknown ? RunTransitions.causes(run) : run.causes(),
                asked.fingerprint(),
                asked.videoFileName(),
                asked.seconds(),
                asked.cost() == null ? null : RunReading.micros(asked.cost()),
                asked.correlation(),
                asked.group());
    }

    /** The row as its last claim found it. The budget gets back the amount that was reserved. */
    boolean undo(RunRow seen, boolean ofTheDead) throws SQLException {
        String unchanged = " and state = '" + seen.run().state() + "'" + (ofTheDead ? BURIED : "");
        boolean sent = seen.run().state() != RunState.CLAIMED;
        boolean undone = seen.before() == null
                ? matched(seen.expected(), "delete from hh1_run", unchanged)
                : undone(
                        seen,
                        "state = before_state, attempt = attempt + 1,"
                                + (seen.before().state() == RunState.UNKNOWN
                                        ? ""
                                        : LateStatements.HANDED + "settled_at,")
                                + " sent_at = coalesce(before_sent_at, sent_at), lookup_id = " + nameBefore(seen)
                                + (sent ? ", paid_attempts = paid_attempts - 1, task_id = null" : "")
                                + NOTHING_RESERVED,
                        unchanged);
        return undone && giveBack(seen);
    }

    /** As {@link RunRow#nameBefore}. */
    private static String nameBefore(RunRow seen) {
        String name = seen.nameBefore();
        return name == null ? "null" : name.equals(seen.run().lookupId()) ? "lookup_id" : "before_lookup_id";
    }

    private boolean undone(RunRow seen, String changes, String unchanged) throws SQLException {
        return MarkRules.hasEndingOfTheUndone(seen)
                ? ended(seen.expected(), changes, unchanged, MarkRules.EARLIER)
                : update(seen.expected(), changes, unchanged);
    }

    /** The reservation of the run is not counted any more. True, also when nothing is reserved. */
    boolean giveBack(RunRow row) throws SQLException {
        Reservation reserved = row.reserved();
        if (reserved != null) {
            count(row, reserved.day(), reserved.amount().negate());
        }
        return true;
    }

    /** Adds to the amount that the run's account has spent and reserved on the day. */
    void count(RunRow row, LocalDate day, Amount amount) throws SQLException {
        sql.update(
                "update hh1_budget set seconds = seconds + ?, cost_micros = cost_micros + ? where account = ? and"
                        + " spent_day = ?",
                amount.seconds(),
                RunReading.micros(amount.cost()),
                row.run().asked().account(),
                day);
    }
}
