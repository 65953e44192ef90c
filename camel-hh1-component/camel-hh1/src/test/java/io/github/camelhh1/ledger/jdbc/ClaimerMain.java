package io.github.camelhh1.ledger.jdbc;

import io.github.camelhh1.ledger.LedgerContract;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.Ledgers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A process that claims and sends runs as fast as it can, as soon as it is told to, and says how many were its own. */
public final class ClaimerMain {
    private ClaimerMain() {}

    /** {@code arguments}: the ledger's URL, how many runs, and whether to begin with the last. */
    public static void main(String[] arguments) throws IOException {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var output = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        LedgerSession session = Ledgers.of(arguments[0]).open();
        output.println("ready");
        input.readLine();
        int own = 0;
        int runs = Integer.parseInt(arguments[1]);
        boolean backwards = Boolean.parseBoolean(arguments[2]);
        for (int i = 0; i < runs; i++) {
            int number = backwards ? runs - 1 - i : i;
            if (session.claim(LedgerContract.run("run-" + number), 1) instanceof Claiming.Claimed claimed) {
                own += session.sent(claimed.claim(), null).isPresent() ? 1 : 0;
            }
        }
        output.println(own);
        // Lives until it is killed.
        input.readLine();
    }
}
