package io.github.camelhh1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.BusyException;
import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.failure.Retry;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.simulator.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 36: a supplier of keys that takes longer than anybody waits. */
class LateKeysTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    /** Opened by the end of the test at the latest. */
    private final CountDownLatch vault = new CountDownLatch(1);

    private volatile boolean closed = true;
    private final AtomicInteger asking = new AtomicInteger();
    private final Set<String> askedOn = ConcurrentHashMap.newKeySet();

    @TempDir
    Path directory;

    @BeforeEach
    void bindSuppliers() {
        bind("late", () -> {
            if (closed) {
                asking.incrementAndGet();
                awaitVault();
            }
            return TestContext.KEY;
        });
        bind("prompt", () -> TestContext.KEY);
    }

    @AfterEach
    void openTheVault() {
        vault.countDown();
    }

    private void bind(String name, Supplier<String> keys) {
        Supplier<String> noting = () -> {
            askedOn.add(Thread.currentThread().getName());
            return keys.get();
        };
        CAMEL.context().getRegistry().bind(name, noting);
    }

    private void awaitVault() {
        try {
            vault.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keepIn(String ledger) {
        CAMEL.restart(component -> {
            component.setMaxInFlight(60);
            component.setLedger(Ledgers.of(ledger.equals("memory") ? "memory" : ledger + directory.resolve("runs.db")));
        });
    }

    /** From a thread of its own, since a call that is not asynchronous would hold the test. */
    private static CompletableFuture<SentMessage> sending(String options) {
        String image = CAMEL.simulator().sampleImageUrl();
        return CompletableFuture.supplyAsync(
                        () -> CAMEL.sendTo("hh1:generate?" + options, exchange -> exchange.getMessage()
                                .setBody(image)),
                        task -> new Thread(task, "caller").start())
                .orTimeout(TestContext.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private static List<CompletableFuture<SentMessage>> sending(int times, String options) {
        return IntStream.range(0, times).mapToObj(i -> sending(options)).toList();
    }

    private static void isNotSentInTime(CompletableFuture<SentMessage> call) {
        var failure = call.join().failure(NotSentException.class);
        assertThat(failure).hasMessageContaining("apiKeySupplier").hasMessageContaining("generationTimeout");
        assertThat(failure.retry()).isEqualTo(Retry.SAFE);
        assertThat(failure.billing()).isEqualTo(Billing.NOT_BILLED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "jdbc:sqlite:"})
    void row36onlyTheCallWaitsThatAskedForTheKey(String ledger) {
        keepIn(ledger);
        closed = false;
        var answers = new CompletableFuture<Void>();
        for (int i = 0; i < 4; i++) {
            CAMEL.simulator().next(Reply.throttled().heldUntil(answers));
        }
        var late = sending(4, "apiKeySupplier=#late&generationTimeout=600000");
        await().untilAsserted(() -> assertThat(CAMEL.posts()).isEqualTo(4));
        closed = true;
        answers.complete(null);
        // Their second attempts begin where a timer has run out.
        await().untilAsserted(() -> assertThat(asking).hasValueGreaterThanOrEqualTo(2));

        CAMEL.simulator().next(Reply.throttled());
        // The retry needs a timer, the ledger and a thread of the rooms.
        assertThat(sending("retryDelay=10").join().video()).isNotEmpty();
        assertThat(late).noneMatch(call -> call.isDone() && call.join().hasEnded());

        vault.countDown();
        assertThat(late).allSatisfy(call -> assertThat(call.join().video()).isNotEmpty());
        assertThat(CAMEL.simulator().charges()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "jdbc:sqlite:"})
    void row36theCallEndsAtItsGenerationTimeoutAndIsNotSent(String ledger) {
        keepIn(ledger);

        sending(3, "apiKeySupplier=#late&generationTimeout=300").forEach(LateKeysTest::isNotSentInTime);

        assertThat(CAMEL.posts()).isZero();
        vault.countDown();
        assertThat(sending("apiKeySupplier=#late").join().video()).isNotEmpty();
        assertThat(CAMEL.posts()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "jdbc:sqlite:"})
    void row36aHangingVaultHoldsNobodyBackWhoAsksAnother(String ledger) {
        keepIn(ledger);
        var late = sending(50, "apiKeySupplier=#late&generationTimeout=600000");
        await().untilAsserted(() -> assertThat(asking).hasValueGreaterThanOrEqualTo(2));

        assertThat(sending("apiKeySupplier=#prompt").join().video()).isNotEmpty();

        vault.countDown();
        assertThat(late).allSatisfy(call -> assertThat(call.join().video()).isNotEmpty());
        assertThat(CAMEL.simulator().charges()).isEqualTo(51);
    }

    @Test
    void aComponentThatStopsDoesNotWaitForTheVault() {
        keepIn("memory");
        var late = sending("apiKeySupplier=#late&generationTimeout=600000");
        await().untilAsserted(() -> assertThat(asking).hasValue(1));

        CAMEL.context().stop();

        assertThat(late.join().failure(BusyException.class)).hasMessageContaining("stopping");
        assertThat(CAMEL.posts()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "jdbc:sqlite:"})
    void suppliersAreAskedOnThreadsThatMayWait(String ledger) {
        keepIn(ledger);
        CAMEL.simulator().script(Reply.throttled(), Reply.error(401, 10000, "Authentication error"));

        sending(6, "apiKeySupplier=#prompt").forEach(call -> call.join().end());

        assertThat(askedOn).isNotEmpty().allSatisfy(thread -> assertThat(thread).contains("hh1-keys"));
    }
}
