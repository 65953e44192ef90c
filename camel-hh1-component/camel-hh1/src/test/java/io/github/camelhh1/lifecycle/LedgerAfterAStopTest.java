package io.github.camelhh1.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelhh1.StartedParts;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.wiring.ComponentParts;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A producer that is being built has the parts of its component, which is stopped meanwhile, and needs the ledger next. */
class LedgerAfterAStopTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    @TempDir
    private Path directory;

    /** An owner whose lease is renewed for ever: nobody recovers its runs. */
    private int owners(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from hh1_owner")) {
            return rows.getInt(1);
        }
    }

    @Test
    void aLedgerThatIsFirstNeededAfterTheStopOfTheComponentIsNotOpened() throws SQLException {
        String url = "jdbc:sqlite:" + directory.resolve("hh1.db");
        CAMEL.restart(component -> component.setLedger(Ledgers.of(url)));
        ComponentParts parts = StartedParts.of(CAMEL.component());
        parts.books();
        CAMEL.restart(component -> {});
        parts = StartedParts.of(CAMEL.component());
        CAMEL.component().stop();

        Throwable refusal = catchThrowable(parts::books);

        assertThat(owners(url)).isZero();
        assertThat(refusal).isInstanceOf(LedgerException.class).hasMessageContaining("stopped");
    }
}
