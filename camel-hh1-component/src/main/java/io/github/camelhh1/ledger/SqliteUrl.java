package io.github.camelhh1.ledger;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Names of SQLite files: {@code jdbc:sqlite:hh1.db}. */
final class SqliteUrl {
    static final String PREFIX = "jdbc:sqlite:";

    private SqliteUrl() {}

    /** Where the database lies; null when it is no SQLite. */
    static @Nullable Path fileOf(Database database) {
        return database.dialect() == Dialect.SQLITE ? file(database.url()) : null;
    }

    /**
     * The file of the URL.
     *
     * @throws IllegalArgumentException when there is none
     */
    static Path file(String url) {
        String path = url.substring(PREFIX.length());
        int query = path.indexOf('?');
        path = query < 0 ? path : path.substring(0, query);
        path = path.startsWith("file:") ? path.substring("file:".length()) : path;
        if (path.isBlank() || path.contains(":memory:") || url.contains("mode=memory")) {
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
}
