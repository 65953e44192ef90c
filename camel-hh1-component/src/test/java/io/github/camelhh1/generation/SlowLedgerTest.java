package io.github.camelhh1.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Claiming;
import io.github.camelhh1.ledger.Ending;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.NewRun;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A ledger that takes its time to fail, and a log that fails too. */
class SlowLedgerTest {
    private final FragileSession session = new FragileSession(Ledgers.memory().open());
    private final VirtualTimers time = new VirtualTimers();
    private final List<String> reported = new ArrayList<>();
    private final Bookkeeping books = new Bookkeeping(
            session,
            Runnable::run,
            Runnable::run,
            time,
            (runId, failure) -> reported.add(runId + ": " + failure.getMessage()));

    private Claim sent(String id) {
        var run = new NewRun(id, "account", "model", "key", "fingerprint", "a.mp4", 5, null);
        Claim claim = ((Claiming.Claimed) session.claim(run, 1)).claim();
        session.sent(claim);
        return claim;
    }

    private CompletableFuture<Void> settle(Claim claim) {
        return books.settle(claim, ledger -> ledger.unknown(claim, Ending.of("silence")))
                .toCompletableFuture();
    }

    private RunState state(String id) {
        return session.find(id).map(Run::state).orElse(null);
    }

    @Nested
    class WhenAnEndingCannotBeWritten {
        private final Claim claim = sent("a");

        {
            session.breakDown("unknown");
        }

        @Test
        void theExchangeGoesOnThoughTheReportFails() {
            var speechless = new Bookkeeping(session, Runnable::run, Runnable::run, time, (runId, failure) -> {
                throw new AssertionError("no log");
            });

            var first = speechless.settle(claim, ledger -> ledger.unknown(claim, Ending.of("silence")));
            assertThat(first.toCompletableFuture()).isCompleted();
            session.mend();
            time.pass(Duration.ofSeconds(30));

            assertThat(state("a")).isEqualTo(RunState.UNKNOWN);
        }
    }

    @Nested
    class WhenTheComponentStopsAndTheLedgerIsSlowToFail {
        @Test
        void itIsNotWaitedForOnceForEachEnding() {
            var tries = new ArrayList<Claim>();
            session.breakDown("unknown");
            for (int i = 0; i < 100; i++) {
                Claim claim = sent("run " + i);
                books.settle(claim, ledger -> {
                    tries.add(claim);
                    time.pass(Duration.ofSeconds(3));
                    ledger.unknown(claim, Ending.of("silence"));
                });
            }
            time.stop();
            tries.clear();

            books.writeTheRest();

            assertThat(tries).hasSizeLessThanOrEqualTo(4);
            assertThat(books.unwritten()).isZero();
        }
    }
}
