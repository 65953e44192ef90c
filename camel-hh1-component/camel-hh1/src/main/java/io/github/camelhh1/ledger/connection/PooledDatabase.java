package io.github.camelhh1.ledger.connection;

import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.jdbc.Database;
import io.github.camelhh1.ledger.jdbc.Dialect;
import io.github.camelhh1.ledger.jdbc.Sql;
import io.github.camelhh1.ledger.jdbc.SqlFailure;
import io.github.camelhh1.ledger.jdbc.Transaction;
import io.github.camelhh1.ledger.jdbc.Turns;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections of a data source, borrowed for one piece of work each and given back as they were. */
public final class PooledDatabase implements Database {
    /** Below the size of usual pools. */
    private static final int MOST_AT_ONCE = 8;

    private final DataSource source;
    private final Dialect dialect;
    private final String product;
    private final @Nullable AutoCloseable own;
    private final int patienceMillis;
    /** Callers stand in line here, and not in the pool, where the renewal of the lease would stand behind them. */
    private final Turns turns = new Turns(
            MOST_AT_ONCE,
            true,
            "the ledger's database is so slow that " + MOST_AT_ONCE + " statements at once keep others waiting");

    /** {@code own} is closed with this one; a data source that the user made is the user's to close. */
    public PooledDatabase(DataSource source, @Nullable AutoCloseable own) {
        this(source, own, BorrowedConnection.PATIENCE_MILLIS);
    }

    /** {@code patienceMillis}: how long a statement is waited for. */
    public PooledDatabase(DataSource source, @Nullable AutoCloseable own, int patienceMillis) {
        this.source = source;
        this.own = own;
        this.patienceMillis = patienceMillis;
        try (Connection connection = source.getConnection()) {
            this.product = Dialect.product(connection);
            this.dialect = Dialect.of(product);
        } catch (SQLException e) {
            close();
            throw SqlFailure.of(e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public String product() {
        return product;
    }

    @Override
    public <T> T run(Work<T> work) {
        return inTurn(connection -> work.with(new Sql(connection, dialect)));
    }

    @Override
    public <T> T inTransaction(Work<T> work) {
        return inTurn(connection -> Transaction.run(connection, dialect, work));
    }

    @FunctionalInterface
    private interface OnConnection<T> {
        T with(Connection connection) throws SQLException;
    }

    private <T> T inTurn(OnConnection<T> work) {
        turns.take();
        // An interrupted thread that touches the file of an H2 database closes it for the whole JVM.
        boolean interrupted = Thread.interrupted();
        try (var borrowed = BorrowedConnection.of(source, dialect, patienceMillis)) {
            return work.with(borrowed.connection());
        } catch (SQLException e) {
            throw SqlFailure.of(e);
        } finally {
            turns.giveBack();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
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
