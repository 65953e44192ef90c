package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.DelegatingSession;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.memory.MemoryLedgers;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Row 37: a ledger whose statements stand in line is kept alive all the same. */
class LeaseThreadTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MESSAGES = 40;

    private final CountDownLatch slow = new CountDownLatch(1);
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger renewals = new AtomicInteger();
    private final Set<String> renewing = ConcurrentHashMap.newKeySet();

    /** Durable, as far as the component knows; every {@code sent} waits for the test. */
    private final class SlowLedger implements Ledger {
        private final Ledger memory = MemoryLedgers.withLease(Clock.systemUTC(), Duration.ofMillis(900));

        @Override
        public LedgerSession open() {
            return new DelegatingSession(memory.open()) {
                @Override
                protected <T> T around(String method, Supplier<T> call) {
                    if (method.equals("sent")) {
                        waiting.incrementAndGet();
                        waitForTheTest();
                    } else if (method.equals("renew")) {
                        renewals.incrementAndGet();
                        renewing.add(Thread.currentThread().getName());
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
            return "slow";
        }
    }

    private void waitForTheTest() {
        try {
            assertThat(slow.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void isRenewedByAThreadThatDoesNoOtherWork() throws Exception {
        CamelContext context = new DefaultCamelContext();
        try {
            var component = new Hh1Component();
            component.setLedger(new SlowLedger());
            component.getConfiguration().setBackend("simulator");
            component.setMaxInFlight(MESSAGES);
            context.addComponent("hh1", component);
            context.start();
            ProducerTemplate template = context.createProducerTemplate();
            for (int i = 0; i < MESSAGES; i++) {
                template.asyncRequestBody(
                        "hh1:generate?duration=3", CAMEL.simulator().sampleImageUrl());
            }
            await().atMost(LIMIT).until(() -> waiting.get() >= 4);
            int before = renewals.get();

            // All of the ledger's threads wait, and many more statements stand in line.
            await().atMost(LIMIT).until(() -> renewals.get() >= before + 3);

            slow.countDown();
            assertThat(renewing).isNotEmpty().allMatch(name -> name.contains("hh1-lease"));
        } finally {
            context.stop();
        }
    }
}
