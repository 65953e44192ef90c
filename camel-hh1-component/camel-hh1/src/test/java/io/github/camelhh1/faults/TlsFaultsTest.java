package io.github.camelhh1.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.bench.BareServer;
import io.github.camelhh1.bench.BareServer.Welcome;
import io.github.camelhh1.bench.Bench;
import io.github.camelhh1.bench.Certificates;
import io.github.camelhh1.bench.Front;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.Retry;
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
    static final Bench BENCH = new Bench();

    @TempDir
    static Path directory;

    static Certificates certificates;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = new Certificates(directory);
    }

    private static NotSentException notSent(String options) {
        var failure = BENCH.send(options).failure(NotSentException.class);
        assertThat(failure.retry()).isEqualTo(Retry.SAFE);
        assertThat(failure.billing()).isEqualTo(Billing.NOT_BILLED);
        assertThat(BENCH.posts()).isZero();
        assertThat(BENCH.simulator().charges()).isZero();
        return failure;
    }

    @Nested
    class WhenTheHandshakeDoesNotHappen {
        @Test
        void row3aStallEndsAtConnectTimeoutOfEachAttempt() throws Exception {
            try (BareServer server = BareServer.accepting(Welcome.SILENCE)) {
                BENCH.restart(component -> component.setConnectTimeout(200));

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
            BENCH.restart(component -> component.setConnectTimeout(200));
            notSent("maxAttempts=2&baseUrl=" + BENCH.simulator().baseUrl().replace("http:", "https:"));
        }

        @Test
        void row3aPlainRequestToATlsServerIsPaidByNobody() throws Exception {
            try (Front front =
                    Front.of(certificates.server("good"), BENCH.simulator().origin())) {
                BENCH.send("baseUrl=" + front.url("http", "127.0.0.1")).failure(OutcomeUnknownException.class);

                assertThat(BENCH.posts()).isZero();
                assertThat(front.accepted()).isEqualTo(1);
            }
        }
    }

    @Nested
    class WhenTheCertificateIsGood {
        @Test
        void row4itIsTrustedThroughSslContextParameters() throws Exception {
            var trust = certificates.trust();
            BENCH.restart(component -> component.setSslContextParameters(trust));
            try (Front front =
                    Front.of(certificates.server("good"), BENCH.simulator().origin())) {
                assertThat(BENCH.send("baseUrl=" + front.url("https", "127.0.0.1"))
                                .video())
                        .isNotEmpty();
            }
            assertThat(BENCH.simulator().charges()).isEqualTo(1);
        }

        @Test
        void row4itIsTrustedThroughTheContextsParameters() throws Exception {
            BENCH.context().setSSLContextParameters(certificates.trust());
            BENCH.restart(component -> component.setUseGlobalSslContextParameters(true));
            try (Front front =
                    Front.of(certificates.server("good"), BENCH.simulator().origin())) {
                assertThat(BENCH.send("baseUrl=" + front.url("https", "127.0.0.1"))
                                .video())
                        .isNotEmpty();
            }
        }
    }

    @Nested
    class WhenTheCertificateIsBad {
        private void isFinalAtOnce(String alias, boolean trusted) throws Exception {
            var trust = certificates.trust();
            BENCH.restart(component -> component.setSslContextParameters(trusted ? trust : null));
            try (Front front =
                    Front.of(certificates.server(alias), BENCH.simulator().origin())) {
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
