package io.github.camelhh1.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelhh1.text.HttpUrl;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private static final AddressGuard GUARD = AddressGuard.publicOnly();

    @Nested
    class ASpelling {
        @ParameterizedTest
        @MethodSource("io.github.camelhh1.link.InsideSpellings#all")
        void ofAnInsideAddressIsRefused(String host) {
            for (String around :
                    new String[] {"https://%s/v.mp4", "https://%s:8443/v.mp4", "http://%s", "https://a@%s/"}) {
                assertThat(objection(around.formatted(host))).isNotNull();
            }
        }

        @ParameterizedTest
        @MethodSource("io.github.camelhh1.link.InsideSpellings#all")
        void isRefusedAsBrowsersReadItToo(String host) {
            for (String around : new String[] {"https://%s/a b.mp4", "https://%s:8443/v|.mp4", "https://a_b@%s/"}) {
                URI read = HttpUrl.of(around.formatted(host));
                // Digits of a script of its own make a name, whose address is judged once it is looked up.
                boolean refused = read == null
                        || String.valueOf(HttpUrl.host(read)).startsWith("xn--")
                        || GUARD.objection(read) != null;
                assertThat(refused).as(around.formatted(host)).isTrue();
            }
        }

        @Test
        void isTriedOftenEnough() {
            assertThat(InsideSpellings.all().distinct()).hasSizeGreaterThanOrEqualTo(120);
        }

        private static String objection(String url) {
            try {
                return GUARD.objection(new URI(url));
            } catch (URISyntaxException e) {
                return "no URI at all";
            }
        }
    }

    @Nested
    class AUrl {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://videos.example.com/a.mp4?Expires=1&Signature=x",
                    "https://8.8.8.8/a.mp4",
                    "https://[2606:4700::1111]/a.mp4",
                    "https://[::ffff:8.8.8.8]/a.mp4",
                    "https://[64:ff9b::808:808]/a.mp4",
                    "https://[2002:808:808::1]/a.mp4",
                    "https://172.32.0.1/a.mp4",
                    "https://100.128.0.1:8443/a.mp4",
                    "https://3com.example/a.mp4",
                    "https://under_score.example/a.mp4",
                    "https://under_score.example:8443/a.mp4",
                    "https://xn--bcher-kva.example/a.mp4"
                })
        void ofThePublicNetworkIsAllowed(String url) {
            assertThat(GUARD.objection(URI.create(url))).isNull();
        }

        @ParameterizedTest
        @CsvSource({
            "http://videos.example.com/a.mp4, https",
            "http://8.8.8.8/a.mp4, https",
            "ftp://videos.example.com/a.mp4, https",
            "file:///etc/passwd, https",
            "jar:file:///a.jar!/b, https",
            "gopher://127.0.0.1:6379/x, https",
            "videos.example.com/a.mp4, https",
            "//videos.example.com/a.mp4, https",
            "https:a.mp4, no host",
            "https:///a.mp4, no host",
            "https://a@under_score.example/a.mp4, no host",
            "https://under_score.127/a.mp4, four decimal numbers",
            "https://under_score.example:65536/a.mp4, port",
            "https://good.example@127.0.0.1/a.mp4, user information",
            "https://user:pass@videos.example.com/a.mp4, user information",
            "https://videos.example.com:0/a.mp4, port",
            "https://videos.example.com:65536/a.mp4, port",
            "https://127.0.0.1/a.mp4, allowPrivateHosts",
            "https://[::1]/a.mp4, loopback"
        })
        void ofAnotherKindIsRefusedWithItsReason(String url, String reason) {
            assertThat(GUARD.objection(URI.create(url))).contains(reason);
        }

        @Test
        void isNotQuotedWithItsQuery() {
            assertThat(GUARD.objection(URI.create("https://127.0.0.1/a.mp4?Signature=secret")))
                    .doesNotContain("secret");
        }
    }

    @Nested
    class AUrlThatIsOnlyLookedAt {
        @Test
        void mayBePlainHttp() {
            assertThat(GUARD.objectionToHost(URI.create("http://images.example.com/a.png")))
                    .isNull();
            assertThat(GUARD.objectionToHost(URI.create("HTTP://8.8.8.8/a.png")))
                    .isNull();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"http://127.0.0.1/a.png", "http://2130706433/", "ftp://8.8.8.8/a.png", "http://u@8.8.8.8/"})
        void mayNotBeAnythingElse(String url) {
            assertThat(GUARD.objectionToHost(URI.create(url))).isNotNull();
        }
    }

    @Nested
    class AnAddressAboutToBeConnectedTo {
        @ParameterizedTest
        @CsvSource({"127.0.0.1, loopback", "10.1.2.3, private network", "169.254.169.254, metadata", "::1, loopback"})
        void isRefusedWithHostKindAndRemedy(String address, String kind) {
            assertThatThrownBy(() -> GUARD.check("innocent.example", 443, InetAddress.getByName(address)))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining("innocent.example")
                    .hasMessageContaining(kind)
                    .hasMessageContaining("allowPrivateHosts=true");
        }

        @Test
        void isJudgedByTheMappedAddressInsideIt() throws Exception {
            byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 1};
            assertThat(AddressRanges.special(mapped)).contains("private network");
        }

        @Test
        void isFineWhenPublic() {
            assertThatCode(() -> GUARD.check("a.example", 443, InetAddress.getByName("8.8.8.8")))
                    .doesNotThrowAnyException();
        }
    }

    @Nested
    class WhenPrivateHostsAreAllowed {
        private final AddressGuard guard = GUARD.allowingPrivateHosts(true);

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://127.0.0.1:8080/a.mp4",
                    "https://10.0.0.1/a.mp4",
                    "http://[::1]/",
                    "http://localhost/a"
                })
        void theyMayBeAskedPlainly(String url) {
            assertThat(guard.objection(URI.create(url))).isNull();
        }

        @Test
        void aPublicOneMayStillNotBeAskedPlainly() {
            assertThat(guard.objection(URI.create("http://8.8.8.8/a.mp4"))).contains("https");
        }

        @Test
        void anyAddressMayBeConnectedTo() {
            assertThatCode(() -> guard.check("nas", 80, InetAddress.getByName("192.168.0.9")))
                    .doesNotThrowAnyException();
        }
    }

    @Nested
    class WhenOneHostAndPortIsAllowed {
        private final AddressGuard guard = GUARD.alsoAllowing("127.0.0.1", 8080);

        @Test
        void itIs() throws Exception {
            assertThat(guard.objection(URI.create("http://127.0.0.1:8080/a.mp4")))
                    .isNull();
            guard.check("127.0.0.1", 8080, InetAddress.getByName("127.0.0.1"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://127.0.0.1:8081/",
                    "https://127.0.0.1/",
                    "http://127.0.0.2:8080/",
                    "http://localhost:8080/"
                })
        void nothingElseIs(String url) {
            assertThat(guard.objection(URI.create(url))).isNotNull();
        }

        @Test
        void itsAddressUnderAnotherNameOrPortIsNot() {
            assertThatThrownBy(() -> guard.check("127.0.0.1", 8081, InetAddress.getByName("127.0.0.1")))
                    .isInstanceOf(UnknownHostException.class);
            assertThatThrownBy(() -> guard.check("rebinding.example", 8080, InetAddress.getByName("127.0.0.1")))
                    .isInstanceOf(UnknownHostException.class);
        }

        @Test
        void twoGuardsOfTheSameRulesAreEqual() {
            assertThat(guard).isEqualTo(AddressGuard.publicOnly().alsoAllowing("127.0.0.1", 8080));
        }
    }
}
