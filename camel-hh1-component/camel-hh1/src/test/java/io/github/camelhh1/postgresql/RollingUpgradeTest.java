package io.github.camelhh1.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.jdbc.Postgres;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A node of the previous ledger format and one of this format meet at one database. The previous one is played by the
 * statements of its version: it has sent one request and claimed another.
 */
class RollingUpgradeTest {
    private static final String CLAIM =
            "insert into hh1_run (run_id, account, model, run_key, fingerprint, video_file_name,"
                    + " state, owner, claim_number, version, attempt, paid_attempts, created_at) values ('%s', 'account1', 'model',"
                    + " 'key %1$s', 'print', 'a.mp4', 'CLAIMED', 'elder', 1, 1, 0, 0, 1000)";
    private static final String SEND =
            "update hh1_run set version = version + 1, sent_at = 1000, attempt = 1, paid_attempts = 1,"
                    + " state = 'SENT' where run_id = '%s' and owner = 'elder' and version = 1"
                    + " and exists (select 1 from hh1_owner o where o.owner = hh1_run.owner)";
    private static final String COMPLETE =
            "update hh1_run set version = version + 1, state = 'COMPLETED', settled_at = 2000,"
                    + " handed_at = 2000, video_url = 'https://v.example/1.mp4', service_state = 'Completed', elapsed_millis = 7"
                    + " where run_id = 'sent' and owner = 'elder' and version = 2 and state = 'SENT'";
    private static final String RENEW = "update hh1_owner set lease_until = 99999999999999 where owner = 'elder'";
    private static final String BEGIN =
            "insert into hh1_owner (owner, format, lease_until, renewed_at) values ('elder', 4, 99999999999999, 1000)";

    private String url;

    @BeforeEach
    void anOldNodeIsAtWork() throws Exception {
        url = Postgres.freshUrl();
        old(script("schema-of-2.sql"));
        old(script("schema-3.sql"));
        old(script("schema-4.sql"));
        old(BEGIN);
        old(CLAIM.formatted("sent"));
        assertThat(old(SEND.formatted("sent"))).isOne();
        old(CLAIM.formatted("claimed"));
    }

    private static String script(String name) throws Exception {
        try (InputStream in = Ledger.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private int old(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement made = connection.createStatement()) {
            made.execute(statement);
            return made.getUpdateCount();
        }
    }

    private int version() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement made = connection.createStatement();
                ResultSet row = made.executeQuery("select max(version) from hh1_schema")) {
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    void theNewNodeIsRefusedWhileTheOldOneWorksAndStartsWhenItHasStopped() throws Exception {
        assertThatThrownBy(() -> Ledgers.of(url).open())
                .isInstanceOf(LedgerException.class)
                .hasMessage(
                        "its tables are of version 4, and 1 component(s) of an older version are at work with them, which"
                                + " cannot work beside this one: first stop them all, then start this one; one that was killed"
                                + " counts as stopped after 30 s. Nothing was changed");
        assertThat(version()).isEqualTo(4);
        assertThat(old(COMPLETE)).as("what the old node goes on with").isOne();

        old("delete from hh1_run where run_id = 'claimed'");
        old("delete from hh1_owner where owner = 'elder'");
        try (LedgerSession session = Ledgers.of(url).open()) {
            assertThat(version()).isEqualTo(5);
            assertThat(session.claim(EveryStep.asked("sent"), 1))
                    .isInstanceOfSatisfying(Claiming.NotClaimed.class, answer -> assertThat(answer.reason())
                            .isEqualTo(Claiming.Reason.COMPLETED));
        }
    }

    /** It was paused for longer than its lease. Its sent run is held. Its claimed run is sent by the new node only. */
    @Test
    void anOldNodeThatWakesUpAfterwardsSendsNothingAndDoesNotComeBack() throws Exception {
        old("update hh1_owner set lease_until = 1");
        try (LedgerSession session = Ledgers.of(url).open()) {
            assertThat(old(RENEW)).as("renewals").isZero();
            assertThat(old(SEND.formatted("claimed"))).as("what it may send").isZero();
            assertThatThrownBy(() -> old(BEGIN)).hasMessageContaining("hh1_stop_components_before_version_5");

            assertThat(session.recover()).extracting(Run::runId).containsExactly("sent");
            assertThat(session.claim(EveryStep.asked("sent"), 1)).isInstanceOf(Claiming.NotClaimed.class);
            Claiming claiming = session.claim(EveryStep.asked("claimed"), 1);
            assertThat(session.sent(((Claiming.Claimed) claiming).claim(), null))
                    .isPresent();
            assertThat(old(COMPLETE))
                    .as("its late result, which needs the version of its row")
                    .isZero();
            assertThat(session.find("sent").orElseThrow().state()).isEqualTo(RunState.UNKNOWN);
        }
    }

    /** Its own check says so, of any version: it reads the same table. */
    @Test
    void anOldNodeThatStartsAfterwardsFindsANewerVersion() throws Exception {
        old("delete from hh1_owner");
        Ledgers.of(url).open().close();
        old("insert into hh1_schema (version) values (6)");
        assertThatThrownBy(() -> Ledgers.of(url).open())
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining(
                        "its tables are of version 6 and this component knows version 5: a newer component has"
                                + " changed them, beside which no older one works. Start the newer component in place of this one");
    }
}
