package io.github.camelhh1.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private static final AddressGuard GUARD = AddressGuard.publicOnly();

    /** Hosts of a URL that lead, or might lead, some reader to an address that is not public. */
    static Stream<String> insideSpellings() {
        return Stream.of(
                // The plain ones, at both ends of their ranges.
                "0.0.0.0",
                "0.255.255.255",
                "10.0.0.0",
                "10.255.255.255",
                "100.64.0.0",
                "100.100.100.200",
                "100.127.255.255",
                "127.0.0.0",
                "127.0.0.1",
                "127.1.2.3",
                "127.255.255.255",
                "168.63.129.16",
                "169.254.0.0",
                "169.254.169.254",
                "169.254.170.2",
                "169.254.255.255",
                "172.16.0.0",
                "172.31.255.255",
                "192.0.0.0",
                "192.0.0.192",
                "192.0.0.255",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.0",
                "192.168.255.255",
                "198.18.0.0",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.7",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                // Decimal, octal, hexadecimal, short, long, mixed.
                "2130706433",
                "2852039166",
                "3232235521",
                "167772161",
                "0",
                "1",
                "017700000001",
                "0177.0.0.1",
                "0177.0.0.01",
                "00177.0.0.1",
                "127.0.0.01",
                "127.000.000.001",
                "010.0.0.1",
                "012.0.0.1",
                "0300.0250.0.1",
                "0251.0376.0251.0376",
                "0x7f000001",
                "0X7F000001",
                "0x7f.0.0.1",
                "0x7f.0x0.0x0.0x1",
                "0x7f.1",
                "0xA9FEA9FE",
                "0xa9.0xfe.0xa9.0xfe",
                "0xc0.0250.1",
                "127.1",
                "127.0.1",
                "127.65535",
                "10.1",
                "192.168.1",
                "192.168.257",
                "169.254.43518",
                "172.1048577",
                "127.0.0.1.",
                "2130706433.",
                "0x7f.1.",
                "169.254.169.254.",
                "127.0.0.256",
                "127.0.0.1.1",
                "4294967296",
                "99999999999999",
                "0x",
                "a.0x7f",
                "a.127",
                "1.2.3.4.5",
                // IPv6: the plain ones.
                "[::]",
                "[0:0:0:0:0:0:0:0]",
                "[::1]",
                "[0:0:0:0:0:0:0:1]",
                "[0000::0001]",
                "[fc00::1]",
                "[fd00::1]",
                "[fd00:ec2::254]",
                "[fdff:ffff::1]",
                "[fe80::1]",
                "[febf::1]",
                "[fec0::1]",
                "[feff::1]",
                "[ff02::1]",
                "[ff0e::1]",
                "[2001:db8::1]",
                "[2001::1]",
                "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
                "[2001:10::1]",
                "[2001:20::1]",
                "[3fff::1]",
                "[100::1]",
                "[64:ff9b:1::1]",
                "[64:ff9b:1:ffff::10.0.0.1]",
                "[4000::1]",
                "[5f00::1]",
                "[1::1]",
                "[200::1]",
                "[e000::1]",
                // IPv6: with an IPv4 address inside.
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::FFFF:10.0.0.1]",
                "[0:0:0:0:0:ffff:a9fe:a9fe]",
                "[::ffff:192.168.1.1]",
                "[::ffff:0:127.0.0.1]",
                "[::ffff:0:a00:1]",
                "[::127.0.0.1]",
                "[::7f00:1]",
                "[::a9fe:a9fe]",
                "[::2]",
                "[64:ff9b::127.0.0.1]",
                "[64:ff9b::7f00:1]",
                "[64:ff9b::a9fe:a9fe]",
                "[64:ff9b::192.168.0.1]",
                "[64:ff9b::6440:1]",
                "[2002:7f00:1::]",
                "[2002:a00:1::1]",
                "[2002:a9fe:a9fe::1]",
                "[2002:c0a8:101::]",
                "[2002:6464:64c8::1]",
                // Zones.
                "[fe80::1%25eth0]",
                "[fe80::1%25lo]",
                "[::1%25lo]",
                "[2606:4700::1111%25eth0]",
                // Digits and dots of other scripts, which some readers fold into ASCII.
                "１２７.0.0.1",
                "127。0。0。1",
                "①②⑦.0.0.1",
                "127．0．0．1",
                "٣.٣.٣.٣");
    }

    @Nested
    class ASpelling {
        @ParameterizedTest
        @MethodSource("io.github.camelhh1.video.AddressGuardTest#insideSpellings")
        void ofAnInsideAddressIsRefused(String host) {
            for (String around :
                    new String[] {"https://%s/v.mp4", "https://%s:8443/v.mp4", "http://%s", "https://a@%s/"}) {
                assertThat(objection(around.formatted(host))).isNotNull();
            }
        }

        @Test
        void isTriedOftenEnough() {
            assertThat(insideSpellings().distinct()).hasSizeGreaterThanOrEqualTo(120);
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
            "https://under_score.example/a.mp4, no host",
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
