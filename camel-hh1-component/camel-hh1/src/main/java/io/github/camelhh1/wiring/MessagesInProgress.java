package io.github.camelhh1.wiring;

import java.util.concurrent.TimeUnit;

/** Counts messages between acceptance and outcome, and lets a stopping component wait for the last. */
public final class MessagesInProgress {
    private int count;

    public synchronized void begin() {
        count++;
    }

    public synchronized void end() {
        count--;
        if (count == 0) {
            notifyAll();
        }
    }

    synchronized int count() {
        return count;
    }

    /** Whether the last one ended in time. */
    synchronized boolean awaitNone(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            for (long left = millis; count > 0 && left > 0; ) {
                wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return count == 0;
    }
}
