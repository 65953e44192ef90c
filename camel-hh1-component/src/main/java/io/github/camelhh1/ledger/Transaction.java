package io.github.camelhh1.ledger;

import java.sql.Connection;
import java.sql.SQLException;

/** All statements of a piece of work, or none. */
final class Transaction {
    private Transaction() {}

    static <T> T run(Connection connection, Dialect dialect, Database.Work<T> work) throws SQLException {
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
