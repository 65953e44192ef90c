package io.github.camelhh1.composing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.failure.RejectedException;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.ledger.Ledgers;
import io.github.camelhh1.simulator.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.Resilience4jConfigurationDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A circuit breaker before the component, or a time-out of another pattern: it may give up before the video is there. */
class CircuitBreakerTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    @TempDir
    private Path directory;

    private final CompletableFuture<Void> gate = new CompletableFuture<>();

    @AfterEach
    void letGo() {
        gate.complete(null);
        await().atMost(TestContext.LIMIT)
                .until(() -> CAMEL.context().getInflightRepository().size() == 0);
        CAMEL.component().stop();
    }

    private void route(String options, int timeoutMillis) {
        var configuration = new Resilience4jConfigurationDefinition();
        configuration.setTimeoutEnabled(String.valueOf(timeoutMillis > 0));
        configuration.setTimeoutDuration(String.valueOf(Math.max(1, timeoutMillis)));
        configuration.setMinimumNumberOfCalls("2");
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                var breaker = from("direct:photo").circuitBreaker();
                breaker.setResilience4jConfiguration(configuration);
                breaker.to("hh1:generate?requestKey=one" + options)
                        .onFallback()
                        .setBody(constant("later"))
                        .end();
            }
        });
    }

    private static Exchange send() {
        return CAMEL.sendTo("direct:photo", message -> message.getMessage()
                        .setBody(CAMEL.simulator().sampleImageUrl()))
                .end();
    }

    private static List<Object> states() {
        List<?> runs =
                CAMEL.sendTo("hh1:runs", message -> {}).end().getMessage().getBody(List.class);
        return runs.stream().<Object>map(run -> ((Map<?, ?>) run).get("state")).toList();
    }

    private void givesUp() {
        CAMEL.simulator().script(Reply.completed().heldUntil(gate));
        assertThat(send().getMessage().getBody()).isEqualTo("later");
        await().atMost(TestContext.LIMIT).until(() -> CAMEL.simulator().inFlight() == 1);
        gate.complete(null);
        await().atMost(TestContext.LIMIT)
                .untilAsserted(() -> assertThat(states()).containsExactly("COMPLETED"));
    }

    @Test
    void letsAVideoThroughThatComesInTime() {
        route("", 0);

        assertThat(send().getMessage().getBody(String.class)).startsWith("http");
    }

    @Test
    void thatGaveUpLeavesARunThatIsPaidOnceAndAnsweredAgain() {
        route("", 300);
        givesUp();

        Exchange again = send();
        assertThat(again.getMessage().getHeaders()).containsEntry(Hh1Constants.REPLAYED, true);
        assertThat(again.getMessage().getBody(String.class)).startsWith("http");
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }

    @Test
    void thatGaveUpDoesTheSameWithALedgerInAFile() {
        CAMEL.restart(component -> component.setLedger(Ledgers.of("jdbc:sqlite:" + directory.resolve("hh1.db"))));
        thatGaveUpLeavesARunThatIsPaidOnceAndAnsweredAgain();
    }

    @Test
    void thatGaveUpKeepsTheVideoWhereVideosAreKept() {
        Path videos = directory.resolve("videos");
        route("&output=video&allowPrivateHosts=true&downloadDirectory=" + videos, 2_000);
        givesUp();

        await().atMost(TestContext.LIMIT).untilAsserted(() -> assertThat(videos).isDirectoryContaining("glob:**.mp4"));
        assertThat(send().getMessage().getBody(byte[].class)).hasSizeGreaterThan(1_000);
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"multicast", "list", "split", "seda"})
    void orATimeoutThatGaveUpLeavesARunThatIsPaidOnceAndAnsweredAgain(String pattern) {
        CAMEL.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:video").to("hh1:generate?requestKey=one");
                from("seda:video?pollTimeout=20").to("direct:video");
                from("direct:multicast")
                        .multicast()
                        .parallelProcessing()
                        .timeout(300)
                        .to("direct:video");
                from("direct:list")
                        .recipientList(constant("direct:video"))
                        .parallelProcessing()
                        .timeout(300);
                from("direct:split")
                        .split(body())
                        .parallelProcessing()
                        .timeout(300)
                        .to("direct:video");
                from("direct:seda").to("seda:video?waitForTaskToComplete=Always&timeout=2000");
            }
        });
        CAMEL.simulator().script(Reply.completed().heldUntil(gate));
        CAMEL.sendTo("direct:" + pattern, message -> message.getMessage()
                        .setBody(CAMEL.simulator().sampleImageUrl()))
                .end();
        await().atMost(TestContext.LIMIT).until(() -> CAMEL.simulator().inFlight() == 1);
        gate.complete(null);
        await().atMost(TestContext.LIMIT)
                .untilAsserted(() -> assertThat(states()).containsExactly("COMPLETED"));

        assertThat(CAMEL.sendTo("direct:video", message -> message.getMessage()
                                .setBody(CAMEL.simulator().sampleImageUrl()))
                        .video())
                .startsWith("http");
        assertThat(CAMEL.simulator().charges()).isEqualTo(1);
    }

    @Test
    void thatIsOpenSendsNothing() {
        route("", 0);
        CAMEL.simulator().script(Reply.error(402, 2021, "No credit"), Reply.error(402, 2021, "No credit"));
        for (int i = 0; i < 3; i++) {
            Exchange refused = send();
            assertThat(refused.getMessage().getBody()).isEqualTo("later");
            if (i < 2) {
                assertThat(refused.getProperty(Exchange.EXCEPTION_CAUGHT)).isInstanceOf(RejectedException.class);
            }
        }
        assertThat(CAMEL.posts()).isEqualTo(2);
    }
}
