package io.github.camelhh1.ledger;

/** A row of {@code hh1_owner}. */
final class OwnerRow {
    private OwnerRow() {}

    static void renew(Database database, String owner, long leaseMillis) {
        int renewed = database.run(sql -> sql.update(
                "update hh1_owner set lease_until = :now + ?, renewed_at = :now where owner = ?", leaseMillis, owner));
        if (renewed == 0) {
            database.run(sql -> sql.insertIfAbsent(
                    "insert into hh1_owner (owner, lease_until, renewed_at) select ?, :now + ?, :now"
                            + " where not exists (select 1 from hh1_owner where owner = ?)",
                    owner,
                    leaseMillis,
                    owner));
        }
    }

    static void delete(Database database, String owner) {
        database.run(sql -> sql.update("delete from hh1_owner where owner = ?", owner));
    }
}
