package io.github.camelhh1.examples.fleet.worker;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Checks that the worker can log in to the database. */
record LedgerCheck(DataSource ledger) {
    private static final String WRONG_LOGIN = "28";
    private static final String NO_DATABASE = "3D";

    /** A database that is away comes back by itself, and the worker is started again; a wrong password stays wrong. */
    List<String> problems() {
        try (Connection connection = ledger.getConnection()) {
            connection.isValid(1);
            return List.of();
        } catch (SQLException e) {
            String state = e.getCause() instanceof SQLException cause ? cause.getSQLState() : e.getSQLState();
            if (state != null && state.startsWith(WRONG_LOGIN)) {
                return List.of("FLEET_LEDGER_USER and FLEET_LEDGER_PASSWORD are refused by the database");
            } else if (state != null && state.startsWith(NO_DATABASE)) {
                return List.of("FLEET_LEDGER names a database that does not exist");
            }
            return List.of();
        }
    }
}
