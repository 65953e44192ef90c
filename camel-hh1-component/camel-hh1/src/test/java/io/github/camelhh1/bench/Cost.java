package io.github.camelhh1.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What hostile input may cost: memory ever allocated by the calling thread, garbage included. How long it takes is measured
 * by the benchmark {@code bombs}.
 */
public final class Cost {
    private static final long MOST_BYTES = 16L << 20;
    /** The first times load classes and are interpreted. */
    private static final int TRIES = 25;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Cost() {}

    /** Under 16 MB, at the best of some times. */
    public static void isSmall(Runnable reading) {
        long bytes = Long.MAX_VALUE;
        for (int i = 0; i < TRIES && bytes >= MOST_BYTES; i++) {
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            reading.run();
            bytes = Math.min(bytes, THREADS.getCurrentThreadAllocatedBytes() - allocated);
        }
        assertThat(bytes).as("bytes allocated").isLessThan(MOST_BYTES);
    }
}
