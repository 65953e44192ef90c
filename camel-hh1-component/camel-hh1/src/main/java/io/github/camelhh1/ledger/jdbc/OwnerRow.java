package io.github.camelhh1.ledger.jdbc;

/** Rows of {@code hh1_owner}. */
final class OwnerRow {
    private OwnerRow() {}

    static void insert(Database database, String owner, long leaseMillis) {
        database.run(sql -> sql.update(
                "insert into hh1_owner (owner, format, lease_until, renewed_at)"
                        + " select ?, cast(? as integer), :now + ?, :now",
                owner,
                Schema.VERSION,
                leaseMillis));
    }

    /**
     * False: the owner is buried. A renewal that takes effect after the next one shortens no lease; a lease that ends later
     * than any renewal can say, because the database's clock was ahead, is set right.
     */
    static boolean renew(Database database, String owner, long leaseMillis) {
        return database.run(sql -> sql.update(
                        "update hh1_owner set renewed_at = :now, lease_until = case when lease_until > :now + ?"
                                + " and lease_until < :now + ? then lease_until else :now + ? end where owner = ?",
                        leaseMillis,
                        2 * leaseMillis,
                        leaseMillis,
                        owner))
                == 1;
    }

    static void delete(Database database, String owner) {
        database.run(sql -> sql.update("delete from hh1_owner where owner = ?", owner));
    }
}
