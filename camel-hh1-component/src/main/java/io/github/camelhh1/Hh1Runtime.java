package io.github.camelhh1;

import io.github.camelhh1.generation.Bookkeeping;
import io.github.camelhh1.generation.Generators;
import io.github.camelhh1.generation.Joins;
import io.github.camelhh1.generation.Permits;
import io.github.camelhh1.generation.ScheduledTimers;
import io.github.camelhh1.http.AddressRule;
import io.github.camelhh1.http.HttpSettings;
import io.github.camelhh1.http.HttpTransport;
import io.github.camelhh1.staging.Stagings;
import io.github.camelhh1.video.AddressGuard;
import io.github.camelhh1.video.VideoDownload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.util.FileUtil;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the endpoints of one started component share: threads, timers, permits, connections, a private directory.
 *
 * <p>Two executors, never mixed: <em>rooms</em> carries the rooms and never runs a route; <em>callbacks</em> carries
 * routes on, where Camel's redelivery may sleep and a route may wait for a permit. A permit is therefore never released
 * by a thread that may itself be waiting for one.
 */
final class Hh1Runtime {
    private static final Logger LOG = LoggerFactory.getLogger(Hh1Runtime.class);
    private static final int ROOMS = 2;
    private static final int CALLBACKS = 4;
    private static final int STAGINGS = 4;
    private static final int FILES = 4;
    private static final int LEDGER = 4;
    /** Videos that may wait to be fetched without a thread, however few calls may wait. */
    private static final int LEAST_QUEUED = 1000;

    private static final long DRAIN_MILLIS = 5_000;

    private final ExecutorServiceManager threads;
    private final Hh1Component component;
    private final ExecutorService roomsPool;
    private final ExecutorService callbackPool;
    private final ScheduledExecutorService scheduler;
    private final @Nullable SSLContext tls;
    private final List<ExecutorService> pools = new ArrayList<>();
    private final Map<AddressRule, HttpTransport> guarded = new ConcurrentHashMap<>();
    private final Open open = new Open();
    private final RememberedKeys rememberedKeys = new RememberedKeys();
    private final LedgerKeeper ledger;
    private final AtomicBoolean warned = new AtomicBoolean();
    private final StagedImages stagedImages = new StagedImages(this::books);

    final Executor rooms;
    final Executor callbacks;
    final ScheduledTimers timers;
    final Permits permits;
    /** Videos that were taken on: those being fetched and those that wait, for a turn or for a host, without a thread. */
    final Permits downloadPermits;
    /** Videos being fetched: as many as calls may be in flight. Who has a permit waits for a turn and holds nobody back. */
    private final Permits downloadTurns;

    final Clock clock = Clock.systemUTC();

    private @Nullable HttpTransport generations;
    private @Nullable ExecutorService stagingPool;
    private @Nullable ExecutorService filesPool;
    private @Nullable ExecutorService imagePool;
    private @Nullable Path privateDirectory;

    Hh1Runtime(Hh1Component component, @Nullable SSLContext tls) {
        CamelContext context = component.getCamelContext();
        this.component = component;
        this.tls = tls;
        this.threads = context.getExecutorServiceManager();
        this.roomsPool = pool("hh1-rooms", ROOMS);
        this.callbackPool = pool("hh1-callback", CALLBACKS);
        this.scheduler = threads.newSingleThreadScheduledExecutor(component, "hh1-timers");
        this.rooms = orHere(roomsPool);
        this.callbacks = orHere(callbackPool);
        this.timers = new ScheduledTimers(scheduler, rooms);
        this.permits = new Permits(
                component.getMaxInFlight(), component.getMaxQueued(), "reject".equals(component.getWhenFull()), rooms);
        this.downloadPermits = new Permits(
                component.getMaxInFlight() + Math.max(LEAST_QUEUED, component.getMaxQueued()), 0, false, rooms);
        this.downloadTurns = new Permits(component.getMaxInFlight(), Integer.MAX_VALUE, false, rooms);
        this.ledger = openLedger();
        ledger.keep(scheduler);
    }

    /** A ledger that outlives the JVM may be slow or away: it has threads of its own, so that no room waits for it. */
    private LedgerKeeper openLedger() {
        boolean durable = component.getLedger().isDurable();
        try {
            return durable
                    ? new LedgerKeeper(component.getLedger(), orHere(pool("hh1-ledger", LEDGER)), rooms, timers)
                    : new LedgerKeeper(component.getLedger(), Runnable::run, Runnable::run, timers);
        } catch (RuntimeException e) {
            threads.shutdownNow(scheduler);
            pools.forEach(threads::shutdownNow);
            throw e;
        }
    }

    /**
     * Threads made as Camel is told to make them; a queue without end, for what waits there is already bounded. To Camel
     * a queue of size 0 or less means none at all, and by default the thread that brings a task then runs it itself: an
     * I/O thread would carry rooms and routes.
     */
    private ExecutorService pool(String name, int size) {
        var profile = new ThreadPoolProfileBuilder(name)
                .poolSize(size)
                .maxPoolSize(size)
                .maxQueueSize(Integer.MAX_VALUE)
                .rejectedPolicy(ThreadPoolRejectedPolicy.Abort)
                .keepAliveTime(60L)
                .allowCoreThreadTimeOut(true)
                .build();
        ExecutorService pool = threads.newThreadPool(component, name, profile);
        pools.add(pool);
        return pool;
    }

    /** Once the pool is gone, an ending comes on the thread that brought it: better there than never. */
    private static Executor orHere(ExecutorService pool) {
        return task -> {
            try {
                pool.execute(task);
            } catch (RejectedExecutionException e) {
                task.run();
            }
        };
    }

    /** Messages between acceptance and outcome. */
    Open open() {
        return open;
    }

    /** Keys that outlive their exchange. */
    RememberedKeys rememberedKeys() {
        return rememberedKeys;
    }

    /** Said once, when the first endpoint starts that may pay. */
    void warnOfAMemoryThatForgets(boolean paying) {
        if (paying && !component.getLedger().isDurable() && warned.compareAndSet(false, true)) {
            LOG.warn(
                    "ledger=memory: what was sent and paid is forgotten when this JVM ends, and may then be paid twice."
                            + " Set the component's option ledger, to jdbc:sqlite:hh1.db or to a DataSource, to remember it");
        }
    }

    Bookkeeping books() {
        return ledger.books();
    }

    /** What the stacks of all endpoints share. */
    Generators.Shared shared() {
        return new Generators.Shared(
                books(), Joins.ofThisJvm(), permits, timers, clock, () -> ThreadLocalRandom.current()
                        .nextDouble());
    }

    /** The client that talks to the service. */
    synchronized HttpTransport generations() {
        if (generations == null) {
            generations = new HttpTransport(settings(AddressRule.ANY, component.getMaxInFlight()), rooms);
        }
        return generations;
    }

    /**
     * A client for links of strangers, which connects only where {@code rule} allows it. It has connections for as many
     * videos as may be fetched and, beside them, as many images as may be looked at: neither waits for the other.
     */
    HttpTransport guarded(AddressRule rule) {
        int connections = (int) Math.min(Integer.MAX_VALUE, 2L * component.getMaxInFlight());
        return guarded.computeIfAbsent(
                rule, key -> new HttpTransport(settings(key, connections).inLargePieces(), rooms));
    }

    /** Fetches videos, connecting only where {@code guard} allows it. */
    VideoDownload downloads(AddressGuard guard) {
        DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();
        return new VideoDownload(
                guarded(guard), guard, new VideoDownload.Shared(timers, clock, random, downloadTurns, files()));
    }

    /** Where files are synced and hosts of videos looked up, which takes as long as it takes. */
    synchronized Executor files() {
        if (filesPool == null) {
            filesPool = pool("hh1-files", FILES);
        }
        return orHere(filesPool);
    }

    private HttpSettings settings(AddressRule rule, int connections) {
        return new HttpSettings(
                connections,
                Duration.ofMillis(component.getConnectTimeout()),
                tls,
                rule,
                task -> threads.newThread("hh1-http", task));
    }

    /** What staging needs of us; asked for when there is any, since it starts threads and looks into the ledger. */
    Stagings.Shared stagings() {
        return stagedImages.shared(component.getCamelContext(), staging(), rooms);
    }

    /** Where staging endpoints run: not on the rooms, which must not block, nor on callbacks, which may wait for us. */
    private synchronized Executor staging() {
        if (stagingPool == null) {
            stagingPool = pool("hh1-staging", STAGINGS);
        }
        return orHere(stagingPool);
    }

    /** Where images are decoded: one at a time, so that one picture's memory is all that is ever needed. */
    synchronized Executor images() {
        if (imagePool == null) {
            imagePool = pool("hh1-images", 1);
        }
        return orHere(imagePool);
    }

    /** Readable by this user only; gone, with all that is in it, when the component stops. */
    synchronized Path privateDirectory() {
        try {
            if (privateDirectory == null) {
                privateDirectory = Files.createTempDirectory("camel-hh1-");
            }
            return privateDirectory;
        } catch (IOException e) {
            throw new UncheckedIOException("no private directory could be made in java.io.tmpdir", e);
        }
    }

    /**
     * The context has begun to stop. Who waits for a permit is let go now, nothing new is sent, and what is in flight
     * may go on until shortly before Camel's own time-out, so that it ends with an outcome instead of being forgotten.
     */
    void contextStopping(Duration timeout) {
        permits.stop();
        // Ends retry delays and staging: what has not left will not leave.
        timers.stop();
        long margin = Math.min(5_000, timeout.toMillis() / 5);
        try {
            scheduler.schedule(this::endCalls, timeout.toMillis() - margin, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Already stopped");
        }
    }

    /** Ends what is in flight: each call gets its outcome, unknown where the request had left. */
    private void endCalls() {
        permits.stop();
        downloadPermits.stop();
        downloadTurns.stop();
        timers.stop();
        HttpTransport client;
        synchronized (this) {
            client = generations;
        }
        if (client != null) {
            client.close();
        }
        guarded.values().forEach(HttpTransport::close);
    }

    void stop() {
        endCalls();
        if (!open.awaitNone(DRAIN_MILLIS)) {
            LOG.warn("{} messages had not ended when the component stopped", open.count());
        }
        ledger.close();
        threads.shutdownNow(scheduler);
        synchronized (this) {
            if (stagingPool != null) {
                // A store that does not answer would be waited for.
                threads.shutdownNow(stagingPool);
            }
            pools.forEach(threads::shutdownGraceful);
            if (privateDirectory != null) {
                FileUtil.removeDir(privateDirectory.toFile());
            }
        }
    }
}
