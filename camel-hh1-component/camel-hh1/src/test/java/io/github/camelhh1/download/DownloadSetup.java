package io.github.camelhh1.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.async.Permits;
import io.github.camelhh1.async.Timers;
import io.github.camelhh1.http.HostNames;
import io.github.camelhh1.http.HttpSettings;
import io.github.camelhh1.http.HttpTransport;
import io.github.camelhh1.link.AddressGuard;
import io.github.camelhh1.text.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A host of videos, a client, and a clock that the test moves. */
public abstract class DownloadSetup {
    public static final byte[] VIDEO = Boxes.video(100_000);
    static final String OK = "200 OK\r\nContent-Type: video/mp4\r\nContent-Length: ";
    static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    /** Passes time when told to. */
    public static final class TickedTimers implements Timers {
        private record Timer(long at, CompletableFuture<Boolean> passed) {}

        private final Queue<Timer> timers = new ConcurrentLinkedQueue<>();
        private volatile long now;

        @Override
        public CompletableFuture<Boolean> after(Duration delay) {
            var timer = new Timer(now + delay.toNanos(), new CompletableFuture<>());
            if (delay.isZero()) {
                timer.passed().complete(true);
            }
            timers.add(timer);
            return timer.passed();
        }

        @Override
        public long nanoTime() {
            return now;
        }

        public void tick(Duration time) {
            now += time.toNanos();
            timers.stream().filter(timer -> timer.at() <= now).forEach(timer -> timer.passed()
                    .complete(true));
        }

        long pending() {
            return timers.stream().filter(timer -> !timer.passed().isDone()).count();
        }
    }

    @TempDir
    Path directory;

    public final TickedTimers timers = new TickedTimers();
    private final ExecutorService rooms = Executors.newFixedThreadPool(2);
    public final List<HttpTransport> transports = new ArrayList<>();
    public RawHost host;

    @BeforeEach
    void start() throws IOException {
        host = new RawHost();
    }

    @AfterEach
    void stop() throws IOException {
        transports.forEach(HttpTransport::close);
        host.close();
        rooms.shutdownNow();
        assertThat(timers.pending()).as("timers left behind").isZero();
    }

    VideoDownload guardedBy(AddressGuard guard) {
        return guardedBy(guard, timers, () -> NOW);
    }

    VideoDownload guardedBy(AddressGuard guard, Timers timed, InstantSource clock) {
        var transport = new HttpTransport(
                new HttpSettings(8, Duration.ofSeconds(5), null, null, guard, Thread::new),
                new HostNames(HostNames.Resolver.SYSTEM, rooms),
                rooms);
        transports.add(transport);
        var turns = new Permits(8, Integer.MAX_VALUE, false, rooms);
        return new VideoDownload(new DownloadRuntime(transport, guard, timed, clock, () -> 0.5, turns, rooms));
    }

    /** Nothing is repeated. */
    static DownloadLimits upTo(long maxBytes) {
        return new DownloadLimits(maxBytes, 1, Duration.ZERO, Duration.ZERO);
    }

    protected AddressGuard hostOnly() {
        return AddressGuard.publicOnly().alsoAllowing("127.0.0.1", host.port());
    }

    CompletionStage<DownloadResult> begin(String url, String name) {
        return guardedBy(hostOnly()).download(URI.create(url), directory, name, upTo(1_000_000));
    }

    DownloadResult download(String path) {
        return end(begin(host.url(path), "photo"));
    }

    static DownloadResult end(CompletionStage<DownloadResult> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    void assertNothingIsLeft() {
        assertThat(directory).isEmptyDirectory();
    }

    static String sha256(byte[] bytes) {
        var digest = Sha256.digest();
        digest.update(bytes);
        return Sha256.hex(digest);
    }

    static byte[] chunked(byte[] body) {
        byte[] head = (Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        byte[] tail = "\r\n0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = Arrays.copyOf(head, head.length + body.length + tail.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        System.arraycopy(tail, 0, all, head.length + body.length, tail.length);
        return all;
    }
}
