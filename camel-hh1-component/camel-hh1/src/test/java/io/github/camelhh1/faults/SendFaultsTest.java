package io.github.camelhh1.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelhh1.StartedParts;
import io.github.camelhh1.failure.Billing;
import io.github.camelhh1.failure.NotSentException;
import io.github.camelhh1.failure.OutcomeUnknownException;
import io.github.camelhh1.failure.Retry;
import io.github.camelhh1.fixture.BareServer;
import io.github.camelhh1.fixture.BareServer.Welcome;
import io.github.camelhh1.fixture.Images;
import io.github.camelhh1.fixture.SentMessage;
import io.github.camelhh1.fixture.TestContext;
import io.github.camelhh1.simulator.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows 5 and 6 of the fault matrix: the connection breaks, or stalls, while the request is sent. */
class SendFaultsTest {
    @RegisterExtension
    static final TestContext CAMEL = new TestContext();

    private static void isUnknownAndNotSentAgain(OutcomeUnknownException failure) {
        assertThat(failure.retry()).isEqualTo(Retry.NEVER);
        assertThat(failure.billing()).isEqualTo(Billing.UNKNOWN);
        assertThat(failure.held()).isFalse();
        assertThat(failure).hasNoCause();
        assertThat(CAMEL.simulator().charges()).isZero();
        assertThat(CAMEL.posts()).isLessThanOrEqualTo(1);
    }

    private static SentMessage sendLarge(int megabytes, String options) {
        return CAMEL.send("inlineImages=true&" + options, exchange -> exchange.getMessage()
                .setBody(Images.padded(megabytes)));
    }

    @Nested
    class WhenTheConnectionIsResetAtOnce {
        /** It is a race whether a byte had left by then. The same must hold in both cases. */
        @RepeatedTest(10)
        void row5isRepeatedOnlyIfNoByteHadLeft() {
            CAMEL.simulator().script(Fault.resetOnConnect());

            SentMessage sent = CAMEL.send("maxAttempts=2");

            if (sent.end().getException() == null) {
                assertThat(CAMEL.simulator().charges()).isEqualTo(1);
                assertThat(CAMEL.posts()).isEqualTo(1);
            } else {
                isUnknownAndNotSentAgain(sent.failure(OutcomeUnknownException.class));
                assertThat(CAMEL.posts()).isZero();
            }
        }
    }

    /** The file itself may go: it was copied. */
    @Nested
    class WhenTheCopyIsGoneBeforeItsFirstByte {
        @Test
        void row5isNotSent() {
            var asked = new AtomicInteger();
            CAMEL.options(options -> options.setApiKeySupplier(() -> {
                asked.incrementAndGet();
                copies().forEach(Images::delete);
                return TestContext.KEY;
            }));

            NotSentException failure = CAMEL.send("inlineImages=true", exchange -> exchange.getMessage()
                            .setBody(Images.png()))
                    .failure(NotSentException.class);

            assertThat(failure.retry()).isEqualTo(Retry.SAFE);
            assertThat(asked).as("a file that is gone is not tried again").hasValue(1);
            assertThat(CAMEL.simulator().requests()).noneMatch(request -> request.bodyBytes() > 0);
            assertThat(CAMEL.simulator().charges()).isZero();
        }

        private static List<Path> copies() {
            Path directory = StartedParts.of(CAMEL.component()).privateDirectory();
            try (Stream<Path> files = Files.list(directory)) {
                return files.toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Nested
    class WhenTheConnectionIsResetInTheMiddle {
        @Test
        void row5isUnknownAfterAByteOfTheHead() {
            CAMEL.simulator().script(Fault.resetBeforeReading());

            isUnknownAndNotSentAgain(CAMEL.send("maxAttempts=4").failure(OutcomeUnknownException.class));
        }

        @Test
        void row5isUnknownAfterPartOfTheImage() {
            CAMEL.simulator().script(Fault.resetInUpload(300_000));

            isUnknownAndNotSentAgain(sendLarge(3, "maxAttempts=4").failure(OutcomeUnknownException.class));
            assertThat(CAMEL.posts()).isEqualTo(1);
            assertThat(CAMEL.simulator().requests().get(0).complete()).isFalse();
        }
    }

    @Nested
    class WhenTheServerNeverReads {
        @Test
        void row6endsAtGenerationTimeout() {
            CAMEL.simulator().script(Fault.neverReads());

            SentMessage sent = CAMEL.send("");
            await().until(() -> CAMEL.simulator().connections() == 1);
            CAMEL.letGenerationsTimeOut();

            OutcomeUnknownException failure = sent.failure(OutcomeUnknownException.class);
            isUnknownAndNotSentAgain(failure);
            assertThat(failure).hasMessageContaining("generationTimeout");
            CAMEL.simulator().resetConnections();
        }

        @RepeatedTest(5)
        void row6endsAtGenerationTimeoutInTheMiddleOfAnUpload() throws Exception {
            try (BareServer server = BareServer.accepting(Welcome.SILENCE)) {
                SentMessage sent = sendLarge(12, "baseUrl=" + server.url("http"));
                await().until(server::isSentTo);
                CAMEL.letGenerationsTimeOut();

                isUnknownAndNotSentAgain(sent.failure(OutcomeUnknownException.class));
                assertThat(server.accepted()).isEqualTo(1);
                server.awaitClosedByClient();
            }
        }
    }
}
