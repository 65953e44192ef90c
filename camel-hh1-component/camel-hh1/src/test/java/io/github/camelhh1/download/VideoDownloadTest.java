package io.github.camelhh1.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.download.DownloadResult.Downloaded;
import io.github.camelhh1.download.DownloadResult.Expired;
import io.github.camelhh1.download.DownloadResult.Failed;
import io.github.camelhh1.http.HttpTransport;
import io.github.camelhh1.link.AddressGuard;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VideoDownloadTest extends DownloadSetup {
    @Nested
    class AWholeVideo {
        @Test
        void isInItsFileAndNothingElseIs() {
            host.answersVideo("/v.mp4", VIDEO);
            assertThat(download("/v.mp4"))
                    .isEqualTo(
                            new Downloaded(directory.resolve("photo.mp4"), VIDEO.length, sha256(VIDEO), Movie.UNKNOWN));
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

        @ParameterizedTest(name = "row 43: {0}")
        @ValueSource(strings = {"aws-chunked", "AWS-Chunked", "", "none", "binary", "identity", "8bit, none"})
        void mayNameACodingThatChangesNothing(String coding) {
            host.answers("/v.mp4", OK + VIDEO.length + "\r\nContent-Encoding: " + coding, VIDEO);
            assertThat(download("/v.mp4")).isInstanceOf(Downloaded.class);
        }

        @Test
        void row43mayBeginWithSmallBoxes() {
            byte[] video = new Boxes()
                    .box("free", 8)
                    .box("skip", 100)
                    .box("uuid", 16)
                    .box("wide", 0)
                    .box("ftyp", 24)
                    .box("moov", 100)
                    .box("mdat", 1_000)
                    .bytes();
            host.answersVideo("/v.mp4", video);
            assertThat(download("/v.mp4")).isInstanceOf(Downloaded.class);
        }

        @ParameterizedTest(name = "row 43: {0} bytes")
        @ValueSource(ints = {1, 2, 7, 8, 20, 64})
        void mayHaveAShortTailWhereItsLengthIsPromised(int bytes) {
            byte[] video = Boxes.video(1_000);
            byte[] longer = Arrays.copyOf(video, video.length + bytes);
            Arrays.fill(longer, video.length, longer.length, (byte) 0x0A);
            host.answersVideo("/v.mp4", longer);
            assertThat(download("/v.mp4")).isInstanceOf(Downloaded.class);
            assertThat(directory.resolve("photo.mp4")).hasBinaryContent(longer);
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
            var ending =
                    guardedBy(hostOnly()).download(URI.create(host.url("/v.mp4")), deeper, "photo", upTo(1_000_000));
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

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "gzip",
                    "x-gzip",
                    "GZIP",
                    "deflate",
                    "br",
                    "zstd",
                    "compress",
                    "x-compress",
                    "aws-chunked,gzip"
                })
        void isAnEncodedVideo(String coding) {
            host.answers("/v.mp4", OK + VIDEO.length + "\r\nContent-Encoding: " + coding, VIDEO);
            assertThat(download("/v.mp4")).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.reason())
                    .contains("encoded the video"));
            assertNothingIsLeft();
        }

        @Test
        void isATailWhereNoLengthIsPromised() {
            byte[] video = Boxes.video(1_000);
            host.answers("/v.mp4", "200 OK", Arrays.copyOf(video, video.length + 3));
            assertThat(download("/v.mp4")).isInstanceOf(Failed.class);
            assertNothingIsLeft();
        }

        @Test
        void isAVideoThatWasCutBeforeItWasStored() {
            byte[] whole =
                    new Boxes().box("ftyp", 24).box("mdat", 40).box("moov", 60).bytes();
            for (int length = 0; length < whole.length; length++) {
                host.answersVideo("/v.mp4", Arrays.copyOf(whole, length));
                assertThat(download("/v.mp4")).as("cut at %d", length).isInstanceOf(Failed.class);
            }
            byte[] fragments = new Boxes()
                    .box("ftyp", 24)
                    .box("moov", 10)
                    .box("moof", 10)
                    .box("mdat", 40)
                    .claiming(30, "moof", 10)
                    .bytes();
            host.answersVideo("/v.mp4", fragments);
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
                    .download(URI.create("http://127.0.0.1:" + port + "/"), directory, "a", upTo(10));
            assertThat(end(ending)).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.reason())
                    .contains("could not be reached"));
            assertNothingIsLeft();
        }
    }

    @Nested
    class ATooLongVideo {
        private DownloadResult limitedTo(long maxBytes) {
            return end(
                    guardedBy(hostOnly()).download(URI.create(host.url("/v.mp4")), directory, "photo", upTo(maxBytes)));
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

        @RepeatedTest(30)
        void isNotWhatAClosedClientLeaves() {
            host.answersThenStalls("/v.mp4", OK + VIDEO.length, Arrays.copyOf(VIDEO, 50_000));
            var ending = begin(host.url("/v.mp4"), "photo").toCompletableFuture();
            await().until(() -> Files.exists(directory.resolve("photo.part")));
            transports.forEach(HttpTransport::close);
            assertThat(end(ending)).isInstanceOf(Failed.class);
            assertNothingIsLeft();
        }
    }
}
