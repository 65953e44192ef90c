package io.github.camelhh1.ledger.jdbc;

import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.fence.RunRow;
import io.github.camelhh1.ledger.fence.RunRow.Reservation;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;

/** Writes rows as they are, past all rules. */
final class RowWriter {
    private RowWriter() {}

    static void insert(Sql sql, RunRow row) throws SQLException {
        Run run = row.run();
        NewRun asked = run.asked();
        Ending ending = run.ending();
        Completion completion = run.completion();
        Reservation reserved = row.reserved();
        sql.update(
                "insert into hh1_run (run_id, account, model, run_key, fingerprint, video_file_name, seconds, cost_micros,"
                        + " state, before_state, before_lookup_id, before_sent_at, owner, claim_number, version, attempt, paid_attempts, causes, created_at,"
                        + " sent_at, settled_at, reason, http_status, code, video_url, service_state, key_source,"
                        + " elapsed_millis, cache_status, log_id, ray_id, reserved_day, reserved_seconds, reserved_micros,"
                        + " staged, correlation, task_id, run_group, handed_at, asked_at, emit_owner, emit_until,"
                        + " lookup_id, look_at, recovered)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                        + " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                asked.runId(),
                asked.account(),
                asked.model(),
                asked.key(),
                asked.fingerprint(),
                asked.videoFileName(),
                asked.seconds(),
                asked.cost() == null ? null : RunReading.micros(asked.cost()),
                run.state(),
                row.before() == null ? null : row.before().state(),
                row.before() == null ? null : row.before().lookupId(),
                row.before() == null ? null : millis(row.before().sentAt()),
                run.owner(),
                run.claim(),
                row.version(),
                run.attempt(),
                run.paidAttempts(),
                run.causes(),
                millis(run.createdAt()),
                millis(run.sentAt()),
                millis(run.settledAt()),
                ending == null ? null : ending.reason(),
                ending == null ? null : ending.ids().httpStatus(),
                ending == null ? null : ending.ids().code(),
                completion != null ? completion.videoUrl() : ending == null ? null : ending.link(),
                completion == null ? null : completion.state(),
                completion == null ? null : completion.keySource(),
                completion == null ? null : completion.elapsed().toMillis(),
                completion == null ? null : completion.cacheStatus(),
                completion != null
                        ? completion.logId()
                        : ending == null ? null : ending.ids().logId(),
                completion != null
                        ? completion.rayId()
                        : ending == null ? null : ending.ids().rayId(),
                reserved == null ? null : reserved.day(),
                reserved == null ? null : reserved.amount().seconds(),
                reserved == null ? null : RunReading.micros(reserved.amount().cost()),
                run.staged().isEmpty() ? null : String.join("\n", run.staged()),
                asked.correlation(),
                run.taskId(),
                asked.group(),
                millis(row.marks().handedAt()),
                millis(row.marks().askedAt()),
                row.marks().emitOwner(),
                millis(row.marks().emitUntil()),
                run.lookupId(),
                millis(row.marks().lookAt()),
                completion == null || !completion.recovered() ? null : 1);
    }

    private static Long millis(Instant time) {
        return time == null ? null : time.toEpochMilli();
    }

    static void budget(Sql sql, String account, LocalDate day, Amount amount) throws SQLException {
        sql.update(
                "insert into hh1_budget (account, spent_day, seconds, cost_micros) values (?, ?, ?, ?)",
                account,
                day,
                amount.seconds(),
                RunReading.micros(amount.cost()));
    }
}
