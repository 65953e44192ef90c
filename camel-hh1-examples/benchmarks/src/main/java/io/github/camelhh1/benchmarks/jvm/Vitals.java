package io.github.camelhh1.benchmarks.jvm;

import com.sun.management.OperatingSystemMXBean;
import io.github.camelhh1.benchmarks.report.Figures;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.ThreadMXBean;
import java.util.stream.Collectors;

/**
 * Threads and heap of this JVM. The heap's peak is the sum of its pools' own peaks, garbage included: no peak is missed
 * between two samples. Pools need not peak at the same time, so the true peak is at most this sum.
 */
public final class Vitals {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean OS = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final int threadsBefore;

    private Vitals(int threadsBefore) {
        this.threadsBefore = threadsBefore;
    }

    static Vitals fromNow() {
        THREADS.resetPeakThreadCount();
        return new Vitals(THREADS.getThreadCount());
    }

    /** The heap in use after a full collection. */
    static long liveBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** The same, and the heap's peak counts from here. */
    static long settledBytes() {
        long live = liveBytes();
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
        return live;
    }

    /** Of all threads of this JVM, the collector's and the compiler's too, since it began. */
    static double cpuSeconds() {
        return OS.getProcessCpuTime() / 1e9;
    }

    Figures figures() {
        long heapPeak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        var beans = ManagementFactory.getGarbageCollectorMXBeans();
        return Figures.none()
                .with("extraThreads", THREADS.getPeakThreadCount() - threadsBefore)
                .with("heapPeakBytes", heapPeak)
                .with(
                        "collections",
                        beans.stream()
                                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                                .sum())
                .with(
                        "collector",
                        beans.stream().map(GarbageCollectorMXBean::getName).collect(Collectors.joining("+")));
    }
}
