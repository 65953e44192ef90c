package io.github.camelhh1.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.ledger.LedgerSession.Reserving;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A budget is for one day, by the database's clock. A reservation is given back to the day on which it was made. */
class BudgetDayTest {
    private static final Amount FIVE = new Amount(5, new BigDecimal("0.70"));
    private static final Caps CAPS = new Caps(5L, null);

    private final JdbcDataSource source = new JdbcDataSource();
    private LedgerSession session;
    private Claim yesterdays;
    private LocalDate today;
    private LocalDate yesterday;

    @BeforeEach
    void reserveYesterday() throws SQLException {
        source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=60");
        session = Ledgers.jdbc(source).open();
        yesterdays = LedgerContract.claimed(session, "yesterday's");
        today = ((Reserving.Reserved) session.reserve(yesterdays, FIVE, CAPS)).day();
        yesterday = today.minusDays(1);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("update hh1_budget set spent_day = '" + yesterday + "'");
            statement.execute("update hh1_run set reserved_day = '" + yesterday + "'");
        }
    }

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void isWholeAgainOnTheNextDay() {
        Claim other = LedgerContract.claimed(session, "today's");
        assertThat(session.reserve(other, FIVE, CAPS)).isEqualTo(new Reserving.Reserved(today));
        assertThat(session.spent("account", yesterday)).isEqualTo(FIVE);
        session.release(yesterdays);
        assertThat(session.spent("account", yesterday)).isEqualTo(Amount.NONE);
        assertThat(session.spent("account", today)).isEqualTo(FIVE);
    }

    @Test
    void isChargedOnTheDayOfTheLastReservation() {
        assertThat(session.reserve(yesterdays, FIVE, CAPS)).isEqualTo(new Reserving.Reserved(today));
        assertThat(session.spent("account", yesterday)).isEqualTo(Amount.NONE);
        assertThat(session.spent("account", today)).isEqualTo(FIVE);
    }

    @Test
    void keepsYesterdaysReservationWhenTodayIsUsedUp() {
        session.reserve(LedgerContract.claimed(session, "today's"), FIVE, CAPS);
        assertThat(session.reserve(yesterdays, FIVE, CAPS)).isEqualTo(new Reserving.Refused(today, FIVE));
        assertThat(session.spent("account", yesterday)).isEqualTo(FIVE);
    }
}
