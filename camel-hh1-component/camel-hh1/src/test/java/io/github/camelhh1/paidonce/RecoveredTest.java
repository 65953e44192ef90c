package io.github.camelhh1.paidonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.InFlightException;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.Claim;
import io.github.camelhh1.ledger.Claim.Attempt;
import io.github.camelhh1.ledger.Completion;
import io.github.camelhh1.ledger.DelegatingSession;
import io.github.camelhh1.ledger.Emission;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerContract;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.ledger.memory.MemoryLedgers;
import io.github.camelhh1.simulator.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Row 48: a video that comes when nobody waits for it reaches a route, and one route. */
class RecoveredTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static final LedgerClient LEDGER = new LedgerClient(CAMEL);

    @TempDir
    private Path directory;

    private Ledger ledger;
    private LedgerSession service;

    @BeforeEach
    void open() {
        ledger = Ledgers.of("jdbc:sqlite:" + directory.resolve("hh1.db"));
        service = ledger.open();
        LEDGER.restart(component -> component.setLedger(ledger));
    }

    @AfterEach
    void close() {
        service.close();
    }

    private static Map<String, Object> message(String key) {
        return Map.of(Hh1Constants.REQUEST_KEY, key, Hh1Constants.CORRELATION, "photo " + key);
    }

    /** Sent, and cut off. */
    private static String unknown(String key) {
        CAMEL.simulator().script(Fault.closeAfterRequest());
        return CAMEL.send("", LEDGER.sample(message(key)))
                .failure(OutcomeUnknownException.class)
                .runId();
    }

    /** As a look-up or a resumed task does it. */
    private void complete(LedgerSession session, String runId) {
        Run run = session.find(runId).orElseThrow();
        var attempt = new Attempt(new Claim(runId, run.owner(), run.claim()), run.attempt());
        session.complete(attempt, video(runId), false);
    }

    private static Completion video(String runId) {
        return new Completion(
                "https://v.example/" + runId + ".mp4", "Completed", "BYOK", Duration.ofSeconds(9), null, "ray", null);
    }

    private String late(String key) {
        String runId = unknown(key);
        complete(service, runId);
        return runId;
    }

    /** An operator may still read that it is unknown, and JMX and the examples name no state. */
    @Test
    void isNotForgottenUnlessTheMessageSaysThatItIsCompleted() {
        String runId = late("1");

        assertThat(LEDGER.forget(runId).failure(InvalidRequestException.class))
                .hasMessageContaining("no exchange has got yet")
                .hasMessageContaining("Nothing was changed");
        assertThat(LEDGER.runs().get(0)).containsEntry("videoUrl", video(runId).videoUrl());

        LEDGER.operate("hh1:forget", null, Map.of(Hh1Constants.RUN_ID, runId, Hh1Constants.RUN_STATE, "COMPLETED"))
                .end();
        assertThat(LEDGER.runs().get(0)).containsEntry("state", "FORGOTTEN");
    }

    private static LateRoute route(String options, Processor steps) {
        return LateRoute.from(CAMEL.context(), "recovered?after=0" + options, steps);
    }

    private static void has(LateRoute route, String... runIds) {
        await().atMost(TestContext.LIMIT)
                .untilAsserted(() -> assertThat(route.completed()).contains(runIds));
        route.looksAgain();
        assertThat(route.completed()).containsExactlyInAnyOrder(runIds);
    }

    @Test
    void isTheMessageThatGenerateWouldHaveGivenWithTheSendersOwnText() {
        String runId = late("1");
        var headers = new AtomicReference<Map<String, Object>>();
        LateRoute route = route("", exchange -> {
            Message message = exchange.getMessage();
            headers.set(new HashMap<>(message.getHeaders()));
            assertThat(message.getBody()).isEqualTo(video(runId).videoUrl());
        });
        has(route, runId);
        assertThat(headers.get())
                .containsEntry(Hh1Constants.VIDEO_URL, video(runId).videoUrl())
                .containsEntry(Hh1Constants.RUN_ID, runId)
                .containsEntry(Hh1Constants.RUN_STATE, "COMPLETED")
                .containsEntry(Hh1Constants.CORRELATION, "photo 1")
                .containsEntry(Hh1Constants.RECOVERED, true)
                .containsEntry(Hh1Constants.REPLAYED, true)
                .containsEntry(Hh1Constants.VIDEO_FILE_NAME, "sample.mp4")
                .containsEntry(Hh1Constants.MODEL, "alibaba/hh1-i2v");
        assertThat(CAMEL.posts()).isEqualTo(1);
    }

    @Test
    void isInFlightForItsMessageWhileARouteHasItAndIsReplayedAfterwards() {
        String runId = late("1");
        var gate = new LateRoute.Gate();
        LateRoute route = route("", gate);
        await().atMost(TestContext.LIMIT).until(() -> gate.waiting() == 1);

        CAMEL.send("", LEDGER.sample(message("1"))).failure(InFlightException.class);
        assertThat(gate.waiting()).isEqualTo(1);

        gate.open();
        has(route, runId);
        LedgerClient.replayed(CAMEL.send("", LEDGER.sample(message("1"))));
        assertThat(CAMEL.posts()).isEqualTo(1);
    }

    @Test
    void isLeftToItsMessageWhileTheSourceMayDeliverItAgain() {
        String runId = late("1");
        LateRoute route = LateRoute.from(CAMEL.context(), "recovered?after=1h", exchange -> {});
        route.looksAgain();
        assertThat(route.completed()).isEmpty();

        LedgerClient.replayed(CAMEL.send("", LEDGER.sample(message("1"))));
        LateRoute atOnce = route("", exchange -> {});
        atOnce.looksAgain();
        assertThat(atOnce.completed()).isEmpty();
        assertThat(runId).isNotEmpty();
    }

    @Test
    void comesAgainWhenItsRouteFailsAndMayGoToItsMessageMeanwhile() {
        String runId = late("1");
        var tries = new AtomicInteger();
        LateRoute route = route("", exchange -> {
            tries.incrementAndGet();
            throw new IllegalStateException("no room on the disk");
        });
        await().atMost(TestContext.LIMIT).until(() -> tries.get() == 1);
        await().atMost(TestContext.LIMIT)
                .until(() -> service.emit(new Emission.Filter(RunState.COMPLETED, Duration.ZERO, null), 1)
                        .isEmpty());
        route.looksAgain();
        assertThat(tries).hasValue(1);
        var sent = await().atMost(TestContext.LIMIT)
                .until(
                        () -> CAMEL.send("", LEDGER.sample(message("1"))),
                        again -> again.end().getException() == null);
        assertThat(LedgerClient.replayed(sent).getBody()).isEqualTo(video(runId).videoUrl());
        route.looksAgain();
        assertThat(tries).hasValue(1);
    }

    /** By a clock that the test moves: 2 nodes would see the same. */
    @Test
    void comesAgainAfterGrowingPausesForADayUntilItsRouteWorks() {
        service.close();
        var now = new AtomicReference<>(Instant.parse("2026-01-31T00:00:00Z"));
        ledger = MemoryLedgers.withLease(now::get, Duration.ZERO);
        service = ledger.open();
        LEDGER.restart(component -> component.setLedger(ledger));
        String runId = late("1");
        var tries = new CopyOnWriteArrayList<Instant>();
        var works = new AtomicBoolean();
        LateRoute route = route("", exchange -> {
            tries.add(now.get());
            if (!works.get()) {
                throw new IllegalStateException("the disk is full");
            }
        });
        route.looksAgain();
        Instant end = now.get().plus(Duration.ofDays(1));
        long pause = 10;
        int count = 1;
        while (now.get().isBefore(end)) {
            long almost = pause - 1;
            now.updateAndGet(time -> time.plusSeconds(almost));
            route.looksAgain();
            assertThat(tries).hasSize(count++);
            now.updateAndGet(time -> time.plusSeconds(1));
            route.looksAgain();
            assertThat(tries).hasSize(count);
            pause = Math.min(1800, 2 * pause);
        }
        assertThat(count).as("tries in a day").isEqualTo(56);

        works.set(true);
        now.updateAndGet(time -> time.plus(Duration.ofHours(1)));
        has(route, runId);
        assertThat(CAMEL.posts()).isEqualTo(1);
    }

    @Test
    void isNotHandedOnByAnExchangeThatIsMarkedForRollback() {
        String runId = late("1");
        var tries = new AtomicInteger();
        LateRoute route = route("", exchange -> {
            tries.incrementAndGet();
            exchange.setRollbackOnly(true);
        });
        await().atMost(TestContext.LIMIT).until(() -> tries.get() == 1);
        await().atMost(TestContext.LIMIT)
                .until(() -> CAMEL.send("", LEDGER.sample(message("1"))).end().getException() == null);
        assertThat(route.completed()).isEmpty();
        assertThat(runId).isNotEmpty();
    }

    @Test
    void comesToNoMoreExchangesAtOnceThanTheOptionSays() {
        String[] runs = Stream.of("1", "2", "3", "4", "5").map(this::late).toArray(String[]::new);
        var gate = new LateRoute.Gate();
        LateRoute route = route("&maxConcurrent=2", gate);
        await().atMost(TestContext.LIMIT).until(() -> gate.waiting() == 2);
        route.looksAgain();
        assertThat(gate.waiting()).isEqualTo(2);
        await().atMost(TestContext.LIMIT).until(() -> {
            gate.open();
            return route.completed().size() == runs.length;
        });
        has(route, runs);
    }

    @Test
    void comesToConsumersOfItsGroupOnly() {
        CAMEL.simulator().script(Fault.closeAfterRequest());
        String mine = CAMEL.send("group=mine", LEDGER.keyed("grouped"))
                .failure(OutcomeUnknownException.class)
                .runId();
        complete(service, mine);
        String nobodys = late("1");
        LateRoute others = route("&group=others", exchange -> {});
        has(route("", exchange -> {}), nobodys);
        others.looksAgain();
        assertThat(others.completed()).isEmpty();
        has(route("&group=mine", exchange -> {}), mine);
    }

    @Test
    void comesToOneOfTwoNodes() throws Exception {
        try (var other = new Node(CAMEL, ledger)) {
            LateRoute here = route("", exchange -> {});
            LateRoute there = LateRoute.from(other.context(), "recovered?after=0", exchange -> {});
            var runs = new ArrayList<String>();
            for (int i = 0; i < 30; i++) {
                Attempt attempt = LedgerContract.sent(service, "run-" + i);
                service.complete(attempt, video("run-" + i), false);
                runs.add("run-" + i);
            }
            await().atMost(TestContext.LIMIT)
                    .until(() -> here.completed().size() + there.completed().size() >= runs.size());
            here.looksAgain();
            there.looksAgain();
            var all = new ArrayList<>(here.completed());
            all.addAll(there.completed());
            assertThat(all).containsExactlyInAnyOrderElementsOf(runs);
        }
    }

    /** Its session ends as that of a killed process, without an acknowledgement. */
    @Test
    void comesAgainWhenTheNodeThatHadItDies() {
        String runId = late("1");
        LedgerSession dying = ledger.open();
        assertThat(dying.emit(new Emission.Filter(RunState.COMPLETED, Duration.ZERO, null), 1))
                .hasSize(1);
        LateRoute route = route("", exchange -> {});
        route.looksAgain();
        assertThat(route.completed()).isEmpty();
        dying.close();
        has(route, runId);
    }

    @Test
    void goesToItsMessageOrToItsRouteWhenBothComeAtOnce() {
        LateRoute route = route("", exchange -> {});
        int replays = 0;
        for (int i = 0; i < 30; i++) {
            String key = "key " + i;
            String runId = unknown(key);
            // Else nothing would be sent after many in a row.
            CAMEL.send("").video();
            complete(service, runId);
            SentMessage sent = CAMEL.send("", LEDGER.sample(message(key)));
            Exchange end = sent.end();
            boolean replayed = end.getException() == null;
            await().atMost(TestContext.LIMIT)
                    .until(() -> replayed || route.completed().contains(runId));
            route.looksAgain();
            boolean wasInFlight = end.getException() instanceof InFlightException;
            // A replay after the route had it is no race: the source was late.
            assertThat(replayed || wasInFlight).isTrue();
            replays += replayed ? 1 : 0;
        }
        assertThat(route.completed()).doesNotHaveDuplicates();
        assertThat(route.completed().size() + replays).isGreaterThanOrEqualTo(30);
        assertThat(CAMEL.posts()).isEqualTo(60);
    }

    @Test
    void isWaitedForWhenItsRouteStops() throws Exception {
        String runId = late("1");
        var gate = new LateRoute.Gate();
        LateRoute route = route("", gate);
        await().atMost(TestContext.LIMIT).until(() -> gate.waiting() == 1);
        var stopping = CompletableFuture.runAsync(() -> {
            try {
                route.stop();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        await().atMost(TestContext.LIMIT).until(() -> route.consumer().isSuspendingOrSuspended());
        assertThat(stopping).isNotDone();
        gate.open();
        stopping.join();
        assertThat(route.completed()).containsExactly(runId);
        await().atMost(TestContext.LIMIT)
                .until(() -> service.find(runId).isPresent()
                        && service.emit(new Emission.Filter(RunState.COMPLETED, Duration.ZERO, null), 1)
                                .isEmpty());
    }

    /** The acknowledgement is written when the ledger works again. */
    @Test
    void comesOnceThoughTheLedgerFailsWhenItIsAcknowledged() {
        var failures = new AtomicInteger();
        Ledger failing = new Ledger() {
            @Override
            public LedgerSession open() {
                return new DelegatingSession(ledger.open()) {
                    @Override
                    protected <T> T around(String method, Supplier<T> call) {
                        if (method.equals("ended") && failures.incrementAndGet() <= 1) {
                            throw new LedgerException("away", null);
                        }
                        return call.get();
                    }
                };
            }

            @Override
            public boolean isDurable() {
                return true;
            }

            @Override
            public String toString() {
                return "failing once";
            }
        };
        LEDGER.restart(component -> component.setLedger(failing));
        String runId = late("1");
        LateRoute route = route("", exchange -> {});
        await().atMost(TestContext.LIMIT).until(() -> failures.get() >= 2);
        has(route, runId);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "recovered?after=10 | after=10 is 10 milliseconds; write 10m",
                "recovered?after=-1 | after must not be negative",
                "held?after=soon | after: \"soon\" is no duration",
                "held?maxConcurrent=0 | maxConcurrent must be 1 or more",
                "recovered?group= | group must have 1 to 200 characters",
                "recovered?output=video | fetch the video with hh1:download in the route",
                "recovered?wait=10m | there is no option \"wait\"",
                "runs | You cannot receive messages",
            })
    void isRefusedToAConsumerWhoseOptionsCannotWork(String endpoint, String said) {
        assertThatThrownBy(() -> LateRoute.from(CAMEL.context(), endpoint, exchange -> {}))
                .hasStackTraceContaining(said);
    }

    @Test
    void isNothingToSendTo() {
        assertThatThrownBy(() -> CAMEL.sendTo("hh1:recovered", exchange -> {}))
                .hasStackTraceContaining("You cannot send messages to this endpoint: begin a route with it");
    }
}
