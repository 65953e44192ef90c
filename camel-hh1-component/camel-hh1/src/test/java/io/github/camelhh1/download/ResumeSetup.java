package io.github.camelhh1.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.async.ScheduledTimers;
import io.github.camelhh1.async.Timers;
import io.github.camelhh1.download.DownloadResult.Downloaded;
import io.github.camelhh1.link.AddressGuard;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A host that knows ranges, downloads that are taken up again within milliseconds, and real time. */
abstract class ResumeSetup extends DownloadSetup {
    static final byte[] FILM = film(1);
    static final int MOST_ATTEMPTS = 3;
    static final DownloadLimits AT_ONCE =
            new DownloadLimits(1_000_000, MOST_ATTEMPTS, Duration.ofMillis(2), Duration.ofMillis(5));
    /** 30,000 bytes must come within a window. */
    static final DownloadLimits.Link IMPATIENT =
            new DownloadLimits.Link(Duration.ofSeconds(30), 2_000, Duration.ofSeconds(15));

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    final ScheduledTimers clockwork = new ScheduledTimers(scheduler, Runnable::run);
    volatile Instant now = NOW;
    VideoHost store;

    /** No two bytes that are far from each other can be taken for each other. */
    static byte[] film(long seed) {
        byte[] payload = new byte[100_000];
        new Random(seed).nextBytes(payload);
        return new Boxes().box("ftyp", 24).box("moov", 100).box("mdat", payload).bytes();
    }

    @BeforeEach
    void open() throws IOException {
        store = new VideoHost(FILM);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
        scheduler.shutdownNow();
    }

    DownloadResult fetch() {
        return fetch(store.link(), AT_ONCE);
    }

    DownloadResult fetch(String link, DownloadLimits limits) {
        return end(begin(link, limits, clockwork));
    }

    /** Its time is that of {@link #timers}, and stands still until the test moves it. */
    CompletionStage<DownloadResult> beginImpatiently() {
        var limits =
                new DownloadLimits(AT_ONCE.maxBytes(), MOST_ATTEMPTS, AT_ONCE.delay(), AT_ONCE.maxDelay(), IMPATIENT);
        return begin(store.link(), limits, timers);
    }

    private CompletionStage<DownloadResult> begin(String link, DownloadLimits limits, Timers timed) {
        var guard = AddressGuard.publicOnly()
                .alsoAllowing("127.0.0.1", store.port())
                .alsoAllowing("127.0.0.1", host.port());
        return guardedBy(guard, timed, () -> now).download(URI.create(link), directory, "photo", limits);
    }

    /** The part has these bytes, after a pause between two attempts where there is one. */
    void awaitPart(int bytes) {
        Path part = directory.resolve("photo.part");
        await().until(() -> {
            timers.tick(AT_ONCE.delay());
            return Files.exists(part) && Files.size(part) == bytes;
        });
    }

    /** Time passes for the pauses between attempts, too little of it for a window of the link. */
    DownloadResult endAfterPauses(CompletionStage<DownloadResult> begun) {
        await().until(() -> {
            timers.tick(AT_ONCE.delay());
            return begun.toCompletableFuture().isDone();
        });
        return end(begun);
    }

    /** The video that the store has now, with its own hash, and nothing beside it. */
    void assertIsHere(DownloadResult ending) {
        assertThat(ending).isInstanceOfSatisfying(Downloaded.class, done -> {
            assertThat(done.file()).isEqualTo(directory.resolve("photo.mp4")).hasBinaryContent(store.video);
            assertThat(done.length()).isEqualTo(store.video.length);
            assertThat(done.sha256()).isEqualTo(sha256(store.video));
        });
        assertThat(directory.toFile().list()).containsExactly("photo.mp4");
    }
}
