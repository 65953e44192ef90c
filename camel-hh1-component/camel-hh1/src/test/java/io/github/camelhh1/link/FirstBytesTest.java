package io.github.camelhh1.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.download.DownloadSetup;
import io.github.camelhh1.download.RawHost;
import io.github.camelhh1.http.HostNames;
import io.github.camelhh1.http.HttpSettings;
import io.github.camelhh1.http.HttpTransport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first bytes of what a link points to. */
class FirstBytesTest extends DownloadSetup {
    private static final int MOST = 64 * 1024;
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final byte[] PICTURE = VIDEO;

    private CompletionStage<FirstBytes.Start> begin(String url) {
        AddressGuard guard = hostOnly();
        var transport = new HttpTransport(
                new HttpSettings(8, Duration.ofSeconds(5), null, null, guard, Thread::new),
                new HostNames(HostNames.Resolver.SYSTEM, Runnable::run),
                Runnable::run);
        transports.add(transport);
        return new FirstBytes(transport, guard, timers).fetch(URI.create(url), MOST, LIMIT);
    }

    private FirstBytes.Start fetch(String url) {
        return begin(url).toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    private static byte[] bytes(FirstBytes.Start start) throws IOException {
        assertThat(start.problem()).isNull();
        return start.bytes().readAllBytes();
    }

    @Test
    void isAskedForAndNothingElseIsSent() throws IOException {
        byte[] part = Arrays.copyOf(PICTURE, MOST);
        host.answers("/a", "206 Partial\r\nContent-Range: bytes 0-65535/9000000\r\nContent-Length: 65536", part);
        FirstBytes.Start start = fetch(host.url("/a"));

        assertThat(bytes(start)).isEqualTo(part);
        assertThat(start.length()).isEqualTo(9_000_000);
        assertThat(host.requests)
                .singleElement()
                .satisfies(
                        request -> assertThat(
                                        request.toLowerCase(Locale.ROOT).lines().filter(line -> !line.isEmpty()))
                                .allMatch(
                                        line -> line.matches(
                                                "get /a http/1.1|range: bytes=0-65535|accept-encoding: identity|accept: \\*/\\*|host: .*|connection: .*|user-agent: .*")));
    }

    @Test
    void isAllThatIsTakenFromAHostThatSendsTheWhole() throws IOException {
        host.answersVideo("/a", Arrays.copyOf(PICTURE, 5_000_000));
        FirstBytes.Start start = fetch(host.url("/a"));

        assertThat(bytes(start)).isEqualTo(Arrays.copyOf(PICTURE, MOST));
        assertThat(start.length()).isEqualTo(5_000_000);
        await("connection closed")
                .untilAsserted(() -> assertThat(host.closedByClient).hasValue(1));
    }

    @Test
    void mayBeTheWhole() throws IOException {
        host.answersVideo("/a", new byte[] {1, 2, 3});
        FirstBytes.Start start = fetch(host.url("/a"));

        assertThat(bytes(start)).containsExactly(1, 2, 3);
        assertThat(start.length()).isEqualTo(3);
    }

    @Test
    void isLookedForByThreadsThatMayWait() {
        var resolving = new CopyOnWriteArrayList<String>();
        HostNames.Resolver noting = name -> {
            resolving.add(name + " by " + Thread.currentThread().getName());
            return HostNames.Resolver.SYSTEM.resolve(name);
        };
        host.redirects("/a", 302, host.url("/b").replace("127.0.0.1", "localhost"))
                .answersVideo("/b", PICTURE);
        var blocking = Executors.newSingleThreadExecutor(task -> new Thread(task, "may wait"));
        AddressGuard guard = hostOnly().alsoAllowing("localhost", host.port());
        var transport = new HttpTransport(
                new HttpSettings(8, Duration.ofSeconds(5), null, null, guard, Thread::new),
                new HostNames(noting, blocking),
                Runnable::run);
        transports.add(transport);
        try {
            var start = new FirstBytes(transport, guard, timers)
                    .fetch(URI.create(host.url("/a")), MOST, LIMIT)
                    .toCompletableFuture()
                    .orTimeout(60, TimeUnit.SECONDS)
                    .join();
            assertThat(start.problem()).isNull();
            assertThat(resolving).containsExactly("localhost by may wait");
        } finally {
            blocking.shutdownNow();
        }
    }

    @Nested
    class IsNotHadFrom {
        @ParameterizedTest
        @ValueSource(ints = {400, 403, 404, 416, 500})
        void aHostThatRefuses(int status) {
            host.answers("/a", status + " No\r\nContent-Length: 0", new byte[0]);
            assertThat(fetch(host.url("/a?X-Amz-Signature=secret")).problem())
                    .contains("HTTP status " + status)
                    .doesNotContain("secret");
        }

        @Test
        void aHostThatSendsAnotherPart() {
            host.answers("/a", "206 Partial\r\nContent-Range: bytes 5-9/10\r\nContent-Length: 5", new byte[5]);
            assertThat(fetch(host.url("/a")).problem()).contains("another part");
        }

        @Test
        void aHostThatIsNotThere() throws IOException {
            host.close();
            assertThat(fetch(host.url("/a")).problem()).contains("could not be reached");
        }

        @Test
        void aHostThatTakesTooLong() {
            host.answersThenStalls("/a", "200 OK\r\nContent-Length: 1000", new byte[10]);
            var start = begin(host.url("/a")).toCompletableFuture();
            await().untilAsserted(() -> assertThat(host.requests).hasSize(1));
            timers.tick(LIMIT.minusMillis(1));
            assertThat(start).isNotDone();
            timers.tick(Duration.ofMillis(1));

            assertThat(start.orTimeout(60, TimeUnit.SECONDS).join().problem()).contains("took too long");
        }

        @Test
        void aHostWhoseNameServerTakesTooLong() {
            var lookUps = new LinkedBlockingQueue<Runnable>();
            AddressGuard guard = hostOnly().alsoAllowing("late.test", host.port());
            var transport = new HttpTransport(
                    new HttpSettings(8, Duration.ofSeconds(5), null, null, guard, Thread::new),
                    new HostNames(name -> HostNames.Resolver.SYSTEM.resolve("127.0.0.1"), lookUps::add),
                    Runnable::run);
            transports.add(transport);
            var start = new FirstBytes(transport, guard, timers)
                    .fetch(URI.create("http://late.test:" + host.port() + "/a"), MOST, LIMIT)
                    .toCompletableFuture();
            assertThat(lookUps).hasSize(1);
            timers.tick(LIMIT.minusMillis(1));
            assertThat(start).isNotDone();
            timers.tick(Duration.ofMillis(1));

            assertThat(start).isDone();
            assertThat(start.join().problem()).contains("took too long");
            lookUps.remove().run();
            assertThat(host.connections).hasValue(0);
        }

        @Test
        void aPrivateAddress() throws IOException {
            try (var inside = new RawHost()) {
                inside.answersVideo("/a", PICTURE);
                assertThat(fetch(inside.url("/a")).problem()).contains("loopback");
                assertThat(fetch("https://localhost:" + inside.port() + "/a").problem())
                        .contains("loopback");
                host.redirects("/r", 302, "https://127.0.0.1:" + inside.port() + "/a");
                assertThat(fetch(host.url("/r")).problem()).contains("loopback");
                assertThat(inside.connections).hasValue(0);
            }
        }
    }

    @Nested
    class ARedirect {
        @Test
        void isFollowedThreeTimes() throws IOException {
            host.redirects("/a", 302, "b").redirects("/b", 307, "c").redirects("/c", 308, host.url("/d"));
            host.answersVideo("/d", PICTURE);
            assertThat(bytes(fetch(host.url("/a")))).hasSize(MOST);
        }

        @Test
        void isNotFollowedAFourthTime() {
            host.redirects("/a", 302, "/a");
            assertThat(fetch(host.url("/a")).problem()).contains("more than 3 times");
            assertThat(host.requests).hasSize(4);
        }
    }
}
