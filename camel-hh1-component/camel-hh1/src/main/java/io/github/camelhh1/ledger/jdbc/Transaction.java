package io.github.camelhh1.ledger.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** All statements of a piece of work, or none. */
public final class Transaction {
    /** A database ends one of two transactions that wait for each other; nothing of it took place. */
    private static final String ROLLED_BACK = "40";
    /** Of that class, the one that says that nobody knows whether it took place. */
    private static final String PERHAPS_DONE = "40003";

    private static final int MOST_TURNS = 5;

    private Transaction() {}

    public static <T> T run(Connection connection, Dialect dialect, Database.Work<T> work) throws SQLException {
        for (int turn = 1; ; turn++) {
            try {
                return once(connection, dialect, work);
            } catch (SQLException e) {
                String state = String.valueOf(e.getSQLState());
                if (turn == MOST_TURNS || !state.startsWith(ROLLED_BACK) || state.equals(PERHAPS_DONE)) {
                    throw e;
                }
            }
        }
    }

    private static <T> T once(Connection connection, Dialect dialect, Database.Work<T> work) throws SQLException {
        dialect.begin(connection);
        try {
            T result = work.with(new Sql(connection, dialect));
            dialect.commit(connection);
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            try {
                dialect.rollback(connection);
            } catch (SQLException ended) {
                // What ended the transaction may have ended the connection too.
                e.addSuppressed(ended);
            }
            throw e;
        }
    }
}
