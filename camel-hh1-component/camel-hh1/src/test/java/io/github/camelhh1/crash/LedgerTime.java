package io.github.camelhh1.crash;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Looks into the tables of a ledger, and lets time pass for its runs: all their times move back. */
final class LedgerTime {
    private static final List<String> TIMES =
            List.of("created_at", "sent_at", "settled_at", "handed_at", "asked_at", "emit_until", "look_at");

    private LedgerTime() {}

    static void pass(String ledger, Duration time) {
        String earlier = TIMES.stream()
                .map(column -> column + " = " + column + " - " + time.toMillis())
                .collect(Collectors.joining(", "));
        try (Connection connection = DriverManager.getConnection(ledger);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("update hh1_run set " + earlier);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs that are on their way into a route. */
    static int emissions(String ledger) {
        try (Connection connection = DriverManager.getConnection(ledger);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from hh1_run where emit_owner is not null")) {
            row.next();
            return row.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
