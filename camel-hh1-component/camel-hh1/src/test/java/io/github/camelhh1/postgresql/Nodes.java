package io.github.camelhh1.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.Hh1Exception;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.Retry;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.simulator.Charge;
import io.github.camelhh1.simulator.Hh1Simulator;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** Nodes with one ledger, and photos that a queue delivers to one after the other until each is done, held or refused. */
final class Nodes implements AutoCloseable {
    private static final Duration AGAIN = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Hh1Simulator service =
            Hh1Simulator.builder().rendering(false).delay(Duration.ofSeconds(1)).start();
    private final List<HikariDataSource> pools = new ArrayList<>();
    private final List<DefaultCamelContext> contexts = new ArrayList<>();
    private final List<ProducerTemplate> nodes = new ArrayList<>();
    private final ScheduledExecutorService queue = Executors.newScheduledThreadPool(2);
    /** The photo, and how it ended: {@code done}, or the reason why not. */
    private final Map<String, String> ended = new ConcurrentHashMap<>();

    private final Map<String, AtomicInteger> comeBacks = new ConcurrentHashMap<>();
    /** No photo of others that have worked with the same ledger. */
    private final String prefix = "photo " + UUID.randomUUID() + " ";

    private int sent;

    /** Each node has four connections, and may have so many calls in flight. */
    Nodes(String url, int number, int inFlight) throws Exception {
        for (int node = 0; node < number; node++) {
            var config = new HikariConfig();
            config.setJdbcUrl(url);
            config.setMaximumPoolSize(4);
            config.setConnectionTimeout(3_000);
            config.setInitializationFailTimeout(-1);
            var pool = new HikariDataSource(config);
            pools.add(pool);
            var context = new DefaultCamelContext();
            var component = new Hh1Component(context);
            component.getConfiguration().setBaseUrl(service.baseUrl());
            component.getConfiguration().setAccountId(service.account());
            component.getConfiguration().setApiKey(service.apiKey());
            component.getConfiguration().setLookup(false);
            component.setMaxInFlight(inFlight);
            component.setLedger(Ledgers.jdbc(pool));
            context.addComponent("hh1", component);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:photos").to("hh1:generate?requestKey=${header.photo}");
                }
            });
            contexts.add(context);
            nodes.add(context.createProducerTemplate());
            context.start();
        }
    }

    void send(int photos) {
        for (int number = 0; number < photos; number++) {
            deliver(prefix + sent, sent++);
        }
    }

    int sent() {
        return sent;
    }

    private void deliver(String photo, int turn) {
        ProducerTemplate node = nodes.get(turn % nodes.size());
        node.asyncSend("direct:photos", exchange -> {
                    exchange.getMessage().setBody(service.sampleImageUrl());
                    exchange.getMessage().setHeader("photo", photo);
                    exchange.getMessage().setHeader(Hh1Constants.PROMPT, photo);
                })
                .whenComplete(
                        (exchange, failure) -> ended(photo, turn, failure == null ? exchange.getException() : failure));
    }

    /** The next node gets what may be sent again. */
    private void ended(String photo, int turn, Throwable failure) {
        if (failure == null) {
            ended.put(photo, "done");
        } else if (failure instanceof OutcomeUnknownException) {
            ended.put(photo, "held");
        } else if (failure instanceof Hh1Exception told && told.retry() != Retry.NEVER) {
            comeBacks
                    .computeIfAbsent(told.getMessage().replaceAll("[0-9a-f]{16,}", "..."), text -> new AtomicInteger())
                    .incrementAndGet();
            queue.schedule(() -> deliver(photo, turn + 1), AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        } else {
            ended.put(photo, failure.toString());
        }
    }

    void awaitEnded(int photos) {
        await("photos that ended").atMost(PATIENCE).until(() -> ended.size() >= photos);
    }

    /** No photo is paid twice, each that is done was paid once, and none is lost. A line with the figures. */
    String reckoned() {
        awaitEnded(sent);
        await("calls that ended").atMost(PATIENCE).until(() -> service.inFlight() == 0);
        Map<String, Long> charges =
                service.meter().stream().collect(Collectors.groupingBy(Charge::prompt, Collectors.counting()));
        assertThat(charges)
                .as("charges")
                .allSatisfy((photo, times) -> assertThat(times).as(photo).isOne());
        assertThat(ended.values()).as("ends").isSubsetOf("done", "held");
        assertThat(ended).as("ends").allSatisfy((photo, end) -> {
            if (end.equals("done")) {
                assertThat(charges).containsKey(photo);
            }
        });
        Map<String, Long> ends = new TreeMap<>(
                ended.values().stream().collect(Collectors.groupingBy(end -> end, Collectors.counting())));
        long paidAndHeld = ended.entrySet().stream()
                .filter(end -> end.getValue().equals("held") && charges.containsKey(end.getKey()))
                .count();
        return "%d photos: %s, %d charges, none twice (%d of those held), %d came again"
                .formatted(
                        sent,
                        ends,
                        charges.size(),
                        paidAndHeld,
                        comeBacks.values().stream().mapToInt(AtomicInteger::get).sum());
    }

    Map<String, AtomicInteger> comeBacks() {
        return comeBacks;
    }

    int charges() {
        return service.charges();
    }

    int inFlight() {
        return service.inFlight();
    }

    @Override
    public void close() throws IOException {
        queue.shutdownNow();
        for (DefaultCamelContext context : contexts) {
            context.close();
        }
        pools.forEach(HikariDataSource::close);
        service.close();
    }
}
