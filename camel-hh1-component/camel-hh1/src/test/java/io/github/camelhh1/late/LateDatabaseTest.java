package io.github.camelhh1.late;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToIntFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two nodes with one ledger in a PostgreSQL that is late in all ways a network and other sessions can make it. How many
 * schedules: {@code -Dhh1.late.schedules=N}; they follow from {@code -Dhh1.late.seed=S}, one seed each from there on.
 * A seed repeats the moments, not the races.
 */
class LateDatabaseTest {
    private static final int SCHEDULES = Integer.getInteger("hh1.late.schedules", 28);
    private static final long SEED = Long.getLong("hh1.late.seed", System.currentTimeMillis());
    /** At once: each mostly waits. */
    private static final int TOGETHER = 14;

    @Test
    @Timeout(3_600)
    void nothingIsPaidTwiceOrLostAndEveryExchangeEnds() throws Exception {
        long begun = System.nanoTime();
        List<ScheduleResult> judgments = new ArrayList<>();
        ExecutorService players = Executors.newFixedThreadPool(TOGETHER);
        try {
            List<Callable<ScheduleResult>> schedules = LongStream.range(SEED, SEED + SCHEDULES)
                    .<Callable<ScheduleResult>>mapToObj(seed -> () -> LateSchedule.play(seed))
                    .toList();
            for (Future<ScheduleResult> played : players.invokeAll(schedules)) {
                judgments.add(played.get());
            }
        } finally {
            players.shutdownNow();
        }
        List<ScheduleResult> broken =
                judgments.stream().filter(one -> !one.broken().isEmpty()).toList();
        System.out.println(summary(judgments, broken.size(), Duration.ofNanos(System.nanoTime() - begun)));
        broken.forEach(one -> System.out.println("seed " + one.seed() + ": " + one.broken()));
        assertThat(broken)
                .extracting(one -> "-Dhh1.late.seed=" + one.seed() + ": " + one.broken())
                .isEmpty();
    }

    private static String summary(List<ScheduleResult> all, int broken, Duration took) {
        return "Late database: %d schedules in %d s (seed %d): %d segments or connections struck, %d deliveries, %d charges; %d schedules broken"
                .formatted(
                        SCHEDULES,
                        took.toSeconds(),
                        SEED,
                        sum(all, ScheduleResult::strikes),
                        sum(all, ScheduleResult::deliveries),
                        sum(all, ScheduleResult::charges),
                        broken);
    }

    private static int sum(List<ScheduleResult> all, ToIntFunction<ScheduleResult> number) {
        return all.stream().mapToInt(number).sum();
    }
}
