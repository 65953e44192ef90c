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
     * The files of this JVM's locks. On POSIX systems a process that closes any channel of a file loses its lock on it, so
     * these files must never be opened a second time here.
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

    /** The file whose lock is an owner's life. */
    static Path file(Path database, String owner) {
        return Path.of(database + "." + owner + ".lock");
    }

    static LifeLock take(Path named) {
        Path file = named.toAbsolutePath().normalize();
        try {
            Files.createFile(file, OwnerOnlyFile.attributes(file));
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            OWN.add(file);
            var life = new LifeLock(file, channel);
            try {
                if (channel.tryLock() != null) {
                    return life;
                }
            } catch (IOException e) {
                // As where the file system gives none.
            }
            life.close();
            throw new IOException("the file system gives none");
        } catch (IOException e) {
            throw new LedgerException(
                    "no lock could be taken on " + file + " (" + e
                            + "); the ledger's directory must be writable and on a local file system",
                    e);
        }
    }

    /** Whether no living process holds it. One look at a time: two would take each other for the holder. */
    static synchronized boolean isFree(Path named) {
        Path file = named.toAbsolutePath().normalize();
        if (OWN.contains(file)) {
            return false;
        }
        try {
            return Files.notExists(file) || canBeLocked(file);
        } catch (IOException e) {
            // It is gone, or cannot be opened: its holder counts as alive unless the file is gone.
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
            // It does no harm: its owner has no row any more.
        }
    }

    @Override
    public void close() {
        // Removed first: a file that is there and free is that of a dead owner.
        remove(file);
        try {
            channel.close();
        } catch (IOException e) {
            // The end of the process frees the lock.
        }
        OWN.remove(file);
    }
}
