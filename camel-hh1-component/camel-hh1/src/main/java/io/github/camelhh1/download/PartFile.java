package io.github.camelhh1.download;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A video on its way into a directory, as {@code <name>.part} beside the place it will have: a final name only ever
 * shows a whole video, and never one that something else had before.
 */
final class PartFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PartFile.class);

    /** So many videos of one name in one directory; then somebody is wrong about something. */
    private static final int MAX_NAMESAKES = 10_000;

    private static final Set<OpenOption> NEW = Set.of(
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);

    private final Path path;
    private final String name;
    private final FileChannel channel;
    /** Which file it is, whatever its name; null where the file system does not tell. */
    private final @Nullable Object key;

    private boolean renamed;

    private PartFile(Path path, String name, FileChannel channel) throws IOException {
        this.path = path;
        this.name = name;
        this.channel = channel;
        this.key = key(path);
    }

    static PartFile create(Path directory, String name) throws IOException {
        // Asked first, because createDirectories takes a link to a directory for something in the way.
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
        }
        for (int i = 0; i < MAX_NAMESAKES; i++) {
            Path path = directory.resolve(numbered(name, i) + ".part");
            try {
                return new PartFile(path, name, FileChannel.open(path, NEW, ownerOnly(directory)));
            } catch (FileAlreadyExistsException e) {
                // Another download of that name is under way, or one was killed: its file is not ours.
            }
        }
        throw new FileAlreadyExistsException(directory.resolve(name + ".part").toString());
    }

    private static FileAttribute<?>[] ownerOnly(Path directory) {
        return directory.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    FileChannel channel() {
        return channel;
    }

    /** Gives it the first free name, for good: both it and its name are on the disk then. */
    Path claim() throws IOException {
        channel.force(true);
        channel.close();
        if (!isThere()) {
            throw new NoSuchFileException(path.toString(), null, "another program replaced it");
        }
        for (int i = 0; i < MAX_NAMESAKES; i++) {
            Path target = path.resolveSibling(numbered(name, i) + ".mp4");
            if (claimed(target)) {
                syncDirectory(target);
                return target;
            }
        }
        throw new FileAlreadyExistsException(path.resolveSibling(name + ".mp4").toString());
    }

    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    /** The name of a file is part of its directory. Some systems cannot open one: there it is theirs to keep it. */
    private static void syncDirectory(Path target) {
        Path directory = target.toAbsolutePath().getParent();
        try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
            opened.force(true);
        } catch (IOException e) {
            LOG.debug("The directory {} was not synced", directory, e);
        }
    }

    private boolean claimed(Path target) throws IOException {
        try {
            if (!linked(target)) {
                Files.move(path, target);
                renamed = true;
            }
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /**
     * A hard link is the one way to take a name atomically and only if it is free: renaming replaces what is there.
     * False where the file system has no hard links; a move that looks first must do there.
     */
    private boolean linked(Path target) throws FileAlreadyExistsException {
        try {
            Files.createLink(target, path);
            return true;
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static String numbered(String name, int number) {
        return number == 0 ? name : name + "-" + number;
    }

    /** Deletes the part, if its name still leads to it: another download may have it since. A claimed video has its other name. */
    @Override
    public void close() throws IOException {
        boolean mine = isThere();
        channel.close();
        if (mine) {
            Files.deleteIfExists(path);
        }
    }

    private boolean isThere() throws IOException {
        try {
            return !renamed && Objects.equals(key, key(path));
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
