package io.github.camelhh1.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelhh1.ledger.Amount;
import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerContract;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.LedgerSession.Reserving;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that do anything at random with a few runs at once, and die: the books are right at the end. */
class ManyNodesTest {
    private static final Amount FIVE = new Amount(5, new BigDecimal("0.70"));
    private static final Caps NO_CAPS = new Caps(null, null);
    private static final Duration LEASE = Duration.ofMillis(400);
    private static final int NODES = 6;
    /** Of each node. */
    private static final int STEPS = Integer.getInteger("hh1.many.steps", 60);
    /** That are worked on at once. */
    private static final int KEYS = 12;

    private final AtomicInteger refused = new AtomicInteger();

    @TempDir
    Path directory;

    @Test
    void inPostgres() throws Exception {
        try (HikariDataSource pool = Postgres.pool()) {
            Postgres.dropTables(pool);
            balances(Ledgers.jdbc(pool, LEASE));
        }
    }

    @Test
    void inH2() throws Exception {
        var pool = JdbcConnectionPool.create("jdbc:h2:mem:many;DB_CLOSE_DELAY=60", "", "");
        balances(Ledgers.jdbc(pool, LEASE));
        pool.dispose();
    }

    @Test
    void inSqlite() throws Exception {
        balances(Ledgers.of("jdbc:sqlite:" + directory.resolve("hh1.db")));
    }

    @Test
    void inMemory() throws Exception {
        balances(Ledgers.memory());
    }

    private void balances(Ledger ledger) throws Exception {
        try (LedgerSession session = ledger.open()) {
            LocalDate begin = session.today();
            LedgerContract.inParallel(NODES, number -> new Node(ledger, new Random()).work());
            await().atMost(LedgerContract.LIMIT).until(() -> {
                session.renew();
                session.recover();
                return session.count(Run.Filter.of(RunState.SENT)) + session.count(Run.Filter.of(RunState.CLAIMED))
                        == 0;
            });
            List<Run> runs = session.runs(null, 1000, 0);
            long completed = runs.stream()
                    .filter(run -> run.state() == RunState.COMPLETED)
                    .count();
            long unknown =
                    runs.stream().filter(run -> run.state() == RunState.UNKNOWN).count();
            assertThat(refused).as("reservations that no cap refuses").hasValue(0);
            List<Amount.Spending> days = Stream.of(begin, session.today())
                    .distinct()
                    .map(day -> session.spending("account", day))
                    .toList();
            assertThat(days.stream().mapToLong(day -> day.spent().seconds()).sum())
                    .isEqualTo(5 * completed);
            assertThat(days.stream().mapToLong(day -> day.reserved().seconds()).sum())
                    .isEqualTo(5 * unknown);
        }
    }

    private final class Node {
        private final Ledger ledger;
        private final Random random;
        private LedgerSession session;
        private final List<Attempt> attempts = new ArrayList<>();

        Node(Ledger ledger, Random random) {
            this.ledger = ledger;
            this.random = random;
            this.session = ledger.open();
        }

        void work() {
            for (int step = 0; step < STEPS; step++) {
                int draw = random.nextInt(100);
                if (draw < 50) {
                    deliver(key(step));
                } else if (draw < 75 && !attempts.isEmpty()) {
                    settle(attempts.get(random.nextInt(attempts.size())));
                } else if (draw < 82) {
                    session.recover();
                } else if (draw < 88) {
                    session.renew();
                } else if (draw < 91) {
                    session.adopt(key(step), "https://v.example/2.mp4");
                } else if (draw < 94) {
                    pause(200 + random.nextInt(500));
                } else if (draw < 97) {
                    die();
                    session = ledger.open();
                } else {
                    session.spending("account", session.today());
                }
            }
            for (Attempt attempt : attempts) {
                settle(attempt);
            }
            die();
        }

        /** Of a few that all nodes work on now. */
        private String key(int step) {
            return "run-" + (step / 20 * 4 + random.nextInt(KEYS));
        }

        /** Its lease runs out, where it has one. */
        private void die() {
            if (session.lease().isZero() || random.nextBoolean()) {
                session.close();
            }
        }

        private void pause(int millis) {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private void deliver(String id) {
            Claiming claiming = session.claim(LedgerContract.run(id), 1);
            if (!(claiming instanceof Claiming.Claimed claimed)) {
                return;
            }
            Claim claim = claimed.claim();
            if (random.nextInt(10) == 0) {
                return;
            }
            Reserving reserving = session.reserve(claim, FIVE, NO_CAPS);
            if (reserving instanceof Reserving.Refused) {
                refused.incrementAndGet();
            }
            if (!(reserving instanceof Reserving.Reserved)) {
                return;
            }
            if (random.nextInt(6) == 0) {
                session.release(claim);
                return;
            }
            session.sent(claim, null, "name").ifPresent(attempts::add);
        }

        private void settle(Attempt attempt) {
            switch (random.nextInt(6)) {
                case 0 -> session.complete(attempt, LedgerContract.ANSWER);
                case 1, 2, 3 -> session.reject(attempt, LedgerContract.SILENCE);
                case 4 -> session.unknown(attempt, LedgerContract.SILENCE);
                default -> session.abandon(attempt.claim(), LedgerContract.SILENCE);
            }
        }
    }
}
