package io.github.camelhh1.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import io.github.camelhh1.StartedParts;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.DownloadException;
import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.Retry;
import io.github.camelhh1.fixture.Certificates;
import io.github.camelhh1.fixture.CountingProxy;
import io.github.camelhh1.fixture.ProxyServer;
import io.github.camelhh1.fixture.ProxyServer.Manner;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.http.HostNames;
import io.github.camelhh1.simulator.Fault;
import io.github.camelhh1.simulator.ReceivedRequest;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 45: a network that is left through an HTTP proxy only. This machine knows no name of the service and of links. */
class ProxyTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    @TempDir
    static Path directory;

    static Certificates certificates;

    private final ProxyServer proxy = new ProxyServer();
    private final List<String> lookUps = new CopyOnWriteArrayList<>();
    private CountingProxy service;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = new Certificates(directory);
    }

    @BeforeEach
    void leaveThroughTheProxy() throws Exception {
        service =
                CountingProxy.of(certificates.server("good"), CAMEL.simulator().origin());
        restart(null, null);
    }

    private void restart(String username, String password) throws Exception {
        var trust = certificates.trust();
        CAMEL.restart(component -> {
            component.setSslContextParameters(trust);
            StartedParts.resolver(component, this::resolve);
            component.setConnectTimeout(1_000);
            component.setProxyHost("proxy.test");
            component.setProxyPort(proxy.port());
            component.setProxyAuthUsername(username);
            component.setProxyAuthPassword(password);
        });
        CAMEL.options(options -> options.setBaseUrl(service.url("https", "service.test")));
    }

    @AfterEach
    void close() throws Exception {
        service.close();
        proxy.close();
    }

    private InetAddress[] resolve(String host) throws UnknownHostException {
        lookUps.add(host);
        return switch (host) {
            case "proxy.test" -> new InetAddress[] {InetAddress.getLoopbackAddress()};
            case "inside.test" -> new InetAddress[] {InetAddress.getByName("10.1.2.3")};
            case "localhost" -> HostNames.Resolver.SYSTEM.resolve(host);
            default -> throw new UnknownHostException(host);
        };
    }

    /** The same resource at that host, behind TLS. */
    private String at(String host, String url) {
        String origin = URI.create(url).resolve("/").toString();
        return url.replace(origin, service.origin("https").replace("127.0.0.1", host) + "/");
    }

    private SentMessage download(String link, String options) {
        return CAMEL.sendTo("hh1:download?maxAttempts=1" + options, exchange -> exchange.getMessage()
                .setBody(link));
    }

    @Nested
    class ThatWorks {
        @Test
        void carriesACallWhoseHostOnlyItKnows() {
            assertThat(CAMEL.send("").video()).isNotEmpty();

            assertThat(proxy.lines())
                    .containsExactly("CONNECT service.test:"
                            + URI.create(service.origin("https")).getPort() + " HTTP/1.1");
            assertThat(proxy.heads()).noneMatch(head -> head.contains(TestContext.KEY) || head.contains("Proxy-Auth"));
            assertThat(lookUps).contains("proxy.test").doesNotContain("service.test");
            assertThat(CAMEL.simulator().charges()).isEqualTo(1);
        }

        @Test
        void carriesAVideoWhoseHostOnlyItKnows() {
            String link = at("links.test", CAMEL.send("").video());

            assertThat(download(link, "").end().getException()).isNull();
            assertThat(proxy.lines()).anyMatch(line -> line.startsWith("CONNECT links.test:"));
        }

        @Test
        void isAskedForALinkedImage() {
            String image = at("links.test", CAMEL.simulator().sampleImageUrl());
            CAMEL.send("preflight=fail&preflightUrls=true", exchange -> exchange.getMessage()
                            .setBody(image))
                    .end();

            assertThat(proxy.lines()).anyMatch(line -> line.startsWith("CONNECT links.test:"));
        }

        @Test
        void isNotAskedForLoopback() {
            CAMEL.options(options -> options.setBaseUrl(CAMEL.simulator().baseUrl()));

            assertThat(download(CAMEL.send("").video(), "&allowPrivateHosts=true")
                            .end()
                            .getException())
                    .isNull();
            assertThat(proxy.heads()).isEmpty();
        }

        @Test
        void getsPlainHttpAsARequestOfItsOwn() {
            String plain = CAMEL.simulator().baseUrl().replace("127.0.0.1", "service.test");

            assertThat(CAMEL.send("allowPlainHttp=true&baseUrl=" + plain).video())
                    .isNotEmpty();
            assertThat(proxy.lines()).allMatch(line -> line.startsWith("POST http://service.test:"));
        }
    }

    @Nested
    class ThatWantsCredentials {
        @BeforeEach
        void wantCredentials() {
            proxy.wanting("user:p:w");
        }

        @Test
        void getsThemWithTheFirstRequest() throws Exception {
            restart("user", "p:w");

            assertThat(CAMEL.send("").video()).isNotEmpty();
            assertThat(proxy.heads()).hasSize(1);
        }

        @Test
        void getsThemWithPlainHttpAsWell() throws Exception {
            restart("user", "p:w");
            String plain = CAMEL.simulator().baseUrl().replace("127.0.0.1", "service.test");

            assertThat(CAMEL.send("allowPlainHttp=true&baseUrl=" + plain).video())
                    .isNotEmpty();
            assertThat(CAMEL.simulator().requests())
                    .noneMatch(request -> request.toString().contains("Basic"));
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void isFinalWhenItGetsWrongOnes(boolean tls) throws Exception {
            restart("user", "wrong");
            String plain = "&allowPlainHttp=true&baseUrl="
                    + CAMEL.simulator().baseUrl().replace("127.0.0.1", "service.test");

            var failure = notSent(CAMEL.send("maxAttempts=3" + (tls ? "" : plain)));

            assertThat(failure)
                    .hasMessageContaining("407")
                    .hasMessageContaining("proxyAuthPassword")
                    .hasMessageNotContaining("wrong");
            assertThat(proxy.heads()).as("requests").hasSize(1);
        }
    }

    private static NotSentException notSent(SentMessage sent) {
        var failure = sent.failure(NotSentException.class);
        assertThat(failure.retry()).isEqualTo(Retry.SAFE);
        assertThat(failure.billing()).isEqualTo(Billing.NOT_BILLED);
        assertThat(CAMEL.posts()).isZero();
        assertThat(CAMEL.simulator().charges()).isZero();
        return failure;
    }

    @Nested
    class ThatFails {
        @ParameterizedTest
        @EnumSource(names = "WORKS", mode = EXCLUDE)
        void sendsNothingOfACall(Manner manner) {
            proxy.that(manner);

            var failure = notSent(CAMEL.send("maxAttempts=1"));

            if (manner.refuses()) {
                assertThat(failure).hasMessageContaining("proxy proxy.test:" + proxy.port());
            }
        }

        @ParameterizedTest
        @EnumSource(names = "WORKS", mode = EXCLUDE)
        void fetchesNoVideoAndKeepsItsLink(Manner manner) {
            String link = at("links.test", CAMEL.send("").video());
            proxy.that(manner);

            var failure = download(link, "").failure(DownloadException.class);

            assertThat(failure.billing()).isEqualTo(Billing.BILLED);
            assertThat(failure.videoUrl()).isEqualTo(link);
        }

        @ParameterizedTest
        @EnumSource(names = "WORKS", mode = EXCLUDE)
        void letsALinkedImageGoUnseen(Manner manner) {
            CAMEL.options(options -> options.setBaseUrl(CAMEL.simulator().baseUrl()));
            String image = at("links.test", CAMEL.simulator().sampleImageUrl());
            proxy.that(manner);

            var sent = CAMEL.send("preflight=fail&preflightUrls=true", exchange -> exchange.getMessage()
                    .setBody(image));

            assertThat(sent.end().getException()).isNotNull();
            assertThat(CAMEL.simulator().charges()).isZero();
        }

        @ParameterizedTest
        @EnumSource(names = {"FORBIDS", "WANTS_CREDENTIALS"})
        void isAskedOnceWhenItForbids(Manner manner) {
            proxy.that(manner);

            notSent(CAMEL.send("maxAttempts=3"));

            assertThat(proxy.heads()).hasSize(1);
        }

        @ParameterizedTest
        @EnumSource(names = {"BAD_GATEWAY", "UNAVAILABLE", "CLOSES", "RESETS"})
        void isAskedAgainWhenItMayRecover(Manner manner) {
            proxy.that(manner);

            notSent(CAMEL.send("maxAttempts=3"));

            assertThat(proxy.heads()).hasSize(3);
        }

        @Test
        void leavesTheOutcomeUnknownWhenItDiesAfterTheRequest() throws Exception {
            CAMEL.simulator().script(Fault.silence());
            var sent = CAMEL.send("maxAttempts=3");
            await().untilAsserted(() ->
                    assertThat(CAMEL.simulator().requests()).hasSize(1).allMatch(ReceivedRequest::complete));

            proxy.close();

            var failure = sent.failure(OutcomeUnknownException.class);
            assertThat(failure.billing()).isEqualTo(Billing.UNKNOWN);
            assertThat(proxy.heads()).as("it is not sent again").hasSize(1);
        }

        @Test
        void isNotBelievedWhenItAnswersAPlainRequestItself() {
            proxy.that(Manner.BAD_GATEWAY);
            String plain = CAMEL.simulator().baseUrl().replace("127.0.0.1", "service.test");

            // The answer may as well be the service's.
            CAMEL.send("maxAttempts=3&allowPlainHttp=true&baseUrl=" + plain).failure(OutcomeUnknownException.class);
            assertThat(proxy.heads()).hasSize(1);
        }
    }

    @Nested
    class WhatItIsAskedFor {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://10.0.0.1/v.mp4",
                    "https://169.254.169.254/latest",
                    "https://[fd00::1]/v.mp4",
                    "https://inside.test/v.mp4",
                    "https://intranet/v.mp4",
                    "https://metadata.google.internal/v.mp4",
                    "https://printer.local./v.mp4",
                    "https://localhost/v.mp4"
                })
        void isNothingOfThePrivateNetwork(String link) {
            var failure = download(link, "").failure(DownloadException.class);

            assertThat(failure).hasMessageContaining("allowPrivateHosts");
            assertThat(proxy.heads()).isEmpty();
        }

        @Test
        void isThePrivateNetworkWhenThatIsAllowed() {
            download("https://inside.test:1/v.mp4", "&allowPrivateHosts=true").failure(DownloadException.class);

            assertThat(proxy.lines()).containsExactly("CONNECT inside.test:1 HTTP/1.1");
        }

        @Test
        void isNotTheProxyItself() {
            download("https://proxy.test:" + proxy.port() + "/v.mp4", "").failure(DownloadException.class);

            assertThat(proxy.heads()).isEmpty();
        }
    }
}
