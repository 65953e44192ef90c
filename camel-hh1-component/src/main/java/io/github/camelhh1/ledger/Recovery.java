package io.github.camelhh1.ledger;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Settles what owners left behind who live no more. */
final class Recovery {
    /** One commit for many: ten thousand runs must not take ten thousand turns of the disk. */
    private static final int BATCH = 500;

    private static final String OF_THE_DEAD = " and " + Owners.DEAD;

    private final Database database;
    private final Owners owners;

    Recovery(Database database, Owners owners) {
        this.database = database;
        this.owners = owners;
    }

    /** The runs that are held now. */
    List<Run> recover() {
        owners.bury();
        List<RunRow> left = database.run(sql -> sql.select(
                RunRow::read,
                RunRow.SELECT + " where state in ('CLAIMED', 'SENT')" + OF_THE_DEAD + " order by created_at, run_id"));
        var held = new ArrayList<Run>();
        for (int from = 0; from < left.size(); from += BATCH) {
            List<RunRow> batch = left.subList(from, Math.min(from + BATCH, left.size()));
            held.addAll(database.inTransaction(sql -> free(new RunChanges(sql), batch)));
        }
        return held;
    }

    private static List<Run> free(RunChanges changes, List<RunRow> batch) throws SQLException {
        var held = new ArrayList<Run>();
        for (RunRow row : batch) {
            if (free(changes, row)) {
                changes.find(row.run().runId())
                        .map(RunRow::run)
                        .filter(run -> run.state() == RunState.UNKNOWN)
                        .ifPresent(held::add);
            }
        }
        return held;
    }

    private static boolean free(RunChanges changes, RunRow row) throws SQLException {
        return row.run().state() == RunState.SENT
                ? changes.abandoned(row.claim())
                : changes.undo(row, false, OF_THE_DEAD);
    }

    /** An open run, if its owner lives no more. */
    boolean free(RunRow row) {
        if (row.run().owner().equals(owners.owner())) {
            return false;
        }
        owners.bury();
        return database.inTransaction(sql -> free(new RunChanges(sql), row));
    }

    /** A claim of this very owner that nobody is at work on: its writing had failed, and had taken place. */
    boolean freeOwn(RunRow row) {
        return row.run().owner().equals(owners.owner())
                && row.run().state() == RunState.CLAIMED
                && database.inTransaction(sql -> new RunChanges(sql).undo(row, false, ""));
    }
}
