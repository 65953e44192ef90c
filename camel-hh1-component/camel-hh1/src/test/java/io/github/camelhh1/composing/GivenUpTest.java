package io.github.camelhh1.composing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Reply;
import io.github.camelhh1.staging.ServedDirectory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.Resilience4jConfigurationDefinition;
import org.apache.camel.model.SagaCompletionMode;
import org.apache.camel.saga.InMemorySagaService;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers and patterns that give a message up while its video is made, and ask again. */
class GivenUpTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private final CompletableFuture<Void> gate = new CompletableFuture<>();
    private final AtomicInteger failures = new AtomicInteger();

    @AfterEach
    void letGo() {
        gate.complete(null);
        await().atMost(TestContext.LIMIT)
                .until(() -> CAMEL.context().getInflightRepository().size() == 0);
    }

    private void fail(Exchange exchange) {
        failures.incrementAndGet();
        throw new IllegalArgumentException("a later step failed");
    }

    private static void message(Exchange exchange) {
        exchange.getMessage().setHeader("JMSMessageID", "ID:7");
        exchange.getMessage().setBody(CAMEL.simulator().sampleImageUrl());
    }

    private static List<Object> states() {
        List<?> runs =
                CAMEL.sendTo("hh1:runs", message -> {}).end().getMessage().getBody(List.class);
        return runs.stream().<Object>map(run -> ((Map<?, ?>) run).get("state")).toList();
    }

    private static void statesAre(String... states) {
        await().atMost(TestContext.LIMIT)
                .untilAsserted(() -> assertThat(states()).containsExactlyInAnyOrder((Object[]) states));
    }

    private void held() {
        CAMEL.simulator().script(Reply.completed().heldUntil(gate));
    }

    private static void awaitInFlight(int calls) {
        await().atMost(TestContext.LIMIT).until(() -> CAMEL.simulator().inFlight() == calls);
    }

    @Test
    void aFutureThatItsCallerCancelsLeavesARunThatAnswersTheNextDelivery() throws Exception {
        held();
        try (var template = CAMEL.context().createProducerTemplate()) {
            var future = template.asyncSend("hh1:generate", GivenUpTest::message);
            awaitInFlight(1);
            future.cancel(true);
            gate.complete(null);
            statesAre("COMPLETED");

            Exchange again = template.request("hh1:generate", GivenUpTest::message);
            assertThat(again.getException()).isNull();
            assertThat(again.getMessage().getHeaders()).containsEntry(Hh1Constants.REPLAYED, true);
        }
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }

    @Test
    void aFutureWhoseTimeIsOverLeavesARunThatAnswersTheNextDelivery() throws Exception {
        held();
        try (var template = CAMEL.context().createProducerTemplate()) {
            var future = template.asyncRequestBodyAndHeader(
                    "hh1:generate", CAMEL.simulator().sampleImageUrl(), "JMSMessageID", "ID:7", String.class);
            awaitInFlight(1);
            try {
                template.extractFutureBody(future, 50, TimeUnit.MILLISECONDS, String.class);
            } catch (TimeoutException e) {
                failures.incrementAndGet();
            }
            assertThat(failures).hasValue(1);
            var again = template.asyncRequestBodyAndHeader(
                    "hh1:generate", CAMEL.simulator().sampleImageUrl(), "JMSMessageID", "ID:7", String.class);
            gate.complete(null);
            assertThat(again.get()).startsWith("http");
        }
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }

    @Test
    void aTemplateThatIsStoppedMeanwhileLosesNoVideoAndLeavesNoImage() throws Exception {
        held();
        try (var images = new ServedDirectory()) {
            String uri = "hh1:generate?requestKey=one&stagingDirectory=" + images.directory() + "&stagingBaseUrl="
                    + images.baseUrl();
            var template = CAMEL.context().createProducerTemplate();
            template.asyncSend(uri, exchange -> exchange.getMessage().setBody(Images.png()));
            awaitInFlight(1);
            template.stop();
            gate.complete(null);

            statesAre("COMPLETED");
            await().atMost(TestContext.LIMIT)
                    .untilAsserted(() -> assertThat(images.directory()).isEmptyDirectory());
        }
    }

    /** The sub-route has no error handler: its caller tries the whole of it again. */
    private SentMessage again(String start) {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0));
                from("direct:again").to(start);
            }
        });
        return CAMEL.sendTo("direct:again", exchange -> exchange.getMessage()
                .setBody(CAMEL.simulator().sampleImageUrl()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"threads", "delay", "throttle", "breaker", "policy", "try", "pipeline", "filter"})
    void aStepBehindAPatternThatIsTriedAgainIsPaidOnce(String pattern) {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:threads").threads(2).to("hh1:generate").process(GivenUpTest.this::fail);
                from("direct:delay").delay(1).asyncDelayed().to("hh1:generate").process(GivenUpTest.this::fail);
                from("direct:throttle").throttle(5).to("hh1:generate").process(GivenUpTest.this::fail);
                from("direct:breaker")
                        .circuitBreaker()
                        .to("hh1:generate")
                        .process(GivenUpTest.this::fail)
                        .end();
                from("direct:policy").step("a").to("hh1:generate").end().process(GivenUpTest.this::fail);
                from("direct:try")
                        .doTry()
                        .to("hh1:generate")
                        .process(GivenUpTest.this::fail)
                        .doCatch(IllegalStateException.class)
                        .end();
                from("direct:pipeline")
                        .pipeline()
                        .delay(1)
                        .threads()
                        .to("hh1:generate")
                        .end()
                        .process(GivenUpTest.this::fail);
                from("direct:filter")
                        .filter(body().isNotNull())
                        .threads(1)
                        .to("hh1:generate")
                        .end()
                        .process(GivenUpTest.this::fail);
            }
        });

        assertThat(again("direct:" + pattern).end().getException()).isNotNull();
        assertThat(failures).hasValue(3);
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }

    /** One part fails while another is in flight; the split is tried again. */
    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "false, true", "true, true"})
    void partsInFlightOfASplitThatStopsOnAFailureArePaidOnce(boolean streaming, boolean timed) {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                var split = from("direct:split")
                        .setHeader(
                                Hh1Constants.IMAGE, constant(CAMEL.simulator().sampleImageUrl()))
                        .setBody(constant(List.of("slow", "bad")))
                        .split(body())
                        .parallelProcessing()
                        .stopOnException();
                if (streaming) {
                    split.streaming();
                }
                if (timed) {
                    split.timeout(60_000);
                }
                split.choice()
                        .when(body().isEqualTo("bad"))
                        .process(exchange -> awaitInFlightOnce())
                        .process(GivenUpTest.this::failTwice)
                        .otherwise()
                        .to("hh1:generate")
                        .end();
            }
        });
        held();
        SentMessage sent = again("direct:split");
        await().atMost(TestContext.LIMIT).until(() -> failures.get() == 2);
        gate.complete(null);

        sent.end();
        statesAre("COMPLETED");
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }

    private void awaitInFlightOnce() {
        if (failures.get() == 0) {
            awaitInFlight(1);
        }
    }

    private void failTwice(Exchange exchange) {
        if (failures.get() < 2) {
            fail(exchange);
        }
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void anIdempotentConsumerAroundItPaysADeliveryOnceAndGivesItsVideoAgain(boolean eager, boolean remove) {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:once")
                        .idempotentConsumer(header("JMSMessageID"), new MemoryIdempotentRepository())
                        .eager(eager)
                        .removeOnFailure(remove)
                        .to("hh1:generate")
                        .process(GivenUpTest.this::failTwice)
                        .setProperty("got", constant(true));
            }
        });
        boolean got = false;
        for (int i = 0; i < 4; i++) {
            got |= CAMEL.sendTo("direct:once", GivenUpTest::message).end().getProperty("got", false, Boolean.class);
        }
        // Eager and not removed: Camel drops the deliveries after the first failure.
        assertThat(got).isEqualTo(!(eager && !remove) || failures.get() == 0);
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }

    /** Camel takes the second try for a duplicate: the component's page says so. */
    @Test
    void anIdempotentConsumerWithinAStepThatIsTriedAgainLetsTheMessageOnWithoutItsVideo() {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:within")
                        .idempotentConsumer(constant("one"), new MemoryIdempotentRepository())
                        .to("hh1:generate")
                        .process(GivenUpTest.this::failTwice);
            }
        });

        assertThat(again("direct:within").video()).isEqualTo(CAMEL.simulator().sampleImageUrl());
        statesAre("COMPLETED");
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }

    @Test
    void aSagaWhoseTimeIsOverCompensatesNothingThatIsInFlightAndItsVideoAnswersTheNextDelivery() throws Exception {
        var compensations = new java.util.concurrent.CopyOnWriteArrayList<String>();
        var service = new InMemorySagaService();
        service.setMaxRetryAttempts(1);
        service.setRetryDelayInMilliseconds(10);
        CAMEL.context().addService(service);
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:saga")
                        .saga()
                        .timeout(Duration.ofMillis(300))
                        .completionMode(SagaCompletionMode.MANUAL)
                        .compensation("direct:compensate")
                        .option(Hh1Constants.REQUEST_KEY, constant("order-7"))
                        .setHeader(Hh1Constants.REQUEST_KEY, constant("order-7"))
                        .to("hh1:generate");
                from("direct:compensate")
                        .doTry()
                        .to("hh1:forget")
                        .process(exchange -> compensations.add("freed"))
                        .doCatch(Exception.class)
                        .process(exchange ->
                                compensations.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)
                                        .getMessage()));
            }
        });
        held();
        SentMessage sent = CAMEL.sendTo("direct:saga", exchange -> exchange.getMessage()
                .setBody(CAMEL.simulator().sampleImageUrl()));
        await().atMost(TestContext.LIMIT).until(() -> !compensations.isEmpty());
        assertThat(compensations.get(0)).contains("Nothing was changed");
        gate.complete(null);
        sent.end();
        statesAre("COMPLETED");
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }

    private static Exchange sendWithId(String id) {
        return CAMEL.sendTo("direct:bulkhead", exchange -> {
                    message(exchange);
                    exchange.getMessage().setHeader("JMSMessageID", id);
                })
                .end();
    }

    @Test
    void aBulkheadWithATimeoutPaysEachOfItsMessagesOnce() {
        var configuration = new Resilience4jConfigurationDefinition();
        configuration.setMinimumNumberOfCalls("100");
        configuration.setTimeoutEnabled("true");
        configuration.setTimeoutDuration("300");
        configuration.setBulkheadEnabled("true");
        configuration.setBulkheadMaxConcurrentCalls("1");
        configuration.setBulkheadMaxWaitDuration("0");
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                var breaker = from("direct:bulkhead").circuitBreaker();
                breaker.setResilience4jConfiguration(configuration);
                breaker.to("hh1:generate")
                        .onFallback()
                        .setBody(constant("later"))
                        .end();
            }
        });
        CAMEL.simulator()
                .script(Reply.completed().heldUntil(gate), Reply.completed().heldUntil(gate));
        assertThat(sendWithId("1").getMessage().getBody()).isEqualTo("later");
        assertThat(sendWithId("2").getMessage().getBody()).isEqualTo("later");
        gate.complete(null);

        for (String id : List.of("1", "2", "1", "2")) {
            await().atMost(TestContext.LIMIT)
                    .until(() ->
                            sendWithId(id).getMessage().getBody(String.class).startsWith("http"));
        }
        assertThat(CAMEL.simulator().charges()).isEqualTo(2);
    }

    /** Videos that come after the aggregate has closed its group. */
    @Test
    void videosOfALateGroupReachTheirRoute() {
        var groups = new java.util.concurrent.CopyOnWriteArrayList<List<?>>();
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:photos")
                        .to("hh1:generate")
                        .aggregate(constant(true), AggregationStrategies.groupedBody())
                        .completionTimeout(100)
                        .completionTimeoutCheckerInterval(20)
                        .process(exchange -> groups.add(exchange.getMessage().getBody(List.class)));
            }
        });
        held();
        SentMessage slow = CAMEL.sendTo("direct:photos", GivenUpTest::message);
        awaitInFlight(1);
        CAMEL.sendTo("direct:photos", exchange -> exchange.getMessage()
                        .setBody(CAMEL.simulator().sampleImageUrl()))
                .video();
        await().atMost(TestContext.LIMIT).until(() -> groups.size() == 1);
        gate.complete(null);
        slow.end();
        await().atMost(TestContext.LIMIT).until(() -> groups.size() == 2);
        assertThat(CAMEL.simulator().charges()).isEqualTo(2);
    }
}
