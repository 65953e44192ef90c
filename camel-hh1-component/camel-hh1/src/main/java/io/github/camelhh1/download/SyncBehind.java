package io.github.camelhh1.download;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Brings a file to the disk while it is still being written. Left to itself the system keeps gigabytes in memory, and
 * whoever syncs the file at its end waits for all of them.
 */
final class SyncBehind {
    private static final int STEP = 32 << 20;

    private final FileChannel file;
    private final Executor executor;
    private final AtomicBoolean working = new AtomicBoolean();
    private volatile long begun;

    SyncBehind(FileChannel file, Executor executor) {
        this.file = file;
        this.executor = executor;
    }

    /** So much is written now. */
    void reached(long length) {
        if (Math.abs(length - begun) >= STEP && working.compareAndSet(false, true)) {
            begun = length;
            executor.execute(this::sync);
        }
    }

    private void sync() {
        try {
            file.force(false);
        } catch (IOException e) {
            // The one at the end is the one that counts, and says the same.
        } finally {
            working.set(false);
        }
    }
}
