package io.github.camelhh1.simulator.wire;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that keep no JVM alive and say whose they are: {@code hh1-simulator-…}. */
public final class DaemonThreads implements ThreadFactory {
    private final ThreadFactory plain = Executors.defaultThreadFactory();
    private final AtomicInteger count = new AtomicInteger();
    private final String name;

    public DaemonThreads(String name) {
        this.name = name;
    }

    /** Stops what the threads do and gives them a moment to notice. */
    public static void end(ExecutorService threads) {
        threads.shutdownNow();
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = plain.newThread(task);
        thread.setDaemon(true);
        thread.setName("hh1-simulator-" + name + "-" + count.incrementAndGet());
        return thread;
    }
}
