package io.github.camelhh1.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.failure.BusyException;
import io.github.camelhh1.failure.Retry;
import io.github.camelhh1.fixture.CapturedLog;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.ReceivedRequest;
import io.github.camelhh1.simulator.Reply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows 31 and 32, and that no thread waits: many messages, few permits. */
@Timeout(120)
class LoadTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static SentMessage sendPrompt(String prompt) {
        return CAMEL.send("", exchange -> {
            exchange.getMessage().setBody(CAMEL.simulator().sampleImageUrl());
            exchange.getMessage().setHeader("CamelHh1Prompt", prompt);
        });
    }

    private static CompletableFuture<Void> holdAnswers() {
        var gate = new CompletableFuture<Void>();
        CAMEL.simulator().when(request -> true).reply(Reply.completed().heldUntil(gate));
        return gate;
    }

    @Nested
    class AThousandMessagesWithTwoPermits {
        @Test
        void row31areFairAndNeverAboveTheLimitAndAllEnd() {
            CAMEL.restart(component -> component.setMaxInFlight(2));
            List<SentMessage> all = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                all.add(sendPrompt(Integer.toString(i)));
            }

            all.forEach(SentMessage::video);

            assertThat(CAMEL.simulator().peakInFlight()).isLessThanOrEqualTo(2);
            assertThat(CAMEL.simulator().charges()).isEqualTo(1_000);
            List<Integer> order = CAMEL.simulator().requests().stream()
                    .map(ReceivedRequest::prompt)
                    .map(Integer::valueOf)
                    .toList();
            assertThat(new HashSet<>(order)).hasSize(1_000);
            // A thread that is set aside between its permit and its POST is overtaken meanwhile. It keeps its permit,
            // so
            // there is one such thread at a time.
            for (int i = 0; i < order.size(); i++) {
                int number = order.get(i);
                assertThat(order.subList(i, order.size()).stream().filter(later -> later < number))
                        .as("overtaken by %s", number)
                        .hasSizeLessThanOrEqualTo(1);
            }
        }
    }

    @Nested
    class TwoEndpointsInOneRoute {
        @Test
        void doNotLockEachOtherUp() throws Exception {
            CAMEL.restart(component -> {
                component.setMaxInFlight(2);
                component.setMaxQueued(0);
            });
            CAMEL.add(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:twice")
                            .to("hh1:generate?prompt=first")
                            .setBody(exchange -> CAMEL.simulator().sampleImageUrl())
                            .to("hh1:generate?prompt=second");
                }
            });
            ExecutorService callers = Executors.newFixedThreadPool(10);
            var all = new ArrayList<java.util.concurrent.Future<SentMessage>>();
            for (int i = 0; i < 50; i++) {
                all.add(callers.submit(() -> CAMEL.sendTo("direct:twice", exchange -> exchange.getMessage()
                        .setBody(CAMEL.simulator().sampleImageUrl()))));
            }
            for (var sent : all) {
                sent.get(60, TimeUnit.SECONDS).video();
            }
            callers.shutdown();

            assertThat(CAMEL.simulator().charges()).isEqualTo(100);
            assertThat(CAMEL.simulator().peakInFlight()).isLessThanOrEqualTo(2);
        }
    }

    @Nested
    class TwoHundredCallsInFlight {
        private final int before = TestContext.threads("thread #").size();

        private Set<String> pools() {
            return TestContext.threads("thread #").stream()
                    .map(name -> name.replaceFirst(".* - ", ""))
                    .collect(Collectors.toSet());
        }

        private void call(String options) {
            var gate = new CompletableFuture<Void>();
            CAMEL.simulator()
                    .script(Collections.nCopies(200, Reply.completed().heldUntil(gate))
                            .toArray(Reply[]::new));

            List<SentMessage> all = CAMEL.send(200, options);
            await().until(() -> CAMEL.simulator().inFlight() == 200);

            assertThat(TestContext.threads("thread #").size() - before).isLessThanOrEqualTo(12);
            gate.complete(null);
            all.forEach(SentMessage::video);
            assertThat(TestContext.threads("thread #").size() - before).isLessThanOrEqualTo(12);
        }

        @Test
        void takeAtMostTwelveThreadsAndLookUpsNeedNoPoolMore() {
            CAMEL.restart(component -> component.setMaxInFlight(200));
            call("lookup=false");
            Set<String> pools = pools();

            call("lookup=true");

            assertThat(pools()).isSubsetOf(pools);
            assertThat(CAMEL.simulator().charges()).isEqualTo(400);
        }
    }

    @Nested
    class AFullQueue {
        @Test
        void refusesWhenToldTo() {
            CAMEL.restart(component -> {
                component.setMaxInFlight(1);
                component.setMaxQueued(1);
                component.setWhenFull("reject");
            });
            var gate = holdAnswers();
            SentMessage first = CAMEL.send("");
            SentMessage second = CAMEL.send("");

            var failure = CAMEL.send("").failure(BusyException.class);

            assertThat(failure.retry()).isEqualTo(Retry.SAFE);
            gate.complete(null);
            first.video();
            second.video();
            assertThat(CAMEL.simulator().charges()).isEqualTo(2);
        }

        @Test
        void holdsTheCallerBackOtherwise() throws Exception {
            CAMEL.restart(component -> {
                component.setMaxInFlight(1);
                component.setMaxQueued(1);
            });
            var gate = holdAnswers();
            List<SentMessage> all = new ArrayList<>(CAMEL.send(2, ""));
            var returned = new CountDownLatch(1);
            Thread caller = new Thread(() -> {
                all.add(CAMEL.send(""));
                returned.countDown();
            });
            caller.start();
            await().until(() -> caller.getState() == Thread.State.WAITING);
            assertThat(returned.getCount()).isEqualTo(1);

            gate.complete(null);

            assertThat(returned.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(all).hasSize(3).allSatisfy(SentMessage::video);
        }

        @Test
        void row32lettingAnInterruptedCallerGoUnsent() throws Exception {
            CAMEL.restart(component -> {
                component.setMaxInFlight(1);
                component.setMaxQueued(0);
            });
            var gate = holdAnswers();
            SentMessage first = CAMEL.send("");
            var second = new CompletableFuture<SentMessage>();
            Thread caller = new Thread(() -> second.complete(CAMEL.send("")));
            caller.start();
            await().until(() -> caller.getState() == Thread.State.WAITING);

            caller.interrupt();

            assertThat(second.get(60, TimeUnit.SECONDS).failure(BusyException.class))
                    .hasMessageContaining("interrupted");
            gate.complete(null);
            first.video();
            CAMEL.send("").video();
            assertThat(CAMEL.simulator().charges()).isEqualTo(2);
        }
    }

    /** Camel lets an Error of a route through to whoever called: here, into our callback. */
    @Nested
    class AnErrorInTheRouteAfterTheVideo {
        @Test
        void row32releasesThePermitAndIsLogged() throws Exception {
            CAMEL.restart(component -> component.setMaxInFlight(1));
            var endpoint = CAMEL.context().getEndpoint("hh1:generate");
            var producer = endpoint.createAsyncProducer();
            producer.start();
            var thrown = new AtomicInteger();
            try (CapturedLog log = CapturedLog.start()) {
                for (int i = 0; i < 10; i++) {
                    send(endpoint, producer, thrown);
                }
                await().untilAsserted(() ->
                        assertThat(log.text()).containsPattern("(?s)(StackOverflowError: in the route.*){10}"));
            }

            CAMEL.send("").video();
            assertThat(thrown).hasValue(10);
            assertThat(CAMEL.simulator().charges()).isEqualTo(11);
            producer.stop();
        }

        private static void send(Endpoint endpoint, AsyncProducer producer, AtomicInteger thrown) {
            var exchange = endpoint.createExchange();
            exchange.getMessage().setBody(CAMEL.simulator().sampleImageUrl());
            producer.process(exchange, doneSync -> {
                thrown.incrementAndGet();
                throw new StackOverflowError("in the route");
            });
        }
    }
}
