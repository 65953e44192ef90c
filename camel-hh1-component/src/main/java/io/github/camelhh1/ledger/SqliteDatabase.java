package io.github.camelhh1.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A SQLite file by one connection, used by one thread at a time: SQLite lets only one write anyhow. What is committed is
 * on the disk. A file that is deleted or replaced underneath is noticed: SQLite itself would go on writing into what no
 * name leads to any more.
 */
final class SqliteDatabase implements Database {
    private static final int BUSY_MILLIS = 3_000;

    private final String url;
    private final Path file;
    private final List<Path> watched;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Connection connection;
    /** What the names led to when the connection was made. */
    private List<?> identity = List.of();

    private boolean opened;

    SqliteDatabase(String url, Path file) {
        this.url = url;
        this.file = file;
        this.watched = List.of(file, Path.of(file + "-wal"));
        makePrivate();
    }

    private void makePrivate() {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new LedgerException(
                    "there is no directory " + directory + " for the ledger's file " + file.getFileName()
                            + "; make it, or mend the option ledger",
                    null);
        }
        try {
            if (!Files.exists(file)) {
                boolean posix = Files.getFileStore(directory).supportsFileAttributeView("posix");
                if (posix) {
                    Files.createFile(
                            file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                } else {
                    Files.createFile(file);
                }
            }
        } catch (java.nio.file.FileAlreadyExistsException e) {
            // Another process was faster.
        } catch (IOException e) {
            throw new LedgerException(
                    "the ledger's file " + file + " cannot be made (" + e + "); make its directory writable", e);
        }
    }

    @Override
    public Dialect dialect() {
        return Dialect.SQLITE;
    }

    @Override
    public String url() {
        return url;
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

    private <T> T locked(OnConnection<T> work) {
        lock.lock();
        try {
            Connection open = connection();
            try {
                return work.with(open);
            } catch (SQLException e) {
                // Whatever state it is in: the next use makes a new one.
                drop();
                throw Failed.of(e);
            }
        } finally {
            lock.unlock();
        }
    }

    private Connection connection() {
        Connection open = connection;
        if (open != null) {
            if (identity.equals(identityNow())) {
                return open;
            }
            drop();
        }
        if (opened && !Files.exists(file)) {
            throw new LedgerException(
                    "the ledger's file " + file + " was deleted while it was in use; put it back, and work goes on by"
                            + " itself, or start anew without what it held, and may pay twice",
                    null);
        }
        try {
            return connect();
        } catch (SQLException e) {
            drop();
            throw Failed.of(e);
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
        identity = identityNow();
        opened = true;
        return made;
    }

    private List<?> identityNow() {
        return watched.stream().map(SqliteDatabase::key).toList();
    }

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
        lock.lock();
        try {
            drop();
        } finally {
            lock.unlock();
        }
    }
}
