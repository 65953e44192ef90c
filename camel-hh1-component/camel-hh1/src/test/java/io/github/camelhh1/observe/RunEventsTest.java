package io.github.camelhh1.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.RejectedException;
import io.github.camelhh1.fixture.CapturedLog;
import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.observe.RunEvent.Accepted;
import io.github.camelhh1.observe.RunEvent.Downloaded;
import io.github.camelhh1.observe.RunEvent.Sent;
import io.github.camelhh1.observe.RunEvent.Staged;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.Reply;
import io.github.camelhh1.staging.ServedDirectory;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The events that an application's notifiers get. */
class RunEventsTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private final Notifier notifier = new Notifier();

    /** Keeps the events of hh1. */
    private static class Notifier extends EventNotifierSupport {
        final List<RunEvent> events = new CopyOnWriteArrayList<>();
        final Set<String> threads = ConcurrentHashMap.newKeySet();

        @Override
        public void notify(CamelEvent event) throws Exception {
            if (event instanceof RunEvent run) {
                threads.add(Thread.currentThread().getName());
                events.add(run);
            }
        }
    }

    private static void add(Notifier notifier) {
        CAMEL.context().getManagementStrategy().addEventNotifier(notifier);
    }

    private <T extends RunEvent> T awaitEvent(Class<T> type) {
        await().atMost(TestContext.LIMIT)
                .untilAsserted(() -> assertThat(notifier.events).hasAtLeastOneElementOfType(type));
        return notifier.events.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    private RunEvent.Outcome outcome() {
        return awaitEvent(RunEvent.Outcome.class);
    }

    @Test
    void tellTheStoryOfAVideo() throws IOException {
        add(notifier);
        try (var images = new ServedDirectory()) {
            CAMEL.options(options -> {
                options.setStagingDirectory(images.directory().toString());
                options.setStagingBaseUrl(images.baseUrl());
            });
            tellTheStory();
        }
    }

    private void tellTheStory() {
        CAMEL.simulator().script(Reply.throttled(), Reply.completed());
        byte[] image = Images.png();
        String options = "duration=5&resolution=720P&pricePerSecond=720P=0.14&preflight=off";
        String video = CAMEL.send(options, exchange -> exchange.getMessage().setBody(image))
                .video();

        RunEvent.Outcome outcome = outcome();
        assertThat(notifier.events)
                .extracting(RunEvent::getClass)
                .isEqualTo(List.of(Accepted.class, Staged.class, Sent.class, Sent.class, RunEvent.Outcome.class));
        assertThat(notifier.events).allSatisfy(event -> {
            assertThat(event.getType()).isEqualTo(CamelEvent.Type.Custom);
            assertThat(event.getSource()).isSameAs(CAMEL.context());
            assertThat(event.getTimestamp()).isPositive();
            assertThat(event.about().component()).isEqualTo("hh1");
            assertThat(event.about().model()).isEqualTo("alibaba/hh1-i2v");
            assertThat(event.about().routeId()).isNotNull();
            assertThat(event.about().runId()).isEqualTo(outcome.about().runId()).isNotEmpty();
            assertThat(event.toString()).doesNotContain(video).doesNotContain("/images/");
        });
        assertThat(awaitEvent(Staged.class).bytes()).isEqualTo(image.length);
        assertThat(notifier.events.get(3)).extracting("attempt").isEqualTo(2);
        assertThat(outcome.outcome()).isEqualTo("Completed");
        assertThat(outcome.billing()).isEqualTo(Billing.BILLED);
        assertThat(outcome.attempts()).isEqualTo(2);
        assertThat(outcome.cost()).isEqualByComparingTo("0.70");
        assertThat(outcome.failure()).isNull();
    }

    @Test
    void comeOnAThreadOfTheirOwn() {
        add(notifier);
        CAMEL.send("").video();

        outcome();
        assertThat(notifier.threads).singleElement().asString().contains("hh1-events");
    }

    @Test
    void sayThatARepeatedRequestPaysNothing() {
        String options = "requestKey=same&duration=5&pricePerSecond=720P=0.14,1080P=0.28";
        CAMEL.send(options).video();
        add(notifier);
        CAMEL.send(options).video();

        await().atMost(TestContext.LIMIT).untilAsserted(() -> assertThat(notifier.events)
                .anyMatch(event -> event instanceof RunEvent.Outcome outcome && outcome.replayed()));
        assertThat(notifier.events)
                .filteredOn(event -> event instanceof RunEvent.Outcome outcome && outcome.replayed())
                .extracting("billing", "cost")
                .containsExactly(tuple(Billing.NOT_BILLED, null));
    }

    @Test
    void sayWhetherAFailureMayBeBilled() {
        add(notifier);
        CAMEL.simulator().next(Fault.resetAfterRequest());
        CAMEL.send("").failure(OutcomeUnknownException.class);

        assertThat(outcome().outcome()).isEqualTo("Unknown");
        assertThat(outcome().billing()).isEqualTo(Billing.UNKNOWN);
        assertThat(outcome().failure()).isEqualTo("OutcomeUnknownException");
    }

    @Test
    void holdNoPrompt() {
        add(notifier);
        CAMEL.simulator().next(Reply.error(400, 7003, "the prompt 'a dancing horse' is not allowed"));
        CAMEL.send("prompt=RAW(a dancing horse)").failure(RejectedException.class);

        outcome();
        assertThat(notifier.events).noneMatch(event -> event.toString().contains("dancing"));
    }

    @Test
    void sayThatAVideoWasNotDownloaded() {
        add(notifier);
        CAMEL.sendTo("hh1:download", exchange -> exchange.getMessage().setBody("http://127.0.0.1:1/v.mp4?sig=canary"))
                .end();

        Downloaded event = awaitEvent(Downloaded.class);
        assertThat(event.failure()).isEqualTo("DownloadException");
        assertThat(event.bytes()).isZero();
        assertThat(event.toString()).doesNotContain("canary").doesNotContain("127.0.0.1");
    }

    @Nested
    class ANotifierThat {
        private final CountDownLatch released = new CountDownLatch(1);

        /** Waits for the test at the first event. */
        private final class Hanging extends Notifier {
            @Override
            public void notify(CamelEvent event) throws Exception {
                if (event instanceof RunEvent) {
                    released.await();
                }
            }
        }

        @AfterEach
        void release() {
            released.countDown();
        }

        @Test
        void hangsHoldsNoMessageBackAndIsWaitedForBySoManyEventsOnly() {
            try (CapturedLog log = CapturedLog.start()) {
                add(new Hanging());
                add(notifier);
                for (int i = 0; i < Events.MOST_WAITING; i++) {
                    CAMEL.send("requestKey=one").video();
                }
                assertThat(log.text().split("further ones are dropped", -1)).hasSize(2);
            }
            assertThat(notifier.events).isEmpty();

            released.countDown();

            await().atMost(TestContext.LIMIT)
                    .untilAsserted(() -> assertThat(notifier.events).hasSize(Events.MOST_WAITING + 1));
            assertThat(notifier.events.get(0)).isInstanceOf(Accepted.class);
        }

        @Test
        void failsLeavesTheOthersTheirEvents() {
            add(new Notifier() {
                @Override
                public void notify(CamelEvent event) {
                    if (event instanceof RunEvent) {
                        throw new IllegalStateException("a defect of a notifier");
                    }
                }
            });
            add(notifier);

            CAMEL.send("").video();

            assertThat(outcome().outcome()).isEqualTo("Completed");
        }

        @Test
        void hangsDoesNotHoldTheStopOfTheComponentBack() {
            add(new Hanging());
            CAMEL.send("").video();

            CAMEL.component().stop();

            assertThat(released.getCount()).isOne();
            await().atMost(TestContext.LIMIT).untilAsserted(() -> assertThat(TestContext.threads("hh1-events"))
                    .isEmpty());
        }
    }
}
