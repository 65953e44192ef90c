package io.github.camelhh1.late;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.failure.Retry;
import io.github.camelhh1.simulator.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A statement to PostgreSQL that the ledger gave up takes effect all the same, after the ledger's next one. */
@Timeout(120)
class LateStatementsTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String KEY = "key";

    private final LateDatabase database = new LateDatabase();
    private final LateService service = new LateService();
    private final ExecutorService consumers = Executors.newCachedThreadPool();
    private final List<LateNode> more = new ArrayList<>();
    private LateNode here;
    private LateNode there;

    @BeforeEach
    void start() throws Exception {
        start(Duration.ofSeconds(30), 3);
    }

    private void start(Duration lease, int maxAttempts) throws Exception {
        here = new LateNode(service.simulator(), database.ledger(lease), component -> {
            component.getConfiguration().setMaxAttempts(maxAttempts);
        });
        there = new LateNode(service.simulator(), database.ledger(lease), component -> {});
        database.hurry(8);
    }

    private void moreNodes(int number) throws Exception {
        database.hurry(1);
        for (int i = 0; i < number; i++) {
            more.add(new LateNode(service.simulator(), database.ledger(Duration.ofSeconds(30)), component -> {}));
        }
        database.hurry(8);
    }

    private void restart(Duration lease, int maxAttempts) throws Exception {
        database.hurry(1);
        here.close();
        there.close();
        start(lease, maxAttempts);
    }

    @AfterEach
    void stop() {
        here.close();
        there.close();
        more.forEach(LateNode::close);
        database.close();
        service.close();
        consumers.shutdownNow();
    }

    private CompletableFuture<Exchange> deliver(LateNode node, String key) {
        return node.deliver(key, consumers);
    }

    private static Exchange end(CompletableFuture<Exchange> sent) throws Exception {
        try {
            return sent.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("the exchange has not ended after " + LIMIT, e);
        }
    }

    /** One message has it at once; the others, until an end has come that lasts. */
    private List<Exchange> redelivered(String key) throws Exception {
        var ends = new ArrayList<Exchange>();
        for (LateNode node : List.of(here, there)) {
            ends.add(end(deliver(node, key)));
        }
        return ends;
    }

    private static LateService.Planned throttledFirst(int number) {
        return number == 0
                ? new LateService.Planned("429", Reply.throttled(), false)
                : new LateService.Planned("video", Reply.completed(LateService.link(KEY, number)), true);
    }

    @Nested
    class WhenWhatTheAttemptBeforeLeftIsUndoneLate {
        /** A1. The change after a 429 is held until the second request is at the service. */
        @Test
        void theRequestThatIsOnItsWayStaysSentAndIsPaidOnce() throws Exception {
            var secondRequest = new CompletableFuture<Void>();
            var answer = new CompletableFuture<Void>();
            var arrived = new CompletableFuture<Void>();
            service.plan(KEY, number -> {
                Reply video = Reply.completed(LateService.link(KEY, number));
                return number == 0
                        ? throttledFirst(0)
                        : new LateService.Planned("video", number == 1 ? video.heldUntil(answer) : video, true);
            });
            var held = new AtomicInteger();
            database.proxy().rule(segment -> {
                boolean throttled = service.served(KEY).size() == 1;
                if (throttled && segment.changesRun() && held.compareAndSet(0, segment.connection())) {
                    return Fate.when(secondRequest);
                }
                if (!segment.request() && segment.connection() == held.get()) {
                    arrived.complete(null);
                }
                return Fate.AT_ONCE;
            });

            var first = deliver(here, KEY);
            await().atMost(LIMIT).until(() -> service.served(KEY).size() == 2);
            database.proxy().rule(segment -> {
                if (!segment.request() && segment.connection() == held.get()) {
                    arrived.complete(null);
                }
                return Fate.AT_ONCE;
            });
            secondRequest.complete(null);
            arrived.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            List<String> inFlight = states();
            answer.complete(null);

            assertThat(end(first).getMessage().getBody()).isEqualTo(LateService.link(KEY, 1));
            assertThat(redelivered(KEY))
                    .allSatisfy(
                            again -> assertThat(again.getMessage().getBody()).isEqualTo(LateService.link(KEY, 1)));
            assertThat(service.charges(KEY))
                    .as("charges; while the second request was in flight the ledger said " + inFlight)
                    .isEqualTo(1);
        }

        /** A1. Nothing but a table that is locked for longer than the ledger is patient, on six nodes. */
        @Test
        void aTableThatIsLockedMakesNoneOfManyBePaidTwice() throws Exception {
            var throttle = new CompletableFuture<Void>();
            var answer = new CompletableFuture<Void>();
            List<String> keys = IntStream.range(0, 24).mapToObj(i -> "key" + i).toList();
            keys.forEach(key -> service.plan(key, number -> twoRequests(key, number, throttle, answer)));
            moreNodes(6);
            var sent = new ArrayList<CompletableFuture<Exchange>>();
            for (int i = 0; i < keys.size(); i++) {
                sent.add(deliver(more.get(i % more.size()), keys.get(i)));
            }
            await().atMost(LIMIT).until(() -> service.simulator().inFlight() == keys.size());

            // Until, with what was given up, most have two statements that wait.
            var unlock = Fate.later(Duration.ofSeconds(3));
            var locked = database.lockRuns(unlock);
            await().atMost(LIMIT).until(database::isLocked);
            throttle.complete(null);
            await().atMost(LIMIT).until(() -> unlock.isDone() || database.waiting() >= 1.75 * keys.size());
            unlock.complete(null);
            locked.join();
            await().atMost(LIMIT).until(() -> IntStream.range(0, keys.size())
                    .allMatch(i ->
                            sent.get(i).isDone() || service.served(keys.get(i)).size() == 2));
            List<String> inFlight = states();
            answer.complete(null);

            for (int i = 0; i < keys.size(); i++) {
                end(sent.get(i));
                end(deliver(more.get(i % more.size()), keys.get(i)));
            }
            assertThat(keys.stream().filter(key -> service.charges(key) > 1))
                    .as("paid twice; while they were in flight the ledger said " + inFlight)
                    .isEmpty();
        }

        private LateService.Planned twoRequests(
                String key, int number, CompletableFuture<?> throttle, CompletableFuture<?> answer) {
            return number == 0
                    ? new LateService.Planned("429", Reply.throttled().heldUntil(throttle), false)
                    : new LateService.Planned(
                            "video",
                            Reply.completed(LateService.link(key, number)).heldUntil(answer),
                            true);
        }
    }

    @Nested
    class WhenSentIsWrittenAfterItWasGivenUp {
        /** A2. It takes effect between what giving the claim up reads and what it writes. */
        @Test
        void theRunIsNotLeftToNobody() throws Exception {
            restart(Duration.ofSeconds(30), 1);
            service.plan(
                    KEY,
                    number -> new LateService.Planned("video", Reply.completed(LateService.link(KEY, number)), true));
            var changes = new AtomicInteger();
            var deliverSent = new CompletableFuture<Void>();
            var sentTookPlace = new CompletableFuture<Void>();
            var connection = new AtomicReference<Integer>();
            database.proxy().rule(segment -> {
                if (!segment.request() && Integer.valueOf(segment.connection()).equals(connection.get())) {
                    sentTookPlace.complete(null);
                }
                if (!segment.changesRun()) {
                    return Fate.AT_ONCE;
                }
                // The claim, sent, and the first change of giving up.
                int number = changes.incrementAndGet();
                if (number == 2) {
                    connection.set(segment.connection());
                    return Fate.when(deliverSent);
                } else if (number == 3) {
                    deliverSent.complete(null);
                    return Fate.when(sentTookPlace);
                }
                return Fate.AT_ONCE;
            });

            assertThat(end(deliver(here, KEY)).getException()).isInstanceOf(NotSentException.class);
            sentTookPlace.get(LIMIT.toSeconds(), TimeUnit.SECONDS);

            var again = end(deliver(here, KEY));
            assertThat(again.getException())
                    .as("what a request of which nothing has left ends with")
                    .satisfiesAnyOf(failure -> assertThat(failure).isNull(), failure -> assertThat(
                                    ((Hh1Exception) failure).retry())
                            .isNotEqualTo(Retry.NEVER));
            await("somebody makes the video")
                    .atMost(LIMIT)
                    .until(() -> end(deliver(there, KEY)).getException() == null);
            assertThat(service.charges(KEY)).isEqualTo(1);
        }
    }

    @Nested
    class WhenAClaimIsWrittenLongAfterItWasGivenUp {
        /** A3. Recovery has looked for it more than once by then. */
        @Test
        void anotherNodeDoesNotWaitForItsOwner() throws Exception {
            restart(Duration.ofSeconds(2), 1);
            service.plan(
                    KEY,
                    number -> new LateService.Planned("video", Reply.completed(LateService.link(KEY, number)), true));
            var late = new CompletableFuture<Void>();
            var held = new AtomicInteger();
            database.proxy()
                    .rule(segment -> segment.changesRun() && held.compareAndSet(0, 1) ? Fate.when(late) : Fate.AT_ONCE);

            assertThat(end(deliver(here, KEY)).getException()).isInstanceOf(NotSentException.class);
            // Three renewals, and as many recoveries.
            awaitRenewals(4);
            late.complete(null);
            await().atMost(LIMIT).until(() -> !states().isEmpty());

            await("the other node makes the video")
                    .atMost(LIMIT)
                    .until(() -> end(deliver(there, KEY)).getException() == null);
            assertThat(service.charges(KEY)).isEqualTo(1);
        }

        private void awaitRenewals(int times) {
            for (int i = 0; i < times; i++) {
                String before = renewed();
                await().atMost(LIMIT).until(() -> !renewed().equals(before));
            }
        }

        private String renewed() {
            return database.select("select min(renewed_at) from hh1_owner").get(0);
        }
    }

    private List<String> states() {
        return database.select("select state from hh1_run order by run_key");
    }
}
