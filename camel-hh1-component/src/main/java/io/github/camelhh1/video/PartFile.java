package io.github.camelhh1.video;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A video on its way into a directory, as {@code <name>.part} beside the place it will have: a final name only ever
 * shows a whole video, and never one that something else had before.
 */
final class PartFile implements AutoCloseable {
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

    private PartFile(Path path, String name, FileChannel channel) {
        this.path = path;
        this.name = name;
        this.channel = channel;
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

    /** Gives it the first free name. */
    Path claim() throws IOException {
        channel.close();
        for (int i = 0; i < MAX_NAMESAKES; i++) {
            Path target = path.resolveSibling(numbered(name, i) + ".mp4");
            if (claimed(target)) {
                return target;
            }
        }
        throw new FileAlreadyExistsException(path.resolveSibling(name + ".mp4").toString());
    }

    private boolean claimed(Path target) throws IOException {
        try {
            if (!linked(target)) {
                Files.move(path, target);
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

    /** Deletes the part; a claimed video has its other name. */
    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
    }
}
