package io.github.camelhh1.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.jdbc.Postgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
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
    private static final int PHOTOS_PER_KILL = 4;
    private static final int LONGEST_LIFE_MILLIS = 700;
    private static final Duration GENERATION = Duration.ofMillis(400);
    /** Long enough for a node that waits for a processor on a busy machine. */
    private static final Duration LEASE = Duration.ofSeconds(5);

    private static final List<String> NODES = List.of("a", "b");

    @TempDir
    Path root;

    private final Random random = new Random(SEED);
    private final Map<String, Driver> alive = new HashMap<>();
    private final Map<String, Set<String>> photos = new TreeMap<>();
    private final Map<String, Referee> referees = new TreeMap<>();
    private final Map<String, Integer> found = new TreeMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private TwoNodes nodes;
    private LedgerSession ledger;
    private int dropped;

    @AfterEach
    void killTheRest() {
        alive.values().forEach(Driver::close);
    }

    @Test
    void nothingIsPaidTwiceOrLostAndOnlyLostAnswersToCreatesAreHeld() {
        long begun = System.nanoTime();
        nodes = new TwoNodes(root, Postgres.freshUrl(), LEASE);
        try (MeterProcess meter = MeterProcess.start(root, GENERATION);
                LedgerSession read = Ledgers.of(nodes.ledger()).open()) {
            ledger = read;
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
                KILLS, Duration.ofNanos(System.nanoTime() - begun).toSeconds(), SEED, dropped, counts, found);
        assertThat(found).as("runs that kills found").containsKey("SENT with its task");
    }

    private int killsUntilJudged(MeterProcess meter, int most) {
        NODES.forEach(node -> {
            photos.put(node, new HashSet<>());
            referees.put(node, new Referee(nodes.folder(node)));
        });
        int kills = 0;
        while (kills < most) {
            drop();
            NODES.forEach(node -> live(node, meter));
            kills += kill(most - kills);
            List<String> charges = meter.charges();
            LedgerSnapshot books = LedgerSnapshot.of(ledger);
            referees.values().forEach(referee -> referee.afterKill(charges, books));
            count(books);
        }
        NODES.forEach(node -> live(node, meter));
        NODES.forEach(node -> alive.get(node).awaitNothingLeft());
        NODES.forEach(node -> alive.remove(node).jvm().stop());
        judge(meter);
        NODES.forEach(node -> nodes.folder(node).clear());
        meter.renew();
        return kills;
    }

    private void drop() {
        for (int i = 0; i < PHOTOS_PER_KILL; i++) {
            String photo = "photo" + dropped++;
            int to = random.nextInt(3);
            for (String node : to == 2 ? NODES : List.of(NODES.get(to))) {
                nodes.folder(node).drop(photo);
                photos.get(node).add(photo);
            }
        }
    }

    /** Mostly it has begun to work; at times it still starts, and looks after what dead ones left behind. */
    private void live(String node, MeterProcess meter) {
        if (alive.containsKey(node)) {
            return;
        }
        Driver driver = Driver.start(nodes.orders(node, meter, true));
        alive.put(node, driver);
        if (random.nextInt(5) == 0) {
            driver.awaitStarting();
        } else {
            driver.awaitRunning();
        }
    }

    /** One, or at times both at once. */
    private int kill(int most) {
        List<String> victims = most > 1 && random.nextInt(6) == 0 ? NODES : List.of(NODES.get(random.nextInt(2)));
        Duration life = Duration.ofMillis(random.nextInt(LONGEST_LIFE_MILLIS));
        Driver first = alive.get(victims.get(0));
        assertThat(first.jvm().endsWithin(life)).as("ended by itself").isFalse();
        victims.forEach(node -> alive.remove(node).jvm().kill());
        return victims.size();
    }

    private void count(LedgerSnapshot books) {
        Set<String> waiting = NODES.stream()
                .flatMap(node -> PhotoFolder.names(nodes.folder(node).in(), PhotoFolder.PHOTO).stream())
                .collect(Collectors.toSet());
        LedgerSnapshot open = books.only(waiting);
        open.runs()
                .forEach((photo, run) ->
                        found.merge(run.state() + (open.task(photo) == null ? "" : " with its task"), 1, Integer::sum));
    }

    private void judge(MeterProcess meter) {
        List<String> charges = meter.charges();
        LedgerSnapshot books = LedgerSnapshot.of(ledger);
        NODES.forEach(node -> {
            Set<String> own = photos.get(node);
            referees.get(node)
                    .atTheEnd(own, charges.stream().filter(own::contains).toList(), books);
        });
        List<String> created = meter.requests();
        assertThat(created).as("creates").doesNotHaveDuplicates();
        LedgerSnapshot judged = books.only(all());
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

    private Collection<String> all() {
        return photos.values().stream().flatMap(Collection::stream).collect(Collectors.toSet());
    }

    private void add(String what, long many) {
        counts.merge(what, (int) many, Integer::sum);
    }
}
