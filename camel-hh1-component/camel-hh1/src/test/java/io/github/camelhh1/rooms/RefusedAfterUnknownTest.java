package io.github.camelhh1.rooms;

import static io.github.camelhh1.rooms.ScriptedGenerator.REFUSED_CONNECTION;
import static io.github.camelhh1.rooms.ScriptedGenerator.REJECTED;
import static io.github.camelhh1.rooms.ScriptedGenerator.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.generation.Generation.Limits;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.simulation.ReportLog;
import io.github.camelhh1.simulation.VirtualTimers;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A later delivery sends an unknown run again, as onUnknown=resend asks for, and nothing comes of it. */
class RefusedAfterUnknownTest {
    private final Ledger ledger = Ledgers.memory();
    private final VirtualTimers time = new VirtualTimers();

    private Outcome deliver(LedgerSession session, int maxPaidAttempts, Outcome ending) {
        Limits plain = new Limits(
                ScriptedGenerator.LIMITS.generationTimeout(),
                1,
                ScriptedGenerator.LIMITS.retryDelay(),
                ScriptedGenerator.LIMITS.maxRetryDelay(),
                maxPaidAttempts);
        var books = new Bookkeeping(session, Runnable::run, Runnable::run, Runnable::run, time, new ReportLog());
        return new OncePerKey(
                        new Recorded(ScriptedGenerator.ending(ending), books, time, null), books, new RunsUnderWay())
                .generate(ScriptedGenerator.generation(plain))
                .toCompletableFuture()
                .join();
    }

    static Stream<Outcome> endings() {
        return Stream.of(REJECTED, REFUSED_CONNECTION);
    }

    @ParameterizedTest
    @MethodSource("endings")
    void isStillToldThatItMayBeBilled(Outcome ending) {
        LedgerSession session = ledger.open();
        assertThat(deliver(session, 1, UNKNOWN)).isInstanceOf(Outcome.Unknown.class);

        Outcome second = deliver(session, 2, ending);

        assertThat(session.find(ScriptedGenerator.generation().identity().runId())
                        .orElseThrow()
                        .state())
                .isEqualTo(RunState.UNKNOWN);
        // The messages of both say "Nothing is billed".
        assertThat(second).isNotInstanceOf(Outcome.Rejected.class).isNotInstanceOf(Outcome.NotSent.class);
    }
}
