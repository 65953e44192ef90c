package io.github.camelhh1.simulation;

import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession.Settled;
import io.github.camelhh1.rooms.Bookkeeping;
import java.util.ArrayList;
import java.util.List;

/** Keeps what is said of settlements, and of the ledger. */
public final class ReportLog implements Bookkeeping.Listener {
    private final List<String> lines = new ArrayList<>();
    private final List<String> ofTheLedger = new ArrayList<>();

    @Override
    public void fails(LedgerException failure) {
        ofTheLedger.add(String.valueOf(failure.getMessage()));
    }

    @Override
    public void works() {
        ofTheLedger.add("works");
    }

    @Override
    public void unwritten(String runId, String ending, LedgerException failure) {
        lines.add(runId + " (" + ending + "): " + failure.getMessage());
    }

    @Override
    public void unexpected(String runId, String ending, Settled settled) {
        lines.add(runId + " (" + ending + "): " + settled);
    }

    public List<String> ofTheLedger() {
        return ofTheLedger;
    }

    public List<String> lines() {
        return lines;
    }
}
