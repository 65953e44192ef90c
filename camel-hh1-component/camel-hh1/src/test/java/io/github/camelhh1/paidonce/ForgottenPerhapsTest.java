package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.bench.Bench;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.Retry;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.memory.MemoryLedgers;
import io.github.camelhh1.ledger.memory.Statements;
import io.github.camelhh1.simulator.Reply;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The answer to hh1:forget is lost, and so is the look whether it took place. */
class ForgottenPerhapsTest {
    @RegisterExtension
    static final Bench BENCH = new Bench();

    private static final Desk DESK = new Desk(BENCH);

    private static final class CutOff implements Ledger, Statements {
        private final Ledger memory = MemoryLedgers.withLease(Clock.systemUTC(), Duration.ZERO);
        private boolean cut = true;
        private boolean reading = true;

        @Override
        public LedgerSession open() {
            return MemoryLedgers.late(memory, "node", this);
        }

        @Override
        public synchronized <T> T write(String name, Supplier<T> effect) {
            T answer = effect.get();
            if (cut && name.equals("FORGET")) {
                cut = false;
                reading = false;
                throw new LedgerException("cut off", null);
            }
            return answer;
        }

        @Override
        public synchronized <T> T read(String name, Supplier<T> effect) {
            if (!reading) {
                reading = true;
                throw new LedgerException("cut off", null);
            }
            return effect.get();
        }

        @Override
        public boolean isDurable() {
            return false;
        }

        @Override
        public String toString() {
            return "cut off";
        }
    }

    /** A route that trusts it sends the message again, and frees what was paid for meanwhile. */
    @Test
    void isNotCalledSafeToRepeat() {
        BENCH.restart(component -> component.setLedger(new CutOff()));
        BENCH.simulator().script(Reply.html(502));
        String runId = BENCH.send("", DESK.keyed("key"))
                .failure(OutcomeUnknownException.class)
                .runId();
        var perhaps = DESK.forget(runId).failure(OutcomeUnknownException.class);
        BENCH.send("", DESK.keyed("key")).video();
        assertThat(perhaps).hasMessageContaining("may have taken place");
        int paid = BENCH.simulator().charges();

        if (perhaps.retry() == Retry.SAFE) {
            assertThat(DESK.forget(runId).end().getException()).isNull();
        }

        BENCH.send("", DESK.keyed("key")).video();
        assertThat(BENCH.simulator().charges())
                .as("charges after a repetition that was said to be %s", perhaps.retry())
                .isEqualTo(paid);
    }
}
