package io.github.camelhh1.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.failure.RejectedException;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.DelegatingSession;
import io.github.camelhh1.ledger.Ledger;
import io.github.camelhh1.ledger.LedgerSession;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.simulator.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsole.MediaType;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The page of the component in Camel's developer console. */
class DevConsoleTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    @TempDir
    Path directory;

    private DevConsole console;

    @BeforeEach
    void find() {
        console = PluginHelper.getDevConsoleResolver(CAMEL.context()).resolveDevConsole("hh1");
    }

    private String text() {
        return (String) console.call(MediaType.TEXT, Map.of());
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> component() {
        var json = (Map<String, Object>) console.call(MediaType.JSON, Map.of());
        var components = (List<Map<String, Object>>) json.get("components");
        assertThat(components).hasSize(1);
        return components.get(0);
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> list(String name) {
        return (List<Map<String, Object>>) component().get(name);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> map(String name) {
        return (Map<String, Object>) component().get(name);
    }

    @Test
    void showsSettingsWithoutSecrets() {
        CAMEL.options(options -> options.setStagingUri("ftp:joe:canary-pw@files.example/in?secretKey=canary-sk&x=1"));

        assertThat(map("settings"))
                .containsEntry("backend", "cloudflare")
                .containsEntry("maxInFlight", 8)
                .containsEntry("stagingUri", "ftp:…@files.example/in?…")
                .doesNotContainKeys("apiKey", "proxyAuthPassword");
        assertThat(text()).contains("backend=cloudflare").doesNotContain("canary-");
    }

    @Test
    void showsAMessageOnItsWayAndThenItsOutcome() {
        var held = new CompletableFuture<Void>();
        CAMEL.simulator().next(Reply.completed().heldUntil(held));
        SentMessage sent = CAMEL.send("");
        await().atMost(TestContext.LIMIT)
                .untilAsserted(
                        () -> assertThat(list("onTheirWay")).singleElement().satisfies(one -> assertThat(one)
                                .containsEntry("step", "sent")
                                .containsEntry("attempt", 1)
                                .containsEntry("model", "alibaba/hh1-i2v")
                                .containsKeys("runId", "ageMillis", "image", "routeId", "exchangeId")));
        assertThat(component()).containsEntry("inFlight", 1).containsEntry("waiting", 0);
        assertThat(text()).contains("step=sent, attempt=1, age=");

        held.complete(null);
        sent.video();

        assertThat(list("onTheirWay")).isEmpty();
        assertThat(list("last")).singleElement().satisfies(one -> assertThat(one)
                .containsEntry("outcome", "Completed")
                .containsEntry("replayed", false)
                .containsKeys("runId", "elapsedMillis"));
        assertThat(text()).contains("outcome=Completed");
    }

    @Test
    void showsFailures() {
        CAMEL.simulator().next(Reply.error(400, 7003, "no"));
        CAMEL.send("").failure(RejectedException.class);

        assertThat(list("last")).singleElement().satisfies(one -> assertThat(one)
                .containsEntry("outcome", "Rejected"));
    }

    @Test
    void showsLedgerAndBudget() {
        String url = "jdbc:sqlite:" + directory.resolve("hh1.db");
        CAMEL.restart(component -> {
            component.setLedger(Ledgers.of(url));
            component.setMaxSecondsPerDay(100L);
        });
        assertThat(map("ledger")).containsEntry("failing", false).containsEntry("name", url);

        CAMEL.send("duration=5").video();

        assertThat(map("ledger")).containsEntry("unknownRuns", 0L);
        assertThat(list("budget")).singleElement().satisfies(one -> assertThat(one)
                .containsEntry("secondsSpent", 5L)
                .containsEntry("maxSecondsPerDay", 100L));
        assertThat(text()).contains("unknownRuns=0").contains("secondsSpent=5");
    }

    /** Its answer to the question for the day hangs until it is released. */
    private static final class Hanging implements Ledger {
        private final Ledger ledger;
        private final CountDownLatch released = new CountDownLatch(1);
        private final AtomicInteger questions = new AtomicInteger();

        Hanging(String url) {
            this.ledger = Ledgers.of(url);
        }

        @Override
        public LedgerSession open() {
            return new DelegatingSession(ledger.open()) {
                @Override
                protected <T> T around(String method, Supplier<T> call) {
                    if (method.equals("today")) {
                        questions.incrementAndGet();
                        try {
                            released.await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
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
            return "hanging";
        }
    }

    @Test
    void answersWhereTheLedgerHangsAndAsksItOnce() {
        var ledger = new Hanging("jdbc:sqlite:" + directory.resolve("hh1.db"));
        CAMEL.restart(component -> component.setLedger(ledger));
        CAMEL.send("").video();

        assertThat(text()).contains("unknownRuns=not known");
        assertThat(text()).contains("unknownRuns=not known");
        assertThat(ledger.questions).hasValue(1);

        ledger.released.countDown();
        await().atMost(TestContext.LIMIT)
                .untilAsserted(() -> assertThat(map("ledger")).containsEntry("unknownRuns", 0L));
    }

    @Test
    void showsAComponentThatIsStopped() {
        CAMEL.component().stop();

        assertThat(component()).containsEntry("started", false);
        assertThat(text()).contains("started: false");

        CAMEL.component().start();
    }
}
