package io.github.camelhh1.ledger.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection at work: statements with their parameters, in the order they stand. */
public final class Sql {

    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final Connection connection;
    private final Dialect dialect;

    public Sql(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    /** Locks the rows that a select finds, where selects do not lock the database anyhow. */
    String forUpdate() {
        return dialect.forUpdate();
    }

    /** How many rows it changed. In the text, {@code :now} stands for the database's clock. */
    public int update(String text, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepared(text, parameters)) {
            return statement.executeUpdate();
        }
    }

    /** The same where another may do it at the same moment: a row or table that is there already changes nothing. */
    int insertIfAbsent(String text, @Nullable Object... parameters) throws SQLException {
        try {
            return update(text, parameters);
        } catch (SQLException e) {
            if (dialect.isDuplicate(e)) {
                return 0;
            }
            throw e;
        }
    }

    public <T> List<T> select(Row<T> reader, String text, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepared(text, parameters);
                ResultSet rows = statement.executeQuery()) {
            var all = new ArrayList<T>();
            while (rows.next()) {
                all.add(reader.read(rows));
            }
            return all;
        }
    }

    private PreparedStatement prepared(String text, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text.replace(":now", dialect.now()));
        try {
            for (int i = 0; i < parameters.length; i++) {
                set(statement, i + 1, parameters[i]);
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    private static void set(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.NULL);
        } else if (value instanceof Number number) {
            statement.setLong(index, number.longValue());
        } else {
            statement.setString(index, value.toString());
        }
    }
}
