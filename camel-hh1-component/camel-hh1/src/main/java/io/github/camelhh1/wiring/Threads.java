package io.github.camelhh1.wiring;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/**
 * The threads of one started component, made by Camel's executor service manager; most of them when they are first needed.
 *
 * <p>Two executors, never mixed: <em>rooms</em> carries the rooms and never runs a route; <em>callbacks</em> carries
 * routes on, where Camel's redelivery may sleep and a route may wait for a permit. So no thread that may itself wait for
 * a permit has to release one.
 *
 * <p>Work that a user or the network can delay has pools of its own; rooms and timers never wait for it.
 */
final class Threads {
    private static final String EVENTS = "hh1-events";
    private static final String STAGING = "hh1-staging";
    private static final String KEYS = "hh1-keys";
    private static final String NAMES = "hh1-names";
    private static final String LINK_NAMES = "hh1-link-names";
    private static final String IMAGE_NAMES = "hh1-image-names";
    /** The work on these may never end. */
    private static final Set<String> ENDLESS = Set.of(STAGING, KEYS, NAMES, LINK_NAMES, IMAGE_NAMES);

    private static final long LAST_EVENTS_MILLIS = 2_000;

    private final ExecutorServiceManager camel;
    private final String component;
    private final Map<String, ExecutorService> pools = new LinkedHashMap<>();

    final Executor rooms;
    final Executor callbacks;
    final ScheduledExecutorService scheduler;

    /** @param component its name, which tells its pools from those of other components in JMX */
    Threads(ExecutorServiceManager camel, String component) {
        this.camel = camel;
        this.component = component;
        this.rooms = pool("hh1-rooms", 2);
        this.callbacks = pool("hh1-callback", 4);
        // Camel's own profile refuses the thousandth timer, and each call and each task has some.
        ThreadPoolProfile timers = new ThreadPoolProfileBuilder("hh1-timers")
                .poolSize(1)
                .maxPoolSize(1)
                .maxQueueSize(-1)
                .build();
        this.scheduler = camel.newScheduledThreadPool(shown("hh1-timers"), "hh1-timers", timers);
    }

    /** Renews the ledger's lease; no other work may delay it. */
    ScheduledExecutorService lease() {
        return camel.newSingleThreadScheduledExecutor(shown("hh1-lease"), "hh1-lease");
    }

    /** For a durable ledger, which may be slow or away: no room waits for it. */
    Executor ledger() {
        return pool("hh1-ledger", 4);
    }

    /** For staging endpoints: the rooms must not block, and the callbacks may wait for this component. */
    Executor staging() {
        return pool(STAGING, 4);
    }

    /** For suppliers of API keys: enough for three that hang, each of which takes four, and a fourth one. */
    Executor keys() {
        return blocking(KEYS, 16);
    }

    /** For look-ups of the service's hosts, one thread for each; few endpoints have a host of their own. */
    Executor names() {
        return blocking(NAMES, 4);
    }

    /** For look-ups of hosts of linked images, one thread for each: a sender may name any number of hosts. */
    Executor imageNames() {
        return blocking(IMAGE_NAMES, 8);
    }

    /** For look-ups of hosts of videos, one thread for each. */
    Executor linkNames() {
        return blocking(LINK_NAMES, 8);
    }

    /** For syncing files to the disk. */
    Executor files() {
        return pool("hh1-files", 4);
    }

    /** For log lines, in their order: a log file or a terminal may be slow. */
    Executor observers() {
        return pool("hh1-observers", 1);
    }

    /** For event notifiers, in their order: they are code of the application, which may hang. */
    Executor events() {
        return blocking(EVENTS, 1);
    }

    /** For decoding images, one at a time: no more than one picture is in memory. */
    Executor images() {
        return pool("hh1-images", 1);
    }

    /** For the client library, which starts its own. */
    Thread http(Runnable task) {
        return camel.newThread("hh1-http", task);
    }

    /** The name of a pool in JMX. */
    private String shown(String pool) {
        return component.equals("hh1") ? pool : pool + "(" + component + ")";
    }

    /** Once the pool is gone, a task runs on the thread that brings it: an ending must not be lost. */
    private Executor pool(String name, int size) {
        Executor pool = blocking(name, size);
        return task -> {
            try {
                pool.execute(task);
            } catch (RejectedExecutionException e) {
                task.run();
            }
        };
    }

    /** Once the pool is gone, it refuses tasks: a task that may block must not run on the thread that brings it. */
    private ExecutorService blocking(String name, int size) {
        synchronized (pools) {
            return pools.computeIfAbsent(name, key -> started(key, size));
        }
    }

    /**
     * The queue has no end: the permits bound its tasks. To Camel a queue of size 0 or less means no queue at all, and by
     * default the thread that brings a task then runs it itself: an I/O thread would carry rooms and routes.
     */
    private ExecutorService started(String name, int size) {
        var profile = new ThreadPoolProfileBuilder(name)
                .poolSize(size)
                .maxPoolSize(size)
                .maxQueueSize(Integer.MAX_VALUE)
                .rejectedPolicy(ThreadPoolRejectedPolicy.Abort)
                .keepAliveTime(60L)
                .allowCoreThreadTimeOut(true)
                .build();
        return camel.newThreadPool(shown(name), name, profile);
    }

    /** Work that has begun may end, but nobody waits for a store, a supplier, a name server, or long for a notifier. */
    void stop() {
        camel.shutdownNow(scheduler);
        Map<String, ExecutorService> all;
        synchronized (pools) {
            all = new LinkedHashMap<>(pools);
        }
        ENDLESS.stream().map(all::remove).filter(Objects::nonNull).forEach(camel::shutdownNow);
        ExecutorService events = all.remove(EVENTS);
        all.values().forEach(camel::shutdownGraceful);
        if (events != null) {
            camel.shutdownGraceful(events, LAST_EVENTS_MILLIS);
        }
    }
}
