package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.Retry;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.memory.MemoryLedgers;
import io.github.camelhh1.ledger.memory.StatementFaults;
import io.github.camelhh1.simulator.Reply;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The answer to hh1:forget is lost, and so is the look whether it took place. */
class ForgottenPerhapsTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static final LedgerClient LEDGER = new LedgerClient(CAMEL);

    private static final class CutOff implements Ledger, StatementFaults {
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
        CAMEL.restart(component -> component.setLedger(new CutOff()));
        CAMEL.simulator().script(Reply.html(502));
        String runId = CAMEL.send("", LEDGER.keyed("key"))
                .failure(OutcomeUnknownException.class)
                .runId();
        var perhaps = LEDGER.forget(runId).failure(OutcomeUnknownException.class);
        CAMEL.send("", LEDGER.keyed("key")).video();
        assertThat(perhaps).hasMessageContaining("may have taken place");
        int paid = CAMEL.simulator().charges();

        if (perhaps.retry() == Retry.SAFE) {
            assertThat(LEDGER.forget(runId).end().getException()).isNull();
        }

        CAMEL.send("", LEDGER.keyed("key")).video();
        assertThat(CAMEL.simulator().charges())
                .as("charges after a repetition that was said to be %s", perhaps.retry())
                .isEqualTo(paid);
    }
}
