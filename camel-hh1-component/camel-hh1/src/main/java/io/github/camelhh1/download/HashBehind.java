package io.github.camelhh1.download;

import io.github.camelhh1.text.Sha256;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Hashes a file that is still being written, a little behind the writer and not on its thread: hashing takes longer than
 * all else that is done with a byte. It reads what was written, so it is the hash of the file and not of what was meant
 * to be in it. Holds no thread while there is little to do.
 */
final class HashBehind {
    private static final int STEP = 4 << 20;
    private static final int PIECE = 128 * 1024;

    private final FileChannel file;
    private final Executor executor;
    private final AtomicBoolean working = new AtomicBoolean();
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE);
    private MessageDigest digest = Sha256.digest();
    private volatile long written;
    private volatile long hashed;

    HashBehind(FileChannel file, Executor executor) {
        this.file = file;
        this.executor = executor;
    }

    /** So much is written now. */
    void reached(long length) {
        written = length;
        if (length - hashed >= STEP && working.compareAndSet(false, true)) {
            executor.execute(this::follow);
        }
    }

    private void follow() {
        try {
            while (written - hashed >= STEP) {
                step();
            }
        } catch (IOException e) {
            // Whoever finishes reads from here on, and is told.
        } finally {
            working.set(false);
        }
    }

    /** Looks at what is written only here: it may have been thrown away meanwhile. */
    private synchronized void step() throws IOException {
        hashUpTo(Math.min(written, hashed + STEP));
    }

    private void hashUpTo(long end) throws IOException {
        long at = hashed;
        while (at < end) {
            piece.clear().limit((int) Math.min(PIECE, end - at));
            int read = file.read(piece, at);
            if (read < 0) {
                throw new EOFException("the file is shorter than what was written to it");
            }
            digest.update(piece.flip());
            at += read;
            hashed = at;
        }
    }

    /** The hash of the first so many bytes, which are all. */
    synchronized String finish(long length) throws IOException {
        hashUpTo(length);
        return Sha256.hex(digest);
    }

    /** What was written is to be thrown away. */
    synchronized void restart() {
        written = 0;
        hashed = 0;
        digest = Sha256.digest();
    }
}
