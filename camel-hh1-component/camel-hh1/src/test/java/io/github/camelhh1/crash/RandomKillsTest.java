package io.github.camelhh1.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.RunState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One ledger, one folder, and process after process that is killed at a random moment. How often, each
 * ledger: {@code -Dhh1.crash.kills}; the moments follow from {@code -Dhh1.crash.seed}.
 */
@Tag("crash")
class RandomKillsTest {
    private static final int KILLS = Integer.getInteger("hh1.crash.kills", 25);
    private static final long SEED = Long.getLong("hh1.crash.seed", System.nanoTime());
    private static final int PHOTOS_PER_LIFE = 12;
    private static final int KILLS_PER_JUDGMENT = 25;
    private static final Duration GENERATION = Duration.ofMillis(80);
    private static final Duration DRIP = Duration.ofMillis(15);
    private static final int DRIP_BYTES = 10_000;

    @TempDir
    Path root;

    private final Random random = new Random(SEED);
    private final List<String> photos = new ArrayList<>();
    private final Map<RunState, Integer> found = new EnumMap<>(RunState.class);
    private int dropped;
    private int done;
    private int held;
    private int charges;
    private int parts;

    private LedgerStorage kept;
    /** As long as a driver needs, on this machine, for all that lies there. */
    private int longestLifeMillis;

    @ParameterizedTest
    @EnumSource(
            value = LedgerStorage.class,
            names = {"SQLITE", "POSTGRESQL"})
    void nothingIsPaidTwiceOrLost(LedgerStorage ledger) {
        long begun = System.nanoTime();
        kept = ledger;
        kept.empty();
        PhotoFolder folder = PhotoFolder.in(root);
        try (MeterProcess meter = MeterProcess.start(root, GENERATION)) {
            longestLifeMillis = (int) wholeLife(folder, meter).toMillis();
            for (int kills = 0; kills < KILLS; kills += KILLS_PER_JUDGMENT) {
                rounds(folder, meter, Math.min(KILLS_PER_JUDGMENT, KILLS - kills));
            }
        } catch (AssertionError e) {
            throw new AssertionError("With -Dhh1.crash.seed=" + SEED + ": " + e.getMessage(), e);
        }
        System.out.println(summary(Duration.ofNanos(System.nanoTime() - begun)));
        assertThat(dropped).isEqualTo(done + held);
        assertThat(found.keySet()).as("runs that kills found").contains(RunState.SENT, RunState.COMPLETED);
    }

    private void rounds(PhotoFolder folder, MeterProcess meter, int kills) {
        var referee = new Referee(folder);
        for (int i = 0; i < kills; i++) {
            fill(folder);
            meter.dripVideos(PHOTOS_PER_LIFE, DRIP_BYTES, DRIP);
            liveAndDie(folder, meter);
            LedgerSnapshot books = referee.afterKill(meter.charges(), kept.left(folder))
                    .only(PhotoFolder.names(folder.in(), PhotoFolder.PHOTO));
            books.runs().values().forEach(run -> found.merge(run.state(), 1, Integer::sum));
        }
        Driver.finish(kept.orders(folder, meter.baseUrl()));
        referee.atTheEnd(photos, meter.charges(), kept.left(folder));
        count(folder, meter);
        photos.clear();
        folder.clear();
        meter.renew();
    }

    private Duration wholeLife(PhotoFolder folder, MeterProcess meter) {
        fill(folder);
        meter.dripVideos(PHOTOS_PER_LIFE, DRIP_BYTES, DRIP);
        try (Driver driver = Driver.start(kept.orders(folder, meter.baseUrl()))) {
            driver.awaitRunning();
            long begun = System.nanoTime();
            driver.awaitNothingLeft();
            driver.jvm().stop();
            return Duration.ofNanos(System.nanoTime() - begun);
        }
    }

    private void fill(PhotoFolder folder) {
        for (int i = PhotoFolder.files(folder.in()).size(); i < PHOTOS_PER_LIFE; i++) {
            String photo = "photo" + dropped++;
            photos.add(photo);
            folder.drop(photo);
        }
    }

    /** Mostly while it works; at times while it starts and looks after what the one before left behind. */
    private void liveAndDie(PhotoFolder folder, MeterProcess meter) {
        try (Driver driver = Driver.start(kept.orders(folder, meter.baseUrl()))) {
            if (random.nextInt(5) == 0) {
                driver.awaitStarting();
            } else {
                driver.awaitRunning();
            }
            Duration life = Duration.ofMillis(random.nextInt(longestLifeMillis));
            assertThat(driver.jvm().endsWithin(life)).as("ended by itself").isFalse();
            driver.jvm().kill();
        }
    }

    private void count(PhotoFolder folder, MeterProcess meter) {
        done += PhotoFolder.names(folder.done(), PhotoFolder.PHOTO).size();
        held += PhotoFolder.names(folder.failed(), PhotoFolder.PHOTO).size();
        parts += PhotoFolder.names(folder.out(), PhotoFolder.PART).size();
        charges += meter.charges().size();
    }

    private String summary(Duration took) {
        return "Crash tests with %s: %d kills in %d s (seed %d): %d photos, %d done, %d held, %d charges, 0 double, 0 lost; "
                        .formatted(kept, KILLS, took.toSeconds(), SEED, dropped, done, held, charges)
                + "at the kills, of the photos not yet filed: " + found + "; part files left: " + parts;
    }
}
