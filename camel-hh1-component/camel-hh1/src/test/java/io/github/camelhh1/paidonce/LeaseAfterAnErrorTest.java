package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.DelegatingSession;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.memory.MemoryLedgers;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One renewal of the lease ends with an Error, as any thread may when the memory is short for a moment. */
class LeaseAfterAnErrorTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private final AtomicInteger renewals = new AtomicInteger();

    private final class OnceShortOfMemory implements Ledger {
        private final Ledger memory = MemoryLedgers.withLease(Clock.systemUTC(), Duration.ofMillis(600));

        @Override
        public LedgerSession open() {
            return new DelegatingSession(memory.open()) {
                @Override
                protected <T> T around(String method, Supplier<T> call) {
                    if (method.equals("renew") && renewals.incrementAndGet() == 1) {
                        throw new OutOfMemoryError("for a moment");
                    }
                    return call.get();
                }
            };
        }

        @Override
        public boolean isDurable() {
            return true;
        }

        @Override
        public String toString() {
            return "once short of memory";
        }
    }

    @Test
    void theLeaseIsRenewedAgainAndMessagesAreSent() {
        CAMEL.restart(component -> component.setLedger(new OnceShortOfMemory()));
        // The first who needs it opens it.
        CAMEL.sendTo("hh1:runs", exchange -> {}).end();
        await().atMost(TestContext.LIMIT).until(() -> renewals.get() >= 1);

        await("renewals after the Error").atMost(TestContext.LIMIT).until(() -> renewals.get() >= 6);

        assertThat(CAMEL.send("").video()).isNotNull();
    }
}
