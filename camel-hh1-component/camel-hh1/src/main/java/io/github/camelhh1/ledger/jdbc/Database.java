package io.github.camelhh1.ledger.jdbc;

import java.sql.SQLException;

/** Where connections come from. Safe for use by many threads. */
public interface Database extends AutoCloseable {

    /** Done again when the database could not begin it, or took all of it back. */
    @FunctionalInterface
    interface Work<T> {
        T with(Sql sql) throws SQLException;
    }

    /** Each statement is committed by itself. */
    <T> T run(Work<T> work);

    /** All statements, or none. */
    <T> T inTransaction(Work<T> work);

    Dialect dialect();

    /** Its maker's name for it, in lower case. */
    String product();

    @Override
    void close();
}
