package io.github.camelhh1.ledger.jdbc;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Names of SQLite files: {@code jdbc:sqlite:hh1.db}. */
public final class SqliteUrl {
    public static final String PREFIX = "jdbc:sqlite:";

    private SqliteUrl() {}

    /** Where the database lies; null when it is no SQLite. */
    static @Nullable Path fileOf(Database database) {
        if (database.dialect() != Dialect.SQLITE) {
            return null;
        }
        // As SQLite itself has it: the same to every process, by whichever link or URL that came to it.
        return file(PREFIX
                + database.run(sql -> sql.select(
                                row -> row.getString(1), "select file from pragma_database_list where name = 'main'"))
                        .get(0));
    }

    /**
     * The file of the URL.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Path file(String url) {
        String path = url.substring(PREFIX.length());
        int query = path.indexOf('?');
        path = query < 0 ? path : path.substring(0, query);
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

    /** As SQLite reads it: whatever stands for a host is left out. */
    private static String decoded(String uri) {
        int path = uri.startsWith("//") ? uri.indexOf('/', 2) : 0;
        return path < 0 ? "" : URLDecoder.decode(uri.substring(path).replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
