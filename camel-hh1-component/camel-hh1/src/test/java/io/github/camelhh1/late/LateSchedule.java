package io.github.camelhh1.late;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.FailedToStartComponentException;

/**
 * Some messages, two nodes, one ledger in a database that is late, and a service that answers this and that: drawn from
 * a seed, played, and judged.
 */
final class LateSchedule {
    private static final int MOST_STARTS = 20;
    private static final int KEYS = 8;
    private static final Duration LENGTH = Duration.ofSeconds(3);
    /** Of the ledger's patience of 4 s. */
    private static final int DIVISOR = 10;

    private static final int LONGEST_MILLIS = 700;
    private static final int LIMIT_SECONDS = 60;
    /** Once one has not ended. */
    private static final int SHORT_SECONDS = 5;

    private final Random random;
    private final LateService service = new LateService();
    private final LateDatabase database = new LateDatabase();
    private final ExecutorService consumers = Executors.newCachedThreadPool();
    private final Duration lease;
    private final long cap;
    private final List<LateNode> nodes = new ArrayList<>();
    private final List<CompletableFuture<Exchange>> deliveries = new ArrayList<>();
    private final ScheduleResult judgment;

    private LateSchedule(long seed) {
        this.random = new Random(seed);
        this.lease = random.nextBoolean() ? Duration.ofSeconds(30) : Duration.ofSeconds(2);
        this.cap = random.nextInt(3) == 0 ? LateNode.SECONDS * KEYS / 2 : 1_000;
        this.judgment = new ScheduleResult(seed, database, service, cap);
        for (int i = 0; i < KEYS; i++) {
            plan("key" + i);
        }
    }

    static ScheduleResult play(long seed) throws Exception {
        var schedule = new LateSchedule(seed);
        try {
            schedule.play();
        } finally {
            schedule.nodes.forEach(LateNode::close);
            schedule.consumers.shutdownNow();
            schedule.service.close();
            schedule.database.close();
        }
        return schedule.judgment;
    }

    private void plan(String key) {
        var first = new ArrayList<LateService.Planned>();
        for (int i = random.nextInt(4); i > 0; i--) {
            first.add(planned(key, first.size()));
        }
        int last = random.nextInt(LONGEST_MILLIS);
        service.plan(key, number -> number < first.size() ? first.get(number) : video(key, number, last));
    }

    private LateService.Planned planned(String key, int number) {
        int delay = random.nextInt(LONGEST_MILLIS);
        return switch (random.nextInt(8)) {
            case 0, 1, 2, 3 ->
                new LateService.Planned("429", Reply.throttled().delayedBy(Duration.ofMillis(delay / 2)), false);
            case 4 -> new LateService.Planned("402", Reply.error(402, 1234, "Payment required"), false);
            case 5 ->
                new LateService.Planned(
                        "failed",
                        Reply.failed("InternalError", "It did not work out").billed(true),
                        false);
            case 6 ->
                new LateService.Planned("cut", Fault.closeAfterRequest().delayedBy(Duration.ofMillis(delay)), false);
            default -> video(key, number, delay);
        };
    }

    private static LateService.Planned video(String key, int number, int delay) {
        Reply reply = Reply.completed(LateService.link(key, number)).delayedBy(Duration.ofMillis(delay));
        return new LateService.Planned("video", reply, true);
    }

    /** On a busy machine the impatient pool may have no connection at the first try. */
    private LateNode node() throws Exception {
        for (int turn = 1; ; turn++) {
            try {
                var node = new LateNode(
                        service.simulator(), database.ledger(lease), component -> component.setMaxSecondsPerDay(cap));
                nodes.add(node);
                return node;
            } catch (FailedToStartComponentException | PoolInitializationException e) {
                if (turn == MOST_STARTS) {
                    throw e;
                }
            }
        }
    }

    private void play() throws Exception {
        node();
        node();
        database.hurry(DIVISOR);
        var weather = new FaultPlan(random, database);
        database.proxy().rule(weather);
        weather.begin(LENGTH);
        for (String key : service.keys()) {
            for (int i = 2 + random.nextInt(4); i > 0; i--) {
                deliverAt(
                        Duration.ofMillis(random.nextInt((int) LENGTH.toMillis())), key, nodes.get(random.nextInt(2)));
            }
        }
        allEnd();
        judgment.strikes(weather.end());
        database.hurry(1);
        judgment.awaitRest();
        afterwards(nodes.get(0));
        afterwards(nodes.get(1));
        nodes.forEach(LateNode::close);
        nodes.clear();
        afterwards(node());
        judgment.awaitRest();
        judgment.judge();
    }

    private void deliverAt(Duration time, String key, LateNode node) {
        Executor then = task -> SegmentFault.later(time).thenRunAsync(task, consumers);
        deliveries.add(node.deliver(key, then));
    }

    /** Each message comes once more, and nothing is late now. */
    private void afterwards(LateNode node) throws Exception {
        service.keys().forEach(key -> deliveries.add(node.deliver(key, consumers)));
        allEnd();
    }

    private void allEnd() throws Exception {
        for (CompletableFuture<Exchange> delivery : deliveries) {
            try {
                judgment.ended(delivery.get(judgment.broken().isEmpty() ? LIMIT_SECONDS : SHORT_SECONDS, SECONDS));
            } catch (TimeoutException e) {
                judgment.neverEnded();
                break;
            }
        }
        deliveries.clear();
    }
}
