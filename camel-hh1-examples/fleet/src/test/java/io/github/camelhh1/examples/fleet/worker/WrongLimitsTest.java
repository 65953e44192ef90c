package io.github.camelhh1.examples.fleet.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.simulator.Reply;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/**
 * A consumer whose limits are all wrong: messages become visible after a second, long before the lease of the ledger and
 * the end of the call, nothing extends them, and a poll takes ten. They run several times, on both nodes.
 */
class WrongLimitsTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int PHOTOS = 8;

    private final AtomicInteger deliveries = new AtomicInteger();
    private final Set<String> done = ConcurrentHashMap.newKeySet();

    @Test
    void messagesRunSeveralTimesAndEachPhotoIsPaidOnce() throws Exception {
        try (Site site = new Site();
                HikariDataSource ledger = site.settings().ledger().pool("wrong", 8);
                CamelContext one = node(site, ledger);
                CamelContext two = node(site, ledger)) {
            CompletableFuture<Void> gate = new CompletableFuture<>();
            for (int i = 0; i < PHOTOS; i++) {
                site.simulator.script(Reply.completed().heldUntil(gate));
                site.send("photo-" + i);
            }
            one.start();
            two.start();

            await().atMost(LIMIT).until(() -> deliveries.get() > 3 * PHOTOS);
            gate.complete(null);
            await().atMost(LIMIT).until(() -> done.size() == PHOTOS);

            assertThat(site.simulator.charges()).isEqualTo(PHOTOS);
            assertThat(site.simulator.requestCount()).isEqualTo(PHOTOS);
        }
    }

    private CamelContext node(Site site, HikariDataSource ledger) throws Exception {
        CamelContext node = new DefaultCamelContext();
        node.getRegistry().bind("sqs", site.sqs());
        Hh1Component hh1 = node.getComponent("hh1", Hh1Component.class);
        hh1.setLedger(Ledgers.jdbc(ledger));
        hh1.getConfiguration().setBaseUrl(site.simulator.baseUrl());
        hh1.getConfiguration().setAccountId(site.simulator.account());
        hh1.getConfiguration().setApiKey(site.simulator.apiKey());
        String image = site.simulator.sampleImageUrl();
        String queue = site.settings().queues().photos();
        node.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).logExhausted(false);
                from("aws2-sqs:" + queue + "?amazonSQSClient=#sqs&maxMessagesPerPoll=10&concurrentConsumers=4"
                                + "&visibilityTimeout=1&extendMessageVisibility=false&greedy=true&initialDelay=0"
                                + "&waitTimeSeconds=1")
                        .process(exchange -> deliveries.incrementAndGet())
                        .setProperty("photo", body())
                        .setHeader(Hh1Constants.IMAGE, constant(image))
                        .setBody(constant(null))
                        .to("hh1:generate?prompt=It moves&requestKey=${exchangeProperty.photo}")
                        .process(exchange -> done.add(exchange.getProperty("photo", String.class)));
            }
        });
        return node;
    }
}
