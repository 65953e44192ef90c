package io.github.camelhh1.ledger.jdbc;

import io.github.camelhh1.ledger.LedgerException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections of a data source, borrowed for one piece of work each and given back as they were. */
final class PooledDatabase implements Database {
    private static final Logger LOG = LoggerFactory.getLogger(PooledDatabase.class);
    /** The time that a statement may take. Longer than any healthy database takes; a generation must not wait for a dead one. */
    static final int PATIENCE_MILLIS = 4_000;
    /** Below the size of usual pools. */
    private static final int MOST_AT_ONCE = 8;

    private final DataSource source;
    private final Dialect dialect;
    private final @Nullable AutoCloseable own;
    /** Callers wait here, and not in the pool, where the renewal of the lease would wait behind them. */
    private final Turns turns = new Turns(
            MOST_AT_ONCE,
            true,
            "the ledger's database is so slow that " + MOST_AT_ONCE + " statements at once keep others waiting");

    /** @param own is closed with this one; null where the user made the data source, and closes it */
    PooledDatabase(DataSource source, @Nullable AutoCloseable own) {
        this.source = source;
        this.own = own;
        try (Connection connection = source.getConnection()) {
            this.dialect = Dialect.of(connection);
        } catch (SQLException e) {
            close();
            throw Sql.failure("", e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Warns where the data source may wait for a connection until the lease runs out. Not every one says its time-out. */
    static void warnOfSlowLogin(DataSource source, Duration lease) {
        int seconds;
        try {
            seconds = source.getLoginTimeout();
        } catch (SQLException | RuntimeException e) {
            return;
        }
        if (Duration.ofSeconds(seconds).multipliedBy(3).compareTo(lease) > 0) {
            LOG.warn(
                    "The ledger's DataSource may wait {} s for a connection, which is more than a third of the lease of {} s:"
                            + " when all its connections are in use, this node may be taken for dead, and its runs for"
                            + " unknown. Give the ledger a DataSource of its own, or one with a shorter connection time-out",
                    seconds,
                    lease.toSeconds());
        }
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public <T> T run(Sql.Work<T> work) {
        turns.take();
        // An interrupted thread that touches the file of an H2 database closes it for the whole JVM.
        boolean interrupted = Thread.interrupted();
        try (var borrowed = borrowed()) {
            return work.with(new Sql(borrowed.connection, dialect));
        } catch (SQLException e) {
            throw Sql.failure("", e);
        } finally {
            turns.giveBack();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Borrowed borrowed() throws SQLException {
        Connection connection = source.getConnection();
        try {
            return new Borrowed(connection);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Not every pool resets a connection that it gets back. */
    private final class Borrowed implements AutoCloseable {
        final Connection connection;
        private final int patience;
        private final boolean autoCommit;
        private final int isolation;
        private final boolean isolated;

        Borrowed(Connection connection) throws SQLException {
            this.connection = connection;
            patience = impatient(connection);
            autoCommit = connection.getAutoCommit();
            if (!autoCommit) {
                connection.setAutoCommit(true);
            }
            isolation = connection.getTransactionIsolation();
            // Every statement must see the changes that others have committed.
            isolated = dialect != Dialect.SQLITE && isolation != Connection.TRANSACTION_READ_COMMITTED;
            if (isolated) {
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
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

    /** The network time-out that the connection had; negative where it cannot be set. */
    private int impatient(Connection connection) {
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
