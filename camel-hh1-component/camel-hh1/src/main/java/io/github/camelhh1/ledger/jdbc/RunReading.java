package io.github.camelhh1.ledger.jdbc;

import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.CallIds;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.Run.LateResult;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.fence.RunRow;
import io.github.camelhh1.ledger.fence.RunRow.Before;
import io.github.camelhh1.ledger.fence.RunRow.Marks;
import io.github.camelhh1.ledger.fence.RunRow.Reservation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads rows of {@code hh1_run} and {@code hh1_late}. */
final class RunReading {
    static final String SELECT = "select * from hh1_run";

    private static final int MICROS = 6;

    private RunReading() {}

    static RunRow row(ResultSet row) throws SQLException {
        var run = new Run(
                asked(row),
                RunState.valueOf(row.getString("state")),
                row.getString("owner"),
                row.getLong("claim_number"),
                row.getInt("attempt"),
                row.getInt("paid_attempts"),
                Objects.requireNonNullElse(row.getString("causes"), ""),
                Instant.ofEpochMilli(row.getLong("created_at")),
                instant(row, "sent_at"),
                instant(row, "settled_at"),
                ending(row, row.getString("service_state") == null ? row.getString("video_url") : null),
                completion(row),
                row.getString("task_id"),
                row.getString("lookup_id"),
                staged(row),
                List.of());
        String before = row.getString("before_state");
        return new RunRow(
                run,
                row.getLong("version"),
                before == null
                        ? null
                        : new Before(
                                RunState.valueOf(before),
                                row.getString("before_lookup_id"),
                                instant(row, "before_sent_at")),
                reservation(row),
                new Marks(
                        instant(row, "handed_at"),
                        instant(row, "asked_at"),
                        row.getString("emit_owner"),
                        instant(row, "emit_until"),
                        instant(row, "look_at")));
    }

    static Run run(ResultSet row) throws SQLException {
        return row(row).run();
    }

    private static NewRun asked(ResultSet row) throws SQLException {
        Long seconds = number(row, "seconds");
        Long cost = number(row, "cost_micros");
        return new NewRun(
                row.getString("run_id"),
                row.getString("account"),
                row.getString("model"),
                row.getString("run_key"),
                row.getString("fingerprint"),
                row.getString("video_file_name"),
                seconds == null ? null : seconds.intValue(),
                cost == null ? null : money(cost),
                row.getString("correlation"),
                row.getString("run_group"));
    }

    private static @Nullable Ending ending(ResultSet row, @Nullable String link) throws SQLException {
        String reason = row.getString("reason");
        Long status = number(row, "http_status");
        return reason == null
                ? null
                : new Ending(
                        reason,
                        new CallIds(
                                status == null ? null : status.intValue(),
                                row.getString("code"),
                                row.getString("log_id"),
                                row.getString("ray_id")),
                        link);
    }

    private static @Nullable Completion completion(ResultSet row) throws SQLException {
        String state = row.getString("service_state");
        return state == null
                ? null
                : new Completion(
                        row.getString("video_url"),
                        state,
                        row.getString("key_source"),
                        Duration.ofMillis(row.getLong("elapsed_millis")),
                        row.getString("log_id"),
                        row.getString("ray_id"),
                        row.getString("cache_status"),
                        row.getInt("recovered") == 1);
    }

    private static List<String> staged(ResultSet row) throws SQLException {
        String lines = row.getString("staged");
        return lines == null ? List.of() : lines.lines().distinct().toList();
    }

    private static @Nullable Reservation reservation(ResultSet row) throws SQLException {
        String day = row.getString("reserved_day");
        return day == null
                ? null
                : new Reservation(
                        LocalDate.parse(day),
                        new Amount(row.getLong("reserved_seconds"), money(row.getLong("reserved_micros"))));
    }

    static LateResult late(ResultSet row) throws SQLException {
        String videoUrl = row.getString("video_url");
        return new LateResult(
                Instant.ofEpochMilli(row.getLong("written_at")),
                row.getInt("attempt"),
                RunState.valueOf(row.getString("state")),
                videoUrl,
                ending(row, videoUrl));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Long millis = number(row, column);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    static BigDecimal money(long micros) {
        return Amount.money(BigDecimal.valueOf(micros, MICROS));
    }

    static long micros(BigDecimal money) {
        return money.setScale(MICROS, RoundingMode.UP).unscaledValue().longValueExact();
    }

    static LocalDate day(long millis) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }
}
