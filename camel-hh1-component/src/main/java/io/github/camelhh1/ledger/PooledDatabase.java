package io.github.camelhh1.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections of a data source, borrowed for one piece of work each and given back as they were. */
final class PooledDatabase implements Database {
    /** Longer than any healthy database takes; a generation's deadline must not wait for a dead one. */
    static final int PATIENCE_MILLIS = 4_000;

    private final DataSource source;
    private final Dialect dialect;
    private final String url;
    private final @Nullable AutoCloseable own;

    /** {@code own} is closed with this one; a data source that the user made is the user's to close. */
    PooledDatabase(DataSource source, @Nullable AutoCloseable own) {
        this.source = source;
        this.own = own;
        try (Connection connection = source.getConnection()) {
            this.dialect = Dialect.of(connection);
            this.url = String.valueOf(connection.getMetaData().getURL());
        } catch (SQLException e) {
            close();
            throw Failed.of(e);
        }
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public <T> T run(Work<T> work) {
        return borrowed(connection -> work.with(new Sql(connection, dialect)));
    }

    @Override
    public <T> T inTransaction(Work<T> work) {
        return borrowed(connection -> Transaction.run(connection, dialect, work));
    }

    @FunctionalInterface
    private interface OnConnection<T> {
        T with(Connection connection) throws SQLException;
    }

    private <T> T borrowed(OnConnection<T> work) {
        try (Connection connection = source.getConnection()) {
            int patience = impatient(connection);
            boolean autoCommit = connection.getAutoCommit();
            int isolation = connection.getTransactionIsolation();
            if (!autoCommit) {
                connection.setAutoCommit(true);
            }
            // Every statement must see what others have committed: compare-and-set is all that is asked for.
            boolean isolate = dialect == Dialect.SERVER && isolation != Connection.TRANSACTION_READ_COMMITTED;
            if (isolate) {
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
            T result = work.with(connection);
            if (isolate) {
                connection.setTransactionIsolation(isolation);
            }
            if (!autoCommit) {
                connection.setAutoCommit(false);
            }
            if (patience >= 0) {
                connection.setNetworkTimeout(Runnable::run, patience);
            }
            return result;
        } catch (SQLException e) {
            throw Failed.of(e);
        }
    }

    /** How patient the connection was; negative where that cannot be set. */
    private static int impatient(Connection connection) {
        try {
            int before = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, PATIENCE_MILLIS);
            return before;
        } catch (SQLException | UnsupportedOperationException | AbstractMethodError e) {
            return -1;
        }
    }

    @Override
    public void close() {
        if (own != null) {
            try {
                own.close();
            } catch (Exception e) {
                throw new LedgerException("the ledger's connections could not be closed", e);
            }
        }
    }
}
