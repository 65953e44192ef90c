package io.github.camelhh1.ledger.jdbc;

import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.text.OwnerOnlyFile;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A SQLite file by one connection, used by one thread at a time: SQLite lets only one write anyhow. A committed change is
 * on the disk. A file that is deleted or replaced while it is in use is noticed: SQLite itself would go on writing into
 * the deleted one.
 */
final class SqliteDatabase implements Database {
    static final String PREFIX = "jdbc:sqlite:";

    private static final Duration BUSY_LIMIT = Duration.ofSeconds(5);
    /**
     * SQLite itself tries again after 1, 2, 5 and 10 ms, and soon only every 100 ms. Beside a process that writes
     * without a pause it hardly ever gets the lock. So it is called with a short time-out, repeatedly.
     */
    private static final int BUSY_MILLIS = 20;
    /** SQLITE_BUSY. The upper bytes of a code hold its details. */
    private static final int BUSY = 5;

    private static final int PRIMARY_CODE = 0xff;

    private static final Pattern NETWORK =
            Pattern.compile("(?i)nfs.*|cifs|smb.*|afs|ncpfs|9p|ceph|lustre|glusterfs|gpfs|ocfs2|gfs2"
                    + "|fuse\\.(sshfs|glusterfs|ceph|s3fs|rclone|gcsfuse).*");

    private final String url;
    private final Path file;
    private final Path log;
    private final Turns turn;
    private @Nullable Connection connection;
    /** The files that the names led to when they were opened. */
    private @Nullable Object fileKey;

    private Object logKey = "";
    private boolean closed;

    SqliteDatabase(String url, Path named) {
        this.url = url;
        this.file = made(named);
        this.log = Path.of(file + "-wal");
        this.turn = new Turns(1, false, "the ledger's file " + file + " is busy with other work of this process");
    }

    /** The file that the URL names; a file in memory, or none, is an {@link IllegalArgumentException}. */
    static Path file(String url) {
        String path = url.substring(PREFIX.length()).replaceFirst("\\?.*", "");
        path = path.startsWith("file:") ? decoded(path.substring("file:".length())) : path;
        if (path.isBlank() || path.startsWith(":") || path.contains(":memory:") || url.contains("mode=memory")) {
            throw new IllegalArgumentException(
                    "ledger: a SQLite database in memory is forgotten like ledger=memory, and"
                            + " slower; name a file, like jdbc:sqlite:hh1.db, or use memory");
        }
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "ledger: " + e.getReason() + "; name a file, like jdbc:sqlite:hh1.db", e);
        }
    }

    /** As SQLite reads it: a host is left out. */
    private static String decoded(String uri) {
        int path = uri.startsWith("//") ? uri.indexOf('/', 2) : 0;
        return path < 0 ? "" : URLDecoder.decode(uri.substring(path).replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Null when the database is no SQLite. */
    static @Nullable Path fileOf(Database database) {
        // SQLite's own name of the file: the same to every process, by any link or URL.
        return database.dialect() == Dialect.SQLITE
                ? file(PREFIX
                        + database.texts("select file from pragma_database_list where name = 'main'")
                                .get(0))
                : null;
    }

    /** Links are followed: SQLite keeps its log beside the real file. */
    private static Path made(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new LedgerException(
                    "there is no directory " + directory + " for the ledger's file " + file.getFileName()
                            + "; make it, or correct the option ledger",
                    null);
        }
        try {
            refuseNetwork(Files.getFileStore(directory).type(), file);
            if (!Files.exists(file)) {
                try {
                    Files.createFile(file, OwnerOnlyFile.attributes(file));
                } catch (FileAlreadyExistsException e) {
                    // Another process was faster.
                }
            }
            return file.toRealPath();
        } catch (IOException e) {
            throw new LedgerException(
                    "the ledger's file " + file + " cannot be made (" + e + "); make its directory writable", e);
        }
    }

    /** SQLite's log needs memory that its processes share, and owners need locks that end with their process. */
    static void refuseNetwork(String fileSystem, Path file) {
        if (NETWORK.matcher(fileSystem).matches()) {
            throw new LedgerException(
                    "the ledger's file " + file + " would lie on a network file system (" + fileSystem
                            + "), where SQLite's locks and log do not hold and requests could be paid twice; name a file on"
                            + " a local disk, or use PostgreSQL for several machines",
                    null);
        }
    }

    @Override
    public Dialect dialect() {
        return Dialect.SQLITE;
    }

    /** Work that found the file locked did nothing, and is done again until {@link #BUSY_LIMIT} has passed. */
    @Override
    public <T> T run(Sql.Work<T> work) {
        turn.take();
        try {
            long end = System.nanoTime() + BUSY_LIMIT.toNanos();
            while (true) {
                try {
                    return work.with(new Sql(connection(), Dialect.SQLITE));
                } catch (SQLException e) {
                    boolean busy = (e.getErrorCode() & PRIMARY_CODE) == BUSY;
                    if (!busy) {
                        // Its state is not known: the next use makes a new one.
                        drop();
                    }
                    if (!busy || System.nanoTime() - end >= 0) {
                        throw Sql.failure("the ledger's file " + file + ": ", e);
                    }
                }
            }
        } finally {
            turn.giveBack();
        }
    }

    /**
     * Uses a connection of its own and closes it at once. With an open one, the deletion of the log beside the file
     * would not be noticed.
     */
    @Override
    public <T> T aside(Sql.Work<T> work) {
        // The file is still the one that was opened.
        run(sql -> true);
        try (var other = new SqliteDatabase(url, file)) {
            return other.run(work);
        }
    }

    private Connection connection() throws SQLException {
        if (closed) {
            throw new LedgerException("the ledger was closed with the component that used it", null);
        }
        if (fileKey != null && !fileKey.equals(key(file))) {
            // The connection stays: the log beside the file belongs to that very file.
            throw new LedgerException(
                    "the ledger's file " + file
                            + " was deleted, moved or replaced while it was in use. Put that very file"
                            + " back, and work goes on by itself. Without it: stop this program, remove " + file
                            + "-wal and " + file + "-shm, and start it again; paid requests may then be paid twice",
                    null);
        }
        Connection open = connection;
        if (open != null && logKey.equals(key(log))) {
            return open;
        }
        drop();
        try {
            return connect();
        } catch (SQLException e) {
            drop();
            throw e;
        }
    }

    private Connection connect() throws SQLException {
        Connection made = DriverManager.getConnection(url);
        connection = made;
        try (Statement statement = made.createStatement()) {
            statement.execute("pragma busy_timeout=" + BUSY_MILLIS);
            statement.execute("pragma journal_mode=wal");
            statement.execute("pragma synchronous=full");
            // The first reading opens the log beside the file, which is watched too.
            statement.executeQuery("select count(*) from sqlite_master").close();
        }
        fileKey = key(file);
        logKey = key(log);
        return made;
    }

    /** The identity of the file that the name leads to. */
    private static Object key(Path path) {
        try {
            return Objects.requireNonNullElse(
                    Files.readAttributes(path, BasicFileAttributes.class).fileKey(), path);
        } catch (IOException e) {
            return "none";
        }
    }

    private void drop() {
        Connection broken = connection;
        connection = null;
        if (broken != null) {
            try {
                broken.close();
            } catch (SQLException e) {
                // It is not used any more.
            }
        }
    }

    @Override
    public void close() {
        turn.takeAtLast();
        try {
            closed = true;
            drop();
        } finally {
            turn.giveBack();
        }
    }
}
