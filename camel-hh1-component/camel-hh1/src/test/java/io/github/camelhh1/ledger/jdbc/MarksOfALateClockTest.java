package io.github.camelhh1.ledger.jdbc;

import static io.github.camelhh1.ledger.LedgerContract.ANSWER;
import static io.github.camelhh1.ledger.LedgerContract.SILENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.Emission;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerContract;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.LookupPlace;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.memory.MemoryLedger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Row 33: the ledger's clock was a day ahead for a moment, and was set right. What was written meanwhile holds nothing back
 * for a day: a video's link lasts no longer.
 */
class MarksOfALateClockTest {
    private static final Duration MINUTES = Duration.ofMinutes(15);
    private static final Duration DAY = Duration.ofDays(1);
    private static final LookupPlace HERE = LookupPlace.of("account", "default");

    enum Kind {
        MEMORY,
        H2
    }

    @TempDir
    private Path directory;

    private final AtomicReference<UnaryOperator<Clock>> shift = new AtomicReference<>(clock -> clock);
    private final JdbcDataSource source = new JdbcDataSource();

    private Ledger ledger(Kind kind) {
        source.setURL("jdbc:h2:file:" + directory.resolve("hh1"));
        return kind == Kind.H2
                ? Ledgers.jdbc(source, Duration.ofMinutes(1))
                : new MemoryLedger(() -> shift.get().apply(Clock.systemUTC()).instant(), Duration.ZERO, 100);
    }

    /** What the work writes, it writes while the clock is a day ahead. */
    private void ahead(Kind kind, Runnable work, String... columns) throws SQLException {
        if (kind == Kind.MEMORY) {
            shift.set(clock -> Clock.offset(clock, DAY));
        }
        work.run();
        shift.set(clock -> clock);
        if (kind == Kind.H2) {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                for (String column : columns) {
                    statement.execute("update hh1_run set " + column + " = " + column + " + " + DAY.toMillis());
                }
            }
        }
    }

    private static Attempt sent(LedgerSession session) {
        return session.sent(LedgerContract.claimed(session, "a"), null, "name-1")
                .orElseThrow();
    }

    private static Emission emitted(LedgerSession session, Duration after) {
        var filter = new Emission.Filter(RunState.COMPLETED, after, null);
        var emissions = session.emit(filter, 9);
        assertThat(emissions).extracting(emission -> emission.run().runId()).containsExactly("a");
        return emissions.get(0);
    }

    @ParameterizedTest
    @EnumSource
    void aVideoThatWasFoundMeanwhileIsHandedOnToday(Kind kind) throws SQLException {
        try (LedgerSession session = ledger(kind).open()) {
            Attempt attempt = sent(session);
            ahead(kind, () -> session.complete(attempt, ANSWER, false), "settled_at");

            emitted(session, MINUTES);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aVideoThatADeliveryAskedForMeanwhileIsHandedOnToday(Kind kind) throws SQLException {
        try (LedgerSession session = ledger(kind).open()) {
            Attempt attempt = sent(session);
            ahead(kind, () -> session.claim(LedgerContract.run("a"), 1), "asked_at");
            session.complete(attempt, ANSWER, false);

            emitted(session, Duration.ZERO);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aVideoWhoseRouteFailedMeanwhileIsHandedOnToday(Kind kind) throws SQLException {
        try (LedgerSession session = ledger(kind).open()) {
            session.complete(sent(session), ANSWER, false);
            Emission emission = emitted(session, Duration.ZERO);
            ahead(kind, () -> session.ended(emission, MINUTES), "emit_until");

            emitted(session, Duration.ZERO);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatWasLookedUpMeanwhileIsLookedUpToday(Kind kind) throws SQLException {
        try (LedgerSession session = ledger(kind).open()) {
            session.unknown(sent(session), SILENCE);
            ahead(kind, () -> session.lookUp(HERE, DAY.plusDays(1), 9, age -> MINUTES), "look_at");

            assertThat(session.lookUp(HERE, DAY, 9, age -> MINUTES))
                    .extracting(Run::runId)
                    .containsExactly("a");
        }
    }
}
