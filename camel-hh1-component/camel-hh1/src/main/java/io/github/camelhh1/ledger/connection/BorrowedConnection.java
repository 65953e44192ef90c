package io.github.camelhh1.ledger.connection;

import io.github.camelhh1.ledger.jdbc.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A connection as the ledger needs it. It is given back as it was, whatever came of the work: not every pool sees to that. */
public final class BorrowedConnection implements AutoCloseable {
    /** Longer than any healthy database takes; a generation's deadline must not wait for a dead one. */
    public static final int PATIENCE_MILLIS = 4_000;

    private final Connection connection;
    private final boolean autoCommit;
    private final int isolation;
    private final boolean isolated;
    private final int patience;

    private BorrowedConnection(Connection connection, Dialect dialect, int patienceMillis) throws SQLException {
        this.connection = connection;
        this.patience = impatient(connection, patienceMillis);
        this.autoCommit = connection.getAutoCommit();
        if (!autoCommit) {
            connection.setAutoCommit(true);
        }
        this.isolation = connection.getTransactionIsolation();
        // Every statement must see what others have committed: compare-and-set is all that is asked for.
        this.isolated = dialect == Dialect.SERVER && isolation != Connection.TRANSACTION_READ_COMMITTED;
        if (isolated) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
    }

    static BorrowedConnection of(DataSource source, Dialect dialect, int patienceMillis) throws SQLException {
        Connection connection = source.getConnection();
        try {
            return new BorrowedConnection(connection, dialect, patienceMillis);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** How patient the connection was; negative where that cannot be set. */
    private static int impatient(Connection connection, int patienceMillis) {
        try {
            int before = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, patienceMillis);
            return before;
        } catch (SQLException | UnsupportedOperationException | AbstractMethodError e) {
            return -1;
        }
    }

    Connection connection() {
        return connection;
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            if (isolated) {
                connection.setTransactionIsolation(isolation);
            }
            if (!autoCommit) {
                connection.setAutoCommit(false);
            }
            if (patience >= 0) {
                connection.setNetworkTimeout(Runnable::run, patience);
            }
        }
    }
}
