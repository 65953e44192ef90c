package io.github.camelhh1.ledger.jdbc;

import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The tables, and their version. */
final class Schema {
    static final int VERSION = 5;

    private static final int MIGRATION_TURNS = 20;
    private static final int PAUSE_MILLIS = 100;

    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*--.*$");
    private static final Pattern END = Pattern.compile(";\\s*");

    private Schema() {}

    /** Makes the tables where there are none; a database user who may not make tables can use those that are there. */
    static void ensure(Database database, @Nullable Path file) {
        int version;
        try {
            version = version(database);
        } catch (LedgerException missing) {
            make(database, missing);
            version = version(database);
        }
        if (version < VERSION) {
            refuseOlderNodes(database, version, file);
            migrate(database, version);
            version = version(database);
        }
        if (version > VERSION) {
            throw new LedgerException(
                    "its tables are of version " + version + " and this component knows version " + VERSION
                            + ": a newer component has changed them, beside which no older one works. Start the newer component"
                            + " in place of this one, or use a database of its own; nothing was changed",
                    null);
        }
    }

    /** Nodes of an older format must not be at work meanwhile: they do not know what this one adds. */
    private static void migrate(Database database, int from) {
        try {
            patiently(
                    MIGRATION_TURNS,
                    () -> version(database) >= VERSION || database.inTransaction(sql -> alone(database, sql, from)));
        } catch (LedgerException e) {
            if (version(database) < VERSION) {
                throw notMigrated(from, e);
            }
        }
    }

    /** While one node alters a table, another one may not find the table. */
    private static <T> T patiently(int turns, Supplier<T> work) {
        for (int turn = 1; ; turn++) {
            try {
                return work.get();
            } catch (LedgerException e) {
                if (turn == turns) {
                    throw e;
                }
                new CompletableFuture<Void>()
                        .completeOnTimeout(null, PAUSE_MILLIS, TimeUnit.MILLISECONDS)
                        .join();
            }
        }
    }

    /** One node after the other, by a lock on the row of the older version. */
    private static boolean alone(Database database, Sql sql, int from) throws SQLException {
        sql.select(
                row -> row.getInt(1),
                "select version from hh1_schema where version = ?"
                        + sql.dialect().forUpdate(),
                from);
        int version = sql.select(row -> row.getInt(1), "select max(version) from hh1_schema")
                .get(0);
        for (int next = version + 1; next <= VERSION; next++) {
            for (String statement : statements("schema-" + next + ".sql")) {
                if (sql.dialect() == Dialect.H2) {
                    // Each commits there, and would free the lock.
                    apply(database, statement);
                } else {
                    apply(sql, statement);
                }
            }
        }
        return true;
    }

    private static void apply(Database database, String statement) {
        database.run(sql -> apply(sql, statement));
    }

    private static final String OF_EVERY_RUN = "update hh1_run ";
    /** A statement may take only seconds, and a ledger may hold millions of runs. */
    private static final String BATCH = " and run_id in (select run_id from hh1_run where version = 0 limit 10000)";

    /** SQLite cannot drop a default or add a constraint; no process of an older format can come back to its file. */
    private static boolean apply(Sql sql, String statement) throws SQLException {
        if (statement.startsWith(OF_EVERY_RUN)) {
            while (sql.update(statement + BATCH) > 0) {
                // The next batch.
            }
        } else if (sql.dialect() != Dialect.SQLITE) {
            // A statement that fails ends the transaction there.
            sql.insertIfAbsent(statement.replace(" add column ", " add column if not exists "));
        } else if (!statement.endsWith("drop default")
                && !statement.startsWith("delete")
                && !statement.contains("add constraint")) {
            sql.insertIfAbsent(statement);
        }
        return true;
    }

    private static void refuseOlderNodes(Database database, int from, @Nullable Path file) {
        long living =
                patiently(MIGRATION_TURNS, () -> database.texts("select owner from hh1_owner where lease_until > :now"))
                        .stream()
                        .filter(owner -> file == null || !LifeLock.isFree(LifeLock.file(file, owner)))
                        .count();
        // Another node of this version may have migrated meanwhile, and be at work.
        if (living > 0 && version(database) < VERSION) {
            throw new LedgerException(
                    "its tables are of version " + from + ", and " + living + " component(s) of an older version are at"
                            + " work with them, which cannot work beside this one: first stop them all, then start this one; one"
                            + " that was killed counts as stopped after 30 s. Nothing was changed",
                    null);
        }
    }

    private static LedgerException notMigrated(int from, LedgerException e) {
        String scripts = IntStream.rangeClosed(from + 1, VERSION)
                .mapToObj(version -> "schema-" + version + ".sql")
                .collect(Collectors.joining(" and "));
        return new LedgerException(
                "its tables are of version " + from + " and could not be brought to version " + VERSION
                        + ", for which a user who may alter tables can run " + scripts
                        + " from this component's jar: " + e.getMessage(),
                e);
    }

    private static void make(Database database, LedgerException missing) {
        try {
            // H2 fails where another node makes the same index at the same moment.
            patiently(2, () -> {
                for (String statement : statements("schema.sql")) {
                    apply(database, statement);
                }
                return true;
            });
        } catch (LedgerException e) {
            e.addSuppressed(missing);
            throw e;
        }
    }

    private static int version(Database database) {
        int version = database.select(row -> row.getInt(1), "select max(version) from hh1_schema")
                .get(0);
        if (version == 0) {
            throw new LedgerException("the table hh1_schema is empty", null);
        }
        return version;
    }

    private static List<String> statements(String name) {
        try (InputStream in = Objects.requireNonNull(Ledger.class.getResourceAsStream(name))) {
            String text = COMMENT.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .replaceAll("");
            return List.of(END.split(text.strip()));
        } catch (IOException e) {
            throw new LedgerException(name + " cannot be read from the component's jar", e);
        }
    }
}
