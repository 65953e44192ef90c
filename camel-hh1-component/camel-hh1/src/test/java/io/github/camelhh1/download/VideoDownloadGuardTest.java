package io.github.camelhh1.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.download.DownloadResult.Downloaded;
import io.github.camelhh1.download.DownloadResult.Refused;
import io.github.camelhh1.link.AddressGuard;
import io.github.camelhh1.link.Redirect;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VideoDownloadGuardTest extends DownloadSetup {
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
                                .download(URI.create(host.url("/a?sig=s")), directory, "a", upTo(1_000_000))))
                        .isInstanceOf(Downloaded.class);
                assertThat(other.requests).singleElement().satisfies(request -> assertThat(request)
                        .doesNotContainIgnoringCase("authorization")
                        .doesNotContainIgnoringCase("referer")
                        .doesNotContain("sig=s"));
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"http://a.example/v.mp4", "ftp://a.example/v.mp4", "HTTP://a.example/", "http:/x", "", " "})
        void awayFromHttpsOrToNowhereIsNone(String location) {
            assertThat(Redirect.from(URI.create("https://a.example/v.mp4"), location, 0)
                            .target())
                    .isNull();
        }

        @Test
        void row43toAnOddLinkIsReadAsBrowsersDo() {
            assertThat(Redirect.from(URI.create("https://a.example/v.mp4"), "%|", 0)
                            .target())
                    .hasToString("https://a.example/%25%7C");
        }

        @Test
        void cannotExtendTheNameOfTheHost() {
            assertThat(Redirect.from(URI.create("https://a.example"), ".evil.example/v.mp4", 0)
                            .target())
                    .hasHost("a.example");
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
                            upTo(10));
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
                            URI.create("http://localhost:" + host.port() + "/v.mp4"), directory, "a", upTo(1_000_000));
            assertThat(end(ending)).isInstanceOf(Downloaded.class);
        }
    }
}
