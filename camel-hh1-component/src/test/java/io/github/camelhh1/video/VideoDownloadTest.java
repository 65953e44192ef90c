package io.github.camelhh1.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.generation.Timers;
import io.github.camelhh1.http.HttpSettings;
import io.github.camelhh1.http.HttpTransport;
import io.github.camelhh1.video.DownloadEnding.Downloaded;
import io.github.camelhh1.video.DownloadEnding.Expired;
import io.github.camelhh1.video.DownloadEnding.Failed;
import io.github.camelhh1.video.DownloadEnding.Refused;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VideoDownloadTest {
    private static final byte[] VIDEO = Boxes.video(100_000);
    private static final String OK = "200 OK\r\nContent-Type: video/mp4\r\nContent-Length: ";
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    /** Passes time when told to. */
    private static final class TickedTimers implements Timers {
        private record Timer(long at, CompletableFuture<Boolean> passed) {}

        private final Queue<Timer> timers = new ConcurrentLinkedQueue<>();
        private volatile long now;

        @Override
        public CompletableFuture<Boolean> after(Duration delay) {
            var timer = new Timer(now + delay.toNanos(), new CompletableFuture<>());
            timers.add(timer);
            return timer.passed();
        }

        @Override
        public long nanoTime() {
            return now;
        }

        void tick(Duration time) {
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

    private final TickedTimers timers = new TickedTimers();
    private final ExecutorService rooms = Executors.newFixedThreadPool(2);
    private final List<HttpTransport> transports = new ArrayList<>();
    private RawHost host;

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

    private VideoDownload guardedBy(AddressGuard guard) {
        var transport = new HttpTransport(new HttpSettings(8, Duration.ofSeconds(5), null, guard, Thread::new), rooms);
        transports.add(transport);
        return new VideoDownload(transport, guard, timers, () -> NOW);
    }

    private AddressGuard hostOnly() {
        return AddressGuard.publicOnly().alsoAllowing("127.0.0.1", host.port());
    }

    private CompletionStage<DownloadEnding> begin(String url, String name) {
        return guardedBy(hostOnly()).download(URI.create(url), directory, name, DownloadLimits.of(1_000_000));
    }

    private DownloadEnding download(String path) {
        return end(begin(host.url(path), "photo"));
    }

    private static DownloadEnding end(CompletionStage<DownloadEnding> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private void assertNothingIsLeft() {
        assertThat(directory).isEmptyDirectory();
    }

    private static byte[] chunked(byte[] body) {
        byte[] head = (Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        byte[] tail = "\r\n0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = Arrays.copyOf(head, head.length + body.length + tail.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        System.arraycopy(tail, 0, all, head.length + body.length, tail.length);
        return all;
    }

    @Nested
    class AWholeVideo {
        @Test
        void isInItsFileAndNothingElseIs() {
            host.answersVideo("/v.mp4", VIDEO);
            assertThat(download("/v.mp4"))
                    .isEqualTo(new Downloaded(directory.resolve("photo.mp4"), VIDEO.length, "video/mp4"));
            assertThat(directory.resolve("photo.mp4")).hasBinaryContent(VIDEO);
            assertThat(directory.toFile().list()).containsExactly("photo.mp4");
        }

        @Test
        void mayComeWithoutItsLength() {
            host.answers("/v.mp4", "200 OK", VIDEO);
            assertThat(download("/v.mp4")).isInstanceOf(Downloaded.class);
        }

        @Test
        void mayComeInChunks() {
            host.answers("/v.mp4", "200 OK\r\nTransfer-Encoding: chunked", chunked(VIDEO));
            assertThat(download("/v.mp4")).isInstanceOf(Downloaded.class);
        }

        @Test
        void isReadableByItsOwnerOnly() throws IOException {
            host.answersVideo("/v.mp4", VIDEO);
            download("/v.mp4");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("photo.mp4"))))
                    .isEqualTo("rw-------");
        }

        @Test
        void isAskedForWithoutCredentialsCookiesOrReferer() {
            host.answersVideo("/v.mp4", VIDEO);
            assertThat(end(begin(host.url("/v.mp4?Signature=a%2Fb&x"), "photo")))
                    .isInstanceOf(Downloaded.class);
            assertThat(host.requests).singleElement().satisfies(request -> assertThat(request)
                    .startsWith("GET /v.mp4?Signature=a%2Fb&x HTTP/1.1")
                    .containsIgnoringCase("Accept-Encoding: identity")
                    .doesNotContainIgnoringCase("authorization")
                    .doesNotContainIgnoringCase("cookie")
                    .doesNotContainIgnoringCase("referer"));
        }

        @Test
        void makesTheDirectoryItGoesTo() {
            host.answersVideo("/v.mp4", VIDEO);
            Path deeper = directory.resolve("a/b");
            var ending = guardedBy(hostOnly())
                    .download(URI.create(host.url("/v.mp4")), deeper, "photo", DownloadLimits.of(1_000_000));
            assertThat(end(ending)).isInstanceOf(Downloaded.class);
            assertThat(deeper.resolve("photo.mp4")).exists();
        }
    }

    @Nested
    class SomethingElse {
        @ParameterizedTest
        @ValueSource(ints = {0, 10, 30, 50, 70, 90, 99})
        void isACutVideoOfKnownLength(int percent) {
            host.answers("/v.mp4", OK + VIDEO.length, Arrays.copyOf(VIDEO, VIDEO.length * percent / 100));
            assertThat(download("/v.mp4")).isInstanceOfSatisfying(Failed.class, failed -> {
                assertThat(failed.reason()).contains("broke after");
                assertThat(failed.status()).isEqualTo(200);
                assertThat(failed.cause()).isNotNull();
            });
            assertNothingIsLeft();
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 10, 50, 90, 99})
        void isACutVideoOfUnknownLength(int percent) {
            host.answers("/v.mp4", "200 OK", Arrays.copyOf(VIDEO, VIDEO.length * percent / 100));
            assertThat(download("/v.mp4")).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.reason())
                    .contains("not a whole video"));
            assertNothingIsLeft();
        }

        @Test
        void isALengthShorterThanTheVideo() {
            host.answers("/v.mp4", OK + (VIDEO.length - 10), VIDEO);
            assertThat(download("/v.mp4")).isInstanceOf(Failed.class);
            assertNothingIsLeft();
        }

        @Test
        void isAPageOfHtml() {
            byte[] page = "<!DOCTYPE html><title>Sign in</title>".getBytes(StandardCharsets.UTF_8);
            host.answers("/v.mp4", OK + page.length, page);
            assertThat(download("/v.mp4")).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.reason())
                    .contains("no MP4 file"));
            assertNothingIsLeft();
        }

        @Test
        void isAnEncodedVideo() {
            host.answers("/v.mp4", OK + VIDEO.length + "\r\nContent-Encoding: gzip", VIDEO);
            assertThat(download("/v.mp4")).isInstanceOf(Failed.class);
            assertNothingIsLeft();
        }

        @Test
        void isNoAnswerAtAll() {
            assertThat(download("/nothing")).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.status())
                    .isNull());
        }

        @Test
        void isAPortThatNobodyListensOn() throws IOException {
            int port;
            try (var socket = new ServerSocket(0)) {
                port = socket.getLocalPort();
            }
            var ending = guardedBy(AddressGuard.publicOnly().alsoAllowing("127.0.0.1", port))
                    .download(URI.create("http://127.0.0.1:" + port + "/"), directory, "a", DownloadLimits.of(10));
            assertThat(end(ending)).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.reason())
                    .contains("could not be reached"));
            assertNothingIsLeft();
        }
    }

    @Nested
    class ATooLongVideo {
        private DownloadEnding limitedTo(long maxBytes) {
            return end(guardedBy(hostOnly())
                    .download(URI.create(host.url("/v.mp4")), directory, "photo", DownloadLimits.of(maxBytes)));
        }

        @Test
        void isNotEvenBegunWhenItSaysItsLength() {
            host.answersThenStalls("/v.mp4", OK + VIDEO.length, new byte[0]);
            assertThat(limitedTo(VIDEO.length - 1))
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.reason()).contains("maxVideoSize"));
            assertNothingIsLeft();
        }

        @Test
        void isBrokenOffWhenItDoesNot() {
            host.answers("/v.mp4", "200 OK\r\nTransfer-Encoding: chunked", chunked(VIDEO));
            assertThat(limitedTo(VIDEO.length - 1))
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.reason()).contains("maxVideoSize"));
            assertNothingIsLeft();
        }

        @Test
        void isOneByteLongerThanTheLimit() {
            host.answersVideo("/v.mp4", VIDEO);
            assertThat(limitedTo(VIDEO.length)).isInstanceOf(Downloaded.class);
        }
    }

    @Nested
    class ARefusedLink {
        @ParameterizedTest
        @CsvSource({
            "400, Expires=1893455999",
            "403, Expires=1893455999",
            "404, Expires=1893456000",
            "410, X-Amz-Date=20291231T000000Z&X-Amz-Expires=60"
        })
        void hasExpiredWhenItsSignatureSaysSo(int status, String query) {
            host.answers("/v.mp4", status + " No\r\nContent-Length: 0", new byte[0]);
            assertThat(end(begin(host.url("/v.mp4?" + query), "photo")))
                    .isInstanceOfSatisfying(Expired.class, expired -> {
                        assertThat(expired.status()).isEqualTo(status);
                        assertThat(expired.reason()).contains("expired at").doesNotContain("Expires=");
                    });
            assertNothingIsLeft();
        }

        @ParameterizedTest
        @CsvSource({
            "403, Expires=1893456001",
            "403, a=b",
            "404, a=b",
            "410, a=b",
            "500, Expires=1",
            "401, Expires=1",
            "206, Expires=1",
            "204, Expires=1",
            "304, a=b"
        })
        void hasOtherwiseFailed(int status, String query) {
            host.answers("/v.mp4", status + " No\r\nContent-Length: 0", new byte[0]);
            assertThat(end(begin(host.url("/v.mp4?" + query), "photo")))
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.status()).isEqualTo(status));
            assertNothingIsLeft();
        }
    }

    @Nested
    class ARedirect {
        @ParameterizedTest
        @ValueSource(ints = {301, 302, 303, 307, 308})
        void isFollowedByHand(int status) {
            host.redirects("/a", status, "/b?c=d").answersVideo("/b", VIDEO);
            assertThat(download("/a")).isInstanceOf(Downloaded.class);
            assertThat(host.requests).hasSize(2).last().asString().startsWith("GET /b?c=d ");
        }

        @Test
        void isFollowedThreeTimes() {
            host.redirects("/a", 302, "b").redirects("/b", 302, "c").redirects("/c", 302, host.url("/d"));
            host.answersVideo("/d", VIDEO);
            assertThat(download("/a")).isInstanceOf(Downloaded.class);
        }

        @Test
        void isNotFollowedAFourthTime() {
            host.redirects("/a", 302, "/a").answersVideo("/b", VIDEO);
            assertThat(download("/a")).isInstanceOf(Refused.class);
            assertThat(host.requests).hasSize(4);
            assertNothingIsLeft();
        }

        @Test
        void intoThePrivateNetworkIsRefusedBeforeAnythingIsSent() throws IOException {
            try (var inside = new RawHost()) {
                inside.answersVideo("/v.mp4", VIDEO);
                for (String target : List.of(
                        inside.url("/v.mp4"),
                        "https://127.0.0.1:" + inside.port() + "/v.mp4",
                        "https://localhost:" + inside.port() + "/v.mp4",
                        "https://2130706433:" + inside.port() + "/v.mp4",
                        "https://[::ffff:127.0.0.1]:" + inside.port() + "/v.mp4",
                        "file:///etc/passwd",
                        "//127.1:" + inside.port() + "/v.mp4")) {
                    host.redirects("/a", 302, target);
                    assertThat(download("/a")).as(target).isInstanceOf(Refused.class);
                }
                assertThat(inside.connections).hasValue(0);
            }
            assertNothingIsLeft();
        }

        @Test
        void tellsTheSecondHostNothingAboutTheFirst() throws IOException {
            try (var other = new RawHost()) {
                other.answersVideo("/v.mp4", VIDEO);
                host.redirects("/a", 302, other.url("/v.mp4"));
                var guard = hostOnly().alsoAllowing("127.0.0.1", other.port());
                assertThat(end(guardedBy(guard)
                                .download(
                                        URI.create(host.url("/a?sig=s")),
                                        directory,
                                        "a",
                                        DownloadLimits.of(1_000_000))))
                        .isInstanceOf(Downloaded.class);
                assertThat(other.requests).singleElement().satisfies(request -> assertThat(request)
                        .doesNotContainIgnoringCase("authorization")
                        .doesNotContainIgnoringCase("referer")
                        .doesNotContain("sig=s"));
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"http://a.example/v.mp4", "ftp://a.example/v.mp4", "HTTP://a.example/", "http:/x", " ", "%"})
        void awayFromHttpsOrToNowhereIsNone(String location) {
            assertThat(Redirect.from(URI.create("https://a.example/v.mp4"), location, 0)
                            .target())
                    .isNull();
        }

        @Test
        void withoutALocationIsRefused() {
            host.answers("/a", "302 Found\r\nContent-Length: 0", new byte[0]);
            assertThat(download("/a")).isInstanceOf(Refused.class);
        }
    }

    @Nested
    class AHostInsideThePrivateNetwork {
        @Test
        void isRefusedWhenItsNameHasBeenResolved() {
            var ending = guardedBy(AddressGuard.publicOnly())
                    .download(
                            URI.create("https://localhost:" + host.port() + "/v.mp4?Signature=s"),
                            directory,
                            "a",
                            DownloadLimits.of(10));
            assertThat(end(ending)).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.reason())
                    .contains("localhost")
                    .contains("loopback")
                    .contains("allowPrivateHosts")
                    .doesNotContain("Signature"));
            assertThat(host.connections).hasValue(0);
        }

        @Test
        void isAskedWhenThatIsAllowed() {
            host.answersVideo("/v.mp4", VIDEO);
            var ending = guardedBy(AddressGuard.publicOnly().allowingPrivateHosts(true))
                    .download(
                            URI.create("http://localhost:" + host.port() + "/v.mp4"),
                            directory,
                            "a",
                            DownloadLimits.of(1_000_000));
            assertThat(end(ending)).isInstanceOf(Downloaded.class);
        }
    }

    @Nested
    class ATakenName {
        @BeforeEach
        void serve() {
            host.answersVideo("/v.mp4", VIDEO);
        }

        @Test
        void isLeftToWhoHasIt() throws IOException {
            Files.writeString(directory.resolve("photo.mp4"), "mine");
            Files.writeString(directory.resolve("photo-1.mp4"), "mine too");
            assertThat(download("/v.mp4")).isInstanceOfSatisfying(Downloaded.class, done -> assertThat(done.file())
                    .isEqualTo(directory.resolve("photo-2.mp4")));
            assertThat(directory.resolve("photo.mp4")).hasContent("mine");
        }

        @Test
        void thatIsALinkIsNotFollowed(@TempDir Path elsewhere) throws IOException {
            Files.createSymbolicLink(directory.resolve("photo.mp4"), elsewhere.resolve("victim"));
            Files.createSymbolicLink(directory.resolve("photo.part"), elsewhere.resolve("victim"));
            assertThat(download("/v.mp4")).isInstanceOfSatisfying(Downloaded.class, done -> assertThat(done.file())
                    .isEqualTo(directory.resolve("photo-1.mp4")));
            assertThat(elsewhere).isEmptyDirectory();
            assertThat(Files.isRegularFile(directory.resolve("photo-1.mp4"), LinkOption.NOFOLLOW_LINKS))
                    .isTrue();
        }

        @Test
        void isSharedOutAmongDownloadsAtOnce() {
            var download = guardedBy(hostOnly());
            List<CompletionStage<DownloadEnding>> begun = IntStream.range(0, 20)
                    .mapToObj(i -> download.download(
                            URI.create(host.url("/v.mp4")), directory, "photo", DownloadLimits.of(1_000_000)))
                    .toList();
            assertThat(begun.stream().map(VideoDownloadTest::end).map(ending -> ((Downloaded) ending).file()))
                    .doesNotHaveDuplicates()
                    .hasSize(20)
                    .allSatisfy(file -> assertThat(file).hasBinaryContent(VIDEO));
            assertThat(directory.toFile().list()).hasSize(20);
        }
    }

    @Nested
    class ADirectory {
        @Test
        void thatCannotBeWrittenToFailsTheDownload() throws IOException {
            host.answersVideo("/v.mp4", VIDEO);
            Path file = Files.writeString(directory.resolve("in-the-way"), "a file");
            var ending = guardedBy(hostOnly())
                    .download(URI.create(host.url("/v.mp4")), file, "photo", DownloadLimits.of(1_000_000));
            assertThat(end(ending)).isInstanceOfSatisfying(Failed.class, failed -> {
                assertThat(failed.reason()).contains("cannot write to the directory");
                assertThat(failed.cause()).isInstanceOf(IOException.class);
            });
            assertThat(file).hasContent("a file");
        }
    }

    @Nested
    class AHostileName {
        static Stream<String> names() {
            Stream<String> odd = Stream.of(
                    "../../etc/passwd",
                    "..",
                    ".",
                    "",
                    "/",
                    "\\",
                    "C:\\Windows\\a",
                    "a/../../b",
                    "con",
                    "NUL.mp4",
                    "a\u0000b",
                    "a\nb",
                    "\u202Egpj.exe",
                    "~root",
                    "-rf",
                    "*?",
                    "a".repeat(5_000),
                    "语".repeat(300),
                    "𐍈".repeat(300),
                    "e\u0301".repeat(200),
                    "%2e%2e%2f",
                    ".hidden",
                    " ",
                    "a.",
                    "$(id)",
                    "`id`",
                    "a|b",
                    "<a>",
                    "a:b",
                    "\uD800",
                    "photo.final",
                    "..\\..\\x",
                    "....//....//x",
                    "file:///etc/passwd",
                    "https://a.example/../../v");
            return Stream.concat(
                    odd,
                    IntStream.range(0, 70).mapToObj(i -> "../".repeat(i % 7) + (char) (i * 37 + 1) + "/x" + (char) i));
        }

        @Test
        void staysInTheDirectory() {
            host.answersVideo("/v.mp4", VIDEO);
            var download = guardedBy(hostOnly());
            List<String> names = names().toList();
            assertThat(names).hasSizeGreaterThanOrEqualTo(100);
            for (String name : names) {
                var ending = end(download.download(
                        URI.create(host.url("/v.mp4")), directory, name, DownloadLimits.of(1_000_000)));
                assertThat(ending).as(name).isInstanceOfSatisfying(Downloaded.class, done -> assertThat(
                                done.file().toAbsolutePath().normalize().getParent())
                        .isEqualTo(directory.toAbsolutePath().normalize()));
            }
            assertThat(directory.toFile().list()).hasSize(names.size());
        }

        @Test
        void keepsTheDotsOfAGoodOne() {
            host.answersVideo("/v.mp4", VIDEO);
            assertThat(end(begin(host.url("/v.mp4"), "photo.final")))
                    .isInstanceOfSatisfying(
                            Downloaded.class, done -> assertThat(done.file()).hasFileName("photo.final.mp4"));
        }
    }

    @Nested
    class Silence {
        @Test
        void inTheMiddleEndsTheDownload() {
            host.answersThenStalls("/v.mp4", OK + VIDEO.length, Arrays.copyOf(VIDEO, 50_000));
            var ending = begin(host.url("/v.mp4"), "photo").toCompletableFuture();
            await().until(() -> Files.exists(directory.resolve("photo.part"))
                    && Files.size(directory.resolve("photo.part")) == 50_000);
            timers.tick(Duration.ofSeconds(59));
            assertThat(ending).isNotDone();
            timers.tick(Duration.ofSeconds(2));
            assertThat(end(ending)).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.reason())
                    .contains("no byte came for PT1M"));
            assertNothingIsLeft();
            await().untilAsserted(() -> assertThat(host.closedByClient).hasValue(1));
        }

        @Test
        void fromTheStartDoesToo() {
            host.answersThenStalls("/v.mp4", "", new byte[0]);
            var ending = begin(host.url("/v.mp4"), "photo").toCompletableFuture();
            await().until(() -> host.requests.size() == 1);
            timers.tick(Duration.ofSeconds(61));
            assertThat(end(ending)).isInstanceOf(Failed.class);
        }

        @Test
        void isWhatAClosedClientLeaves() {
            host.answersThenStalls("/v.mp4", OK + VIDEO.length, Arrays.copyOf(VIDEO, 50_000));
            var ending = begin(host.url("/v.mp4"), "photo").toCompletableFuture();
            await().until(() -> Files.exists(directory.resolve("photo.part")));
            transports.forEach(HttpTransport::close);
            assertThat(end(ending)).isInstanceOf(Failed.class);
            assertNothingIsLeft();
        }
    }
}
