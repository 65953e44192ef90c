package io.github.camelhh1.ledger.jdbc;

import io.github.camelhh1.ledger.Emission;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.RunState;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A process that hands on late results, one after another, until it is killed: it says each before it acknowledges it. */
public final class EmitterMain {
    private EmitterMain() {}

    /** {@code arguments}: the ledger's URL. */
    public static void main(String[] arguments) {
        var output = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        LedgerSession session = Ledgers.of(arguments[0]).open();
        var filter = new Emission.Filter(RunState.COMPLETED, Duration.ZERO, null);
        while (!output.checkError()) {
            session.recover();
            for (Emission emission : session.emit(filter, 1)) {
                output.print(emission.run().runId() + "\n");
                session.ended(emission, null);
            }
        }
    }
}
