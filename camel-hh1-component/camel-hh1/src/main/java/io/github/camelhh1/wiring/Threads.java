package io.github.camelhh1.wiring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/**
 * The threads of one started component, made as Camel is told to make them; those that not every component needs when
 * they are first asked for.
 *
 * <p>Two executors, never mixed: <em>rooms</em> carries the rooms and never runs a route; <em>callbacks</em> carries
 * routes on, where Camel's redelivery may sleep and a route may wait for a permit. A permit is therefore never released
 * by a thread that may itself be waiting for one.
 *
 * <p>What a user or the network can delay has pools of its own; rooms and timers never wait for it.
 */
final class Threads {
    private static final String STAGING = "hh1-staging";
    private static final String KEYS = "hh1-keys";
    private static final String NAMES = "hh1-names";
    private static final String LINK_NAMES = "hh1-link-names";
    private static final String IMAGE_NAMES = "hh1-image-names";
    /** Whatever these wait for may never come. */
    private static final Set<String> ENDLESS = Set.of(STAGING, KEYS, NAMES, LINK_NAMES, IMAGE_NAMES);

    private final ExecutorServiceManager camel;
    private final Object owner;
    private final Map<String, ExecutorService> pools = new LinkedHashMap<>();

    final Executor rooms;
    final Executor callbacks;
    final ScheduledExecutorService scheduler;

    Threads(ExecutorServiceManager camel, Object owner) {
        this.camel = camel;
        this.owner = owner;
        this.rooms = pool("hh1-rooms", 2);
        this.callbacks = pool("hh1-callback", 4);
        this.scheduler = camel.newSingleThreadScheduledExecutor(owner, "hh1-timers");
    }

    /** Keeps the ledger's lease alive, and does nothing else: no other work may delay it. */
    ScheduledExecutorService lease() {
        return camel.newSingleThreadScheduledExecutor(owner, "hh1-lease");
    }

    /** A ledger that outlives the JVM may be slow or away: no room waits for it. */
    Executor ledger() {
        return pool("hh1-ledger", 4);
    }

    /** Where staging endpoints run: not on the rooms, which must not block, nor on callbacks, which may wait for us. */
    Executor staging() {
        return pool(STAGING, 4);
    }

    /** Where suppliers of API keys are asked: enough for three that hang, each of which takes four, and a fourth one. */
    Executor keys() {
        return blocking(KEYS, 16);
    }

    /** Where the service's hosts are looked up, one thread for each; few endpoints have a host of their own. */
    Executor names() {
        return blocking(NAMES, 4);
    }

    /** Where hosts of linked images are looked up, one thread for each: any sender may name as many as he likes. */
    Executor imageNames() {
        return blocking(IMAGE_NAMES, 8);
    }

    /** Where hosts of videos are looked up, one thread for each. */
    Executor linkNames() {
        return blocking(LINK_NAMES, 8);
    }

    /** Where files are synced, which takes as long as it takes. */
    Executor files() {
        return pool("hh1-files", 4);
    }

    /** Where images are decoded: one at a time, so that one picture's memory is all that is ever needed. */
    Executor images() {
        return pool("hh1-images", 1);
    }

    /** For the client library, which starts its own. */
    Thread http(Runnable task) {
        return camel.newThread("hh1-http", task);
    }

    /** Once a pool is gone, an ending comes on the thread that brought it: better there than never. */
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

    /** Made when it is first needed. Refuses once it is gone: what may block must not run on the thread that brings it. */
    private Executor blocking(String name, int size) {
        synchronized (pools) {
            return pools.computeIfAbsent(name, key -> started(key, size));
        }
    }

    /**
     * With a queue without end, for what waits there is already bounded. To Camel a queue of size 0 or less means none at
     * all, and by default the thread that brings a task then runs it itself: an I/O thread would carry rooms and routes.
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
        return camel.newThreadPool(owner, name, profile);
    }

    private Map<String, ExecutorService> all() {
        synchronized (pools) {
            return new LinkedHashMap<>(pools);
        }
    }

    /** What was begun may end, but a store that does not answer would be waited for. */
    void stop() {
        camel.shutdownNow(scheduler);
        var rest = new ArrayList<ExecutorService>();
        all().forEach((name, pool) -> {
            if (ENDLESS.contains(name)) {
                camel.shutdownNow(pool);
            } else {
                rest.add(pool);
            }
        });
        rest.forEach(camel::shutdownGraceful);
    }
}
