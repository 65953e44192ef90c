package io.github.camelhh1.ledger.jdbc;

import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Attempt;
import io.github.camelhh1.ledger.Caps;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.fence.Abandoned;
import io.github.camelhh1.ledger.fence.Causes;
import io.github.camelhh1.ledger.fence.Command;
import io.github.camelhh1.ledger.fence.Expected;
import io.github.camelhh1.ledger.fence.Late;
import io.github.camelhh1.ledger.fence.Reservation;
import io.github.camelhh1.ledger.fence.RunRow;
import io.github.camelhh1.ledger.fence.RunTransitions;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The changes of {@link RunTransitions} as statements: one statement a change, each on the version of the row that it was
 * meant for. Within whatever transaction there is.
 */
final class RunStatements {
    private static final String UPDATE = "update hh1_run set version = version + 1, ";
    private static final String EXPECTED = " where run_id = ? and owner = ? and claim_number = ? and version = ?";
    private static final String NOTHING_RESERVED =
            ", reserved_day = null, reserved_seconds = null, reserved_micros = null";
    /** An ending's link stands where that of an answer would, and takes no answer's place. */
    private static final String LINK =
            "video_url = case when service_state is null then cast(? as varchar) else video_url end";
    /** Nothing is sent by an owner that is buried: others may be at work on its runs. */
    private static final String ALIVE = " and exists (select 1 from hh1_owner o where o.owner = hh1_run.owner)";

    private static final String BURIED = " and not exists (select 1 from hh1_owner o where o.owner = hh1_run.owner)";
    private static final String MAY_BE_PAID = " and state in ('SENT', 'UNKNOWN')";
    private static final String OPEN = " and state in ('CLAIMED', 'SENT')";
    /** An attempt that is settled from CLAIMED is counted again. */
    private static final String PAID_AGAIN = ", paid_attempts = paid_attempts + 1";

    private final Sql sql;

    RunStatements(Sql sql) {
        this.sql = sql;
    }

    Optional<RunRow> find(String runId) throws SQLException {
        return sql.select(RunReading::row, RunReading.SELECT + " where run_id = ?", runId).stream()
                .findFirst();
    }

    boolean insert(NewRun run, Claim claim) throws SQLException {
        return sql.insertIfAbsent(
                        "insert into hh1_run (run_id, account, model, run_key, fingerprint, video_file_name, seconds,"
                                + " cost_micros, correlation, state, owner, claim_number, version, attempt, paid_attempts,"
                                + " created_at)"
                                + " select ?, ?, ?, ?, ?, ?, cast(? as bigint), cast(? as bigint), cast(? as varchar), 'CLAIMED', ?,"
                                + " cast(? as bigint), 1, 0, 0, :now"
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
                        claim.owner(),
                        claim.number(),
                        run.runId())
                == 1;
    }

    /** Those changes that need no look at the row. */
    boolean change(Expected expected, Command command) throws SQLException {
        if (command instanceof Command.Sent sent) {
            return sent(expected, sent);
        } else if (command instanceof Command.Unsent unsent) {
            return update(
                    expected,
                    "paid_attempts = paid_attempts - 1, state = 'CLAIMED'",
                    " and attempt = " + unsent.attempt() + MAY_BE_PAID);
        } else if (command instanceof Command.Complete complete) {
            return complete(expected, complete);
        } else if (command instanceof Command.Fail fail) {
            return ended(expected, RunState.FAILED, fail.ending(), of(fail.attempt(), fail.fromClaimed()));
        } else if (command instanceof Command.Unknown unknown) {
            return ended(expected, RunState.UNKNOWN, unknown.ending(), of(unknown.attempt(), unknown.fromClaimed()));
        } else if (command instanceof Command.Abandon) {
            return abandon(expected, "");
        } else if (command instanceof Command.Adopt adopt) {
            return adopt(expected, adopt);
        } else if (command instanceof Command.Forget) {
            return forget(expected);
        }
        throw new IllegalArgumentException(command + " needs a look at the row");
    }

    private static String of(int attempt, boolean fromClaimed) {
        return attempt < 1
                ? " and 1 = 0"
                : " and attempt = " + attempt + (fromClaimed ? " and state = 'CLAIMED'" : MAY_BE_PAID);
    }

    private boolean update(Expected expected, String changes, String condition, @Nullable Object... parameters)
            throws SQLException {
        return expected(expected, UPDATE + changes, condition, parameters);
    }

    private boolean expected(Expected expected, String text, String condition, @Nullable Object... parameters)
            throws SQLException {
        @Nullable Object[] all = Arrays.copyOf(parameters, parameters.length + 4);
        all[parameters.length] = expected.runId();
        all[parameters.length + 1] = expected.claim().owner();
        all[parameters.length + 2] = expected.claim().number();
        all[parameters.length + 3] = expected.version();
        return sql.update(text + EXPECTED + condition, all) == 1;
    }

    /** What was staged for earlier attempts stays written, each in a line of its own. */
    private boolean sent(Expected expected, Command.Sent sent) throws SQLException {
        String staged = sent.staged();
        return update(
                expected,
                "staged = case when staged is null or staged = cast(? as varchar) then ?"
                        + " else staged || cast(? as varchar) end, sent_at = :now,"
                        + " paid_attempts = case when state = 'CLAIMED' then paid_attempts + 1 else paid_attempts end,"
                        + " attempt = " + sent.attempt() + ", state = 'SENT'",
                " and attempt < " + sent.attempt() + OPEN + ALIVE,
                staged,
                staged,
                staged == null ? "" : "\n" + staged);
    }

    /** An exchange waits for it, so it is handed on. */
    private boolean complete(Expected expected, Command.Complete complete) throws SQLException {
        Completion completion = complete.completion();
        return update(
                expected,
                "state = 'COMPLETED', settled_at = :now, handed_at = :now, reason = null, http_status = null,"
                        + " code = null, staged = null, video_url = ?, service_state = ?, key_source = ?,"
                        + " elapsed_millis = ?, cache_status = ?, log_id = ?, ray_id = ?" + NOTHING_RESERVED
                        + (complete.fromClaimed() ? PAID_AGAIN : ""),
                of(complete.attempt(), complete.fromClaimed()),
                completion.videoUrl(),
                completion.state(),
                completion.keySource(),
                completion.elapsed().toMillis(),
                completion.cacheStatus(),
                completion.logId(),
                completion.rayId());
    }

    /** Of an owner that is buried, or of any. */
    boolean abandon(Expected expected, boolean ofTheDead) throws SQLException {
        return abandon(expected, ofTheDead ? BURIED : "");
    }

    private boolean abandon(Expected expected, String condition) throws SQLException {
        return ended(expected, RunState.UNKNOWN, Abandoned.ENDING, " and state = 'SENT'" + condition);
    }

    private boolean ended(Expected expected, RunState state, Ending ending, String condition) throws SQLException {
        boolean fromClaimed = condition.contains("'CLAIMED'");
        return update(
                expected,
                "state = ?, settled_at = :now, reason = ?, http_status = ?, code = ?, log_id = ?, ray_id = ?, " + LINK
                        + (state == RunState.UNKNOWN ? "" : ", staged = null" + NOTHING_RESERVED)
                        + (fromClaimed ? PAID_AGAIN : ""),
                condition,
                state,
                ending.reason(),
                ending.httpStatus(),
                ending.code(),
                ending.logId(),
                ending.rayId(),
                ending.link());
    }

    /** Adopted runs count as handed on. */
    private boolean adopt(Expected expected, Command.Adopt adopt) throws SQLException {
        return update(
                expected,
                "state = 'COMPLETED', settled_at = :now, handed_at = :now, video_url = ?,"
                        + " service_state = coalesce(service_state, 'Completed'),"
                        + " elapsed_millis = coalesce(elapsed_millis, :now - created_at),"
                        + " reason = null, http_status = null, code = null, staged = null" + NOTHING_RESERVED,
                " and state in ('UNKNOWN', 'COMPLETED')",
                adopt.videoUrl());
    }

    private boolean forget(Expected expected) throws SQLException {
        return update(
                expected,
                "state = 'FORGOTTEN', settled_at = :now, video_url = null, service_state = null, key_source = null,"
                        + " elapsed_millis = null, cache_status = null, staged = null" + NOTHING_RESERVED,
                " and state in ('UNKNOWN', 'COMPLETED', 'FAILED')");
    }

    boolean claimAgain(RunRow seen, Command.ClaimAgain again) throws SQLException {
        Run run = seen.run();
        boolean unknown = run.state() == RunState.UNKNOWN;
        NewRun asked = unknown ? run.asked() : again.request();
        String causes = unknown ? Causes.and(run.causes(), run.paidAttempts(), run.reason()) : run.causes();
        return update(
                Expected.of(seen),
                "state = 'CLAIMED', before_state = ?, owner = ?, claim_number = ?, paid_attempts = ?, causes = ?,"
                        + " fingerprint = ?, video_file_name = ?, seconds = ?, cost_micros = ?, correlation = ?"
                        + (unknown ? "" : ", staged = null") + NOTHING_RESERVED,
                " and state = '" + run.state() + "'",
                run.state(),
                again.claim().owner(),
                again.claim().number(),
                run.state() == RunState.FORGOTTEN ? 0 : run.paidAttempts(),
                causes,
                asked.fingerprint(),
                asked.videoFileName(),
                asked.seconds(),
                asked.cost() == null ? null : RunReading.micros(asked.cost()),
                asked.correlation());
    }

    /** The row as its last claim found it; what it had reserved is still to be given back. */
    boolean undo(RunRow seen, boolean ofTheDead) throws SQLException {
        String unchanged = " and state = '" + seen.run().state() + "'" + (ofTheDead ? BURIED : "");
        return seen.before() == null
                ? expected(Expected.of(seen), "delete from hh1_run", unchanged)
                : update(
                        Expected.of(seen),
                        "state = before_state, attempt = attempt + 1, paid_attempts = paid_attempts - "
                                + (seen.run().state() == RunState.CLAIMED ? 0 : 1) + NOTHING_RESERVED,
                        unchanged);
    }

    boolean rejected(RunRow seen, Command.Reject reject) throws SQLException {
        Ending ending = reject.ending();
        return update(
                Expected.of(seen),
                "state = 'REJECTED', settled_at = :now, paid_attempts = paid_attempts - 1, staged = null, reason = ?,"
                        + " http_status = ?, code = ?, log_id = ?, ray_id = ?, " + LINK + NOTHING_RESERVED,
                of(reject.attempt(), false),
                ending.reason(),
                ending.httpStatus(),
                ending.code(),
                ending.logId(),
                ending.rayId(),
                ending.link());
    }

    boolean reserved(RunRow seen, Reservation reservation) throws SQLException {
        return update(
                Expected.of(seen),
                "reserved_day = ?, reserved_seconds = ?, reserved_micros = ?",
                " and state = 'CLAIMED'",
                reservation.day(),
                reservation.amount().seconds(),
                RunReading.micros(reservation.amount().cost()));
    }

    /** Whether there is a row for the day and the caps allow it. */
    boolean spend(String account, LocalDate day, Amount amount, Caps caps) throws SQLException {
        long seconds = amount.seconds();
        long micros = RunReading.micros(amount.cost());
        return sql.update(
                        "update hh1_budget set seconds = seconds + ?, cost_micros = cost_micros + ? where account = ? and"
                                + " spent_day = ? and seconds + ? <= ? and cost_micros + ? <= ?",
                        seconds,
                        micros,
                        account,
                        day,
                        seconds,
                        caps.seconds() == null ? Long.MAX_VALUE : caps.seconds(),
                        micros,
                        caps.cost() == null ? Long.MAX_VALUE : RunReading.micros(caps.cost()))
                == 1;
    }

    void giveBack(String account, @Nullable Reservation reservation) throws SQLException {
        if (reservation != null) {
            sql.update(
                    "update hh1_budget set seconds = seconds - ?, cost_micros = cost_micros - ? where account = ? and"
                            + " spent_day = ?",
                    reservation.amount().seconds(),
                    RunReading.micros(reservation.amount().cost()),
                    account,
                    reservation.day());
        }
    }

    void late(Late late) throws SQLException {
        Attempt attempt = late.attempt();
        Completion completion = late.completion();
        Ending ending = late.ending() == null ? new Ending("", null, null, null, null) : late.ending();
        sql.insertIfAbsent(
                "insert into hh1_late (run_id, owner, claim_number, attempt, state, written_at, video_url, reason,"
                        + " http_status, code, log_id, ray_id) select ?, ?, cast(? as bigint), cast(? as bigint), ?, :now,"
                        + " ?, ?, cast(? as bigint), ?, ?, ? where not exists (select 1 from hh1_late where run_id = ?"
                        + " and owner = ? and claim_number = ? and attempt = ? and state = ?)",
                attempt.runId(),
                attempt.claim().owner(),
                attempt.claim().number(),
                attempt.number(),
                late.state(),
                late.videoUrl(),
                late.ending() == null ? null : ending.reason(),
                ending.httpStatus(),
                ending.code(),
                completion == null ? ending.logId() : completion.logId(),
                completion == null ? ending.rayId() : completion.rayId(),
                attempt.runId(),
                attempt.claim().owner(),
                attempt.claim().number(),
                attempt.number(),
                late.state());
    }
}
