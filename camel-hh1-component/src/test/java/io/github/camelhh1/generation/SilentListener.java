package io.github.camelhh1.generation;

import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.Settled;

/** Hears of settlements and says nothing. */
final class SilentListener implements Bookkeeping.Listener {
    @Override
    public void unwritten(String runId, String ending, LedgerException failure) {}

    @Override
    public void unexpected(String runId, String ending, Settled settled) {}
}
