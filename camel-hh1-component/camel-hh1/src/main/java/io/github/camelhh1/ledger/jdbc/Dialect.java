package io.github.camelhh1.ledger.jdbc;

import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.text.CleanText;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;

/** The differences between the databases. */
enum Dialect {
    SQLITE,
    H2,
    POSTGRESQL;

    private static final Set<String> DUPLICATES = Set.of("23505", "42P07", "42710", "42S01", "42701", "42S21", "90045");

    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
        for (Dialect dialect : values()) {
            if (product.equals(dialect.name().toLowerCase(Locale.ROOT))) {
                return dialect;
            }
        }
        throw new LedgerException(
                "a ledger is kept in PostgreSQL, H2 or SQLite, and this database says it is " + CleanText.of(product)
                        + "; nothing was written",
                null);
    }

    /** Milliseconds since 1970 by the database's clock. */
    String now() {
        return this == SQLITE
                ? "cast(unixepoch('subsec') * 1000 as integer)"
                : "cast(extract(epoch from current_timestamp) * 1000 as bigint)";
    }

    /**
     * Also of a table or a column. PostgreSQL reports the table's name, its type or its row of the catalog; SQLite uses
     * one error code for every broken constraint.
     */
    boolean isDuplicate(SQLException e) {
        String message = String.valueOf(e.getMessage());
        return this == SQLITE
                ? message.contains("UNIQUE constraint failed") || message.contains("duplicate column name")
                : DUPLICATES.contains(String.valueOf(e.getSQLState()));
    }

    /** A condition: the parameter is a part of the column's text, letter by letter, and no pattern. */
    String isPartOf(String column) {
        return this == SQLITE ? "instr(" + column + ", ?) > 0" : "position(? in " + column + ") > 0";
    }

    /** Ends a select that locks the rows it finds. A transaction of SQLite has locked all. */
    String forUpdate() {
        return this == SQLITE ? "" : " for update";
    }
}
