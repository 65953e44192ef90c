package io.github.camelhh1.ledger.connection;

import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.jdbc.Database;
import io.github.camelhh1.ledger.jdbc.Dialect;
import io.github.camelhh1.ledger.jdbc.Sql;
import io.github.camelhh1.ledger.jdbc.SqlFailure;
import io.github.camelhh1.ledger.jdbc.Transaction;
import io.github.camelhh1.ledger.jdbc.Turns;
import io.github.camelhh1.text.OwnerOnlyFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
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
 * A SQLite file by one connection, used by one thread at a time: SQLite lets only one write anyhow. What is committed is
 * on the disk. A file that is deleted or replaced underneath is noticed: SQLite itself would go on writing into what no
 * name leads to any more.
 */
public final class SqliteDatabase implements Database {
    private static final Duration BUSY_LIMIT = Duration.ofSeconds(5);
    /**
     * SQLite's own waiting looks again after 1, 2, 5 and 10 ms, and soon every 100 ms only: beside a process that writes
     * without a pause it hardly ever gets a turn. So it waits for the short times only, again and again.
     */
    private static final int BUSY_MILLIS = 20;
    /** SQLITE_BUSY. The upper bytes of a code say more of it. */
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
    /** What the names led to when they were opened. */
    private @Nullable Object fileKey;

    private Object logKey = "";
    private boolean closed;

    public SqliteDatabase(String url, Path named) {
        this.url = url;
        this.file = made(named);
        this.log = Path.of(file + "-wal");
        this.turn = new Turns(1, false, "the ledger's file " + file + " is busy with other work of this process");
    }

    /** The file that the name leads to: what SQLite keeps beside it lies beside that one. */
    private static Path made(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new LedgerException(
                    "there is no directory " + directory + " for the ledger's file " + file.getFileName()
                            + "; make it, or mend the option ledger",
                    null);
        }
        try {
            refuseNetwork(Files.getFileStore(directory).type(), file);
            if (!Files.exists(file)) {
                create(file);
            }
            return file.toRealPath();
        } catch (IOException e) {
            throw new LedgerException(
                    "the ledger's file " + file + " cannot be made (" + e + "); make its directory writable", e);
        }
    }

    /** SQLite's log needs memory that its processes share, and owners need locks that end with their process. */
    public static void refuseNetwork(String fileSystem, Path file) {
        if (NETWORK.matcher(fileSystem).matches()) {
            throw new LedgerException(
                    "the ledger's file " + file + " would lie on a network file system (" + fileSystem
                            + "), where SQLite's locks and log do not hold and requests could be paid twice; name a file on"
                            + " a local disk, or use PostgreSQL for several machines",
                    null);
        }
    }

    private static void create(Path file) throws IOException {
        try {
            Files.createFile(file, OwnerOnlyFile.attributes(file));
        } catch (FileAlreadyExistsException e) {
            // Another process was faster.
        }
    }

    @Override
    public Dialect dialect() {
        return Dialect.SQLITE;
    }

    @Override
    public String product() {
        return "sqlite";
    }

    @Override
    public <T> T run(Work<T> work) {
        return locked(open -> work.with(new Sql(open, Dialect.SQLITE)));
    }

    @Override
    public <T> T inTransaction(Work<T> work) {
        return locked(open -> Transaction.run(open, Dialect.SQLITE, work));
    }

    @FunctionalInterface
    private interface OnConnection<T> {
        T with(Connection open) throws SQLException;
    }

    /** Work that found the file locked did nothing, and is done again until {@link #BUSY_LIMIT} has passed. */
    private <T> T locked(OnConnection<T> work) {
        turn.take();
        try {
            long end = System.nanoTime() + BUSY_LIMIT.toNanos();
            while (true) {
                try {
                    return work.with(connection());
                } catch (SQLException e) {
                    boolean busy = (e.getErrorCode() & PRIMARY_CODE) == BUSY;
                    if (!busy) {
                        // Whatever state it is in: the next use makes a new one.
                        drop();
                    }
                    if (!busy || System.nanoTime() - end >= 0) {
                        throw SqlFailure.of("the ledger's file " + file + ": ", e);
                    }
                }
            }
        } finally {
            turn.giveBack();
        }
    }

    private Connection connection() throws SQLException {
        if (closed) {
            throw new LedgerException("the ledger was closed with the component that used it", null);
        }
        if (fileKey != null && !fileKey.equals(key(file))) {
            // The connection stays: what is in the log beside the file belongs to that very file.
            throw new LedgerException(
                    "the ledger's file " + file
                            + " was deleted, moved or replaced while it was in use. Put that very file"
                            + " back, and work goes on by itself. Without it: stop this program, remove " + file
                            + "-wal and " + file + "-shm, and start it again; what was paid may then be paid twice",
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

    /** What the name leads to. */
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
