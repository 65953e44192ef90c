package io.github.camelhh1.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.jdbc.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes with one ledger at Cloudflare, whose gateway keeps a row for each call. Nodes are killed at random moments and
 * answers are cut at random bytes. Every call that arrived gets its video without a person: its exchange gets it, a
 * repeated photo, or {@code hh1:recovered}. {@code -Dhh1.crash.kills} and {@code -Dhh1.crash.seed} as for {@link RandomKillsTest}.
 */
@Tag("crash")
class LookupRandomKillsTest {
    private static final int KILLS = Integer.getInteger("hh1.crash.kills", 8);
    private static final long SEED = Long.getLong("hh1.crash.seed", System.nanoTime());
    private static final int KILLS_PER_JUDGMENT = 50;
    private static final int CUTS_IN_TEN = 4;
    /** A body with its link is longer. */
    private static final int ANSWER_BYTES = 70;

    private static final Duration GENERATION = Duration.ofMillis(400);
    private static final Duration ROWS_AFTER = Duration.ofSeconds(3);
    private static final Duration LEASE = Duration.ofSeconds(5);
    /** Twice what a run may take; the printed figure shows what it took. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @TempDir
    Path root;

    private final Random random = new Random(SEED);
    private final Map<String, Referee> referees = new TreeMap<>();
    private final Map<String, Integer> found = new TreeMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final Set<String> sentWhenKilled = new HashSet<>();
    private Duration longest = Duration.ZERO;
    private Duration longestAlive = Duration.ZERO;
    private Instant lastKill = Instant.EPOCH;
    private TwoNodes nodes;
    private RandomLives lives;
    private LedgerSession ledger;

    @Test
    void everyCallThatArrivedGetsItsVideoOnceAndWithoutAPerson() {
        long begun = System.nanoTime();
        nodes = new TwoNodes(root, Postgres.freshUrl(), LEASE);
        try (MeterProcess meter = MeterProcess.start(root, GENERATION);
                LedgerSession read = Ledgers.of(nodes.ledger()).open();
                RandomLives started = new RandomLives(
                        nodes, random, node -> nodes.orders(node, meter, false).lookingUp())) {
            meter.rowsAfter(ROWS_AFTER);
            ledger = read;
            lives = started;
            lives.measure(photo -> meter.ownVideo(photo, -1));
            int kills = 0;
            while (kills < KILLS) {
                kills += killsUntilJudged(meter, Math.min(KILLS_PER_JUDGMENT, KILLS - kills));
            }
        } catch (AssertionError e) {
            throw new AssertionError("With -Dhh1.crash.seed=" + SEED + ": " + e.getMessage(), e);
        }
        System.out.printf(
                "Crash tests of look-ups, two nodes with PostgreSQL: %d kills in %d s (seed %d): %d photos, 0 double, 0 lost;"
                        + " %s; the longest to a look-up's outcome: %d s since sending, %d s since the last kill; at the kills: %s%n",
                KILLS,
                Duration.ofNanos(System.nanoTime() - begun).toSeconds(),
                SEED,
                lives.dropped(),
                counts,
                longest.toSeconds(),
                longestAlive.toSeconds(),
                found);
        assertThat(counts).as("photos by their way to a video").containsKey("found by a look-up");
    }

    private int killsUntilJudged(MeterProcess meter, int most) {
        RandomLives.NODES.forEach(node -> referees.put(node, new Referee(nodes.folder(node))));
        sentWhenKilled.clear();
        int kills = 0;
        while (kills < most) {
            lives.drop(photo -> {
                boolean cut = random.nextInt(10) < CUTS_IN_TEN;
                meter.ownVideo(photo, cut ? random.nextInt(ANSWER_BYTES) : -1);
                add("cut answers", cut);
            });
            lives.live();
            kills += lives.kill(most - kills);
            lastKill = Instant.now();
            List<String> charges = meter.charges();
            LedgerSnapshot books = LedgerSnapshot.of(ledger);
            referees.values().forEach(referee -> referee.afterKill(charges, books));
            sentWhenKilled.addAll(books.in(RunState.SENT));
            books.only(lives.waiting())
                    .runs()
                    .values()
                    .forEach(run -> found.merge(run.state().name(), 1, Integer::sum));
        }
        lives.live();
        await("each call that arrived has its video in a folder")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    lives.awaitNothingLeft();
                    LedgerSnapshot books = LedgerSnapshot.of(ledger);
                    List<String> arrived = meter.requests();
                    assertThat(books.in(RunState.COMPLETED)).containsAll(arrived);
                    assertThat(arrived).allMatch(photo -> hasWholeVideo(photo, books));
                });
        lives.stop();
        judge(meter);
        lives.forget();
        meter.renew();
        return kills;
    }

    private void judge(MeterProcess meter) {
        List<String> charges = meter.charges();
        List<String> arrived = meter.requests();
        LedgerSnapshot books = LedgerSnapshot.of(ledger);
        var verdict = new SoftAssertions();
        verdict.assertThat(charges).as("charges").doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(arrived);
        verdict.assertThat(arrived).as("requests").doesNotHaveDuplicates();
        for (String photo : lives.photos()) {
            Run run = books.runs().get(photo);
            if (arrived.contains(photo)) {
                verdict.assertThat(run.state()).as("run of %s", photo).isEqualTo(RunState.COMPLETED);
                verdict.assertThat(run.completion().videoUrl())
                        .as("video of %s", photo)
                        .endsWith("/" + photo + PhotoFolder.VIDEO);
                count(photo, run);
            } else {
                verdict.assertThat(run.state())
                        .as("run of %s, whose call did not arrive", photo)
                        .isEqualTo(RunState.UNKNOWN);
                verdict.assertThat(sentWhenKilled).as("sent when killed").contains(photo);
                add("held, their call did not arrive", true);
            }
        }
        verdict.assertAll();
    }

    private void count(String photo, Run run) {
        boolean emitted = Files.exists(emitted(run));
        boolean filed =
                RandomLives.NODES.stream().anyMatch(node -> nodes.done(node).contains(photo));
        boolean recovered = run.completion().recovered();
        add("answered", !recovered);
        add("found by a look-up", recovered);
        add("emitted by hh1:recovered", emitted);
        add("given to their exchange or a repeated photo", filed);
        add("both", emitted && filed);
        if (recovered) {
            longest = longer(longest, run.sentAt(), run);
            longestAlive = longer(longestAlive, lastKill, run);
        }
    }

    private static Duration longer(Duration longest, Instant since, Run run) {
        Duration took = Duration.between(since, run.settledAt());
        return took.compareTo(longest) > 0 ? took : longest;
    }

    private Path emitted(Run run) {
        return DriverRoute.recovered(nodes.folder("a")).resolve(run.runId() + PhotoFolder.VIDEO);
    }

    private boolean hasWholeVideo(String photo, LedgerSnapshot books) {
        Path emitted = emitted(books.runs().get(photo));
        return Files.exists(emitted)
                ? Referee.isWhole(emitted)
                : RandomLives.NODES.stream().anyMatch(node -> nodes.done(node).contains(photo));
    }

    private void add(String what, boolean one) {
        counts.merge(what, one ? 1 : 0, Integer::sum);
    }
}
