package io.github.camelhh1.ledger;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compare-and-set on rows of {@code hh1_run}, and on {@code hh1_budget} beside them; within whatever transaction there is. */
final class RunChanges {
    private static final String OF_CLAIM = " where run_id = ? and owner = ? and claim_number = ?";
    private static final String NOTHING_RESERVED =
            ", reserved_day = null, reserved_seconds = null, reserved_micros = null";

    private final Sql sql;

    RunChanges(Sql sql) {
        this.sql = sql;
    }

    Optional<RunRow> find(String runId) throws SQLException {
        return sql.select(RunRow::read, RunRow.SELECT + " where run_id = ?", runId).stream()
                .findFirst();
    }

    boolean insert(NewRun run, Claim claim) throws SQLException {
        return sql.insertIfAbsent(
                        "insert into hh1_run (run_id, account, model, run_key, fingerprint, video_file_name, seconds,"
                                + " cost_micros, state, owner, claim_number, paid_attempts, created_at)"
                                + " select ?, ?, ?, ?, ?, ?, cast(? as bigint), cast(? as bigint), 'CLAIMED', ?,"
                                + " cast(? as bigint), 0, :now where not exists (select 1 from hh1_run where run_id = ?)",
                        run.runId(),
                        run.account(),
                        run.model(),
                        run.key(),
                        run.fingerprint(),
                        run.videoFileName(),
                        run.seconds(),
                        run.cost() == null ? null : RunRow.micros(run.cost()),
                        claim.owner(),
                        claim.number(),
                        run.runId())
                == 1;
    }

    /** Of a row that is settled, exactly as it was seen. */
    boolean claimAgain(RunRow seen, NewRun request, Claim claim) throws SQLException {
        Run run = seen.run();
        boolean unknown = run.state() == RunState.UNKNOWN;
        NewRun asked = unknown ? run.asked() : request;
        String causes = unknown ? Causes.and(run.causes(), run.paidAttempts(), run.reason()) : run.causes();
        return sql.update(
                        "update hh1_run set state = 'CLAIMED', before_state = ?, owner = ?, claim_number = ?,"
                                + " paid_attempts = ?, causes = ?, fingerprint = ?, video_file_name = ?, seconds = ?,"
                                + " cost_micros = ?" + (unknown ? "" : ", staged = null") + OF_CLAIM + " and state = ?",
                        run.state(),
                        claim.owner(),
                        claim.number(),
                        run.state() == RunState.FORGOTTEN ? 0 : run.paidAttempts(),
                        causes,
                        asked.fingerprint(),
                        asked.videoFileName(),
                        asked.seconds(),
                        asked.cost() == null ? null : RunRow.micros(asked.cost()),
                        run.runId(),
                        run.owner(),
                        run.claim(),
                        run.state())
                == 1;
    }

    /** What was staged for earlier attempts stays written, each in a line of its own. */
    boolean sent(Claim claim, @Nullable String staged) throws SQLException {
        return ofClaim(
                claim,
                "update hh1_run set staged = case when staged is null or staged = cast(? as varchar) then ?"
                        + " else staged || cast(? as varchar) end, sent_at = case when state = 'CLAIMED' then :now else sent_at end,"
                        + " paid_attempts = case when state = 'CLAIMED' then paid_attempts + 1 else paid_attempts end,"
                        + " state = 'SENT'" + OF_CLAIM + " and state in ('CLAIMED', 'SENT')",
                staged,
                staged,
                staged == null ? "" : "\n" + staged);
    }

    boolean unsent(Claim claim) throws SQLException {
        return ofClaim(
                claim,
                "update hh1_run set paid_attempts = case when state = 'SENT' then paid_attempts - 1 else paid_attempts"
                        + " end, state = 'CLAIMED'" + OF_CLAIM + " and state in ('CLAIMED', 'SENT')");
    }

    boolean complete(Claim claim, Completion completion) throws SQLException {
        return ofClaim(
                claim,
                "update hh1_run set state = 'COMPLETED', settled_at = :now, reason = null, http_status = null,"
                        + " code = null, staged = null, video_url = ?, service_state = ?, key_source = ?, elapsed_millis = ?,"
                        + " cache_status = ?, log_id = ?, ray_id = ?" + NOTHING_RESERVED + OF_CLAIM
                        + " and state in ('SENT', 'UNKNOWN')",
                completion.videoUrl(),
                completion.state(),
                completion.keySource(),
                completion.elapsed().toMillis(),
                completion.cacheStatus(),
                completion.logId(),
                completion.rayId());
    }

    /** From {@code SENT}, or, to change what is known of it, from {@code UNKNOWN}. */
    boolean unknown(Claim claim, Ending ending) throws SQLException {
        return ended(claim, RunState.UNKNOWN, ending, " and state in ('SENT', 'UNKNOWN')");
    }

    boolean rejected(Claim claim, Ending ending) throws SQLException {
        return ended(claim, RunState.REJECTED, ending, " and state = 'SENT'");
    }

    /** Of an owner that lives no more. */
    boolean abandoned(Claim claim) throws SQLException {
        return ended(claim, RunState.UNKNOWN, Abandoned.ENDING, " and state = 'SENT' and " + Owners.DEAD);
    }

    private boolean ended(Claim claim, RunState state, Ending ending, String condition) throws SQLException {
        return ofClaim(
                claim,
                "update hh1_run set" + (state == RunState.UNKNOWN ? "" : " staged = null,")
                        + " state = ?, settled_at = :now, reason = ?, http_status = ?, code = ?, log_id = ?,"
                        + " ray_id = ?" + NOTHING_RESERVED + OF_CLAIM + condition,
                state,
                ending.reason(),
                ending.httpStatus(),
                ending.code(),
                ending.logId(),
                ending.rayId());
    }

    /**
     * The row as its last claim found it, and what was reserved given back.
     *
     * @param condition on the row, beside its being as it was seen
     */
    boolean undo(RunRow seen, boolean wasPaid, String condition) throws SQLException {
        Claim claim = seen.claim();
        // Also in what it reserved: an owner that was taken for dead may be back and have reserved since.
        String unchanged = OF_CLAIM + " and state = '" + seen.run().state() + "' and coalesce(reserved_day, '') = '"
                + Objects.requireNonNullElse(seen.reservedDay(), "") + "' and coalesce(reserved_seconds, 0) = "
                + seen.reserved().seconds() + " and coalesce(reserved_micros, 0) = "
                + RunRow.micros(seen.reserved().cost()) + condition;
        boolean changed = seen.before() == null
                ? ofClaim(claim, "delete from hh1_run" + unchanged)
                : ofClaim(
                        claim,
                        "update hh1_run set state = before_state, paid_attempts = paid_attempts - ?" + NOTHING_RESERVED
                                + unchanged,
                        !wasPaid && seen.run().state() == RunState.SENT ? 1 : 0);
        if (changed && !wasPaid) {
            giveBack(seen);
        }
        return changed;
    }

    boolean ofClaim(Claim claim, String text, @Nullable Object... parameters) throws SQLException {
        @Nullable Object[] all = Arrays.copyOf(parameters, parameters.length + 3);
        all[parameters.length] = claim.runId();
        all[parameters.length + 1] = claim.owner();
        all[parameters.length + 2] = claim.number();
        return sql.update(text, all) == 1;
    }

    boolean reserved(Claim claim, @Nullable String day, Amount amount) throws SQLException {
        return ofClaim(
                claim,
                "update hh1_run set reserved_day = ?, reserved_seconds = ?, reserved_micros = ?" + OF_CLAIM
                        + " and state = 'CLAIMED'",
                day,
                day == null ? null : amount.seconds(),
                day == null ? null : RunRow.micros(amount.cost()));
    }

    /** Whether the caps allowed it. */
    boolean spend(String account, String day, Amount amount, Caps caps) throws SQLException {
        long seconds = amount.seconds();
        long micros = RunRow.micros(amount.cost());
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
                        caps.cost() == null ? Long.MAX_VALUE : RunRow.micros(caps.cost()))
                == 1;
    }

    void giveBack(RunRow seen) throws SQLException {
        if (seen.reservedDay() != null) {
            sql.update(
                    "update hh1_budget set seconds = seconds - ?, cost_micros = cost_micros - ? where account = ? and"
                            + " spent_day = ?",
                    seen.reserved().seconds(),
                    RunRow.micros(seen.reserved().cost()),
                    seen.run().asked().account(),
                    seen.reservedDay());
        }
    }
}
