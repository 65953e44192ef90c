package io.github.camelhh1.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Set;

/**
 * A file that changes before the read of its reader that a test names, as one does that is written in place. It lies on a
 * file system of its own.
 */
public final class WatchedFile extends FileSystemProvider {
    private static final int PIECE = 8 * 1024;

    private final byte[] changed;
    private final int changeAt;
    private final ByteArrayOutputStream firstReading = new ByteArrayOutputStream();
    private byte[] content;
    private int opened;
    private int reads;

    /**
     * @param changed what the file holds from the read {@code changeAt} on, counted from 1; null for no file
     */
    public WatchedFile(byte[] content, byte[] changed, int changeAt) {
        this.content = content;
        this.changed = changed;
        this.changeAt = changeAt;
    }

    public synchronized int reads() {
        return reads;
    }

    /** What its first reader got. */
    public synchronized byte[] firstReading() {
        return firstReading.toByteArray();
    }

    private synchronized void turn() {
        if (++reads == changeAt) {
            content = changed;
        }
    }

    /** A file that goes stays for those who have opened it. */
    private synchronized byte[] content(byte[] atOpening) {
        return content == null ? atOpening : content;
    }

    public Path path() {
        return (Path) Proxy.newProxyInstance(
                Path.class.getClassLoader(),
                new Class<?>[] {Path.class},
                (path, method, arguments) -> switch (method.getName()) {
                    case "getFileSystem" -> new OwnFileSystem();
                    case "getFileName" -> Path.of("watched.png");
                    case "toString" -> "watched.png";
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Override
    public InputStream newInputStream(Path path, OpenOption... options) throws IOException {
        turn();
        byte[] atOpening = content(null);
        if (atOpening == null) {
            throw new NoSuchFileException("watched.png");
        }
        boolean first = opened++ == 0;
        return new InputStream() {
            private int position;

            @Override
            public int read() {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                turn();
                byte[] now = content(atOpening);
                int given = Math.min(Math.min(length, PIECE), now.length - position);
                if (given <= 0) {
                    return length == 0 ? 0 : -1;
                }
                System.arraycopy(now, position, target, offset, given);
                if (first) {
                    firstReading.write(now, position, given);
                }
                position += given;
                return given;
            }
        };
    }

    private final class OwnFileSystem extends FileSystem {
        @Override
        public FileSystemProvider provider() {
            return WatchedFile.this;
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public boolean isReadOnly() {
            return true;
        }

        @Override
        public String getSeparator() {
            return "/";
        }

        @Override
        public Iterable<Path> getRootDirectories() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Iterable<FileStore> getFileStores() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<String> supportedFileAttributeViews() {
            return Set.of("basic");
        }

        @Override
        public Path getPath(String first, String... more) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PathMatcher getPathMatcher(String pattern) {
            throw new UnsupportedOperationException();
        }

        @Override
        public UserPrincipalLookupService getUserPrincipalLookupService() {
            throw new UnsupportedOperationException();
        }

        @Override
        public WatchService newWatchService() {
            throw new UnsupportedOperationException();
        }
    }

    @Override
    public String getScheme() {
        return "watched";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path path, DirectoryStream.Filter<? super Path> filter) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void createDirectory(Path path, FileAttribute<?>... attributes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete(Path path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isSameFile(Path path, Path other) {
        return path.equals(other);
    }

    @Override
    public boolean isHidden(Path path) {
        return false;
    }

    @Override
    public FileStore getFileStore(Path path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
        throw new UnsupportedOperationException();
    }
}
