package io.github.camelhh1.benchmarks.measured;

import java.time.Duration;
import java.util.List;

/**
 * How much is measured.
 *
 * @param repetitions of each figure
 * @param calls in flight at once, in {@link InFlight}
 * @param tasks at once, in {@link Tasks}
 * @param delay how long the simulator takes for a video
 * @param images how many, in {@link InlineImages}
 * @param imageBytes length of each
 * @param bigImages how many, in {@link StagedImages}
 * @param bigImageBytes length of each
 * @param roundCalls calls of one round of {@link Throughput}
 * @param warmUps rounds of each route before the first that counts
 * @param concurrencies calls in flight at once, in {@link Throughput}
 * @param ledgerRuns runs of one turn, in {@link LedgerCost} and {@link LedgerThroughput}
 * @param videoBytes length of the video, in {@link Download}
 * @param headerBytes length of the image, in {@link ImageHeaders}
 * @param openRuns how many, in {@link Recovery}
 * @param bombUnits digits, fields, elements of a body, in {@link Bombs}
 */
public record Scale(
        int repetitions,
        int calls,
        List<Integer> tasks,
        Duration delay,
        int images,
        int imageBytes,
        int bigImages,
        int bigImageBytes,
        int roundCalls,
        int warmUps,
        List<Integer> concurrencies,
        int ledgerRuns,
        long videoBytes,
        int headerBytes,
        int openRuns,
        int bombUnits) {

    Scale delay(Duration other) {
        return new Scale(
                repetitions,
                calls,
                tasks,
                other,
                images,
                imageBytes,
                bigImages,
                bigImageBytes,
                roundCalls,
                warmUps,
                concurrencies,
                ledgerRuns,
                videoBytes,
                headerBytes,
                openRuns,
                bombUnits);
    }

    public static Scale full() {
        return new Scale(
                5,
                1000,
                List.of(1_000, 10_000),
                Duration.ofSeconds(5),
                200,
                3 << 20,
                64,
                20 << 20,
                20_000,
                20,
                List.of(64, 256),
                2_000,
                2L << 30,
                20 << 20,
                10_000,
                1_000_000);
    }

    /** Enough to see that every benchmark still runs. Its figures mean nothing. */
    static Scale smoke() {
        return new Scale(
                1,
                20,
                List.of(20),
                Duration.ofMillis(200),
                3,
                64 << 10,
                2,
                64 << 10,
                200,
                1,
                List.of(4),
                32,
                1 << 20,
                2 << 20,
                50,
                10_000);
    }
}
