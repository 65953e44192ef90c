package io.github.camelhh1.ledger.jdbc;

import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Emission;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.LookupPlace;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.fence.Command;
import io.github.camelhh1.ledger.fence.MarkRules;
import io.github.camelhh1.ledger.fence.RunRow;
import io.github.camelhh1.ledger.fence.RunRow.Expected;
import io.github.camelhh1.ledger.fence.RunStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The part of the store that hands endings on, keeps settlements that came too late for their run, and shortens old
 * runs. See {@link MarkRules}.
 */
abstract class LateStatements implements RunStore {
    /** Begins the change of the marks of an ending; the time, or null, follows. */
    static final String HANDED = " emit_owner = null, emit_until = null, handed_at = ";

    private static final String NOBODY_EMITS = " and (emit_owner is null or not exists"
            + " (select 1 from hh1_owner o where o.owner = hh1_run.emit_owner))";
    private static final String NOT_HANDED = " and handed_at is null";
    /** A link stands in the column of an answer's link until there is an answer. */
    private static final String OPEN_TASK =
            " and state = 'UNKNOWN' and task_id is not null and code is null and (video_url is null or service_state is not null)";

    /** The end of a condition: the mark holds nothing back. */
    private static final String TOO_FAR_AHEAD = " > :now + " + MarkRules.LONGEST_PAUSE.toMillis() + ")";

    private static final String TO_HAND_ON = " and state in ('COMPLETED', 'UNKNOWN')" + NOT_HANDED;

    /** The key and the times of a run stay. 1970 replaces the time at which the run was handed on. */
    private static final String PRUNE = "video_file_name = '', seconds = null, cost_micros = null, correlation = null,"
            + " run_group = null, causes = null, reason = ?, http_status = null, code = null, video_url = null,"
            + " service_state = null, key_source = null, elapsed_millis = null, cache_status = null, recovered = null, log_id = null,"
            + " ray_id = null, staged = null, lookup_id = null, task_id = null," + HANDED + "0";

    private static final List<String> ENDED = List.of("COMPLETED", "REJECTED", "FAILED", "FORGOTTEN");
    private static final String MAY_BE_PRUNED = "state in ('" + String.join("', '", ENDED) + "') and handed_at > 0";

    final Database database;

    LateStatements(Database database) {
        this.database = database;
    }

    static boolean change(RunStatements statements, Expected expected, Command.Marking command) throws SQLException {
        if (command instanceof Command.Emit emit) {
            // An owner that is buried hands nothing on: others may do it.
            return statements.update(
                    expected,
                    "emit_owner = ?, emit_until = null",
                    TO_HAND_ON + " and exists (select 1 from hh1_owner where owner = ?)",
                    emit.owner(),
                    emit.owner());
        } else if (command instanceof Command.Emitted emitted) {
            return emitted(statements, expected, emitted);
        } else if (command instanceof Command.Look look) {
            return statements.update(
                    expected,
                    "look_at = :now + ?",
                    " and state = 'UNKNOWN' and attempt = " + look.attempt() + " and lookup_id is not null",
                    look.pause().toMillis());
        } else if (command instanceof Command.Noted noted) {
            return statements.ended(
                    expected,
                    "look_at = :now",
                    " and state = 'SENT' and attempt = " + noted.attempt()
                            + " and (video_url is null or service_state is not null)",
                    noted.soFar());
        } else if (command == Command.Mark.ASK) {
            return statements.update(
                    expected, "asked_at = :now", " and state in ('CLAIMED', 'SENT', 'UNKNOWN', 'COMPLETED')");
        } else if (command == Command.Mark.REPLAY) {
            return statements.update(expected, HANDED + ":now", " and state = 'COMPLETED'" + NOT_HANDED + NOBODY_EMITS);
        }
        return statements.update(expected, PRUNE, " and " + MAY_BE_PRUNED, MarkRules.PRUNED.reason());
    }

    /** The caller has seen that the row is as the command says; its version says that it still is. */
    private static boolean emitted(RunStatements statements, Expected expected, Command.Emitted emitted)
            throws SQLException {
        Duration again = emitted.again();
        return again == null
                ? statements.update(expected, HANDED + ":now", NOT_HANDED)
                : statements.update(expected, "emit_owner = null, emit_until = :now + ?", NOT_HANDED, again.toMillis());
    }

    /** An owner that is buried resumes nothing: others may do it. */
    static boolean resume(RunStatements statements, Expected expected, Claim claim) throws SQLException {
        return statements.update(
                expected,
                "state = 'SENT', owner = ?, claim_number = ?",
                OPEN_TASK + " and exists (select 1 from hh1_owner where owner = ?)",
                claim.owner(),
                claim.number(),
                claim.owner());
    }

    @Override
    public List<Run> toResume(String account, int most) {
        return database.select(
                RunReading::run,
                RunReading.SELECT + " where account = ? and sent_at > :now - ?" + OPEN_TASK
                        + " order by settled_at, run_id limit ?",
                account,
                Run.TASK_LIFE.toMillis(),
                most);
    }

    @Override
    public List<RunRow> toLookUp(LookupPlace place, Duration within, int most) {
        return database.select(
                RunReading::row,
                RunReading.SELECT + " where state = 'UNKNOWN' and account = ?"
                        + " and (lookup_id like ? or lookup_id not like '" + LookupPlace.MARKED + "')"
                        + " and (video_url is null or service_state is not null)"
                        + " and sent_at > :now - ? and (look_at is null or look_at <= :now or look_at" + TOO_FAR_AHEAD
                        + " order by coalesce(look_at, settled_at), run_id limit ?",
                place.account(),
                "%" + place.end(),
                within.toMillis(),
                most);
    }

    @Override
    public List<RunRow> toEmit(Emission.Filter filter, int most) {
        long after = filter.after().toMillis();
        var parameters = new ArrayList<@Nullable Object>(Arrays.asList(filter.state(), after));
        String asked = "";
        if (filter.state() == RunState.COMPLETED) {
            asked = " and (asked_at is null or asked_at <= :now - ? or asked_at" + TOO_FAR_AHEAD;
            parameters.add(after);
        }
        String group = " and run_group is null";
        if (filter.group() != null) {
            group = " and run_group = ?";
            parameters.add(filter.group());
        }
        parameters.add(most);
        return database.select(
                RunReading::row,
                RunReading.SELECT + " where state = ? and handed_at is null and (settled_at <= :now - ? or settled_at"
                        + TOO_FAR_AHEAD + asked + group
                        + " and (emit_until is null or emit_until <= :now or emit_until" + TOO_FAR_AHEAD + NOBODY_EMITS
                        + " order by coalesce(emit_until, settled_at), run_id limit ?",
                parameters.toArray());
    }

    @Override
    public List<RunRow> emittedBy(String owner) {
        return database.select(RunReading::row, RunReading.SELECT + " where emit_owner = ?" + TO_HAND_ON, owner);
    }

    /**
     * The statement names no version. It takes the rows that fit when it takes effect, however late, and raises their
     * versions. The conditions stand twice, because a row may change between the read and the lock. It goes state by
     * state, in the order of an index, the eldest first. Otherwise PostgreSQL would read the whole table, since nearly
     * every row fits.
     */
    @Override
    public int prune(Duration olderThan, int most) {
        String old = "handed_at > 0 and handed_at <= :now - " + olderThan.toMillis();
        String limit = " limit " + most;
        var eldest = new StringJoiner(" union all ");
        for (String state : ENDED) {
            eldest.add("select run_id from (select run_id from hh1_run where state = '" + state + "' and " + old
                    + " order by handed_at" + limit + ") " + state);
        }
        return database.update(
                "update hh1_run set version = version + 1, " + PRUNE + " where " + MAY_BE_PRUNED + " and " + old
                        + " and run_id in (" + eldest + limit + ")",
                MarkRules.PRUNED.reason());
    }

    @Override
    public void late(Claim claim, Command.Settle settle) {
        Completion completion = settle.completion();
        Ending ending = settle.ending() == null ? Ending.of("") : settle.ending();
        database.run(sql -> sql.insertIfAbsent(
                "insert into hh1_late (run_id, owner, claim_number, attempt, state, written_at, video_url, reason,"
                        + " http_status, code, log_id, ray_id) values (?, ?, ?, ?, ?, :now, ?, ?, ?, ?, ?, ?)",
                claim.runId(),
                claim.owner(),
                claim.number(),
                settle.attempt(),
                settle.state(),
                settle.videoUrl(),
                settle.ending() == null ? null : ending.reason(),
                ending.ids().httpStatus(),
                ending.ids().code(),
                completion == null ? ending.ids().logId() : completion.logId(),
                completion == null ? ending.ids().rayId() : completion.rayId()));
    }
}
