package io.github.camelhh1.ledger.fence;

import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Frees or holds open runs that nobody works on: those of dead owners, and those that a late statement of this one made. */
final class Recovery {
    /** One commit for many: ten thousand runs must not take ten thousand turns of the disk. */
    private static final int BATCH = 500;

    private final RunStore store;
    private final Owners owners;
    private final LiveClaims claims;

    Recovery(RunStore store, Owners owners, LiveClaims claims) {
        this.store = store;
        this.owners = owners;
        this.claims = claims;
    }

    /** The runs that became {@code UNKNOWN}. */
    List<Run> recover() {
        var unknown = new ArrayList<Run>(freeOwn());
        owners.bury();
        List<RunRow> left = store.openOfTheDead();
        for (int from = 0; from < left.size(); from += BATCH) {
            unknown.addAll(store.freeOfTheDead(left.subList(from, Math.min(from + BATCH, left.size()))));
        }
        return unknown;
    }

    /** Rows are read before claims: a claim that is in neither has ended, and its row has changed since. */
    private List<Run> freeOwn() {
        String owner = owners.owner();
        List<Claim> open = store.openOf(owner);
        Set<Claim> live = claims.now();
        var unknown = new ArrayList<Run>();
        for (Claim claim : open) {
            RunRow row = live.contains(claim) ? null : store.find(claim.runId());
            if (row != null && row.isOf(claim) && row.isOpen() && claims.find(claim) == null && freeOwn(row)) {
                RunRow now = row.run().state() == RunState.SENT ? store.find(claim.runId()) : null;
                if (now != null && now.run().state() == RunState.UNKNOWN) {
                    unknown.add(now.run());
                }
            }
        }
        return unknown;
    }

    /** Whether the row was an open run that nobody works on, and is settled now. */
    boolean freed(RunRow row) {
        if (!row.isOpen()) {
            return false;
        } else if (row.run().owner().equals(owners.owner())) {
            return claims.find(row.claim()) == null && freeOwn(row);
        }
        owners.bury();
        store.freeOfTheDead(List.of(row));
        RunRow now = store.find(row.run().runId());
        return now == null
                || now.version() != row.version()
                || now.run().state() != row.run().state();
    }

    /** A row of this owner that a late statement made or changed. */
    private boolean freeOwn(RunRow row) {
        boolean nothingLeft = row.run().state() == RunState.CLAIMED
                || claims.neverLeft(row.claim(), row.run().attempt());
        return store.change(row.expected(), nothingLeft ? Command.Plain.RELEASE : Command.Plain.ABANDON);
    }
}
