package io.github.camelhh1.examples.fleet.table;

import io.github.camelhh1.examples.fleet.route.Turns;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * The photos that this worker has. It extends its claims, one statement for all of them, until each photo is through: also
 * while the worker stops and no route is started any more.
 */
final class Claims {
    /** The header that says how often a worker has taken the photo. */
    static final String TAKEN = "taken";

    private static final Logger LOG = LoggerFactory.getLogger("fleet");

    private final PhotoTable table;
    private final Duration visibility;
    private final int most;
    private final Set<String> mine = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(run -> {
        Thread thread = new Thread(run, "fleet-claims");
        thread.setDaemon(true);
        return thread;
    });

    /** @param most so often a photo is claimed at most */
    Claims(PhotoTable table, Duration visibility, int most) {
        this.table = table;
        this.visibility = visibility;
        this.most = most;
    }

    void start() {
        long period = Math.max(1, visibility.toMillis() / 3);
        clock.scheduleWithFixedDelay(this::extend, period, period, TimeUnit.MILLISECONDS);
    }

    void stop() {
        clock.shutdownNow();
    }

    /** The first step of a photo's way. */
    void begin(Exchange exchange) {
        Map<?, ?> row = exchange.getMessage().getBody(Map.class);
        String id = row.get("id").toString();
        exchange.getMessage().setHeader(TAKEN, row.get("claims"));
        exchange.getMessage().setHeader(Turns.PHOTO, id);
        mine.add(id);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                mine.remove(id);
            }
        });
    }

    private void extend() {
        try {
            if (!mine.isEmpty()) {
                table.extend(Set.copyOf(mine), visibility);
            }
            int buried = table.bury(most);
            if (buried > 0) {
                LOG.warn("{} photos failed: no worker that took them ended its work", buried);
            }
        } catch (DataAccessException e) {
            // Another worker may take the photos then. The ledger does not let it send them.
            LOG.warn("The claims of {} photos were not extended: {}", mine.size(), e.getMessage());
        }
    }
}
