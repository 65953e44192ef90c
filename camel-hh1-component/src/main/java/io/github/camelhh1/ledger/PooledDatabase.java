package io.github.camelhh1.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections of a data source, borrowed for one piece of work each and given back as they were. */
final class PooledDatabase implements Database {
    private final DataSource source;
    private final Dialect dialect;
    private final String product;
    private final @Nullable AutoCloseable own;
    private final int patienceMillis;

    /** {@code own} is closed with this one; a data source that the user made is the user's to close. */
    PooledDatabase(DataSource source, @Nullable AutoCloseable own) {
        this(source, own, BorrowedConnection.PATIENCE_MILLIS);
    }

    /** {@code patienceMillis}: how long a statement is waited for. */
    PooledDatabase(DataSource source, @Nullable AutoCloseable own, int patienceMillis) {
        this.source = source;
        this.own = own;
        this.patienceMillis = patienceMillis;
        try (Connection connection = source.getConnection()) {
            this.product = Dialect.product(connection);
            this.dialect = Dialect.of(product);
        } catch (SQLException e) {
            close();
            throw Failed.of(e);
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
        try (var borrowed = BorrowedConnection.of(source, dialect, patienceMillis)) {
            return work.with(new Sql(borrowed.connection(), dialect));
        } catch (SQLException e) {
            throw Failed.of(e);
        }
    }

    @Override
    public <T> T inTransaction(Work<T> work) {
        try (var borrowed = BorrowedConnection.of(source, dialect, patienceMillis)) {
            return Transaction.run(borrowed.connection(), dialect, work);
        } catch (SQLException e) {
            throw Failed.of(e);
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
