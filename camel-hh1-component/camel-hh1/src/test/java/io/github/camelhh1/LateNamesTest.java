package io.github.camelhh1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.InvalidRequestException;
import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.failure.Retry;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.http.HostNames;
import io.github.camelhh1.ledger.Ledgers;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Row 36: a name server that takes longer than anybody waits. */
class LateNamesTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    /** Until then nobody knows localhost, nor a host whose name begins with late; opened by the end of the test at the latest. */
    private final CountDownLatch nameServer = new CountDownLatch(1);

    private final List<String> lookUps = new CopyOnWriteArrayList<>();

    @TempDir
    Path directory;

    @BeforeEach
    void startWithALateNameServer() {
        CAMEL.restart(component -> {
            component.resolver(this::resolve);
            component.setMaxInFlight(30);
            component.setLedger(Ledgers.of("jdbc:sqlite:" + directory.resolve("runs.db")));
        });
    }

    @AfterEach
    void answer() {
        nameServer.countDown();
    }

    private InetAddress[] resolve(String host) throws UnknownHostException {
        lookUps.add(host + " on " + Thread.currentThread().getName());
        if (host.startsWith("late") || host.equals("localhost")) {
            try {
                nameServer.await();
            } catch (InterruptedException e) {
                throw new UnknownHostException(host + " (given up)");
            }
            if (host.startsWith("late-image")) {
                throw new UnknownHostException(host);
            }
        }
        return host.endsWith(".test")
                ? new InetAddress[] {InetAddress.getLoopbackAddress()}
                : HostNames.Resolver.SYSTEM.resolve(host);
    }

    private static String at(String host, String url) {
        return url.replace(URI.create(url).getHost(), host);
    }

    private static CompletableFuture<SentMessage> generatingThere(String options) {
        return generating(
                options + "&baseUrl=" + at("localhost", CAMEL.simulator().baseUrl()));
    }

    /** From a thread of its own, since a call that is not asynchronous would hold the test. */
    private static CompletableFuture<SentMessage> sending(String uri, String body) {
        return CompletableFuture.supplyAsync(
                        () -> CAMEL.sendTo(
                                uri, exchange -> exchange.getMessage().setBody(body)),
                        task -> new Thread(task, "caller").start())
                .orTimeout(TestContext.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private static CompletableFuture<SentMessage> generating(String options) {
        return sending("hh1:generate?" + options, CAMEL.simulator().sampleImageUrl());
    }

    private static boolean areUnderWay(List<CompletableFuture<SentMessage>> calls) {
        return calls.stream().noneMatch(call -> call.isDone() && call.join().hasEnded());
    }

    private void awaitLookUps(int count) {
        await().untilAsserted(() -> assertThat(lookUps).hasSizeGreaterThanOrEqualTo(count));
    }

    @Nested
    class OfTheService {
        @Test
        void row36onlyTheCallsWaitThatGoThere() {
            var late = IntStream.range(0, 20)
                    .mapToObj(i -> generatingThere("generationTimeout=600000"))
                    .toList();
            awaitLookUps(1);

            assertThat(generating("retryDelay=10").join().video()).isNotEmpty();
            assertThat(areUnderWay(late)).isTrue();

            nameServer.countDown();
            assertThat(late).allSatisfy(call -> assertThat(call.join().video()).isNotEmpty());
            assertThat(lookUps)
                    .allMatch(lookUp -> lookUp.contains(" on ") && lookUp.contains("hh1-names"))
                    .filteredOn(lookUp -> lookUp.startsWith("localhost"))
                    .hasSize(1);
        }

        @Test
        void row36theCallEndsAtItsGenerationTimeoutAndIsNotSent() {
            var failure = generatingThere("generationTimeout=300").join().failure(NotSentException.class);

            assertThat(failure).hasMessageContaining("localhost").hasMessageContaining("generationTimeout");
            assertThat(failure.retry()).isEqualTo(Retry.SAFE);
            assertThat(failure.billing()).isEqualTo(Billing.NOT_BILLED);
            assertThat(CAMEL.posts()).isZero();

            nameServer.countDown();
            assertThat(generatingThere("generationTimeout=600000").join().video())
                    .isNotEmpty();
            assertThat(CAMEL.posts()).isEqualTo(1);
        }
    }

    @Nested
    class OfAVideosHost {
        private static final String DOWNLOAD = "hh1:download?allowPrivateHosts=true&maxAttempts=1";

        @Test
        void row36holdsNeitherCallsNorOtherVideosBack() {
            String link = generating("").join().video();
            var late = IntStream.range(0, 6)
                    .mapToObj(i -> sending(DOWNLOAD, at("late" + i + ".test", link)))
                    .toList();
            awaitLookUps(4);

            assertThat(generating("").join().video()).isNotEmpty();
            assertThat(sending(DOWNLOAD, at("prompt.test", link)).join().end().getException())
                    .isNull();
            assertThat(areUnderWay(late)).isTrue();

            nameServer.countDown();
            assertThat(late).allSatisfy(call -> assertThat(call.join().end().getException())
                    .isNull());
        }
    }

    @Nested
    class OfMoreImagesHostsThanThereAreThreads {
        @Test
        void row36holdsNoVideoBackWhoseHostIsNotKnownYet() {
            String image = CAMEL.simulator().sampleImageUrl();
            String video = generating("").join().video();
            var late = IntStream.range(0, 16)
                    .mapToObj(i -> sending(OfAnImagesHost.LOOKING, at("late-image" + i + ".test", image)))
                    .toList();
            await().untilAsserted(() -> assertThat(lookUps)
                    .filteredOn(lookUp -> lookUp.startsWith("late-image"))
                    .hasSizeGreaterThanOrEqualTo(8));

            var download = sending(OfAVideosHost.DOWNLOAD, at("prompt.test", video));
            assertThat(download.join().end().getException()).isNull();
            assertThat(areUnderWay(late)).isTrue();

            nameServer.countDown();
            late.forEach(call -> call.join().failure(InvalidRequestException.class));
        }
    }

    @Nested
    class OfAnImagesHost {
        private static final String LOOKING = "hh1:generate?allowPrivateHosts=true&preflightUrls=true&preflight=fail";

        @Test
        void row36holdsNeitherCallsNorOtherImagesBack() {
            String link = CAMEL.simulator().sampleImageUrl();
            var late = IntStream.range(0, 6)
                    .mapToObj(i -> sending(LOOKING, at("late-image" + i + ".test", link)))
                    .toList();
            awaitLookUps(4);

            assertThat(generating("").join().video()).isNotEmpty();
            assertThat(sending(LOOKING, link).join().video()).isNotEmpty();
            assertThat(areUnderWay(late)).isTrue();

            nameServer.countDown();
            late.forEach(call -> call.join().failure(InvalidRequestException.class));
            assertThat(lookUps)
                    .filteredOn(lookUp -> lookUp.startsWith("late-image"))
                    .allMatch(lookUp -> lookUp.contains("hh1-image-names"));
            assertThat(lookUps).noneMatch(lookUp -> lookUp.contains("hh1-rooms") || lookUp.contains("hh1-timers"));
        }
    }
}
