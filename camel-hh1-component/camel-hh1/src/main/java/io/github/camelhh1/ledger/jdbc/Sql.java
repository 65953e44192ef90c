package io.github.camelhh1.ledger.jdbc;

import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.text.CleanText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One connection at work: statements with their parameters, in their order. */
final class Sql {
    /** A database ends one of two transactions that wait for each other; nothing of it took place. */
    private static final String ROLLED_BACK = "40";
    /** In this class of states, only this state leaves open whether the transaction took place. */
    private static final String PERHAPS_DONE = "40003";

    private static final int MOST_TURNS = 5;

    @FunctionalInterface
    interface Work<T> {
        T with(Sql sql) throws SQLException;
    }

    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final Connection connection;
    private final Dialect dialect;

    Sql(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    Dialect dialect() {
        return dialect;
    }

    /** The number of rows that it changed. In the text, {@code :now} stands for the database's clock. */
    int update(String text, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepared(text, parameters)) {
            return statement.executeUpdate();
        }
    }

    /** The same where another may do it at the same moment: a row or table that is there already changes nothing. */
    int insertIfAbsent(String text, @Nullable Object... parameters) throws SQLException {
        try {
            return update(text, parameters);
        } catch (SQLException e) {
            if (dialect.isDuplicate(e)) {
                return 0;
            }
            throw e;
        }
    }

    <T> List<T> select(Row<T> reader, String text, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepared(text, parameters);
                ResultSet rows = statement.executeQuery()) {
            var all = new ArrayList<T>();
            while (rows.next()) {
                all.add(reader.read(rows));
            }
            return all;
        }
    }

    private PreparedStatement prepared(String text, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text.replace(":now", dialect.now()));
        try {
            for (int i = 0; i < parameters.length; i++) {
                set(statement, i + 1, parameters[i]);
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    private static void set(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.NULL);
        } else if (value instanceof Number number) {
            statement.setLong(index, number.longValue());
        } else {
            statement.setString(index, value.toString());
        }
    }

    /** All statements of the work, or none. The work is done again when the database rolled it back. */
    <T> T inTransaction(Work<T> work) throws SQLException {
        for (int turn = 1; ; turn++) {
            try {
                return once(work);
            } catch (SQLException e) {
                String state = String.valueOf(e.getSQLState());
                if (turn == MOST_TURNS || !state.startsWith(ROLLED_BACK) || state.equals(PERHAPS_DONE)) {
                    throw e;
                }
            }
        }
    }

    private <T> T once(Work<T> work) throws SQLException {
        begin();
        try {
            T result = work.with(this);
            end(true);
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            try {
                end(false);
            } catch (SQLException ended) {
                // The cause may have ended the connection too.
                e.addSuppressed(ended);
            }
            throw e;
        }
    }

    private void begin() throws SQLException {
        if (dialect == Dialect.SQLITE) {
            // For writing at once: a transaction that began by reading would fail, not wait, when another wrote
            // meanwhile.
            update("begin immediate");
        } else {
            connection.setAutoCommit(false);
        }
    }

    private void end(boolean commit) throws SQLException {
        if (dialect == Dialect.SQLITE) {
            update(commit ? "commit" : "rollback");
            return;
        } else if (commit) {
            connection.commit();
        } else {
            connection.rollback();
        }
        connection.setAutoCommit(true);
    }

    /**
     * The failure with a remedy.
     *
     * @param where begins the message
     */
    static LedgerException failure(String where, SQLException e) {
        String message = String.valueOf(e.getMessage());
        return new LedgerException(
                where + CleanText.of(message) + "; " + remedy(e, message.toLowerCase(Locale.ROOT)), e);
    }

    private static String remedy(SQLException e, String message) {
        String state = String.valueOf(e.getSQLState());
        if (state.equals("53300")) {
            return "raise the server's max_connections, or give the nodes smaller pools: work goes on by itself then";
        } else if (message.contains("sqlite_full") || message.contains("no space") || state.startsWith("53")) {
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
