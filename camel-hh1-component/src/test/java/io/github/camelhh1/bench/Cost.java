package io.github.camelhh1.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** What hostile input may cost: memory ever allocated, garbage included, and processor time, of the calling thread. */
public final class Cost {
    private static final long MOST_BYTES = 16L << 20;
    private static final Duration MOST_TIME = Duration.ofMillis(50);
    /** The first times load classes and are interpreted. */
    private static final int TRIES = 25;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Cost() {}

    /** Under 16 MB and under 50 ms, at the best of some times. */
    public static void isSmall(Runnable reading) {
        long bytes = Long.MAX_VALUE;
        long nanos = Long.MAX_VALUE;
        for (int i = 0; i < TRIES && (bytes >= MOST_BYTES || nanos >= MOST_TIME.toNanos()); i++) {
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            long start = THREADS.getCurrentThreadCpuTime();
            reading.run();
            nanos = Math.min(nanos, THREADS.getCurrentThreadCpuTime() - start);
            bytes = Math.min(bytes, THREADS.getCurrentThreadAllocatedBytes() - allocated);
        }
        assertThat(bytes).as("bytes allocated").isLessThan(MOST_BYTES);
        assertThat(Duration.ofNanos(nanos)).as("time").isLessThan(MOST_TIME);
    }
}
