package io.github.camelhh1.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The tables, and their version. */
final class Schema {
    static final int VERSION = 2;

    private static final int MIGRATION_TURNS = 20;
    /** While one node alters a table, another may not even find it. */
    private static final Duration MIGRATION_PAUSE = Duration.ofMillis(100);

    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*--.*$");
    private static final Pattern END = Pattern.compile(";\\s*");

    private Schema() {}

    /** Makes them where they are not; a user who may not make tables can use those that are there. */
    static void ensure(Database database) {
        int version;
        try {
            version = version(database);
        } catch (LedgerException missing) {
            make(database, missing);
            version = version(database);
        }
        if (version < VERSION) {
            migrate(database, version);
            version = version(database);
        }
        if (version > VERSION) {
            throw new LedgerException(
                    "its tables are of version " + version + " and this component knows version " + VERSION
                            + ": use the newer component, or a database of its own; nothing was changed",
                    null);
        }
    }

    /**
     * Several nodes may do it at once, and then get in each other's way: what one cannot do another has done. Older ones
     * may be at work meanwhile: they know their columns by name.
     */
    private static void migrate(Database database, int from) {
        for (int turn = 1; ; turn++) {
            try {
                for (int next = from + 1; next <= VERSION; next++) {
                    for (String statement : statements("schema-" + next + ".sql")) {
                        database.run(sql -> sql.insertIfAbsent(statement));
                    }
                }
                return;
            } catch (LedgerException e) {
                if (version(database) >= VERSION) {
                    return;
                } else if (turn == MIGRATION_TURNS) {
                    throw notMigrated(from, e);
                }
                pause();
            }
        }
    }

    private static void pause() {
        new CompletableFuture<Void>()
                .completeOnTimeout(null, MIGRATION_PAUSE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private static LedgerException notMigrated(int from, LedgerException e) {
        return new LedgerException(
                "its tables are of version " + from + " and could not be brought to version " + VERSION
                        + ", for which a user who may alter tables can run schema-" + VERSION
                        + ".sql, which is in this component's jar: " + e.getMessage(),
                e);
    }

    private static void make(Database database, LedgerException missing) {
        try {
            for (String statement : statements("schema.sql")) {
                database.run(sql -> sql.insertIfAbsent(statement));
            }
        } catch (LedgerException e) {
            e.addSuppressed(missing);
            throw e;
        }
    }

    private static int version(Database database) {
        List<Integer> versions =
                database.run(sql -> sql.select(row -> row.getInt(1), "select max(version) from hh1_schema"));
        if (versions.get(0) == 0) {
            throw new LedgerException("the table hh1_schema is empty", null);
        }
        return versions.get(0);
    }

    private static List<String> statements(String name) {
        try (InputStream in = Objects.requireNonNull(Schema.class.getResourceAsStream(name))) {
            String text = COMMENT.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .replaceAll("");
            return END.splitAsStream(text.strip())
                    .map(String::strip)
                    .filter(statement -> !statement.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new LedgerException(name + " cannot be read from the component's jar", e);
        }
    }
}
