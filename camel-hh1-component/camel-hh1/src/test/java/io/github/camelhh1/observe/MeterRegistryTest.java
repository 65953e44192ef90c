package io.github.camelhh1.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.fixture.CapturedLog;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerException;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.ledger.Run;
import io.github.camelhh1.ledger.RunState;
import io.github.camelhh1.simulator.Reply;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which registry has the meters, for how long, and how many they may become. */
class MeterRegistryTest {
    /** As the documentation says. */
    private static final int MOST = 200;

    private static final Duration LOOK = Duration.ofSeconds(30);

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final CountDownLatch away = new CountDownLatch(1);
    private CapturedLog log;

    @BeforeEach
    void listen() {
        log = CapturedLog.start();
    }

    @AfterEach
    void stop() {
        away.countDown();
        log.close();
    }

    private static void bind(String name, Object bean) {
        CAMEL.context().getRegistry().bind(name, bean);
        CAMEL.restart(component -> {});
    }

    private static List<String> components(MeterRegistry registry) {
        return registry.getMeters().stream()
                .map(meter -> meter.getId().getTag("component"))
                .distinct()
                .sorted()
                .toList();
    }

    @Test
    void isFoundByItsType() {
        bind("anyName", registry);

        assertThat(components(registry)).containsExactly("hh1");
    }

    @Test
    void ofTheRightNameIsPreferred() {
        var other = new SimpleMeterRegistry();
        CAMEL.context().getRegistry().bind("other", other);
        bind("metricsRegistry", registry);

        assertThat(components(registry)).containsExactly("hh1");
        assertThat(other.getMeters()).isEmpty();
    }

    @Test
    void isNotGuessedAmongSeveral() {
        CAMEL.context().getRegistry().bind("other", new SimpleMeterRegistry());
        bind("anyName", registry);

        assertThat(registry.getMeters()).isEmpty();
        assertThat(log.text()).contains("There are 2 registries of meters", "metricsRegistry");
    }

    @Test
    void isFoundByItsTypeWhereAnotherBeanHasTheName() {
        CAMEL.context().getRegistry().bind("metricsRegistry", "no registry");
        bind("anyName", registry);

        assertThat(components(registry)).containsExactly("hh1");
    }

    @Test
    void isEmptyOnceTheComponentHasStoppedAndNotFullerAfterASecondStart() {
        bind("metricsRegistry", registry);
        CAMEL.send("").video();
        int once = registry.getMeters().size();

        CAMEL.component().stop();
        assertThat(registry.getMeters()).isEmpty();

        CAMEL.component().start();
        CAMEL.send("").video();
        assertThat(registry.getMeters()).hasSize(once);
    }

    @Test
    void tellsTwoComponentsApart() {
        bind("metricsRegistry", registry);
        var europe = new Hh1Component(CAMEL.context());
        // Camel starts it before it has its name.
        CAMEL.context().addComponent("hh1-eu", europe);
        assertThat(components(registry)).containsExactly("hh1", "hh1-eu");

        CAMEL.context().removeComponent("hh1-eu");
        assertThat(components(registry)).containsExactly("hh1");
    }

    @Test
    void hasTheMetersOfOneComponentWhereTwoContextsHaveOneOfTheSameName() throws Exception {
        bind("metricsRegistry", registry);
        int before = registry.getMeters().size();

        try (var context = new DefaultCamelContext()) {
            context.getRegistry().bind("metricsRegistry", registry);
            context.addComponent("hh1", new Hh1Component(context));
            context.start();
            assertThat(log.text()).contains("meters of another component hh1 already");
        }
        assertThat(registry.getMeters()).hasSize(before);
    }

    @Test
    void hasNoMoreSeriesThanPromisedHoweverManyModelsThereAre() {
        var prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        CAMEL.context().getRegistry().bind("metricsRegistry", prometheus);
        CAMEL.restart(component -> {
            component.setMaxSecondsPerDay(100_000L);
            component.setMaxCostPerDay("10000");
            component.getConfiguration().setPricePerSecond("720P=0.14,1080P=0.28");
        });
        List<SentMessage> sent = IntStream.range(0, 30)
                .mapToObj(i -> CAMEL.send("model=model-" + i))
                .toList();
        sent.forEach(SentMessage::end);

        System.out.println(prometheus.scrape());
        assertThat(series(prometheus)).hasSizeBetween(100, MOST);
        assertThat(prometheus.get("hh1.outcomes").tag("model", "other").counters())
                .hasSize(13);
        await().atMost(TestContext.LIMIT).untilAsserted(() -> assertThat(
                        prometheus.get("hh1.outcomes").tag("outcome", "rejected").counters().stream()
                                .mapToDouble(counter -> counter.count())
                                .sum())
                .isEqualTo(30));
    }

    private static List<String> series(PrometheusMeterRegistry prometheus) {
        return prometheus.scrape().lines().filter(line -> !line.startsWith("#")).toList();
    }

    @Test
    void showsNoKeyAndNothingOfAMessage() {
        var prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        bind("metricsRegistry", prometheus);
        CAMEL.simulator().next(Reply.error(400, 7003, "canary-reason"));
        CAMEL.send("requestKey=canary-key&prompt=canary-prompt&correlation=canary-text")
                .end();
        SentMessage made = CAMEL.send("requestKey=canary-key&prompt=canary-prompt");
        String link = made.video();
        CAMEL.sendTo("hh1:download?allowPrivateHosts=true", exchange -> exchange.getMessage()
                        .setBody(link))
                .end();

        String scraped = prometheus.scrape();
        assertThat(scraped)
                .contains("hh1_outcomes_total")
                .doesNotContain("canary", TestContext.KEY, "127.0.0.1", "localhost", "http")
                .doesNotContain(CAMEL.simulator().account())
                .doesNotContain(made.end().getMessage().getHeader("CamelHh1RunId", String.class));
        assertThat(prometheus.getMeters().stream()
                        .map(Meter::getId)
                        .filter(id -> id.getName().startsWith("hh1."))
                        .flatMap(id -> id.getTags().stream())
                        .map(Tag::getKey))
                .containsOnly("component", "model", "outcome");
    }

    /** A durable ledger whose count of runs does not come, or fails. */
    private Ledger ledger(boolean fails) {
        Ledger memory = Ledgers.memory();
        return new Ledger() {
            @Override
            public LedgerSession open() {
                LedgerSession session = memory.open();
                return (LedgerSession) Proxy.newProxyInstance(
                        LedgerSession.class.getClassLoader(),
                        new Class<?>[] {LedgerSession.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("count")
                                    && arguments[0].equals(Run.Filter.of(RunState.UNKNOWN))) {
                                if (fails) {
                                    throw new LedgerException("the disk is away", null);
                                }
                                away.await();
                            }
                            try {
                                return method.invoke(session, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
            }

            @Override
            public boolean isDurable() {
                return true;
            }
        };
    }

    @Test
    void isReadAtOnceWhileTheLedgerHangs() {
        CAMEL.context().getRegistry().bind("metricsRegistry", registry);
        CAMEL.restart(component -> component.setLedger(ledger(false)));
        CAMEL.send("").video();

        assertThat(registry.get("hh1.unknown.runs").gauge().value()).isNaN();
        assertThat(registry.get("hh1.ledger.failing").gauge().value()).isZero();
        away.countDown();
        await().atMost(TestContext.LIMIT).untilAsserted(() -> assertThat(
                        registry.get("hh1.unknown.runs").gauge().value())
                .isZero());
    }

    @Test
    void saysThatTheLedgerFails() {
        CAMEL.context().getRegistry().bind("metricsRegistry", registry);
        CAMEL.restart(component -> component.setLedger(ledger(true)));
        CAMEL.send("").video();

        await().atMost(TestContext.LIMIT).untilAsserted(() -> {
            CAMEL.letTimersRing(LOOK);
            assertThat(registry.get("hh1.ledger.failing").gauge().value()).isEqualTo(1);
        });
    }
}
