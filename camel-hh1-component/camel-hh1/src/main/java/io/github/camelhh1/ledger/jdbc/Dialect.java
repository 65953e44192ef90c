package io.github.camelhh1.ledger.jdbc;

import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.text.CleanText;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Set;

/** All in which the databases differ. */
public enum Dialect {
    SQLITE("cast(unixepoch('subsec') * 1000 as integer)") {
        @Override
        boolean isDuplicate(SQLException e) {
            // Its number is that of every broken constraint.
            return String.valueOf(e.getMessage()).contains("UNIQUE constraint failed")
                    || String.valueOf(e.getMessage()).contains("duplicate column name");
        }

        /** At once for writing: one that began by reading would fail, not wait, when another wrote meanwhile. */
        @Override
        void begin(Connection connection) throws SQLException {
            execute(connection, "begin immediate");
        }

        @Override
        void commit(Connection connection) throws SQLException {
            execute(connection, "commit");
        }

        @Override
        void rollback(Connection connection) throws SQLException {
            execute(connection, "rollback");
        }

        /** {@code begin immediate} has locked all. */
        @Override
        String forUpdate() {
            return "";
        }
    },

    /** PostgreSQL, H2. */
    SERVER("cast(extract(epoch from current_timestamp) * 1000 as bigint)");

    private static final Set<String> DUPLICATES = Set.of("23505", "42P07", "42710", "42S01", "42701", "42S21");

    private final String now;

    Dialect(String now) {
        this.now = now;
    }

    public static String product(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
    }

    public static Dialect of(String product) {
        if (product.contains("sqlite")) {
            return SQLITE;
        } else if (product.equals("postgresql") || product.equals("h2")) {
            return SERVER;
        }
        throw new LedgerException(
                "a ledger is kept in PostgreSQL, H2 or SQLite, and this database says it is " + CleanText.of(product)
                        + "; nothing was written",
                null);
    }

    /** Milliseconds since 1970 by the database's clock. */
    String now() {
        return now;
    }

    /** Also of a table or a column: to PostgreSQL its name, its type and its row of the catalog may each be there first. */
    boolean isDuplicate(SQLException e) {
        return DUPLICATES.contains(String.valueOf(e.getSQLState()));
    }

    /** Ends a select that locks the rows it finds. */
    String forUpdate() {
        return " for update";
    }

    void begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
    }

    void commit(Connection connection) throws SQLException {
        connection.commit();
        connection.setAutoCommit(true);
    }

    void rollback(Connection connection) throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
    }

    private static void execute(Connection connection, String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }
}
