package io.github.camelhh1.ledger.jdbc;

import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.text.CleanText;
import java.sql.SQLException;
import java.util.Locale;

/** From a database's failure to one that says what to do. */
public final class SqlFailure {
    private SqlFailure() {}

    public static LedgerException of(SQLException e) {
        return of("", e);
    }

    /** {@code where} stands before it. */
    public static LedgerException of(String where, SQLException e) {
        String message = String.valueOf(e.getMessage());
        return new LedgerException(
                where + CleanText.of(message) + "; " + remedy(e, message.toLowerCase(Locale.ROOT)), e);
    }

    private static String remedy(SQLException e, String message) {
        String state = String.valueOf(e.getSQLState());
        if (message.contains("sqlite_full") || message.contains("no space") || state.startsWith("53")) {
            return "make room on the disk: work goes on by itself then";
        } else if (message.contains("readonly") || message.contains("read-only") || state.equals("25006")) {
            return "make the database writable for this process: work goes on by itself then";
        } else if (message.contains("sqlite_busy") || message.contains("sqlite_locked")) {
            return "another process holds the database for long: look which";
        } else if (state.equals("26000") || state.equals("08P01")) {
            return "behind a pooler of transactions, such as PgBouncer, add prepareThreshold=0 to the database's URL";
        } else if (state.equals("57014")) {
            return "a lock is held for long, or the database is slow: look which; work goes on by itself then";
        } else if (state.equals("42501")) {
            return "grant this user select, insert, update and delete on the tables hh1_*, or have schema.sql run for it";
        } else if (state.startsWith("08") || state.startsWith("57") || message.contains("connection")) {
            return "see that the database runs and can be reached: work goes on by itself then";
        }
        return "see that the database works and that this user may use the tables hh1_*";
    }
}
