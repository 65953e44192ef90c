package io.github.camelhh1.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.Hh1Component;
import io.github.camelhh1.Hh1Constants;
import io.github.camelhh1.StartedParts;
import io.github.camelhh1.failure.BusyException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.fixture.CapturedLog;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Reply;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.engine.DefaultShutdownStrategy;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 22: a stop lets messages finish while there is time, and lets go what could not end any more. */
@Timeout(120)
class GracefulStopTest {
    /** Beyond the limit of every test: nothing ends because this has passed. */
    private static final int LONG = 300;

    /** The calls are ended 5 s before the time-out, and no video is made in less than 30 s. */
    private static final Duration LAST_SEND = Duration.ofSeconds(LONG - 5 - 30);

    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private final CompletableFuture<Void> gate = new CompletableFuture<>();

    @AfterEach
    void open() {
        gate.complete(null);
    }

    private void oneAtATime(int shutdownSeconds) {
        start(shutdownSeconds, component -> {});
    }

    private void start(int shutdownSeconds, Consumer<Hh1Component> options) {
        CAMEL.context().getShutdownStrategy().setTimeout(shutdownSeconds);
        CAMEL.restart(component -> {
            component.setMaxInFlight(1);
            options.accept(component);
        });
        CAMEL.simulator().when(request -> true).reply(Reply.completed().heldUntil(gate));
    }

    /** A host that is not on this machine, as far as its name says. */
    private void oneAtATimeOfAServiceElsewhere(int shutdownSeconds) {
        start(shutdownSeconds, GracefulStopTest::elsewhere);
    }

    private static void elsewhere(Hh1Component component) {
        StartedParts.resolver(component, host -> new InetAddress[] {InetAddress.getLoopbackAddress()});
        component.getConfiguration().setAllowPlainHttp(true);
        component.getConfiguration().setBaseUrl(CAMEL.simulator().baseUrl().replaceFirst("//[^:/]+", "//service.test"));
    }

    private static void firstIsInFlight() {
        await().atMost(TestContext.LIMIT).until(() -> CAMEL.simulator().inFlight() == 1);
    }

    private static List<SentMessage> three() {
        List<SentMessage> all = CAMEL.send(3, "");
        firstIsInFlight();
        return all;
    }

    private static Thread stopping() {
        return begun(() -> CAMEL.context().stop());
    }

    private static Thread begun(Runnable stop) {
        Thread stopping = new Thread(stop);
        stopping.start();
        await().atMost(TestContext.LIMIT).until(() -> stopping.getState() == Thread.State.TIMED_WAITING);
        return stopping;
    }

    private static void ended(Thread stop) throws InterruptedException {
        stop.join(TestContext.LIMIT.toMillis());
        assertThat(stop.isAlive()).isFalse();
    }

    @Nested
    class TheWarning {
        private String logged(int shutdownSeconds, Consumer<Hh1Component> options) {
            try (CapturedLog log = CapturedLog.start()) {
                start(shutdownSeconds, component -> {
                    component.getConfiguration().setGenerationTimeout(900_000);
                    options.accept(component);
                });
                gate.complete(null);
                CAMEL.send("").end();
                CAMEL.send("duration=4").end();
                return log.text();
            }
        }

        @Test
        void isGivenOnceWhenAStopMayEndPaidCalls() {
            assertThat(logged(45, GracefulStopTest::elsewhere).lines().filter(line -> line.contains("shutdownTimeout")))
                    .singleElement()
                    .asString()
                    .contains("WARN", "it waits 45 s", "generationTimeout=900 s", "camel.main.shutdownTimeout=960");
        }

        /** Camel sets 10 seconds in this profile, which the command {@code camel run} uses by default. */
        @Test
        void namesTheProfileThatSetsAShortTimeOut() {
            var main = new Main();
            main.addOverrideProperty("camel.main.profile", "dev");
            main.configure().addRoutesBuilder(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:photo")
                            .to("hh1:generate?accountId=" + CAMEL.simulator().account() + "&apiKey=key");
                }
            });
            try (CapturedLog log = CapturedLog.start()) {
                main.start();

                assertThat(log.text().lines().filter(line -> line.contains("generationTimeout=900 s")))
                        .singleElement()
                        .asString()
                        .contains("it waits 10 s", "The profile dev of Camel sets 10 s", "profile prod")
                        .contains("camel.main.shutdownTimeout=960");
            } finally {
                main.stop();
            }
        }

        @Test
        void isNotGivenWhenAStopWaitsLongEnough() {
            assertThat(logged(1200, GracefulStopTest::elsewhere)).doesNotContain("shutdownTimeout");
        }

        @Test
        void isNotGivenForAServiceOnThisMachine() {
            assertThat(logged(45, component -> {})).doesNotContain("shutdownTimeout");
        }
    }

    @Nested
    class WhileThereIsTime {
        @Test
        void aSplitThatIsStoppedInItsFirstPartCompletes() throws Exception {
            List<String> videos = new CopyOnWriteArrayList<>();
            CAMEL.add(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:album")
                            .split(body())
                            .to("hh1:generate")
                            .process(
                                    exchange -> videos.add(exchange.getMessage().getBody(String.class)));
                }
            });
            oneAtATime(LONG);
            SentMessage album = CAMEL.sendTo("direct:album", exchange -> exchange.getMessage()
                    .setBody(Collections.nCopies(3, CAMEL.simulator().sampleImageUrl())));
            firstIsInFlight();

            Thread stop = stopping();
            gate.complete(null);

            assertThat(album.end().getException()).isNull();
            ended(stop);
            assertThat(videos).hasSize(3);
            assertThat(CAMEL.simulator().charges()).isEqualTo(3);
        }

        @Test
        void messagesBehindSedaAreGenerated() throws Exception {
            List<String> videos = new CopyOnWriteArrayList<>();
            CAMEL.add(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:photo").to("seda:photos");
                    from("seda:photos")
                            .to("hh1:generate")
                            .process(
                                    exchange -> videos.add(exchange.getMessage().getBody(String.class)));
                }
            });
            oneAtATime(LONG);
            for (int i = 0; i < 3; i++) {
                CAMEL.sendTo("direct:photo", exchange -> exchange.getMessage()
                                .setBody(CAMEL.simulator().sampleImageUrl()))
                        .end();
            }
            firstIsInFlight();

            Thread stop = stopping();
            gate.complete(null);

            ended(stop);
            assertThat(videos).hasSize(3);
            assertThat(CAMEL.simulator().charges()).isEqualTo(3);
        }

        @Test
        void aRequestThatWasTurnedAwayIsSentAgain() throws Exception {
            oneAtATime(LONG);
            CAMEL.simulator().script(Reply.throttled("200"));
            gate.complete(null);
            SentMessage sent = CAMEL.send("");
            await().atMost(TestContext.LIMIT).until(() -> CAMEL.delays().contains(Duration.ofSeconds(200)));

            Thread stop = stopping();
            CAMEL.letTimersRing(Duration.ofSeconds(200));

            sent.video();
            ended(stop);
            assertThat(CAMEL.simulator().charges()).isEqualTo(1);
        }
    }

    @Nested
    class OnceACallCouldNotEndAnyMore {
        @Test
        void whatWaitsIsLetGoAndWhatWasSentIsWaitedFor() throws Exception {
            oneAtATimeOfAServiceElsewhere(LONG);
            List<SentMessage> all = three();
            Thread stop = stopping();
            assertThat(all).noneMatch(SentMessage::hasEnded);

            CAMEL.letTimersRing(LAST_SEND);

            all.subList(1, 3).forEach(GracefulStopTest::isNotPaid);
            assertThat(all.get(0).hasEnded()).isFalse();
            isNotPaid(CAMEL.sendTo("hh1:generate", exchange -> exchange.getMessage()
                    .setBody(CAMEL.simulator().sampleImageUrl())));
            gate.complete(null);
            all.get(0).video();
            ended(stop);
            assertThat(CAMEL.posts()).isEqualTo(1);
        }

        @Test
        void aRequestThatWasTurnedAwayEndsAsNotSentToo() throws Exception {
            oneAtATimeOfAServiceElsewhere(LONG);
            CAMEL.simulator().script(Reply.throttled("100"));
            SentMessage sent = CAMEL.send("maxRetryDelay=1h");
            await().atMost(TestContext.LIMIT).until(() -> CAMEL.delays().contains(Duration.ofSeconds(100)));

            Thread stop = stopping();
            CAMEL.letTimersRing(LAST_SEND);

            isNotPaid(sent);
            ended(stop);
            assertThat(CAMEL.posts()).isEqualTo(1);
        }

        @Test
        void row32aHeldBackCallerIsLetGo() throws Exception {
            start(LONG, component -> {
                elsewhere(component);
                component.setMaxQueued(0);
            });
            SentMessage first = CAMEL.send("");
            List<CompletableFuture<SentMessage>> held = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                var sent = new CompletableFuture<SentMessage>();
                Thread caller = new Thread(() -> sent.complete(CAMEL.send("")));
                caller.start();
                await().until(() -> caller.getState() == Thread.State.WAITING);
                held.add(sent);
            }

            Thread stop = stopping();
            CAMEL.letTimersRing(LAST_SEND);

            held.forEach(sent -> isNotPaid(sent.join()));
            gate.complete(null);
            first.video();
            ended(stop);
            assertThat(CAMEL.posts()).isEqualTo(1);
        }

        @Test
        void nothingIsSentFromTheBeginningWhenTheTimeoutIsShorterThanAnyCall() throws Exception {
            oneAtATimeOfAServiceElsewhere(30);
            List<SentMessage> all = three();

            Thread stop = stopping();

            all.subList(1, 3).forEach(GracefulStopTest::isNotPaid);
            gate.complete(null);
            all.get(0).video();
            ended(stop);
            assertThat(CAMEL.posts()).isEqualTo(1);
        }

        @Test
        void anEndpointThatIsUsedForTheFirstTimeSendsNothing() throws Exception {
            oneAtATime(30);
            SentMessage first = CAMEL.send("");
            firstIsInFlight();
            String baseUrl = CAMEL.simulator().baseUrl().replaceFirst("//[^:/]+", "//service.test");

            Thread stop = stopping();

            isNotPaid(CAMEL.sendTo(
                    "hh1:generate?allowPlainHttp=true&baseUrl=" + baseUrl,
                    exchange -> exchange.getMessage().setBody(CAMEL.simulator().sampleImageUrl())));
            gate.complete(null);
            first.video();
            ended(stop);
            assertThat(CAMEL.posts()).isEqualTo(1);
        }
    }

    @Nested
    class WhenTheTimeIsUp {
        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void whatWasNotSentIsNotPaidAndWhatWasSentIsHeld(boolean shutdownNow) throws Exception {
            CAMEL.context().getShutdownStrategy().setShutdownNowOnTimeout(shutdownNow);
            oneAtATime(1);
            List<SentMessage> all = three();

            CAMEL.context().stop();

            assertThat(all).allMatch(SentMessage::hasEnded);
            all.get(0).failure(OutcomeUnknownException.class);
            all.subList(1, 3).forEach(GracefulStopTest::isNotPaid);
            assertThat(CAMEL.posts()).isEqualTo(1);
        }

        @Test
        void aStrategyWithoutATimeoutEndsEverythingAsTheComponentStops() {
            CAMEL.context().setShutdownStrategy(new DefaultShutdownStrategy(CAMEL.context()) {
                @Override
                public long getTimeout() {
                    return 0;
                }
            });
            CAMEL.restart(component -> component.setMaxInFlight(1));
            CAMEL.simulator().when(request -> true).reply(Reply.completed().heldUntil(gate));
            List<SentMessage> all = three();

            CAMEL.context().stop();

            assertThat(all).allMatch(SentMessage::hasEnded);
            all.get(0).failure(OutcomeUnknownException.class);
            all.subList(1, 3).forEach(GracefulStopTest::isNotPaid);
        }

        @Test
        void aComponentThatIsStoppedByItselfEndsEverythingAtOnce() {
            oneAtATime(LONG);
            List<SentMessage> all = three();

            CAMEL.component().stop();

            assertThat(all).allMatch(SentMessage::hasEnded);
            all.get(0).failure(OutcomeUnknownException.class);
            all.subList(1, 3).forEach(GracefulStopTest::isNotPaid);
            CAMEL.component().start();
        }
    }

    @Nested
    class OfASingleRoute {
        private SentMessage first;
        private SentMessage waits;
        private SentMessage ofAnother;

        private void waiting() {
            CAMEL.add(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:first").routeId("first").to("hh1:generate");
                    from("direct:waits").routeId("waits").to("direct:makes");
                    from("direct:makes").routeId("makes").to("hh1:generate");
                    from("direct:another").routeId("another").toD("hh1:generate");
                }
            });
            oneAtATime(LONG);
            first = photoTo("direct:first");
            firstIsInFlight();
            waits = photoTo("direct:waits");
            ofAnother = photoTo("direct:another");
        }

        private SentMessage photoTo(String uri) {
            return CAMEL.sendTo(uri, exchange -> {
                exchange.getMessage().setBody(CAMEL.simulator().sampleImageUrl());
                exchange.getMessage().setHeader(Hh1Constants.REQUEST_KEY, uri);
            });
        }

        @Test
        void whatWaitsForAnotherAttemptIsLetGo() throws Exception {
            waiting();
            gate.complete(null);
            first.video();
            waits.video();
            ofAnother.video();
            CAMEL.simulator().script(Reply.throttled("200"));
            SentMessage throttled = CAMEL.sendTo("direct:first", exchange -> {
                exchange.getMessage().setBody(CAMEL.simulator().sampleImageUrl());
                exchange.getMessage().setHeader(Hh1Constants.REQUEST_KEY, "throttled");
            });
            await().atMost(TestContext.LIMIT).until(() -> CAMEL.delays().contains(Duration.ofSeconds(200)));

            CAMEL.context().getRouteController().stopRoute("first", 1, TimeUnit.SECONDS);

            isNotPaid(throttled);
            assertThat(CAMEL.simulator().charges()).isEqualTo(3);
        }

        @ParameterizedTest
        @ValueSource(strings = {"waits", "makes"})
        void whatWaitsForAPermitIsLetGoAndOtherRoutesWorkOn(String stopped) throws Exception {
            waiting();

            CAMEL.context().getRouteController().stopRoute(stopped, 1, TimeUnit.SECONDS);

            isNotPaid(waits);
            assertThat(ofAnother.hasEnded()).isFalse();
            gate.complete(null);
            first.video();
            ofAnother.video();
            CAMEL.context().getRouteController().startRoute(stopped);
            photoTo("direct:waits").video();
            assertThat(CAMEL.simulator().charges()).isEqualTo(3);
        }

        @Test
        void aStopThatGivesUpLeavesTheMessageWaiting() throws Exception {
            waiting();

            assertThat(CAMEL.context().getRouteController().stopRoute("makes", 1, TimeUnit.SECONDS, true))
                    .isFalse();

            assertThat(waits.hasEnded()).isFalse();
            gate.complete(null);
            waits.video();
            ofAnother.video();
        }

        @Test
        void whatWasSentIsRecordedAndFoundByTheRedelivery() throws Exception {
            waiting();

            CAMEL.context().getRouteController().stopRoute("first", 1, TimeUnit.SECONDS);
            gate.complete(null);

            first.end();
            waits.video();
            ofAnother.video();
            CAMEL.context().getRouteController().startRoute("first");
            SentMessage again = photoTo("direct:first");
            again.video();
            assertThat(again.end().getMessage().getHeader(Hh1Constants.REPLAYED))
                    .isEqualTo(true);
            assertThat(CAMEL.simulator().charges()).isEqualTo(3);
        }
    }

    @Test
    void aContextThatIsSuspendedSendsWhatItHas() throws Exception {
        oneAtATime(LONG);
        List<SentMessage> all = three();

        Thread suspended = begun(() -> CAMEL.context().suspend());
        gate.complete(null);

        all.forEach(SentMessage::video);
        ended(suspended);
        CAMEL.context().resume();
        CAMEL.send("").video();
        assertThat(CAMEL.simulator().charges()).isEqualTo(4);
    }

    private static void isNotPaid(SentMessage sent) {
        assertThat(sent.failure(BusyException.class)).hasMessageContaining("Nothing is billed");
    }
}
