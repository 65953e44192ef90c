package io.github.camelhh1.wiring;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.async.Grace;
import io.github.camelhh1.async.Permits;
import io.github.camelhh1.async.ScheduledTimers;
import io.github.camelhh1.credentials.Credentials;
import io.github.camelhh1.credentials.SuppliedCredentials;
import io.github.camelhh1.download.DownloadRuntime;
import io.github.camelhh1.download.VideoDownload;
import io.github.camelhh1.http.AddressRule;
import io.github.camelhh1.http.HostNames;
import io.github.camelhh1.http.HttpSettings;
import io.github.camelhh1.http.HttpTransport;
import io.github.camelhh1.image.Snapshots;
import io.github.camelhh1.key.Origin;
import io.github.camelhh1.key.RememberedKeys;
import io.github.camelhh1.ledger.Amount.Caps;
import io.github.camelhh1.link.AddressGuard;
import io.github.camelhh1.rooms.Bookkeeping;
import io.github.camelhh1.rooms.Rooms;
import io.github.camelhh1.rooms.RunsUnderWay;
import io.github.camelhh1.staging.Stagings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the endpoints of one started component share: threads, timers, permits, connections, a private directory.
 */
public final class ComponentParts {
    private static final Logger LOG = LoggerFactory.getLogger(ComponentParts.class);
    /** Videos that may wait to be fetched without a thread, however few calls may wait. */
    private static final int LEAST_QUEUED = 1000;

    private static final long DRAIN_MILLIS = 5_000;

    private final Threads threads;
    private final ComponentOptions options;
    /** Of the service and of strangers apart: a stranger's name server must not hold calls back. */
    private final HostNames serviceNames;

    private final HostNames linkNames;
    private final HostNames imageNames;
    /** One for each supplier, whichever endpoints share it: what hangs there takes its few threads once. */
    private final IdentityHashMap<Supplier<String>, Credentials> suppliers = new IdentityHashMap<>();

    private final Map<AddressRule, HttpTransport> videoHosts = new ConcurrentHashMap<>();
    private final Map<AddressRule, HttpTransport> imageHosts = new ConcurrentHashMap<>();
    private final MessagesInProgress open = new MessagesInProgress();
    private final RememberedKeys rememberedKeys = new RememberedKeys();
    private final Object opening = new Object();
    private volatile @Nullable LedgerKeeper ledger;
    private volatile @Nullable String notOpenBecause;
    private final PrivateDirectory privateDirectory = new PrivateDirectory();
    private final AtomicBoolean warned = new AtomicBoolean();
    private final AtomicBoolean warnedOfKeys = new AtomicBoolean();
    private final AtomicBoolean warnedOfSimulator = new AtomicBoolean();
    private final NeededImages stagedImages = new NeededImages(this::books);

    final Executor rooms;
    public final Executor callbacks;
    public final ScheduledTimers timers;
    /** A video that was paid is fetched, and an ending is written again, as long as calls are waited for. */
    private final ScheduledTimers lastTimers;
    /** What is left of the time once the Camel context has begun to stop. */
    private final Grace grace;

    final Permits permits;
    /** Videos that were taken on: those being fetched and those that wait, for a turn or for a host, without a thread. */
    final Permits downloadPermits;
    /** Videos being fetched: as many as calls may be in flight. Who has a permit waits for a turn and holds nobody back. */
    private final Permits downloadTurns;

    public final Clock clock = Clock.systemUTC();

    private @Nullable HttpTransport generations;

    public ComponentParts(ComponentOptions options) {
        this.options = options;
        this.threads = new Threads(options.context().getExecutorServiceManager(), options.owner());
        this.serviceNames = new HostNames(options.resolver(), threads.names());
        this.linkNames = new HostNames(options.resolver(), threads.linkNames());
        this.imageNames = new HostNames(options.resolver(), threads.imageNames());
        this.rooms = threads.rooms;
        this.callbacks = threads.callbacks;
        this.timers = new ScheduledTimers(threads.scheduler, rooms);
        this.lastTimers = new ScheduledTimers(threads.scheduler, rooms);
        this.grace = new Grace(threads.scheduler, this::endSending, this::endCalls);
        this.permits = new Permits(options.maxInFlight(), options.maxQueued(), options.rejects(), rooms);
        this.downloadPermits =
                new Permits(options.maxInFlight() + Math.max(LEAST_QUEUED, options.maxQueued()), 0, false, rooms);
        this.downloadTurns = new Permits(options.maxInFlight(), Integer.MAX_VALUE, false, rooms);
    }

    /** A ledger that is away keeps back those who need it, and can be there when the next of them asks. */
    private LedgerKeeper openLedger() {
        synchronized (opening) {
            LedgerKeeper known = ledger;
            if (known != null) {
                return known;
            }
            // Some drivers end what they open when the thread is interrupted, or take the interrupt for themselves.
            boolean interrupted = Thread.interrupted();
            try {
                var opened = options.ledger().isDurable()
                        ? new LedgerKeeper(options.ledger(), threads.ledger(), rooms, lastTimers)
                        : new LedgerKeeper(options.ledger(), Runnable::run, Runnable::run, lastTimers);
                opened.keep(threads::lease, threads.scheduler);
                ledger = opened;
                notOpenBecause = null;
                return opened;
            } catch (RuntimeException e) {
                notOpenBecause = "it cannot be opened: " + e.getMessage();
                throw e;
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    CamelContext context() {
        return options.context();
    }

    /** Null when nothing is limited. */
    @Nullable
    Caps caps() {
        return options.caps();
    }

    /** Whether the money of a day is limited. */
    public boolean capsCost() {
        return options.maxCostPerDay() != null;
    }

    /** Messages between acceptance and outcome. */
    public MessagesInProgress open() {
        return open;
    }

    /** Keys that outlive their exchange. */
    public RememberedKeys rememberedKeys() {
        return rememberedKeys;
    }

    /** Said once, when the first endpoint starts that may pay. */
    void warnOfAMemoryThatForgets(boolean paying) {
        if (paying && !options.ledger().isDurable() && warned.compareAndSet(false, true)) {
            LOG.warn(
                    "ledger=memory: what was sent and paid is forgotten when this JVM ends, and may then be paid twice."
                            + " Set the component's option ledger, to jdbc:sqlite:hh1.db or to a DataSource, to remember it");
        }
    }

    /** Said once, when the first endpoint starts that makes none. */
    void warnOfVideosThatAreNone(boolean paying) {
        if (!paying && warnedOfSimulator.compareAndSet(false, true)) {
            LOG.warn(
                    "backend=simulator: the component {} asks a simulator on this machine: no real video is made, and"
                            + " nothing is paid. Production needs another backend",
                    Health.name(options.owner()));
        }
    }

    /** Said once: a message that its consumer may deliver again has nothing that it could be known again by. */
    public void warnOfAKeyThatARestartLoses(Exchange exchange) {
        String consumer = Origin.thatMayDeliverAgain(exchange);
        if (consumer != null && options.ledger().isDurable() && warnedOfKeys.compareAndSet(false, true)) {
            LOG.warn(
                    "A message from {}: has no id that this component knows. Its request got a key that only this JVM"
                            + " knows, so that the ledger cannot know it again: delivered again, it is sent and paid"
                            + " again. Set the header {} or the option requestKey, or name the headers that identify"
                            + " such messages in the option upstreamIdHeaders. This is said once.",
                    consumer,
                    Hh1Constants.REQUEST_KEY);
        }
    }

    /**
     * Of the ledger, which is opened when it is first needed.
     *
     * @throws io.github.camelhh1.ledger.LedgerException when it cannot be opened now
     */
    public Bookkeeping books() {
        LedgerKeeper open = ledger;
        return (open != null ? open : openLedger()).books();
    }

    /** Null when it works, or was not needed yet. */
    public @Nullable String ledgerFailsBecause() {
        LedgerKeeper open = ledger;
        return open == null ? notOpenBecause : open.books().failingBecause();
    }

    /** What the stacks of all endpoints share. */
    Rooms.Shared shared() {
        return new Rooms.Shared(books(), RunsUnderWay.ofThisJvm(), permits, timers, () -> ThreadLocalRandom.current()
                .nextDouble());
    }

    /** The client that talks to the service. */
    synchronized HttpTransport generations() {
        if (generations == null) {
            generations = new HttpTransport(
                    settings(
                            AddressRule.ANY,
                            options.maxInFlight(),
                            options.tls().service()),
                    serviceNames,
                    rooms);
        }
        return generations;
    }

    /** A client for hosts of videos, which connects only where {@code rule} allows it, and shows no certificate. */
    private HttpTransport videoHosts(AddressRule rule) {
        return videoHosts.computeIfAbsent(rule, key -> ofStrangers(key, linkNames));
    }

    /** The same for hosts of linked images. Videos and images wait neither for each other's connections nor for names. */
    HttpTransport imageHosts(AddressRule rule) {
        return imageHosts.computeIfAbsent(rule, key -> ofStrangers(key, imageNames));
    }

    private HttpTransport ofStrangers(AddressRule rule, HostNames names) {
        var settings = settings(rule, options.maxInFlight(), options.tls().links());
        return new HttpTransport(settings.inLargePieces(), names, rooms);
    }

    /** Keys from somebody who may take as long as it likes. */
    Credentials asked(Supplier<String> apiKey) {
        synchronized (suppliers) {
            return suppliers.computeIfAbsent(
                    apiKey, supplier -> new SuppliedCredentials(supplier, threads.keys(), rooms));
        }
    }

    /** Fetches videos, connecting only where {@code guard} allows it. */
    VideoDownload downloads(AddressGuard guard) {
        DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();
        return new VideoDownload(
                videoHosts(guard), guard, new DownloadRuntime(lastTimers, clock, random, downloadTurns, files()));
    }

    /** For what takes as long as it takes. */
    Executor files() {
        return threads.files();
    }

    /** For decoding images. */
    Executor images() {
        return threads.images();
    }

    private HttpSettings settings(AddressRule rule, int connections, @Nullable SSLContext tls) {
        return new HttpSettings(connections, options.connectPatience(), tls, options.proxy(), rule, threads::http);
    }

    /** What staging needs of us; asked for when there is any, since it starts threads and looks into the ledger. */
    Stagings.Shared stagings() {
        return stagedImages.shared(options.context(), threads.staging(), rooms);
    }

    /** On the threads of staging: somebody's disk may take as long as a store. */
    Snapshots snapshots() {
        return new Snapshots(this::privateDirectory, task -> threads.staging().execute(task), rooms);
    }

    /** Readable by this user only; gone, with all that is in it, when the component stops. */
    public Path privateDirectory() {
        return privateDirectory.get();
    }

    /** What calls and messages may still use of the time once the context stops. */
    public Grace grace() {
        return grace;
    }

    /** What was not sent yet is not sent any more, and ends as such: messages, retry delays, staging. */
    private void endSending() {
        permits.stop();
        open.recall(routes -> true);
        timers.stop();
    }

    /** Ends what is in flight: each call gets its outcome, unknown where the request had left. */
    private void endCalls() {
        endSending();
        downloadPermits.stop();
        downloadTurns.stop();
        lastTimers.stop();
        HttpTransport client;
        synchronized (this) {
            client = generations;
        }
        if (client != null) {
            client.close();
        }
        videoHosts.values().forEach(HttpTransport::close);
        imageHosts.values().forEach(HttpTransport::close);
    }

    public void stop() {
        endCalls();
        if (!open.awaitNone(DRAIN_MILLIS)) {
            LOG.warn("{} messages had not ended when the component stopped", open.count());
        }
        synchronized (opening) {
            if (ledger != null) {
                ledger.close();
            }
        }
        threads.stop();
        privateDirectory.remove();
    }
}
