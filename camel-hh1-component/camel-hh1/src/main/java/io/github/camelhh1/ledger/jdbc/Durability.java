package io.github.camelhh1.ledger.jdbc;

import io.github.camelhh1.ledger.LedgerException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ledger must not forget a change that it has acknowledged. H2 writes a commit half a second later unless its setting
 * says otherwise; PostgreSQL and SQLite may be set to acknowledge before they write.
 */
final class Durability {
    private static final Logger LOG = LoggerFactory.getLogger(Durability.class);

    /** SQLite's number for {@code synchronous=FULL}. */
    private static final int FULL = 2;

    private Durability() {}

    static void ensure(Database database) {
        if (database.dialect() == Dialect.H2) {
            writeAtOnce(database);
        } else if (database.dialect() == Dialect.POSTGRESQL) {
            warnOfLateWrites(database);
        } else {
            warnOfAnUnsyncedFile(database);
        }
    }

    /** The setting is the database's: it needs an administrator once, and stays. */
    private static void writeAtOnce(Database database) {
        List<String> delay = writeDelay(database);
        if (delay.isEmpty()) {
            LOG.warn(
                    "The ledger is an H2 database in memory: the runs it remembers are forgotten when its process ends,"
                            + " and may then be paid twice. Name a file, or use PostgreSQL or SQLite");
            return;
        }
        if (!delay.get(0).equals("0")) {
            try {
                database.update("set write_delay 0");
            } catch (LedgerException e) {
                throw notDurable(delay.get(0), e);
            }
            String now = writeDelay(database).get(0);
            if (!now.equals("0")) {
                throw notDurable(now, null);
            }
        }
    }

    private static LedgerException notDurable(String delay, @Nullable LedgerException cause) {
        return new LedgerException(
                "the H2 database writes what is committed up to " + delay + " ms later, and would forget paid runs when"
                        + " its process is killed; run SET WRITE_DELAY 0 in it as an administrator, or add"
                        + " ;WRITE_DELAY=0 to its URL; nothing was written",
                cause);
    }

    /** First the setting that stays, which counts; then, of some databases, the one that they began with. */
    private static List<String> writeDelay(Database database) {
        return database.texts(
                "select setting_value from information_schema.settings where setting_name = 'WRITE_DELAY'");
    }

    private static void warnOfLateWrites(Database database) {
        String commit = database.texts("show synchronous_commit").get(0);
        if (commit.equals("off") || commit.equals("local")) {
            LOG.warn(
                    "The ledger's PostgreSQL has synchronous_commit = {}: after a crash of {} it may have forgotten the last"
                            + " runs, which may then be paid twice. Set synchronous_commit = on for the ledger's user",
                    commit,
                    commit.equals("off") ? "its server" : "its server, followed by a switch to a replica,");
        }
    }

    /** Of connections that the user makes; those of this component wait for the disk. */
    private static void warnOfAnUnsyncedFile(Database database) {
        int synchronous = Integer.parseInt(database.texts("pragma synchronous").get(0));
        if (synchronous < FULL) {
            LOG.warn(
                    "The ledger's SQLite connections have synchronous = {}: after a power failure the file may have forgotten"
                            + " the last runs, which may then be paid twice. Set synchronous=FULL in the DataSource",
                    synchronous == 0 ? "OFF" : "NORMAL");
        }
    }
}
