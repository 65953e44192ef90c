package io.github.camelhh1.late;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.failure.Retry;
import io.github.camelhh1.late.LateService.Planned;
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
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A statement to PostgreSQL that the ledger gave up takes effect all the same, after the ledger's next one. */
@Timeout(120)
class LateStatementsTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration LONG_LEASE = Duration.ofSeconds(30);
    private static final String KEY = "key";

    private final LateDatabase database = new LateDatabase();
    private final LateService service = new LateService();
    private final ExecutorService consumers = Executors.newCachedThreadPool();
    private final List<LateNode> nodes = new ArrayList<>();

    private void start(int number, Duration lease, int maxAttempts) throws Exception {
        for (int i = 0; i < number; i++) {
            nodes.add(new LateNode(service.simulator(), database.ledger(lease), component -> component
                    .getConfiguration()
                    .setMaxAttempts(maxAttempts)));
        }
        database.hurry(8);
    }

    @AfterEach
    void stop() {
        nodes.forEach(LateNode::close);
        database.close();
        service.close();
        consumers.shutdownNow();
    }

    private CompletableFuture<Exchange> deliver(int node, String key) {
        return nodes.get(node).deliver(key, consumers);
    }

    private static Exchange end(CompletableFuture<Exchange> sent) throws Exception {
        try {
            return sent.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("the exchange has not ended after " + LIMIT, e);
        }
    }

    private static void arrives(CompletableFuture<Void> change) throws Exception {
        change.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private void awaitVideo(int node) {
        await("node " + node + " gives the video")
                .atMost(LIMIT)
                .until(() -> end(deliver(node, KEY)).getException() == null);
    }

    private static Planned video(String key, int number, CompletableFuture<?> answer) {
        return new Planned(
                "video", Reply.completed(LateService.link(key, number)).heldUntil(answer), true);
    }

    private static Planned video(int number) {
        return video(KEY, number, CompletableFuture.completedFuture(null));
    }

    /** By key. */
    private List<String> states() {
        return database.select("select state from hh1_run order by run_key");
    }

    @Nested
    class WhenThePutBackOfARefusedAttemptIsLate {
        /** A1. What the ledger writes after a 429 arrives when the second request is at the service. */
        @Test
        void theSecondRequestIsPaidOnce() throws Exception {
            var answer = new CompletableFuture<Void>();
            service.plan(
                    KEY,
                    number -> number == 0
                            ? new Planned("429", Reply.throttled(), false)
                            : number == 1 ? video(KEY, number, answer) : video(number));
            start(2, LONG_LEASE, 3);
            var putBack = new HeldChange(() -> service.served(KEY).size() == 1);
            database.proxy().rule(putBack);

            var first = deliver(0, KEY);
            await().atMost(LIMIT).until(() -> service.served(KEY).size() == 2);
            arrives(putBack.deliver());
            List<String> inFlight = states();
            answer.complete(null);
            assertThat(end(first).getMessage().getBody()).isEqualTo(LateService.link(KEY, 1));

            end(deliver(0, KEY));
            end(deliver(1, KEY));
            assertThat(service.charges(KEY))
                    .as("charges; while the second request was in flight the ledger said " + inFlight)
                    .isEqualTo(1);
        }

        /** A1. Nothing but a table that is locked for longer than the ledger is patient. */
        @Test
        void noneOfManyIsPaidTwice() throws Exception {
            var throttle = new CompletableFuture<Void>();
            var answer = new CompletableFuture<Void>();
            List<String> keys = IntStream.range(0, 24).mapToObj(i -> "key" + i).toList();
            keys.forEach(key -> service.plan(
                    key,
                    number -> number == 0
                            ? new Planned("429", Reply.throttled().heldUntil(throttle), false)
                            : video(key, number, answer)));
            start(6, LONG_LEASE, 3);
            var sent = new ArrayList<>(deliverAll(keys));
            await().atMost(LIMIT).until(() -> {
                deliverAgainIfNotSent(sent, keys);
                return service.simulator().inFlight() == keys.size();
            });

            lockWhile(throttle, keys.size());
            await().atMost(LIMIT).until(() -> IntStream.range(0, keys.size())
                    .allMatch(i ->
                            sent.get(i).isDone() || service.served(keys.get(i)).size() == 2));
            List<String> inFlight = states();
            answer.complete(null);
            for (var one : sent) {
                end(one);
            }
            for (var again : deliverAll(keys)) {
                end(again);
            }
            assertThat(keys.stream().filter(key -> service.charges(key) > 1))
                    .as("paid twice; while they were in flight the ledger said " + inFlight)
                    .isEmpty();
        }

        /** A pool may take longer than its patience for its first connections. */
        private void deliverAgainIfNotSent(List<CompletableFuture<Exchange>> sent, List<String> keys) {
            for (int i = 0; i < keys.size(); i++) {
                if (sent.get(i).isDone()) {
                    sent.set(i, deliver(i % nodes.size(), keys.get(i)));
                }
            }
        }

        private List<CompletableFuture<Exchange>> deliverAll(List<String> keys) {
            return IntStream.range(0, keys.size())
                    .mapToObj(i -> deliver(i % nodes.size(), keys.get(i)))
                    .toList();
        }

        /** Until, with those that were given up, nearly two statements a call wait for the lock; or for three seconds. */
        private void lockWhile(CompletableFuture<Void> throttle, int calls) {
            var unlock = SegmentFault.later(Duration.ofSeconds(3));
            var locked = database.lockRuns(unlock);
            await().atMost(LIMIT).until(database::isLocked);
            throttle.complete(null);
            await().atMost(LIMIT).until(() -> unlock.isDone() || database.waiting() >= 1.75 * calls);
            unlock.complete(null);
            locked.join();
        }
    }

    @Nested
    class WhenSentIsWrittenAfterItWasGivenUp {
        /** A2. It takes effect between what giving the claim up reads and what it writes. */
        @Test
        void theRunIsNotLeftToNobody() throws Exception {
            service.plan(KEY, LateStatementsTest::video);
            start(2, LONG_LEASE, 1);
            var changes = new AtomicInteger();
            var sent = new HeldChange(() -> changes.get() == 2);
            database.proxy().rule(segment -> {
                // The claim, sent, and the first change of giving up.
                boolean givesUp = segment.changesRun() && changes.incrementAndGet() == 3;
                return givesUp ? SegmentFault.when(sent.deliver()) : sent.apply(segment);
            });

            end(deliver(0, KEY));
            arrives(sent.deliver());

            Exception again = end(deliver(0, KEY)).getException();
            assertThat(again == null || ((Hh1Exception) again).retry() != Retry.NEVER)
                    .as("nothing is paid that is not known, and the next delivery ends with " + again)
                    .isTrue();
            awaitVideo(1);
            assertThat(service.charges(KEY)).isEqualTo(1);
        }
    }

    @Nested
    class WhenAClaimIsWrittenLongAfterItWasGivenUp {
        /** A3. Recovery has looked for it more than once by then. */
        @Test
        void anotherNodeDoesNotWaitForItsOwner() throws Exception {
            service.plan(KEY, LateStatementsTest::video);
            start(2, Duration.ofSeconds(2), 1);
            var claim = new HeldChange(() -> true);
            database.proxy().rule(claim);

            end(deliver(0, KEY));
            awaitRenewals(4);
            arrives(claim.deliver());

            awaitVideo(1);
            assertThat(service.charges(KEY)).isEqualTo(1);
        }

        /** Of the slower owner; recovery follows each. */
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
}
