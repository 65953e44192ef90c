package io.github.camelhh1.generation;

import io.github.camelhh1.generation.VirtualWorld.Life;
import io.github.camelhh1.ledger.DelegatingSession;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A node from its start to its death: the real rooms, on virtual time, with a ledger that fails now and then. */
final class SimulatedNode {
    private final VirtualWorld world;
    private final Random random;
    private final Permits permits;
    private final Joins joins = new Joins();
    private final Generator rooms;
    final LedgerSession session;
    final Life life = new Life();
    /** Of a hundred writes so many fail; half of those have taken place all the same. */
    private int failures;

    SimulatedNode(
            VirtualWorld world,
            Random random,
            Ledger ledger,
            SimulatedService service,
            Budget budget,
            InstantSource wallClock) {
        this.world = world;
        this.random = random;
        this.session = new Unsteady(ledger.open());
        this.permits = new Permits(3, 200, true, Runnable::run);
        Timers timers = new NodeTimers();
        var books = new Bookkeeping(session, Runnable::run, Runnable::run, timers, (runId, failure) -> {});
        this.rooms = Generators.stack(
                        service.seenBy(life),
                        null,
                        budget,
                        () -> "key",
                        new Generators.Shared(books, joins, permits, timers, wallClock))
                .generator();
        session.recover();
        keepAlive();
    }

    private void keepAlive() {
        world.after(session.lease().dividedBy(3), life, () -> {
            if (idle && permits.inFlight() + permits.waiting() + joins.size() == 0) {
                return;
            }
            try {
                session.renew();
                session.recover();
            } catch (LedgerException e) {
                // At the next turn.
            }
            keepAlive();
        });
    }

    private boolean idle;

    /** No more deliveries will come: once the last has ended the node may fall silent. */
    void noMore() {
        idle = true;
    }

    CompletionStage<Outcome> deliver(Generation generation) {
        return rooms.generate(generation);
    }

    void failOftenFor(Duration time, int ofAHundred) {
        failures = ofAHundred;
        world.after(time, null, () -> failures = 0);
    }

    /** As SIGKILL does it. */
    void kill() {
        life.end();
    }

    void pause(Duration time) {
        world.pause(life, time);
    }

    int open() {
        return permits.inFlight() + permits.waiting() + joins.size();
    }

    private final class NodeTimers implements Timers {
        @Override
        public CompletableFuture<Boolean> after(Duration delay) {
            var passed = new CompletableFuture<Boolean>();
            world.after(delay, life, () -> passed.complete(true));
            return passed;
        }

        @Override
        public long nanoTime() {
            return world.nanos();
        }
    }

    private final class Unsteady extends DelegatingSession {
        Unsteady(LedgerSession session) {
            super(session);
        }

        @Override
        protected <T> T around(String method, Supplier<T> call) {
            if (random.nextInt(100) >= failures) {
                return call.get();
            }
            if (random.nextBoolean()) {
                call.get();
            }
            throw new LedgerException(method + " failed", null);
        }
    }
}
