package io.github.camelhh1.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.download.DownloadResult.Expired;
import io.github.camelhh1.download.DownloadResult.Failed;
import io.github.camelhh1.download.DownloadResult.Refused;
import io.github.camelhh1.link.AddressGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a download is taken up again, and when no more. */
class VideoRetryTest extends ResumeSetup {
    /** In the next minute of the tests' clock. */
    private static final String SOON = "?Expires=" + (NOW.getEpochSecond() + 60) + "&Signature=secret";

    @Nested
    class ASlowLink {
        @Test
        void isCutAndTheRestFetchedOverAnother() {
            store.next(call -> call.stallAfter(1_000));
            var begun = beginImpatiently();
            awaitPart(1_000);

            timers.tick(IMPATIENT.window());

            assertIsHere(endAfterPauses(begun));
            assertThat(store.begins()).containsExactly(0L, 1_000L);
        }

        @Test
        void isNotHeldForEver() {
            store.validator = "X-None: none";
            // Each brings less than the one before, which tells them apart and is no progress.
            var lengths = List.of(20, 19, 18, 17, 16, 15);
            lengths.forEach(bytes -> store.next(call -> call.stallAfter(bytes)));
            var begun = beginImpatiently();

            // The first brings twenty bytes more than there were, and does not count.
            for (int bytes : lengths.subList(0, MOST_ATTEMPTS + 1)) {
                awaitPart(bytes);
                timers.tick(IMPATIENT.window());
            }

            assertThat(end(begun)).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.reason())
                    .contains("fewer than 2000 bytes a second came for PT15S"));
            assertNothingIsLeft();
        }

        @Test
        void thatIsSilentIsCutAndTheRestFetchedOverAnother() {
            store.next(call -> call.stallAfter(40_000));
            var begun = beginImpatiently();
            awaitPart(40_000);

            timers.tick(IMPATIENT.window());
            assertThat(store.requests).hasSize(1);
            timers.tick(IMPATIENT.window());

            assertIsHere(endAfterPauses(begun));
            assertThat(store.begins()).containsExactly(0L, 40_000L);
        }

        @Test
        void thatNeverAnswersIsCutToo() {
            store.next(VideoHost.Call::untilTheClientLeaves);
            var begun = beginImpatiently();
            await().until(() -> store.requests.size() == 1);

            timers.tick(IMPATIENT.idleTimeout());

            assertIsHere(endAfterPauses(begun));
        }

        @Test
        void mayThinkLongerThanAWindowBeforeItAnswers() {
            var answer = new CompletableFuture<Void>();
            store.next(call -> {
                answer.join();
                call.whole();
            });
            var begun = beginImpatiently();
            await().until(() -> store.requests.size() == 1);

            timers.tick(IMPATIENT.idleTimeout().minusMillis(1));
            answer.complete(null);

            assertIsHere(end(begun));
            assertThat(store.requests).hasSize(1);
        }
    }

    @Nested
    class AHostThatIsDown {
        @ParameterizedTest
        @ValueSource(ints = {429, 500, 502, 503, 504})
        void isAskedAgain(int status) {
            store.next(call -> call.status(status), call -> call.status(status));
            assertIsHere(fetch());
            assertThat(store.requests).hasSize(3);
        }

        @Test
        void isAskedForTheRestAfterwards() {
            store.next(call -> call.cutAfter(30_000), call -> call.status(503));
            assertIsHere(fetch());
            assertThat(store.begins()).containsExactly(0L, 30_000L, 30_000L);
        }

        @Test
        void isAskedAFewTimesWhereTheLinkSaysNoEnd() {
            IntStream.range(0, 20).forEach(i -> store.next(call -> call.status(500)));
            assertThat(fetch()).isInstanceOfSatisfying(Failed.class, failed -> {
                assertThat(failed.status()).isEqualTo(500);
                assertThat(failed.reason()).endsWith("3 attempts were made");
            });
            assertThat(store.requests).hasSize(MOST_ATTEMPTS);
        }

        @Test
        void isAskedUntilTheLinkExpiresWhereItSaysWhen() {
            IntStream.range(0, 20)
                    .forEach(i -> store.next(call -> {
                        now = i < 12 ? now : NOW.plusSeconds(55);
                        call.status(500);
                    }));
            assertThat(fetch(store.link() + SOON, AT_ONCE))
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.reason()).doesNotContain("secret"));
            assertThat(store.requests).hasSize(13);
        }

        @Test
        void isAskedOnceWhereNothingIsToBeRepeated() {
            store.next(call -> call.status(500));
            var once = new DownloadLimits(1_000_000, 1, Duration.ZERO, Duration.ZERO);
            assertThat(fetch(store.link() + SOON, once)).isInstanceOf(Failed.class);
            assertThat(store.requests).hasSize(1);
        }

        @Test
        void isReachedOnceItIsUp() throws IOException {
            int port;
            try (var socket = new ServerSocket(0)) {
                port = socket.getLocalPort();
            }
            var guard = AddressGuard.publicOnly().alsoAllowing("127.0.0.1", port);
            var patient = new DownloadLimits(1_000_000, 1000, Duration.ofMillis(5), Duration.ofMillis(20));
            var ending = guardedBy(guard, clockwork, () -> now)
                    .download(URI.create("http://127.0.0.1:" + port + "/v.mp4"), directory, "photo", patient)
                    .toCompletableFuture();
            try (var late = new ServerSocket(port, 5, InetAddress.getLoopbackAddress());
                    var connection = late.accept()) {
                connection.getOutputStream().write("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n".getBytes());
                assertThat(end(ending)).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.status())
                        .isEqualTo(404));
            }
        }

        @Test
        void isLeftAloneOnceTheComponentStops() {
            store.next(call -> {
                call.status(500);
                clockwork.stop();
            });
            var patient = new DownloadLimits(1_000_000, 9, Duration.ofMinutes(5), Duration.ofMinutes(5));
            assertThat(fetch(store.link() + SOON, patient)).isInstanceOf(Failed.class);
            assertThat(store.requests).hasSize(1);
        }
    }

    @Nested
    class AWholeFileThatIsNoVideo {
        @Test
        void row43isFetchedOnce() {
            store.video =
                    new Boxes().raw("<!DOCTYPE html><title>Sign in</title>").bytes();

            assertThat(fetch()).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.reason())
                    .contains("no MP4 file"));
            assertThat(store.requests).hasSize(1);
            assertNothingIsLeft();
        }

        @Test
        void row43isFetchedOnceWhereItWasCutBeforeItWasStored() {
            store.video = new Boxes()
                    .box("ftyp", 24)
                    .box("moov", 100)
                    .claiming(9_000, "mdat", 500)
                    .bytes();

            assertThat(fetch()).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.reason())
                    .contains("cut"));
            assertThat(store.requests).hasSize(1);
        }
    }

    @Nested
    class ARefusal {
        @ParameterizedTest
        @ValueSource(ints = {400, 401, 403, 404, 410, 418})
        void isFinalWhileTheLinkIsGood(int status) {
            store.next(call -> call.cutAfter(30_000), call -> call.status(status));
            assertThat(fetch(store.link() + SOON, AT_ONCE))
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.status()).isEqualTo(status));
            assertThat(store.requests).hasSize(2);
            assertNothingIsLeft();
        }

        @ParameterizedTest
        @ValueSource(ints = {403, 404, 410})
        void ofTheRestMeansThatTheLinkHasExpired(int status) {
            store.next(call -> call.cutAfter(30_000), call -> {
                now = NOW.plusSeconds(61);
                call.status(status);
            });
            assertThat(fetch(store.link() + SOON, AT_ONCE))
                    .isInstanceOfSatisfying(Expired.class, expired -> assertThat(expired.reason())
                            .contains("expired at")
                            .doesNotContain("secret"));
            assertNothingIsLeft();
        }
    }

    @Nested
    class ARedirect {
        @Test
        void isFollowedAnewEachTime() {
            host.redirects("/v", 302, store.link() + "?signed=once");
            store.next(call -> {
                call.cutAfter(30_000);
                host.redirects("/v", 302, store.link() + "?signed=again");
            });
            assertIsHere(fetch(host.url("/v"), AT_ONCE));
            assertThat(store.begins()).containsExactly(0L, 30_000L);
            assertThat(store.requests).last().asString().startsWith("GET /video.mp4?signed=again ");
            assertThat(host.requests).hasSize(2);
        }

        @Test
        void ofTheRestIntoThePrivateNetworkIsRefused() {
            host.redirects("/v", 302, store.link());
            store.next(call -> {
                call.cutAfter(30_000);
                host.redirects("/v", 302, "https://169.254.169.254/latest");
            });
            assertThat(fetch(host.url("/v"), AT_ONCE)).isInstanceOf(Refused.class);
            assertNothingIsLeft();
        }
    }

    @Nested
    class APartThatIsNotOursAnyMore {
        @Test
        void isNotTakenForTheVideo() {
            Path part = directory.resolve("photo.part");
            store.next(call -> call.cutAfter(30_000), call -> {
                Files.delete(part);
                Files.writeString(part, "foreign");
                call.whole();
            });
            assertThat(fetch()).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.reason())
                    .contains("another program replaced it"));
            assertThat(directory.resolve("photo.mp4")).doesNotExist();
        }

        @Test
        void isThrownAwayWhenItWasWrittenTo() {
            store.next(call -> call.cutAfter(30_000), call -> {
                Files.writeString(directory.resolve("photo.part"), "foreign", StandardOpenOption.WRITE);
                call.whole();
            });
            assertIsHere(fetch());
            assertThat(store.begins()).containsExactly(0L, 30_000L, 0L);
        }
    }
}
