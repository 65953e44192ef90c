package io.github.camelhh1.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.Retry;
import io.github.camelhh1.fixture.BareServer;
import io.github.camelhh1.fixture.BareServer.Welcome;
import io.github.camelhh1.fixture.Certificates;
import io.github.camelhh1.fixture.CountingProxy;
import io.github.camelhh1.fixture.TestContext;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Rows 3 and 4 of the fault matrix: TLS. */
class TlsFaultsTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    @TempDir
    static Path directory;

    static Certificates certificates;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = new Certificates(directory);
    }

    private static NotSentException notSent(String options) {
        var failure = CAMEL.send(options).failure(NotSentException.class);
        assertThat(failure.retry()).isEqualTo(Retry.SAFE);
        assertThat(failure.billing()).isEqualTo(Billing.NOT_BILLED);
        assertThat(CAMEL.posts()).isZero();
        assertThat(CAMEL.simulator().charges()).isZero();
        return failure;
    }

    @Nested
    class WhenTheHandshakeDoesNotHappen {
        @Test
        void row3aStallEndsAtConnectTimeoutOfEachAttempt() throws Exception {
            try (BareServer server = BareServer.accepting(Welcome.SILENCE)) {
                CAMEL.restart(component -> component.setConnectTimeout(200));

                notSent("maxAttempts=2&baseUrl=" + server.url("https"));

                await().until(() -> server.accepted() == 2);
                server.awaitClosedByClient();
            }
        }

        @Test
        void row3aResetIsTriedAgain() throws Exception {
            try (BareServer server = BareServer.accepting(Welcome.RESET)) {
                notSent("maxAttempts=3&baseUrl=" + server.url("https"));

                assertThat(server.accepted()).isEqualTo(3);
            }
        }

        @Test
        void row3aPlainServerGetsNothing() {
            CAMEL.restart(component -> component.setConnectTimeout(200));
            notSent("maxAttempts=2&baseUrl=" + CAMEL.simulator().baseUrl().replace("http:", "https:"));
        }

        @Test
        void row3aPlainRequestToATlsServerIsPaidByNobody() throws Exception {
            try (CountingProxy front = CountingProxy.of(
                    certificates.server("good"), CAMEL.simulator().origin())) {
                CAMEL.send("baseUrl=" + front.url("http", "127.0.0.1")).failure(OutcomeUnknownException.class);

                assertThat(CAMEL.posts()).isZero();
                assertThat(front.accepted()).isEqualTo(1);
            }
        }
    }

    @Nested
    class WhenTheCertificateIsGood {
        @Test
        void row4itIsTrustedThroughSslContextParameters() throws Exception {
            var trust = certificates.trust();
            CAMEL.restart(component -> component.setSslContextParameters(trust));
            try (CountingProxy front = CountingProxy.of(
                    certificates.server("good"), CAMEL.simulator().origin())) {
                assertThat(CAMEL.send("baseUrl=" + front.url("https", "127.0.0.1"))
                                .video())
                        .isNotEmpty();
            }
            assertThat(CAMEL.simulator().charges()).isEqualTo(1);
        }

        @Test
        void row4itIsTrustedThroughTheContextsParameters() throws Exception {
            CAMEL.context().setSSLContextParameters(certificates.trust());
            CAMEL.restart(component -> component.setUseGlobalSslContextParameters(true));
            try (CountingProxy front = CountingProxy.of(
                    certificates.server("good"), CAMEL.simulator().origin())) {
                assertThat(CAMEL.send("baseUrl=" + front.url("https", "127.0.0.1"))
                                .video())
                        .isNotEmpty();
            }
        }
    }

    @Nested
    class WhenTheCertificateIsBad {
        private void isFinalAtOnce(String alias, boolean trusted) throws Exception {
            var trust = certificates.trust();
            CAMEL.restart(component -> component.setSslContextParameters(trusted ? trust : null));
            try (CountingProxy front = CountingProxy.of(
                    certificates.server(alias), CAMEL.simulator().origin())) {
                var failure = notSent("maxAttempts=4&baseUrl=" + front.url("https", "127.0.0.1"));

                assertThat(failure).hasCauseInstanceOf(SSLException.class);
                assertThat(front.accepted()).isEqualTo(1);
            }
        }

        @Test
        void row4becauseNobodyVouchesForIt() throws Exception {
            isFinalAtOnce("good", false);
        }

        @Test
        void row4becauseItVouchesForItself() throws Exception {
            isFinalAtOnce("authority", false);
        }

        @Test
        void row4becauseItIsAnotherHosts() throws Exception {
            isFinalAtOnce("elsewhere", true);
        }

        @Test
        void row4becauseItHasExpired() throws Exception {
            isFinalAtOnce("expired", true);
        }
    }
}
