package io.github.camelhh1.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.jdbc.Postgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes with one ledger at a service that has tasks; one or both are killed at random moments. A photo is delivered to
 * one of them or to both. {@code -Dhh1.crash.kills} and {@code -Dhh1.crash.seed} as for {@link RandomKillsTest}.
 */
@Tag("crash")
class TaskRandomKillsTest {
    private static final int KILLS = Integer.getInteger("hh1.crash.kills", 20);
    private static final long SEED = Long.getLong("hh1.crash.seed", System.nanoTime());
    private static final int KILLS_PER_JUDGMENT = 50;
    private static final Duration GENERATION = Duration.ofMillis(1200);
    /** Long enough for a node that waits for a processor on a busy machine. */
    private static final Duration LEASE = Duration.ofSeconds(5);

    @TempDir
    Path root;

    private final Map<String, Referee> referees = new TreeMap<>();
    private final Map<String, Integer> found = new TreeMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private TwoNodes nodes;
    private RandomLives lives;
    private LedgerSession ledger;

    @Test
    void nothingIsPaidTwiceOrLostAndOnlyLostAnswersToCreatesAreHeld() {
        long begun = System.nanoTime();
        nodes = new TwoNodes(root, Postgres.freshUrl(), LEASE);
        try (MeterProcess meter = MeterProcess.start(root, GENERATION);
                LedgerSession read = Ledgers.of(nodes.ledger()).open();
                RandomLives started =
                        new RandomLives(nodes, new Random(SEED), node -> nodes.orders(node, meter, true))) {
            ledger = read;
            lives = started;
            lives.measure(photo -> {});
            int kills = 0;
            while (kills < KILLS) {
                kills += killsUntilJudged(meter, Math.min(KILLS_PER_JUDGMENT, KILLS - kills));
            }
        } catch (AssertionError e) {
            throw new AssertionError("With -Dhh1.crash.seed=" + SEED + ": " + e.getMessage(), e);
        }
        System.out.printf(
                "Crash tests of tasks, two nodes with PostgreSQL: %d kills in %d s (seed %d): %d photos, 0 double, 0 lost; %s;"
                        + " at the kills: %s%n",
                KILLS, Duration.ofNanos(System.nanoTime() - begun).toSeconds(), SEED, lives.dropped(), counts, found);
        assertThat(found).as("runs that kills found").containsKey("SENT with its task");
    }

    private int killsUntilJudged(MeterProcess meter, int most) {
        RandomLives.NODES.forEach(node -> referees.put(node, new Referee(nodes.folder(node))));
        int kills = 0;
        while (kills < most) {
            lives.drop(photo -> {});
            lives.live();
            kills += lives.kill(most - kills);
            List<String> charges = meter.charges();
            LedgerSnapshot books = LedgerSnapshot.of(ledger);
            referees.values().forEach(referee -> referee.afterKill(charges, books));
            count(books);
        }
        lives.live();
        lives.awaitNothingLeft();
        lives.stop();
        judge(meter);
        lives.forget();
        meter.renew();
        return kills;
    }

    private void count(LedgerSnapshot books) {
        LedgerSnapshot open = books.only(lives.waiting());
        open.runs()
                .forEach((photo, run) ->
                        found.merge(run.state() + (open.task(photo) == null ? "" : " with its task"), 1, Integer::sum));
    }

    private void judge(MeterProcess meter) {
        List<String> charges = meter.charges();
        LedgerSnapshot books = LedgerSnapshot.of(ledger);
        RandomLives.NODES.forEach(node -> {
            Set<String> own = lives.photos(node);
            referees.get(node)
                    .atTheEnd(own, charges.stream().filter(own::contains).toList(), books);
        });
        List<String> created = meter.requests();
        assertThat(created).as("creates").doesNotHaveDuplicates();
        LedgerSnapshot judged = books.only(lives.photos());
        Collection<String> held = judged.in(RunState.UNKNOWN);
        add("charges", charges.size());
        add("creates", created.size());
        add("done", judged.in(RunState.COMPLETED).size());
        add(
                "held, the answer to their create lost",
                held.stream().filter(created::contains).count());
        add(
                "held, their create never arrived",
                held.stream().filter(photo -> !created.contains(photo)).count());
    }

    private void add(String what, long many) {
        counts.merge(what, (int) many, Integer::sum);
    }
}
