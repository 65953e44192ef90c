package io.github.camelhh1.generation;

import io.github.camelhh1.generation.VirtualWorld.Life;
import io.github.camelhh1.ledger.LedgerException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/** A component from its start to its stop or death: the real rooms on virtual time, with an unsteady ledger. */
final class SimulatedNode {
    private static final Duration RENEWAL = Duration.ofSeconds(10);

    private final VirtualWorld world;
    private final SimulatedService.Client client;
    private final SimulatedTimers timers;
    private final Permits permits;
    private final Bookkeeping books;
    private final Generator rooms;
    private int running;
    private boolean stopped;
    private boolean steadyAtLast;
    private boolean idle;

    final UnsteadySession session;
    final Life life;
    final Joins joins;
    /** How far the clock on its wall is off. */
    Duration off = Duration.ZERO;

    /** {@code process} is what it shares with the other nodes of its JVM. */
    record Process(Life life, Joins joins) {
        static Process start() {
            return new Process(new Life(), new Joins());
        }
    }

    SimulatedNode(
            VirtualWorld world, Process process, UnsteadySession session, SimulatedService service, Budget budget) {
        this.world = world;
        this.life = process.life();
        this.joins = process.joins();
        this.session = session;
        this.client = service.client(life);
        Executor threads = task -> world.after(world.within(Duration.ofMillis(20)), life, task);
        this.timers = new SimulatedTimers(world, life, threads);
        this.permits = new Permits(3, 200, true, threads);
        this.books = new Bookkeeping(session, this::onTheLedgersThreads, threads, timers, (runId, failure) -> {});
        this.rooms = Generators.stack(
                        new Generators.Service(client, Credentials.fixed("key"), ServiceHost.KNOWN),
                        null,
                        null,
                        budget,
                        new Generators.Shared(
                                books,
                                joins,
                                permits,
                                timers,
                                () -> world.instant().plus(off),
                                world::chance))
                .generator();
        keepAlive();
    }

    /** Mostly at once, now and then so slowly that others overtake it. */
    private void onTheLedgersThreads(Runnable task) {
        Duration most = world.chance() < 0.05 ? Duration.ofSeconds(5) : Duration.ofMillis(50);
        world.after(world.within(most), life, task);
    }

    private void keepAlive() {
        if (stopped || idle) {
            return;
        }
        try {
            session.renew();
            session.recover();
        } catch (LedgerException e) {
            // At the next turn.
        }
        world.after(RENEWAL, life, this::keepAlive);
    }

    /** Falls silent, as a process does that is gone. */
    void noMore() {
        idle = true;
    }

    /** As soon as it is awake, if it ever is. */
    void deliver(Generation generation, BiConsumer<Outcome, Throwable> ending) {
        running++;
        world.after(Duration.ZERO, life, () -> rooms.generate(generation).whenComplete((outcome, error) -> {
            running--;
            ending.accept(outcome, error);
        }));
    }

    /** Nothing new leaves, what is in flight has a little time, and the ledger is closed last. */
    void stop() {
        permits.stop();
        timers.stop();
        world.after(world.within(Duration.ofSeconds(60)), life, () -> {
            client.close();
            closeOnceAllHasEnded();
        });
    }

    private void closeOnceAllHasEnded() {
        if (running > 0) {
            world.after(Duration.ofSeconds(1), life, this::closeOnceAllHasEnded);
            return;
        }
        int failures = session.failures();
        books.writeTheRest();
        steadyAtLast = session.failures() == failures;
        session.close();
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }

    /** Whether all that it knew has come into the ledger. */
    boolean hasWrittenAll() {
        return stopped ? steadyAtLast : !life.isOver();
    }

    /** Deliveries that have not ended. */
    int running() {
        return running;
    }

    /** What is not given back. */
    int open() {
        return permits.inFlight() + permits.waiting() + books.unwritten();
    }

    @Override
    public String toString() {
        return session.owner() + (stopped ? " (stopped)" : life.isOver() ? " (dead)" : "");
    }
}
