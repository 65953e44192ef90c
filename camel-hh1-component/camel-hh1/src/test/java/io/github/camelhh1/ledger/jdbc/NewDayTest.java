package io.github.camelhh1.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.ledger.LedgerContract;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LedgerSession.Reserving;
import io.github.camelhh1.ledger.Ledgers;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The first reservations of a day, made by two nodes: a statement sees what the other node has committed since the last. */
class NewDayTest {
    private static final Amount FIVE = new Amount(5, new BigDecimal("0.70"));

    private final DataSource server = Postgres.server().getPostgresDatabase();

    @BeforeEach
    void empty() throws SQLException {
        Postgres.dropTables(server);
    }

    /** Connections that let another node change the budget between the statement that reserves and the one that reads. */
    private DataSource changedBeforeItIsRead(String change) {
        return (DataSource) around(DataSource.class, server, change);
    }

    private Object around(Class<?> type, Object target, String change) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            if (method.getName().equals("prepareStatement")
                    && arguments[0].toString().startsWith("select seconds, cost_micros from hh1_budget")) {
                execute(change);
            }
            try {
                Object result = method.invoke(target, arguments);
                return result instanceof Connection connection ? around(Connection.class, connection, change) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private void execute(String change) throws SQLException {
        try (Connection connection = server.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(change);
        }
    }

    @Test
    void aReservationIsNotRefusedWhileAnotherNodeMakesTheRowOfTheDay() {
        try (LedgerSession session = Ledgers.jdbc(changedBeforeItIsRead(
                        "insert into hh1_budget (account, spent_day, seconds, cost_micros) values ('account', '"
                                + today() + "', 0, 0) on conflict do nothing"))
                .open()) {
            Reserving reserving =
                    session.reserve(LedgerContract.claimed(session, "a"), FIVE, new Caps(60L, BigDecimal.TEN));

            assertThat(reserving).isInstanceOf(Reserving.Reserved.class);
        }
    }

    @Test
    void aReservationIsNotRefusedForAnAmountThatIsGivenBackMeanwhile() {
        try (LedgerSession other = Ledgers.jdbc(server).open()) {
            other.reserve(LedgerContract.claimed(other, "first"), FIVE, new Caps(5L, null));
        }
        try (LedgerSession session = Ledgers.jdbc(
                        changedBeforeItIsRead("update hh1_budget set seconds = 0, cost_micros = 0"))
                .open()) {
            Reserving reserving = session.reserve(LedgerContract.claimed(session, "a"), FIVE, new Caps(5L, null));

            assertThat(reserving).isInstanceOf(Reserving.Reserved.class);
        }
    }

    private String today() {
        try (LedgerSession session = Ledgers.jdbc(server).open()) {
            return session.today().toString();
        }
    }
}
