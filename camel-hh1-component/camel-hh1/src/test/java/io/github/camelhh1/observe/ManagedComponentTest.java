package io.github.camelhh1.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.Reply;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The figures of a component in JMX, and the two operations that settle runs by hand. */
class ManagedComponentTest {
    private static final MBeanServer JMX = ManagementFactory.getPlatformMBeanServer();

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    @TempDir
    Path directory;

    private static ObjectName name(String type, String name) {
        CamelContext context = CAMEL.context();
        try {
            return new ObjectName(
                    "org.apache.camel:context=" + context.getManagementName() + ",type=" + type + ",name=" + name);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object shown(String attribute) {
        try {
            return JMX.getAttribute(name("components", "\"hh1\""), attribute);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String called(String operation, String... arguments) throws JMException {
        String[] types = new String[arguments.length];
        Arrays.fill(types, String.class.getName());
        return (String) JMX.invoke(name("components", "\"hh1\""), operation, arguments, types);
    }

    private static String unknownRun() {
        CAMEL.simulator().next(Fault.resetAfterRequest());
        return CAMEL.send("requestKey=lost")
                .failure(OutcomeUnknownException.class)
                .runId();
    }

    @Test
    void showsMessagesOnTheirWay() {
        CAMEL.restart(component -> component.setMaxInFlight(1));
        CAMEL.send("").video();
        var held = new CompletableFuture<Void>();
        CAMEL.simulator().next(Reply.completed().heldUntil(held));
        SentMessage first = CAMEL.send("");
        await().atMost(TestContext.LIMIT)
                .untilAsserted(() -> assertThat(shown("InFlight")).isEqualTo(1));
        SentMessage second = CAMEL.send("");

        assertThat(shown("Waiting")).isEqualTo(1);
        assertThat((Long) shown("OldestAgeMillis")).isNotNegative();
        assertThat((Long) shown("MedianMillis")).isPositive();

        held.complete(null);
        first.video();
        second.video();
        assertThat(shown("InFlight")).isEqualTo(0);
        assertThat(shown("OldestAgeMillis")).isEqualTo(0L);
    }

    @Test
    void showsLedgerAndBudget() {
        CAMEL.restart(component -> {
            component.setLedger(Ledgers.of("jdbc:sqlite:" + directory.resolve("hh1.db")));
            component.setMaxSecondsPerDay(100L);
            component.getConfiguration().setPricePerSecond("720P=0.14,1080P=0.28");
        });
        assertThat(shown("UnknownRuns")).isNull();
        assertThat(shown("SecondsSpent")).isNull();

        CAMEL.send("duration=5&resolution=720P").video();
        unknownRun();

        await().atMost(TestContext.LIMIT)
                .untilAsserted(() -> assertThat(shown("UnknownRuns")).isEqualTo(1L));
        assertThat(shown("SecondsSpent")).isEqualTo(5L);
        assertThat(shown("SecondsReserved")).isEqualTo(15L);
        assertThat((BigDecimal) shown("CostSpent")).isEqualByComparingTo("0.70");
        assertThat((BigDecimal) shown("CostReserved")).isEqualByComparingTo("4.20");
        assertThat(shown("LedgerFailing")).isEqualTo(false);
    }

    @Test
    void forgetsAnUnknownRun() throws JMException {
        String runId = unknownRun();

        assertThat(called("forget", runId)).isEqualTo("Run " + runId + " is FORGOTTEN");

        CAMEL.send("requestKey=lost").video();
    }

    @Test
    void adoptsTheVideoOfAnUnknownRun() throws JMException {
        String runId = unknownRun();

        assertThat(called("adopt", runId, "https://videos.example/lost.mp4"))
                .isEqualTo("Run " + runId + " is COMPLETED");

        assertThat(CAMEL.send("requestKey=lost").video()).isEqualTo("https://videos.example/lost.mp4");
    }

    @Test
    void refusesAsTheOperationsDo() {
        String runId = unknownRun();
        SentMessage sent = CAMEL.sendTo("hh1:adopt", exchange -> {
            exchange.getMessage().setHeader(Hh1Constants.RUN_ID, runId);
            exchange.getMessage().setBody("http://10.0.0.1/lost.mp4");
        });
        String refusal = sent.end().getException().getMessage();

        assertThatThrownBy(() -> called("adopt", runId, "http://10.0.0.1/lost.mp4"))
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("InvalidRequestException: " + refusal);
        assertThatThrownBy(() -> called("forget", "nobody's"))
                .hasRootCauseMessage("InvalidRequestException: " + refusalOf("hh1:forget", "nobody's"));
    }

    private static String refusalOf(String uri, String runId) {
        return CAMEL.sendTo(uri, exchange -> exchange.getMessage().setHeader(Hh1Constants.RUN_ID, runId))
                .end()
                .getException()
                .getMessage();
    }

    @Test
    void saysWhyTheLedgerFails() {
        CAMEL.restart(component ->
                component.setLedger(Ledgers.of("jdbc:sqlite:" + directory.resolve("no such directory/hh1.db"))));
        SentMessage sent = CAMEL.sendTo("hh1:forget?lazyStartProducer=true", exchange -> {});
        sent.end();

        assertThat(shown("LedgerFailing")).isEqualTo(true);
        assertThat((String) shown("LedgerFailure")).contains("cannot be opened");
    }

    @Test
    void showsThreadPoolsByTheirNames() throws Exception {
        try (var context = new DefaultCamelContext()) {
            context.addComponent("hh1", new Hh1Component(context));
            context.addComponent("second", new Hh1Component(context));
            context.start();

            var all = new ObjectName("org.apache.camel:context=" + context.getManagementName() + ",type=threadpools,*");
            List<String> pools = JMX.queryNames(all, null).stream()
                    .map(pool -> ObjectName.unquote(pool.getKeyProperty("name")))
                    .toList();
            assertThat(pools)
                    .contains("hh1-rooms", "hh1-callback", "hh1-timers", "hh1-rooms(second)", "hh1-timers(second)")
                    .noneMatch(pool -> pool.contains("0x"));
        }
    }
}
