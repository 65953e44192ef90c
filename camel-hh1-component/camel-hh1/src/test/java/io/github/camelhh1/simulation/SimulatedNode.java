package io.github.camelhh1.simulation;

import io.github.camelhh1.async.Permits;
import io.github.camelhh1.async.Rate;
import io.github.camelhh1.generation.Generation;
import io.github.camelhh1.generation.Generator;
import io.github.camelhh1.generation.Outcome;
import io.github.camelhh1.generation.Prices.Budget;
import io.github.camelhh1.generation.ServiceHost;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.rooms.Bookkeeping;
import io.github.camelhh1.rooms.FailingFast;
import io.github.camelhh1.rooms.Resumed;
import io.github.camelhh1.rooms.Rooms;
import io.github.camelhh1.rooms.RunsUnderWay;
import io.github.camelhh1.simulation.VirtualWorld.Life;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/** A component from its start to its stop or death: the real rooms on virtual time, with an unsteady ledger. */
final class SimulatedNode {
    private static final Duration RENEWAL = Duration.ofSeconds(10);
    private static final Duration LATEST_NAME = Duration.ofMinutes(2);
    private static final Duration SLOW_STATEMENT = Duration.ofSeconds(2);

    private final VirtualWorld world;
    private final SimulatedTimers timers;
    private final Permits permits;
    private final Bookkeeping books;
    private final Generator rooms;
    /** Null where the service has no tasks. */
    private final Resumed resumed;

    private int running;
    private int resuming;
    private int resumptions;
    private boolean stopped;
    private boolean steadyAtLast;
    private boolean idle;
    private long slowUntil;
    private long slowPeriodEnd;

    final LedgerSession session;
    final UnsteadyStatements statements;
    private final boolean renewalWaits;
    final Life life;
    final RunsUnderWay joins;
    final SimulatedService.Client client;
    /** How far the clock on its wall is off. Only what resumes reads it. */
    Duration[] off = {Duration.ZERO};

    /** A session, and how its statements fare. */
    record Database(LedgerSession session, UnsteadyStatements statements) {}

    /** {@code process} is what it shares with the other nodes of its JVM. */
    record Process(Life life, RunsUnderWay joins) {
        static Process start() {
            return new Process(new Life(), new RunsUnderWay());
        }
    }

    SimulatedNode(
            VirtualWorld world,
            Process process,
            Database database,
            SimulatedService service,
            Budget budget,
            int maxInFlight,
            int mostPaid,
            boolean renewalWaits) {
        this.world = world;
        this.life = process.life();
        this.joins = process.joins();
        this.session = database.session();
        this.statements = database.statements();
        this.renewalWaits = renewalWaits;
        this.client = service.client(life);
        Executor threads = task -> world.after(world.within(Duration.ofMillis(20)), life, task);
        this.timers = new SimulatedTimers(world, life, threads);
        this.permits = new Permits(maxInFlight, 200, true, threads);
        this.books =
                new Bookkeeping(session, Runnable::run, this::onTheLedgersThreads, threads, timers, new ReportLog());
        var calls = new Rooms.Service(
                client,
                () -> late("key"),
                new ServiceHost("service", () -> late("address")),
                permits,
                service.hasTasks() ? new Rate(10, timers) : null,
                null,
                null);
        var shared = new Rooms.Shared(books, joins, timers, world::chance);
        this.rooms = Rooms.stack(calls, new Rooms.Images(null, null, null), budget, new FailingFast(timers), shared)
                .generator();
        this.resumed = Rooms.resumed(calls, shared, Simulation.limits(mostPaid), () -> world.instant()
                .plus(off[0]));
        keepAlive();
        if (resumed != null) {
            lookForTasks();
        }
    }

    /** Row 36: keys and names mostly come at once, now and then after a minute or two, and now and then never. */
    private CompletableFuture<String> late(String value) {
        if (world.chance() >= 0.05) {
            return CompletableFuture.completedFuture(value);
        }
        var late = new CompletableFuture<String>();
        if (world.chance() >= 0.1) {
            world.after(world.within(LATEST_NAME), life, () -> late.complete(value));
        }
        return late;
    }

    /** Mostly at once, now and then so slowly that others overtake it. */
    private void onTheLedgersThreads(Runnable task) {
        Duration most = world.chance() < 0.05 ? Duration.ofSeconds(5) : Duration.ofMillis(50);
        world.after(world.within(most).plus(queue()), life, task);
    }

    /** While the database is slow, statements stand in line. */
    private Duration queue() {
        long behind = Math.max(0, slowUntil - world.nanos());
        if (world.nanos() < slowPeriodEnd) {
            slowUntil = world.nanos() + behind + SLOW_STATEMENT.toNanos();
        }
        return Duration.ofNanos(behind);
    }

    /** Each statement of the ledger's threads takes a while from now on, one after the other. */
    void slowDown(Duration time) {
        slowPeriodEnd = world.nanos() + time.toNanos();
    }

    private void keepAlive() {
        if (stopped || idle) {
            return;
        }
        if (renewalWaits) {
            onTheLedgersThreads(this::renew);
        } else {
            renew();
        }
        onTheLedgersThreads(this::recover);
        world.after(RENEWAL, life, this::keepAlive);
    }

    private void renew() {
        if (!stopped && !idle) {
            try {
                session.renew();
            } catch (LedgerException e) {
                // At the next turn.
            }
        }
    }

    private void recover() {
        if (!stopped && !idle) {
            try {
                session.recover();
            } catch (LedgerException e) {
                // At the next turn.
            }
        }
    }

    /** As {@code TaskKeeper}. */
    private void lookForTasks() {
        books.later(ledger -> {
                    ledger.toResume(Simulation.ACCOUNT, 1_000).forEach(this::resume);
                    return true;
                })
                .whenComplete((done, error) -> timers.after(RENEWAL).thenAccept(passed -> {
                    if (passed && !idle) {
                        lookForTasks();
                    }
                }));
    }

    private void resume(Run run) {
        resuming++;
        resumed.resume(run).whenComplete((outcome, error) -> {
            resuming--;
            resumptions += outcome == null || outcome instanceof Outcome.InFlight ? 0 : 1;
        });
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

    /** No new request leaves, calls in flight have a little time, and the ledger is closed last. */
    void stop() {
        permits.stop();
        timers.stop();
        world.after(world.within(Duration.ofSeconds(60)), life, () -> {
            client.close();
            closeOnceAllHasEnded();
        });
    }

    private void closeOnceAllHasEnded() {
        if (running() > 0) {
            world.after(Duration.ofSeconds(1), life, this::closeOnceAllHasEnded);
            return;
        }
        int failures = statements.failures();
        books.writeTheRest();
        steadyAtLast = statements.failures() == failures;
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

    /** Deliveries, and resumptions, that have not ended. */
    int running() {
        return running + resuming;
    }

    /** Runs that it has taken over. */
    int resumptions() {
        return resumptions;
    }

    /** The number of permits, of waiting calls and of unwritten endings. */
    int open() {
        return permits.inFlight() + permits.waiting() + books.unwritten();
    }

    @Override
    public String toString() {
        return session.owner() + (stopped ? " (stopped)" : life.isOver() ? " (dead)" : "");
    }
}
