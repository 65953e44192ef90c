package io.github.camelhh1.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerContract;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.NewRun;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thread that is interrupted, as a route that is stopped by force is, claims a run. H2 closes its file then, and its
 * database with it, for everybody in the process.
 */
class H2InterruptTest {
    private static final Completion COMPLETION =
            new Completion("https://v.example/1.mp4", "Completed", null, Duration.ZERO, null, null, null);

    @TempDir
    private Path directory;

    @Test
    void othersWriteWhatWasPaidAllTheSame() throws Exception {
        Ledger ledger = Ledgers.of("jdbc:h2:file:" + directory.resolve("hh1"));
        LedgerSession paying = ledger.open();
        LedgerSession interrupted = ledger.open();
        Attempt attempt = LedgerContract.sent(paying, "paid");
        for (int i = 0; i < 20; i++) {
            NewRun run = LedgerContract.run("run" + i);
            var thread = new Thread(() -> {
                Thread.currentThread().interrupt();
                try {
                    interrupted.claim(run, 1);
                } catch (LedgerException e) {
                    // Nothing was sent for it.
                }
            });
            thread.start();
            thread.join();
        }

        // The background tries again, ever more rarely.
        await("the ending of a call that was in flight")
                .pollInterval(Duration.ofSeconds(5))
                .atMost(Duration.ofSeconds(45))
                .untilAsserted(() -> assertThat(complete(paying, attempt)).isEqualTo("DONE"));
    }

    private static String complete(LedgerSession session, Attempt attempt) {
        try {
            return String.valueOf(session.complete(attempt, COMPLETION));
        } catch (LedgerException e) {
            return e.getMessage();
        }
    }
}
