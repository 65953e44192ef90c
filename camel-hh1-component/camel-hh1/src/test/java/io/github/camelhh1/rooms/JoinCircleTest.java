package io.github.camelhh1.rooms;

import static io.github.camelhh1.rooms.ScriptedGenerator.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.ledger.DelegatingSession;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.LedgerSession.Claiming;
import io.github.camelhh1.ledger.memory.MemoryLedgers;
import io.github.camelhh1.ledger.memory.StatementFaults;
import io.github.camelhh1.simulation.HeldStatements;
import io.github.camelhh1.simulation.ReportLog;
import io.github.camelhh1.simulation.VirtualTimers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Two components of one JVM, one key, and of each an insert that was given up and takes effect late. */
class JoinCircleTest {
    private final Ledger ledger = MemoryLedgers.withLease(() -> Instant.EPOCH, Duration.ofSeconds(30));
    private final VirtualTimers time = new VirtualTimers();
    private final RunsUnderWay joins = new RunsUnderWay();
    private final HeldStatements ofOne = new HeldStatements();
    private final HeldStatements ofTwo = new HeldStatements();
    private final ScriptedGenerator backend = new ScriptedGenerator();
    private final AtomicReference<CompletableFuture<Outcome>> second = new AtomicReference<>();

    /** Once the first component has freed the row of its own late insert, that of the other component arrives. */
    private final StatementFaults one = new StatementFaults() {
        @Override
        public <T> T write(String name, Supplier<T> effect) {
            T answer = ofOne.write(name, effect);
            if (name.equals("RELEASE")) {
                ofTwo.arrive();
            }
            return answer;
        }

        @Override
        public <T> T read(String name, Supplier<T> effect) {
            return effect.get();
        }
    };

    private Generator node(LedgerSession session) {
        var books = new Bookkeeping(session, Runnable::run, Runnable::run, Runnable::run, time, new ReportLog());
        return new OncePerKey(new Recorded(backend, books, time, null), books, joins);
    }

    private static CompletableFuture<Outcome> deliver(Generator node) {
        return node.generate(ScriptedGenerator.generation()).toCompletableFuture();
    }

    @Test
    void doNotWaitForEachOtherForEver() {
        LedgerSession ones = MemoryLedgers.late(ledger, "one", one);
        Generator first = node(ones);
        var claims = new AtomicInteger();
        LedgerSession twos = new DelegatingSession(MemoryLedgers.late(ledger, "two", ofTwo)) {
            @Override
            protected <T> T around(String method, Supplier<T> call) {
                T answer = call.get();
                // Between the ledger's answer and the look for whoever is at work, the other component gets the key,
                // too.
                if (answer instanceof Claiming.NotClaimed not
                        && not.reason() == Claiming.Reason.IN_FLIGHT
                        && claims.incrementAndGet() == 2) {
                    second.set(deliver(first));
                }
                return answer;
            }
        };
        Generator other = node(twos);
        ofOne.hold("insert");
        assertThat(deliver(first).join()).isInstanceOf(Outcome.NotSent.class);
        ofTwo.hold("insert");
        assertThat(deliver(other).join()).isInstanceOf(Outcome.NotSent.class);
        ofOne.arrive();

        CompletableFuture<Outcome> last = deliver(other);
        ones.recover();
        twos.recover();
        time.pass(Duration.ofHours(1));
        backend.calls().forEach(call -> call.complete(COMPLETED));

        assertThat(second.get()).as("the delivery in the first component").isDone();
        assertThat(last).as("the delivery in the second component").isDone();
    }
}
