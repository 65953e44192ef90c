package io.github.camelhh1.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.Hh1Configuration;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.failure.Retry;
import io.github.camelhh1.simulator.Hh1Simulator;
import io.github.camelhh1.simulator.ReceivedRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Camel context with the component, pointed at a simulator: fresh for each test. Messages go through a route and over
 * real sockets. After each test every message has ended exactly once, no connection and no thread is left, and no
 * exception holds the key.
 */
public final class Bench implements BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    /** The canary: appears nowhere but in the Authorization header. */
    public static final String KEY = "canary-4f1d9b7a-key";

    /** Ends a test that hangs; says nothing of how long anything may take. */
    public static final Duration LIMIT = Duration.ofSeconds(60);

    /** No test waits that long: it passes when {@link #letGenerationsTimeOut} says so. */
    private static final Duration GENERATION_TIMEOUT = Duration.ofHours(1);

    /** Whether calls go through a proxy; for the same tests once more. */
    private static final boolean PROXIED = Boolean.getBoolean("hh1.bench.proxy");

    private final List<Sent> all = new CopyOnWriteArrayList<>();
    private final Map<String, AsyncProducer> starts = new ConcurrentHashMap<>();
    private HeldTimers timers;
    private Hh1Simulator simulator;
    private ProxiedService proxied;
    private DefaultCamelContext context;
    private Hh1Component component;

    @Override
    public void beforeEach(ExtensionContext test) throws Exception {
        simulator().reset();
        context = new DefaultCamelContext();
        context.getShutdownStrategy().setTimeout(5);
        timers = new HeldTimers();
        context.getExecutorServiceManager().setThreadPoolFactory(timers);
        component = new Hh1Component(context);
        options().setBaseUrl(simulator.baseUrl());
        options().setAccountId(simulator.account());
        options().setApiKey(KEY);
        options().setRetryDelay(20);
        options().setGenerationTimeout(GENERATION_TIMEOUT.toMillis());
        component.setConnectTimeout(30_000);
        if (PROXIED) {
            proxied = new ProxiedService(simulator);
            proxied.reachFrom(component);
        }
        context.addComponent("hh1", component);
        context.start();
    }

    @Override
    public void afterEach(ExtensionContext test) throws Exception {
        try {
            all.forEach(Sent::end);
            assertThat(context.getInflightRepository().size()).isZero();
        } finally {
            context.close();
            starts.clear();
            if (PROXIED) {
                proxied.close();
            }
        }
        await("connections closed")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(simulator.connections()).as("connections").isZero());
        await("threads ended")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(threads("thread #")).isEmpty());
        assertThat(all).allSatisfy(sent -> {
            assertThat(sent.callbacks()).as("calls of the callback").isEqualTo(1);
            assertThat(sent.everythingSaid()).doesNotContain(KEY);
        });
        all.clear();
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        if (simulator != null
                && !tests.getParent().flatMap(ExtensionContext::getTestClass).isPresent()) {
            simulator.close();
            simulator = null;
        }
    }

    /** One for all tests of a class. */
    public Hh1Simulator simulator() {
        if (simulator == null) {
            simulator = Hh1Simulator.builder().apiKey(KEY).rendering(false).start();
        }
        return simulator;
    }

    public CamelContext context() {
        return context;
    }

    public Hh1Component component() {
        return component;
    }

    /** Defaults of the endpoints. */
    public Hh1Configuration options() {
        return component.getConfiguration();
    }

    /** Sets them, before the first message. */
    public void options(Consumer<Hh1Configuration> options) {
        restart(component -> options.accept(component.getConfiguration()));
    }

    /** Sets options that the component reads when it starts; before the first message. */
    public void restart(Consumer<Hh1Component> options) {
        component.stop();
        options.accept(component);
        component.start();
    }

    /** Sends the sample image through {@code hh1:generate} with these options. */
    public Sent send(String options) {
        return send(options, exchange -> exchange.getMessage().setBody(simulator.sampleImageUrl()));
    }

    /** Sends a message through {@code hh1:generate} with these options. */
    public Sent send(String options, Processor message) {
        String uri = "hh1:generate" + (options.isEmpty() ? "" : "?" + options);
        String start = "direct:" + Integer.toHexString(uri.hashCode());
        if (!starts.containsKey(start)) {
            add(new RouteBuilder() {
                @Override
                public void configure() {
                    from(start).to(uri);
                }
            });
        }
        return sendTo(start, message);
    }

    public List<Sent> send(int times, String options) {
        return IntStream.range(0, times).mapToObj(i -> send(options)).toList();
    }

    /** Sends a message to any endpoint and does not wait for what becomes of it. */
    public Sent sendTo(String uri, Processor message) {
        try {
            AsyncProducer producer = starts.get(uri);
            if (producer == null) {
                producer = context.getEndpoint(uri).createAsyncProducer();
                producer.start();
                starts.put(uri, producer);
            }
            Exchange exchange = producer.getEndpoint().createExchange();
            message.process(exchange);
            Sent sent = new Sent(exchange);
            all.add(sent);
            producer.process(exchange, sent);
            return sent;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Calls that are in flight have lasted as long as {@code generationTimeout} allows. */
    public void letGenerationsTimeOut() {
        timers.ring(GENERATION_TIMEOUT);
    }

    /** Timers of that delay ring now. */
    public void letTimersRing(Duration delay) {
        timers.ring(delay);
    }

    /** The delay of every timer that the component has set. */
    public List<Duration> delays() {
        return timers.delays();
    }

    public void add(RoutesBuilder routes) {
        try {
            context.addRoutes(routes);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The POSTs whose head arrived. */
    public int posts() {
        return simulator.requests().size();
    }

    /** Names of the living threads that hold this text. */
    public static List<String> threads(String part) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains(part))
                .toList();
    }

    /** Sends what breaks a rule, and gives what it got. */
    public InvalidRequestException refused(String options, Object body, Map<String, ?> headers) {
        var failure = send(options, exchange -> {
                    exchange.getMessage().setBody(body);
                    exchange.getMessage().setHeaders(new HashMap<>(headers));
                })
                .failure(InvalidRequestException.class);
        assertThat(failure.retry()).isEqualTo(Retry.NEVER);
        assertThat(failure.billing()).isEqualTo(Billing.NOT_BILLED);
        assertThat(failure).hasMessageContaining("Nothing was sent").hasMessageContaining("nothing is billed");
        assertThat(failure.violations()).isNotEmpty().allSatisfy(violation -> assertThat(failure)
                .hasMessageContaining(violation));
        return failure;
    }

    /** The model's input as it reached the service. */
    public Map<String, Object> input(String options, Object body) {
        return received(send(options, exchange -> exchange.getMessage().setBody(body)));
    }

    /** The same for what was sent already. */
    public Map<String, Object> received(Sent sent) {
        sent.video();
        List<ReceivedRequest> requests = simulator().requests();
        assertThat(requests).allMatch(ReceivedRequest::complete);
        return requests.get(requests.size() - 1).input();
    }
}
