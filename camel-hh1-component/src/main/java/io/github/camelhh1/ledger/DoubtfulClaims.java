package io.github.camelhh1.ledger;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Claims whose writing failed. A database that was cut off may have made one all the same; nobody is at work on it, and
 * other nodes would wait for it as long as this owner lives.
 */
final class DoubtfulClaims {
    /** After an hour without a database the eldest are not worth more memory. */
    private static final int MOST = 10_000;

    private final Database database;
    private final String owner;
    private final Set<Claim> claims = ConcurrentHashMap.newKeySet();

    DoubtfulClaims(Database database, String owner) {
        this.database = database;
        this.owner = owner;
    }

    void add(Claim claim) {
        if (claims.size() < MOST) {
            claims.add(claim);
        }
    }

    /** Gives up those that were made. */
    void release() {
        if (claims.isEmpty()) {
            return;
        }
        Set<Claim> asked = Set.copyOf(claims);
        List<RunRow> own = database.run(
                sql -> sql.select(RunRow::read, RunRow.SELECT + " where state = 'CLAIMED' and owner = ?", owner));
        for (RunRow row : own) {
            if (asked.contains(row.claim())) {
                database.inTransaction(sql -> new RunChanges(sql).undo(row, false, ""));
            }
        }
        claims.removeAll(asked);
    }
}
