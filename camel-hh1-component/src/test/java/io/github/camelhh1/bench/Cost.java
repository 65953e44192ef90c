package io.github.camelhh1.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** What hostile input may cost: memory ever allocated, garbage included, and time, of the calling thread. */
public final class Cost {
    private static final long MOST_BYTES = 16L << 20;
    private static final Duration MOST_TIME = Duration.ofMillis(50);
    /** A busy machine makes anything slow once. */
    private static final int TRIES = 5;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Cost() {}

    /** Under 16 MB and, at the best of five times, under 50 ms. */
    public static void isSmall(Runnable reading) {
        long bytes = Long.MAX_VALUE;
        long nanos = Long.MAX_VALUE;
        for (int i = 0; i < TRIES && (bytes >= MOST_BYTES || nanos >= MOST_TIME.toNanos()); i++) {
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            reading.run();
            nanos = Math.min(nanos, System.nanoTime() - start);
            bytes = Math.min(bytes, THREADS.getCurrentThreadAllocatedBytes() - allocated);
        }
        assertThat(bytes).as("bytes allocated").isLessThan(MOST_BYTES);
        assertThat(Duration.ofNanos(nanos)).as("time").isLessThan(MOST_TIME);
    }
}
