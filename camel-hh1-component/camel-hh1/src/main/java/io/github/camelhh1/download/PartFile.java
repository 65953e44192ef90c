package io.github.camelhh1.download;

import io.github.camelhh1.text.OwnerOnlyFile;
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
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A video that is being written, as {@code <name>.part} in its final directory. Only a whole video gets a final name,
 * and it never replaces another file.
 */
final class PartFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PartFile.class);

    /** A directory with more videos of one name points to a defect. */
    private static final int MAX_NAMESAKES = 10_000;

    private static final Set<OpenOption> NEW = Set.of(
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);

    private final Path path;
    private final String name;
    private final FileChannel channel;
    /** Identifies the file, whatever its name; null where the file system does not. */
    private final @Nullable Object key;

    private boolean renamed;

    private PartFile(Path path, String name, FileChannel channel) throws IOException {
        this.path = path;
        this.name = name;
        this.channel = channel;
        this.key = key(path);
    }

    static PartFile create(Path directory, String name) throws IOException {
        // Checked first, because createDirectories refuses a link to a directory.
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
        }
        for (int i = 0; i < MAX_NAMESAKES; i++) {
            Path path = directory.resolve(numbered(name, i) + ".part");
            try {
                return new PartFile(path, name, FileChannel.open(path, NEW, OwnerOnlyFile.attributes(directory)));
            } catch (FileAlreadyExistsException e) {
                // Another download of that name is under way, or one was killed: its file is not ours.
            }
        }
        throw new FileAlreadyExistsException(directory.resolve(name + ".part").toString());
    }

    FileChannel channel() {
        return channel;
    }

    /** Gives it the first free name. Both the file and its name are on the disk then. */
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

    /** The name of a file is part of its directory. Some systems cannot open a directory, and keep names by themselves. */
    private static void syncDirectory(Path target) {
        Path directory = target.toAbsolutePath().getParent();
        try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
            opened.force(true);
        } catch (IOException e) {
            LOG.debug("The directory {} was not synced", directory, e);
        }
    }

    /**
     * A hard link is the one way to take a name atomically and only if it is free: renaming replaces another file. Where
     * the file system has no hard links, a move that checks first must do.
     */
    private boolean claimed(Path target) throws IOException {
        try {
            Files.createLink(target, path);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException | UnsupportedOperationException e) {
            return moved(target);
        }
    }

    private boolean moved(Path target) throws IOException {
        try {
            Files.move(path, target);
            renamed = true;
            return true;
        } catch (FileAlreadyExistsException e) {
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
