package io.github.camelhh1.wiring;

import io.github.camelhh1.Hh1ComponentOptions;
import io.github.camelhh1.async.Grace;
import io.github.camelhh1.async.Permits;
import io.github.camelhh1.async.Rate;
import io.github.camelhh1.async.ScheduledTimers;
import io.github.camelhh1.download.DownloadRuntime;
import io.github.camelhh1.download.VideoDownload;
import io.github.camelhh1.http.HostNames;
import io.github.camelhh1.image.Snapshots;
import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.ledger.Amount.Spending;
import io.github.camelhh1.link.AddressGuard;
import io.github.camelhh1.lookup.LookupPace;
import io.github.camelhh1.observe.Events;
import io.github.camelhh1.observe.Figures;
import io.github.camelhh1.observe.Observers;
import io.github.camelhh1.observe.Readings;
import io.github.camelhh1.rooms.Bookkeeping;
import io.github.camelhh1.rooms.Credentials;
import io.github.camelhh1.rooms.Rooms;
import io.github.camelhh1.rooms.RunsUnderWay;
import io.github.camelhh1.staging.SharedStaging;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts that the endpoints of one started component share. */
public final class ComponentParts {
    private static final Logger LOG = LoggerFactory.getLogger(ComponentParts.class);
    /** At least this many videos may wait to be fetched. A waiting video holds no thread. */
    private static final int LEAST_QUEUED = 1000;

    /** Each has a connection with some 200 KB of buffers. */
    private static final int MOST_DOWNLOADS = 64;

    private static final long DRAIN_MILLIS = 5_000;

    private final Hh1ComponentOptions options;
    private final Threads threads;
    private final LedgerKeeper ledger;
    private final NeededImages neededImages = new NeededImages(this::books);
    private final PrivateDirectory privateDirectory = new PrivateDirectory();
    /** One for each supplier, which several endpoints may share: one that hangs blocks its few threads only once. */
    private final IdentityHashMap<Supplier<String>, Credentials> suppliers = new IdentityHashMap<>();

    final Permits permits;
    /** For tasks, which are in flight without a connection. */
    final Permits taskPermits;

    final Rate creates;
    final Rate polls;
    final LookupPace looks;
    /** For videos being fetched: as many as calls may be in flight. A video with a permit waits and holds no caller back. */
    private final Permits downloadTurns;
    /** They stop last: while the component waits for calls, paid videos are fetched, and endings are written again. */
    final ScheduledTimers lastTimers;

    /** For accepted videos: those being fetched, and those that wait, without a thread, for a turn or for a host. */
    final Permits downloadPermits;

    final Connections connections;
    final Executor rooms;
    public final Executor callbacks;
    public final ScheduledTimers timers;
    public final Clock clock = Clock.systemUTC();
    /** The rest of the time that calls and messages have once the context stops. */
    public final Grace grace;

    public final Figures figures = new Figures();
    public final Observers observers;
    public final Warnings warnings;
    public final LedgerFigures ledgerFigures;
    final TaskKeeper tasks;
    final TaskKeeper.Left left = new TaskKeeper.Left();
    private final ShownMeters meters;

    /** One for each endpoint that makes videos: why it sends nothing, or null. */
    public final Set<Supplier<@Nullable String>> pauses = ConcurrentHashMap.newKeySet();

    public final MessagesInProgress open = new MessagesInProgress();

    public ComponentParts(Hh1ComponentOptions options, HostNames.Resolver resolver)
            throws GeneralSecurityException, IOException {
        SSLContextParameters own = options.getSslContextParameters();
        // First: it may fail, and there is no thread yet.
        var tls = Connections.Tls.of(
                own != null ? own : options.retrieveGlobalSslContextParameters(), options.getCamelContext());
        this.options = options;
        this.threads = new Threads(context().getExecutorServiceManager(), ownName());
        this.connections = new Connections(options, tls, resolver, threads);
        this.rooms = threads.rooms;
        this.callbacks = threads.callbacks;
        this.timers = new ScheduledTimers(threads.scheduler, rooms);
        this.lastTimers = new ScheduledTimers(threads.scheduler, rooms);
        this.grace = new Grace(threads.scheduler, this::endSending, this::endCalls);
        int calls = options.getMaxInFlight();
        int queued = options.getMaxQueued();
        boolean reject = options.getWhenFull().equals("reject");
        this.permits = new Permits(calls, queued, reject, rooms);
        this.taskPermits = new Permits(options.getMaxTasks(), queued, reject, rooms);
        this.creates = new Rate(options.getMaxCreatesPerSecond(), timers);
        this.polls = new Rate(options.getMaxPollsPerSecond(), lastTimers);
        this.looks = new LookupPace(timers);
        this.downloadPermits = new Permits(calls + Math.max(LEAST_QUEUED, queued), 0, false, rooms);
        this.downloadTurns = new Permits(Math.min(calls, MOST_DOWNLOADS), Integer.MAX_VALUE, false, rooms);
        this.observers = Observers.of(figures, this::waiting, timers, options.isQuiet() ? null : threads.observers());
        observers.add(new Events(context(), this::name, clock, threads.events()));
        this.ledger = new LedgerKeeper(options.getLedger(), threads, lastTimers, clock, observers::ledgerTook);
        this.warnings = new Warnings(options.getLedger().isDurable(), this::name, ledger::warnOfUnknownRuns);
        this.tasks = new TaskKeeper(this::books, timers);
        this.ledgerFigures = new LedgerFigures(ledger, lastTimers);
        this.meters = new ShownMeters(
                observers,
                ledgerFigures,
                new Readings(
                        () -> permits.inFlight() + taskPermits.inFlight(),
                        this::waiting,
                        calls,
                        () -> ledger.failsBecause() != null,
                        ledgerFigures::seen,
                        caps()));
    }

    /** Where the application has a registry for them; under the component's present name. */
    public void showMeters() {
        knownName().ifPresent(name -> meters.show(context(), name));
    }

    /** For an endpoint that pays with this account. */
    void watchLedger(String account) {
        meters.watch(account);
    }

    CamelContext context() {
        return options.getCamelContext();
    }

    /** The component's name in its context; that of most while it has none. */
    String name() {
        return knownName().orElse("hh1");
    }

    /** Empty while the context does not have this component: it may start before. */
    private Optional<String> knownName() {
        return context().getComponentNames().stream()
                .filter(known -> context().hasComponent(known) == options)
                .sorted()
                .findFirst();
    }

    /** For the names of threads: the component may have no name yet, while another has the default one. */
    private String ownName() {
        var known = context().hasComponent(name());
        return known == null || known == options ? name() : Integer.toHexString(System.identityHashCode(options));
    }

    Hh1ComponentOptions options() {
        return options;
    }

    /** Null when nothing is limited. */
    public @Nullable Caps caps() {
        return Caps.of(options.getMaxSecondsPerDay(), options.getMaxCostPerDay());
    }

    /**
     * Of the ledger, which is opened when it is first needed.
     *
     * @throws io.github.camelhh1.ledger.LedgerException when it cannot be opened now
     */
    public Bookkeeping books() {
        return ledger.books();
    }

    /**
     * The account's spent and reserved amounts of the ledger's day. The caller waits for the ledger.
     *
     * @throws io.github.camelhh1.ledger.LedgerException when it cannot be read now
     */
    public Spending spending(String account) {
        return books().apart(ledger -> ledger.spending(account, ledger.today()));
    }

    /** Messages that wait for a permit. */
    public int waiting() {
        return permits.waiting() + taskPermits.waiting();
    }

    /** Null when the ledger works, or was not needed yet. */
    public @Nullable String ledgerFailsBecause() {
        return ledger.failsBecause();
    }

    /** Null unless an endpoint sends nothing, since the service keeps refusing the account or gives no video. */
    @Nullable
    String pausedBecause() {
        return pauses.stream()
                .map(Supplier::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** For the stacks of all endpoints. */
    Rooms.Shared shared() {
        return new Rooms.Shared(books(), RunsUnderWay.ofThisJvm(), timers, ComponentParts::random);
    }

    static double random() {
        return ThreadLocalRandom.current().nextDouble();
    }

    /** Asks {@code apiKey}, which may take as long as it likes. */
    Credentials asked(Supplier<String> apiKey) {
        synchronized (suppliers) {
            return suppliers.computeIfAbsent(apiKey, supplier -> Credentials.supplied(supplier, threads.keys(), rooms));
        }
    }

    /** Fetches videos, connecting only where {@code guard} allows it. */
    VideoDownload downloads(AddressGuard guard) {
        return new VideoDownload(new DownloadRuntime(
                connections.videos(guard),
                guard,
                lastTimers,
                clock,
                ComponentParts::random,
                downloadTurns,
                threads.files()));
    }

    Executor images() {
        return threads.images();
    }

    /** Starts threads and looks into the ledger: only for endpoints that stage. */
    SharedStaging.Shared stagings() {
        return neededImages.shared(context(), threads.staging(), rooms);
    }

    /** On the threads of staging: an image's disk may be as slow as a store. */
    Snapshots snapshots() {
        return new Snapshots(this::privateDirectory, task -> threads.staging().execute(task), rooms);
    }

    /** Readable by this user only; removed, with its content, when the component stops. */
    public Path privateDirectory() {
        return privateDirectory.get();
    }

    /** Messages, retry delays and staging end: a request that was not sent yet is not sent. */
    private void endSending() {
        permits.stop();
        taskPermits.stop();
        open.recall(routes -> true);
        timers.stop();
    }

    /** Each call in flight gets its outcome: unknown where the request had left. */
    private void endCalls() {
        endSending();
        downloadPermits.stop();
        downloadTurns.stop();
        lastTimers.stop();
        connections.close();
    }

    public void stop() {
        endCalls();
        if (!open.awaitNone(DRAIN_MILLIS)) {
            LOG.warn("{} messages had not ended when the component stopped", open.count());
        }
        tasks.awaitNone(DRAIN_MILLIS);
        ledger.close();
        meters.remove();
        threads.stop();
        privateDirectory.remove();
    }
}
