package io.github.camelhh1.ledger.jdbc;

import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.text.OwnerOnlyFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A lock on a file of its own, held as long as the process lives or until it is closed. */
final class LifeLock implements AutoCloseable {
    /**
     * Those of this JVM. On POSIX systems a process that closes any channel of a file loses its lock on it, so these files
     * must never be opened a second time here.
     */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();
    /** Channels that must not be closed: another class loader of this JVM holds the lock. */
    private static final Map<Path, FileChannel> KEPT = new HashMap<>();

    private final Path file;
    private final FileChannel channel;

    private LifeLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static LifeLock take(Path named) {
        Path file = named.toAbsolutePath().normalize();
        try {
            Files.createFile(file, OwnerOnlyFile.attributes(file));
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            OWN.add(file);
            var life = new LifeLock(file, channel);
            if (!life.isTaken()) {
                life.close();
                throw new IOException("the file system gives none");
            }
            return life;
        } catch (IOException e) {
            throw new LedgerException(
                    "no lock could be taken on " + file + " (" + e
                            + "); the ledger's directory must be writable and on a" + " local file system",
                    e);
        }
    }

    private boolean isTaken() {
        try {
            return channel.tryLock() != null;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether nobody who lives holds it. One look at a time: two would take each other for its holder. */
    static synchronized boolean isFree(Path named) {
        Path file = named.toAbsolutePath().normalize();
        if (OWN.contains(file)) {
            return false;
        }
        try {
            return Files.notExists(file) || canBeLocked(file);
        } catch (IOException e) {
            // Gone meanwhile, or not to be opened: to be on the safe side, alive unless it is gone.
            return Files.notExists(file);
        }
    }

    private static boolean canBeLocked(Path file) throws IOException {
        FileChannel kept = KEPT.remove(file);
        FileChannel channel = kept != null ? kept : FileChannel.open(file, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            channel.close();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            KEPT.put(file, channel);
            return false;
        }
    }

    static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It says nothing any more, and is in nobody's way.
        }
    }

    @Override
    public void close() {
        // Removed first: a file that is there and free is that of a dead owner.
        remove(file);
        try {
            channel.close();
        } catch (IOException e) {
            // The process's end frees it.
        }
        OWN.remove(file);
    }
}
