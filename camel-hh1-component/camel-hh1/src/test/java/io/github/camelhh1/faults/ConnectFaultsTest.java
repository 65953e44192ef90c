package io.github.camelhh1.faults;

import static io.github.camelhh1.Hh1Constants.ATTEMPTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.failure.Retry;
import io.github.camelhh1.fixture.BareServer;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows 1 and 2 of the fault matrix: no connection. */
class ConnectFaultsTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static void isSafeAndFree(NotSentException failure) {
        assertThat(failure.retry()).isEqualTo(Retry.SAFE);
        assertThat(failure.billing()).isEqualTo(Billing.NOT_BILLED);
        assertThat(failure).hasMessageContaining("Nothing is billed").hasMessageContaining("safe to send");
        assertThat(CAMEL.simulator().charges()).isZero();
        assertThat(CAMEL.posts()).isZero();
    }

    private static AtomicInteger countingKey() {
        var asked = new AtomicInteger();
        CAMEL.options(options -> options.setApiKeySupplier(() -> {
            asked.incrementAndGet();
            return TestContext.KEY;
        }));
        return asked;
    }

    @Nested
    class WhenTheHostHasNoAddress {
        @Test
        void row1isNotSent() {
            NotSentException failure = CAMEL.send("baseUrl=https://no-such-host.invalid/v4&maxAttempts=2")
                    .failure(NotSentException.class);

            isSafeAndFree(failure);
            assertThat(failure)
                    .hasMessageContaining("no-such-host.invalid")
                    .hasRootCauseInstanceOf(UnknownHostException.class);
        }
    }

    @Nested
    class WhenTheConnectionIsRefused {
        @Test
        void row1isNotSentOnceAttemptsAreUsedUp() {
            CAMEL.simulator().refuseConnections();
            AtomicInteger asked = countingKey();

            isSafeAndFree(CAMEL.send("maxAttempts=3").failure(NotSentException.class));
            assertThat(asked).as("once per attempt").hasValue(3);
        }

        @Test
        void row1isSentOnceTheServiceIsUp() {
            CAMEL.simulator().refuseConnections();
            var asked = new AtomicInteger();
            CAMEL.options(options -> options.setApiKeySupplier(() -> {
                if (asked.incrementAndGet() == 3) {
                    CAMEL.simulator().acceptConnections();
                }
                return TestContext.KEY;
            }));

            SentMessage sent = CAMEL.send("maxAttempts=5");

            assertThat(sent.video()).startsWith("http://127.0.0.1");
            assertThat(sent.end().getMessage().getHeader(ATTEMPTS)).isEqualTo(1);
            assertThat(asked).hasValue(3);
            assertThat(CAMEL.simulator().charges()).isEqualTo(1);
            assertThat(CAMEL.posts()).isEqualTo(1);
        }
    }

    @Nested
    class WhenNobodyAnswersTheConnect {
        @Test
        void row2endsAtConnectTimeoutTimesAttempts() throws Exception {
            try (BareServer hole = BareServer.blackHole()) {
                CAMEL.restart(component -> component.setConnectTimeout(200));
                AtomicInteger asked = countingKey();

                isSafeAndFree(
                        CAMEL.send("maxAttempts=3&baseUrl=" + hole.url("http")).failure(NotSentException.class));

                // No other time-out of this test is shorter than an hour.
                assertThat(asked).as("attempts: each asks for the key").hasValue(3);
            }
        }
    }
}
