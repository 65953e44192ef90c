package io.github.camelhh1.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections of a data source, borrowed for one piece of work each and given back as they were. */
final class PooledDatabase implements Database {
    private final DataSource source;
    private final Dialect dialect;
    private final @Nullable AutoCloseable own;

    /** {@code own} is closed with this one; a data source that the user made is the user's to close. */
    PooledDatabase(DataSource source, @Nullable AutoCloseable own) {
        this.source = source;
        this.own = own;
        try (Connection connection = source.getConnection()) {
            this.dialect = Dialect.of(connection);
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
    public <T> T run(Work<T> work) {
        try (var borrowed = BorrowedConnection.of(source, dialect)) {
            return work.with(new Sql(borrowed.connection(), dialect));
        } catch (SQLException e) {
            throw Failed.of(e);
        }
    }

    @Override
    public <T> T inTransaction(Work<T> work) {
        try (var borrowed = BorrowedConnection.of(source, dialect)) {
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
